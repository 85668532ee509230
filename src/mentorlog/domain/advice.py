"""Advice side by side: who advised what on a goal or decision, and what came of it. Pure but for its questions."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.domain.query import Query
from mentorlog.errors import BadValue
from mentorlog.models.views import made_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypedDict

    from mentorlog.domain.ports import Questions
    from mentorlog.models.view_types import GoalView, NoteView
    from mentorlog.models.views import View

    class Advised(TypedDict):
        """A goal or decision with the advice on it, the oldest first; a goal also with its decisions."""

        about: GoalView | NoteView
        advice: list[NoteView]
        decisions: list[Advised]

    class Overview(TypedDict):
        """The data of `advice`: decisions, and goals that have advice of their own or a decision."""

        decisions: list[Advised]
        goals: list[Advised]
        other: int
        """The count of advice on neither."""


def must_be_decision(note: View) -> None:
    """Raise BadValue for a note of another kind."""
    if note["kind"] != "decision":
        about = note["kind"] == "advice" and (note["decision"] or note["goal"])
        see = f"advice {about}" if about else f"show {note['id']}"
        sentence = f"Note {note['id']} is of kind {note['kind']}, not a decision."
        raise BadValue("decision", sentence, f"see: mentorlog {see}")


def on(about: GoalView | NoteView, ask: Questions) -> Advised:
    """Return the advice on a goal or decision."""
    if about["record"] == "note":
        return _advised(about, ask.find(Query("note", kinds=("advice",), decisions=(about["id"],))))
    notes = ask.find(Query("note", kinds=("advice", "decision"), goals=(about["id"],)))
    decisions = [note for note in notes if note["kind"] == "decision"]
    if decisions:
        ids = tuple(note["id"] for note in decisions)
        notes += ask.find(Query("note", kinds=("advice",), decisions=ids))
    return _with_decisions(about, notes)


def overview(ask: Questions, *, closed: bool = False) -> Overview:
    """Return open decisions and open goals with the advice on them, or closed ones too."""
    notes = ask.find(Query("note", kinds=("advice", "decision")))
    decisions = [note for note in notes if note["kind"] == "decision"]
    wanted = [note for note in _in_order(decisions) if closed or note["status"] == "open"]
    ids = tuple(sorted({note["goal"] for note in notes if note["goal"]}))
    statuses = () if closed else vocabulary.OPEN_GOALS
    goals = ask.find(Query("goal", statuses=statuses, ids=ids)) if ids else []
    known = {note["id"] for note in decisions}
    bare = [note for note in notes if note["kind"] == "advice" and not note["goal"] and note["decision"] not in known]
    return {
        "decisions": [_advised(note, notes) for note in wanted],
        "goals": [_with_decisions(goal, notes) for goal in goals],
        "other": len(bare),
    }


def named(advised: Advised) -> list[str]:
    """Return the ids of the mentors who advised, and of the goal of a decision."""
    every = [advised, *advised["decisions"]]
    ids = {mentor for one in every for note in one["advice"] for mentor in note["mentors"]}
    goals = [one["about"]["goal"] for one in every if one["about"]["record"] == "note"]
    return sorted(ids.union(filter(None, goals)))


def _with_decisions(goal: GoalView, notes: Sequence[NoteView]) -> Advised:
    """Return a goal with the advice on it, and that on its decisions apart."""
    decisions = [note for note in notes if note["kind"] == "decision" and note["goal"] == goal["id"]]
    known = {note["id"] for note in decisions}
    own = [note for note in notes if note["goal"] == goal["id"] and note["decision"] not in known]
    advice = _in_order(note for note in own if note["kind"] == "advice")
    return {"about": goal, "advice": advice, "decisions": [_advised(note, notes) for note in _in_order(decisions)]}


def _advised(decision: NoteView, notes: Iterable[NoteView]) -> Advised:
    advice = _in_order(note for note in notes if note["kind"] == "advice" and note["decision"] == decision["id"])
    return {"about": decision, "advice": advice, "decisions": []}


def _in_order(notes: Iterable[NoteView]) -> list[NoteView]:
    """Return notes by day, each once."""
    return sorted({note["id"]: note for note in notes}.values(), key=lambda note: (note["on"], made_at(note)))
