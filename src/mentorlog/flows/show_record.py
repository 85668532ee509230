"""Show a record with the records linked to it, or the profile."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import computed, loop, term
from mentorlog.flows.phase import phase_of
from mentorlog.models.views import View
from mentorlog.output.fields import Names
from mentorlog.output.screens import linked, phase, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mentorlog.models.view_types import BlockView, FullMentor

_LAST, _MOST, _ALL = 5, 20, 1_000
"""The number of meetings, notes and reviews shown; of goals and tasks of a mentor; of tasks of a meeting."""

_LINKED: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {
    "mentor": {
        "mentor": (_MOST, ()),
        "goal": (_MOST, vocabulary.OPEN_GOALS),
        "task": (_MOST, vocabulary.OPEN_TASKS),
        "meeting": (_LAST, ("planned", "held")),
        "note": (_MOST, ("open",)),
        "review": (_LAST, ()),
    },
    "goal": {
        "goal": (_MOST, ()),
        "task": (_MOST, ()),
        "meeting": (_LAST, ()),
        "note": (_LAST, ()),
        "review": (_LAST, ()),
    },
    "task": {"review": (_LAST, ())},
    "meeting": {"task": (_ALL, ()), "note": (_ALL, ())},
    "note": {"note": (_MOST, ())},
}
"""The linked records of each kind: their kind, how many, and their statuses (() is all)."""


def show_record(app: App, view: View) -> None:
    """Show a record: its fields, its prose and the records linked to it."""
    facts = (view["facts"] or {}) if view["record"] == "review" else {}
    counted = {*(entry["goal"] for entry in facts.get("goals", ())), *facts.get("entered_late", ())}
    ids = {*app.reading.named(view["id"]).get(view["id"], ()), *counted}
    if view["conflicts"]:
        from mentorlog.domain import resolving  # few records have a conflict

        ids |= resolving.links(view)
    names = app.reading.titles(sorted(ids))
    unknown = app.reading.never_seen(ids - names.keys())
    belongings = app.reading.belonging_to(view, _LINKED.get(view["record"], {}))
    states = {task["id"]: task["status"] for task in belongings["task"].records} if "task" in belongings else {}
    also = list(linked.sections(view, belongings))
    data: dict[str, Any] = {"names": names, "counts": {}}
    if view["record"] == "mentor":
        (mentor,) = computed.mentors([view], app.reading, app.today)
        data["term"] = term.of(mentor, app.reading)
        goals, reviews = (belongings[kind].records if kind in belongings else () for kind in ("goal", "review"))
        data["phase"] = phase_of(app, mentor, goals, mentor["last_held"], reviews)
        data["pulse"] = _pulse(app, view["id"], reviews)
        contact = linked.contact(mentor, app.today, _stretching(app, mentor))
        sections = [("Contact", contact + linked.term(mentor, data["term"], app.today))]
        sections += [("Phase", phase.lines(data["phase"]))] if data["phase"] else []
        also = [*((title, [("", line) for line in lines]) for title, lines in sections), *also]
    if view["record"] == "goal" and view["target"] is not None:
        from mentorlog.domain import pace  # few goals have a target

        also = [("Where it stands", [("", pace.sentence(view, app.today))]), *also]
    data |= {f"{kind}s": [] for kind in vocabulary.RECORD_KINDS}
    for kind, one in belongings.items():
        data[f"{kind}s"], data["counts"][f"{kind}s"] = one.records, one.count
    app.out.page(
        lambda page: [
            *record.lines(view, page, Names(names, unknown), states, also),
            *record.pulse(data.get("pulse", ()), page),
        ],
        {**view, "linked": data},
        problems=app.reading.problems,
    )


def _stretching(app: App, mentor: FullMentor) -> Sequence[BlockView]:
    """Return the blocks that are the reason why contact with a mentor is due later."""
    blocks = app.reading.blocks() if mentor["due_on"] else []
    if not (blocks and mentor["due_on"]):
        return []
    from mentorlog.domain.stretch import stretching  # many profiles have no blocks

    return stretching(loop.counted_from(mentor, mentor["last_held"]), mentor["due_on"], blocks)


def _pulse(app: App, mentor: str, newest: Sequence[View]) -> list[View]:
    """Return the pulse of a mentorship in its last reviews, the oldest first."""
    if not newest:
        return []
    from mentorlog.domain.query import Query
    from mentorlog.domain.trends import pulses

    reviews = newest if len(newest) < _LAST else app.reading.find(Query("review", about=mentor, limit=_MOST))
    return pulses(reviews, mentor)


def show_profile(app: App) -> None:
    """Show the profile."""
    view = app.reading.profile()
    app.out.page(lambda page: record.profile(view, page, app.today), view, problems=app.reading.problems)
