"""The messages about a changed goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mentorlog import dates, vocabulary
from mentorlog.models.views import called, counted, goal_state, joined
from mentorlog.output.phrases import day, ref, result, unchanged
from mentorlog.output.text import spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.progress import Step
    from mentorlog.models.view_types import GoalView, HistoryEntryView, MentorView, TaskView
    from mentorlog.output.fields import Names

_LINKS = ("parent", "asked_by", "mentors", "whose")


def added(goal: GoalView, mentors: Sequence[str], parent: GoalView | None, whose: str = "") -> str:
    """Return that a goal was added, with its mentee, its date, its mentors (by name) and its parent."""
    target = f"target {goal['target']} {goal['unit'] or ''}".rstrip() if goal["target"] else ""
    details = [_of(whose), day(goal["by"], "by "), target, f"with {joined(mentors)}" if mentors else ""]
    details.append(f"part of goal {ref(parent['id'], parent['title'])}" if parent else "")
    return result(f"Added goal {goal['id']}", goal["title"], details)


def _of(whose: str) -> str:
    """Return whose goal it is, by the name of a mentee; "" for my own."""
    return f"of {whose}" if whose else ""


def told(goal: GoalView, mentor: MentorView, on: date, changed: bool) -> str:
    """Return that a mentor was told about a goal, or already had been."""
    if changed:
        return result(f"Told {called(mentor)} about goal {goal['id']}", goal["title"], [dates.say(on)])
    return unchanged(f"{called(mentor)} was already told about goal {goal['id']} on {dates.say(on)}")


def progressed(goal: GoalView, before: GoalView, progress: Step, on: date, whose: str = "") -> list[str]:
    """Return that progress was recorded, what that changed beside it, and that it is beyond the target."""

    def recorded(far: str) -> str:
        return result(f"Recorded progress on goal {goal['id']}", goal["title"], [_of(whose), far, dates.say(on)])

    if progress.count is None and progress.more is None:
        return [recorded("" if progress.percent is None else f"{progress.percent}%")]
    from mentorlog.models.counts import amount, standing  # most progress is no count

    now, target, lines = amount(goal), goal["target"], [recorded(standing(goal, on.isoformat()))]
    if before["target"] is None and target is not None:
        lines.append(f"Set the target of the goal: {target}")
    if progress.more is not None and now != amount(goal, on.isoformat()):
        lines.append(f"The later counts rise too: {standing(goal)} now")
    if now is not None and target and now > target:
        revise = f"mentorlog goal revise {goal['id']} --target {now}"
        lines.append(f"{now} is beyond the target of {target}. Raise it with: {revise}")
    return lines


def next_task(task: TaskView) -> str:
    """Return that the next task of a goal was added."""
    return result(f"Added task {task['id']}", task["title"], [f"for goal {task['goal']}"])


def status_changed(goal: GoalView, on: date, whose: str = "") -> str:
    """Return the new status of a goal of mine, or of a mentee."""
    verb = {"active": "Resumed", "partly": "Partly achieved"}.get(goal["status"], goal["status"].capitalize())
    return result(f"{verb} goal {goal['id']}", goal["title"], [_of(whose), dates.say(on)])


def status_already(goal: GoalView) -> str:
    """Return that a goal already has the status."""
    return unchanged(f"Goal {goal['id']} is already {goal_state(goal['status'])}")


def still_open(below: Sequence[GoalView | TaskView]) -> str:
    """Return how many goals and tasks are still open under a closed goal; empty if none."""
    goals = [one for one in below if one["record"] == "goal" and one["status"] in vocabulary.OPEN_GOALS]
    tasks = [one for one in below if one["record"] == "task" and one["status"] in vocabulary.OPEN_TASKS]
    counts = [counted(len(records), noun) for records, noun in ((goals, "goal"), (tasks, "task")) if records]
    return f"Still open under this goal: {joined(counts)}." if counts else ""


def linked(entries: Sequence[HistoryEntryView]) -> list[str]:
    """Return the ids of the records named in a revision."""
    texts = [text for one in entries if one["field"] in _LINKS for text in (one["old"], one["new"])]
    return [part.partition(" ")[0] for text in texts for part in (text or "").split(", ") if part]


def revision(
    goal: GoalView, entries: Sequence[HistoryEntryView], names: Mapping[str, str], whose: str = ""
) -> list[str]:
    """Return a line for each change of a revision; `names` are those of linked records."""
    if not entries:
        return [unchanged(f"Goal {goal['id']} is already set to that")]
    from mentorlog.output.fields import Names  # most changes of a goal need no table of fields

    lines = [result(f"Revised goal {goal['id']}", goal["title"], [_of(whose)])]
    for entry in entries:
        old, new = (_past_value(text, entry["field"], Names(names)) for text in (entry["old"], entry["new"]))
        lines.append(f"  {spaced(entry['field'])}: {old} → {new}")
    return lines


def _past_value(text: str | None, field: str, names: Names) -> str:
    if not text or field not in _LINKS:
        return dates.format_value(text)
    name = names.record if field == "parent" else names.person
    parts = [part.partition(" ") for part in dates.format_value(text, field).split(", ")]
    return ", ".join(f"{name(id)}{space}{rest}" for id, space, rest in parts)
