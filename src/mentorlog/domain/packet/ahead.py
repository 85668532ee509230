"""The sections that look ahead: aims, strengths, the plan, time, what I ask for, and who it is discussed with. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain.pace import sentence
from mentorlog.domain.packet.blocks import RULE, Blank, Block, Facts, Line, Paragraph, Prose, Steps, Table, Title
from mentorlog.domain.packet.past import moved, texts
from mentorlog.domain.packet.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import GoalView, TaskView

_MOST = 3  # strengths, and areas for growth: as many as forms ask for


def aims(source: Source) -> Iterator[Block]:
    """Yield where I want to go: my aims, my values, and goals of the long term."""
    profile = source.profile
    far = [goal for goal in source.goals if goal["horizon"] == "long" and source.status(goal) in vocabulary.OPEN_GOALS]
    if not (profile["aims"] or profile["values"] or far):
        return
    if profile["aims"]:
        yield Prose("", profile["aims"])
    elif blanks := source.blank(profile, "aims", "my aims", "mentorlog profile set aims=-"):
        yield Facts([("My aims", blanks)])
    pairs = [("What matters to me", ", ".join(profile["values"])), ("In the long term", _listed(source, far))]
    yield from _facts((label, [text]) for label, text in pairs if text)


def _listed(source: Source, goals: Sequence[GoalView]) -> str:
    return "; ".join(goal["title"] + (f", by {source.day(goal['by'])}" if goal["by"] else "") for goal in goals)


def _facts(pairs: Iterator[tuple[str, Line]]) -> Iterator[Block]:
    if known := list(pairs):
        yield Facts(known)


def strengths(source: Source) -> Iterator[Block]:
    """Yield three strengths and three areas for growth."""
    fields = (("My strengths", "strengths"), ("Where I want to grow", "growth_areas"))
    if not any(source.profile[field] for _, field in fields):
        return
    for label, field in fields:
        what, command = label[0].lower() + label[1:], f"mentorlog profile set {field}=-"
        first = ["; ".join(source.profile[field][:_MOST])]
        line: Line = first if source.profile[field] else source.blank(source.profile, field, what, command)
        if line:
            yield Facts([(label, line)])


# The plan


def plan(source: Source) -> Iterator[Block]:
    """Yield every active goal with its reason, its measure, its steps and who helps; then those that are paused."""
    for goal in source.goals:
        if source.status(goal) == "active":
            yield from _planned(source, goal)
    if paused := [goal for goal in source.goals if source.status(goal) == "paused"]:
        yield Facts([("Paused", [_listed(source, paused)])])


def plan_title(source: Source, months: int) -> str:
    """Return until when the plan is: some months after the period, and after today."""
    day = max(source.period.end, source.as_of) + timedelta(days=1)
    return f"Plan until {source.day(dates.months_on(day, months) - timedelta(days=1))}"


def _planned(source: Source, goal: GoalView) -> Iterator[Block]:
    """Yield the title of a goal, the answers of a plan, and its steps."""
    id, title = goal["id"], goal["title"]
    if goal["by"]:
        yield Title([f"{title}, by {source.day(goal['by'])}{moved(goal, source.now)}"])
    else:
        yield Title([f"{title}, by", *source.blank(goal, "by", f"the date of “{title}”", f"mentorlog set {id} by=-")])
    answers: dict[str, Line] = {
        "How far I am": [sentence(goal, source.as_of)] if goal["target"] is not None else [],
        "Why": _answer(source, goal, "why", "why I want", f"mentorlog set {id} why=-"),
        "I will know by": _answer(source, goal, "measure", "how I will know", f"mentorlog set {id} measure=-"),
        "Support I need": _answer(source, goal, "support", "the support I need for", f"mentorlog set {id} support=-"),
        "Who asks me about it": _asked_by(source, goal),
    }
    pairs = [(label, line) for label, line in answers.items() if line]
    if pairs:
        yield Facts(pairs)
    if steps := _steps(source, goal):
        yield Steps(steps)


def _answer(source: Source, goal: GoalView, field: str, what: str, command: str) -> Line:
    """Return the answer of a goal, a blank, or nothing where the audience does not see it."""
    text: str = goal[field] or ""  # type: ignore[literal-required]
    return [" ".join(text.split())] if text.strip() else source.blank(goal, field, f"{what} “{goal['title']}”", command)


def _asked_by(source: Source, goal: GoalView) -> Line:
    if goal["asked_by"]:
        return source.names([goal["asked_by"]])
    likely = next((share["mentor"] for share in goal["mentors"] or ()), "-")
    command = f"mentorlog set {goal['id']} asked_by={likely}"
    return source.blank(goal, "asked_by", f"who asks me about “{goal['title']}”", command)


def _steps(source: Source, goal: GoalView) -> list[Line]:
    shown, hidden = source.steps(goal)
    lines: list[Line] = [[_step(source, task)] for task in shown]
    if hidden:
        lines.append([f"{hidden} more step{'s' * (hidden > 1)}" if shown else f"{hidden} step{'s' * (hidden > 1)}"])
    command = f"mentorlog task add - --goal {goal['id']}"
    none: list[Line] = [[Blank(f"the first step of “{goal['title']}”", command, goal["id"])]]
    return lines or ([] if source.hides_tasks else none)


def _step(source: Source, task: TaskView) -> str:
    due = f", by {source.day(task['due'])}" if task["due"] else ""
    who = "" if task["owner"] == vocabulary.ME else f" ({', '.join(source.names([task['owner']])) or 'a mentor'})"
    return f"{task['title']}{due}{who}"


# Time, requests, and the discussion


def time(source: Source) -> Iterator[Block]:
    """Yield how I divide my time."""
    if shares := source.profile["time"]:
        yield Table(["Area", "Share"], [[[one["area"]], [f"{one['percent']}%"]] for one in shares])


def asks(source: Source) -> Iterator[Block]:
    """Yield what stood in the way, and what I ask of the programme."""
    barriers = list(texts(source, "did_not", "What did not work"))
    wishes = list(texts(source, "asks", "What I ask for"))
    yield from (*barriers, *wishes)
    if barriers and not wishes:
        last = source.reviews[-1]
        command = f"mentorlog set {last['id']} asks=-"
        if blanks := source.blank(last, "asks", "what I ask of the program", command):
            yield Facts([("What I ask for", blanks)])


def discussed(source: Source) -> Iterator[Block]:
    """Yield with whom it was discussed, and lines to sign."""
    rows: list[Sequence[Line]] = []
    for one in source.reviews:
        for talk in one["discussed"]:
            remark = " ".join((talk["comment"] or "–").split())
            rows.append([[", ".join(source.names([talk["mentor"]])) or "–"], [source.day(talk["on"])], [remark]])
    rows = rows or [[[RULE], [RULE], [RULE]]]
    yield Table(["With", "On", "Remarks"], rows)
    reader = source.names([source.selection.audience.mentor]) or ["For the program"]
    for who in ("Resident", *reader):
        yield Paragraph([f"{who}:", RULE, "Date:", RULE])


def next_meeting(source: Source) -> tuple[Line, Line]:
    """Return with whom the packet is discussed next and when, as far as the journal knows; else lines to write on."""
    audience = source.selection.audience
    coming = [one for one in source.meetings if one["status"] == "planned" and one["on"] >= source.now]
    if audience.kind == "mentor":
        coming = [one for one in coming if audience.mentor in one["mentors"]]
        who: Line = source.names([audience.mentor])
        what = "when I meet " + ", ".join(source.names([audience.mentor]))
        blank: Line = [Blank(what, f"mentorlog meeting plan {audience.mentor}")]
    else:
        coming = [one for one in coming if one.get("kind") == "review"]
        who, blank = [RULE], [RULE]
    first = min(coming, key=lambda one: str(one["on"]), default=None)
    if first is None:
        return who, blank
    return source.names(first["mentors"]) or who, [source.day(date.fromisoformat(first["on"]))]
