"""The phase of a mentorship in words, for `show` and `meeting prep`."""

from __future__ import annotations

from mentorlog.models.views import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.phases import Missing, Phase

_WORDS = {
    "my_expectations": "what you expect of them",
    "their_expectations": "what they expect of you",
    "goal": "a goal with them",
    "told": "telling them about {}",
    "self_assessment": "your strengths or a rating of yourself",
    "cadence": "how often to meet",
    "measure": "a measure for {}",
    "day": "a date for {}",
    "evidence": "something done for {} in the last weeks",
    "fit": "whether it works for you",
    "discussed": "discussing your review with them",
}


def lines(phase: Phase) -> list[str]:
    """Return the name of a phase, then a line for each phase in which something is missing."""
    by_phase: dict[str, list[str]] = {}
    for one in phase["missing"]:
        by_phase.setdefault(one["phase"], []).append(_say(one))
    return [phase["name"], *(f"missing in {name}: {', '.join(texts)}" for name, texts in by_phase.items())]


def line(phase: Phase) -> str:
    """Return the same in one line: `Phase: analysis · missing: how often to meet`."""
    missing = ", ".join(map(_say, phase["missing"]))
    return f"Phase: {phase['name']}{f' · missing: {missing}' if missing else ''}"


def _say(missing: Missing) -> str:
    return _WORDS[missing["what"]].format(counted(len(missing["goals"]), "goal"))
