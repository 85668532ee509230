"""The sections that look back: what became of the plan, ratings, feedback, numbers, work, mentoring. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from shlex import quote

from mentorlog import dates, vocabulary
from mentorlog.domain.packet.blocks import Blank, Block, Facts, Item, Line, Points, Prose, Table, Title
from mentorlog.domain.packet.source import NOTHING, Source, opening
from mentorlog.domain.reviewing.applying import GOAL_WORDS
from mentorlog.fold import folded
from mentorlog.models.counts import amount, percent, standing, step
from mentorlog.models.views import View, counted, goal_state, latest, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import AssessmentView, FigureView, GoalView, MentorView, NoteView, ReviewView


# What became of the plan


def progress(source: Source) -> Iterator[Block]:
    """Yield the goals of the plan: what was decided then, how they stand now, and what shows it."""
    rows = []
    for goal in source.goals:
        is_closed = goal["closed_on"] is not None and goal["closed_on"] < source.start
        if goal["created"][:10] <= source.until and not is_closed:
            shown = "; ".join(_shows(source, goal)) or NOTHING
            rows.append([[goal["title"]], [_then(source, goal)], [state(source, goal)], [shown]])
    if rows:
        yield Table(["Goal", "Then", "Now", "What shows it"], rows)


def progress_title(source: Source) -> str:
    """Return since when: the day of the last plan, if there was one."""
    return f"Since the last plan ({source.day(source.plan['on'])})" if source.plan else "Goals of this period"


def _then(source: Source, goal: GoalView) -> str:
    """Return what the last plan said of a goal, or since when there is one."""
    created, plan = goal["created"][:10], source.plan
    verdict = next((one for one in plan["verdicts"] if one["goal"] == goal["id"]), None) if plan else None
    if verdict:
        return GOAL_WORDS[verdict["verdict"]]
    return "active" if created < (plan["on"] if plan else source.start) else f"new, {source.day(created)}"


def state(source: Source, goal: GoalView) -> str:
    """Return how a goal stood at the end of the period: `achieved 17 Nov 2026`, `70%, by 27 Dec 2026 (moved once)`."""
    status, done = source.status(goal, source.until), standing(goal, source.until)
    if status in vocabulary.CLOSED_GOALS:
        return f"{goal_state(status)} {source.day(goal['closed_on'])}".rstrip()
    parts = ["" if status == "active" and done else status]
    parts += [done, f"by {source.day(goal['by'])}" if goal["by"] else ""]
    return f"{', '.join(filter(None, parts))}{moved(goal, source.until)}"


def moved(goal: GoalView, until: str) -> str:
    """Return how often the date of a goal was moved, up to a day; empty if never."""
    count = sum(one["field"] == "by" and one["on"] <= until for one in goal["history"])
    return f" (moved {times(count)})" if count else ""


def _shows(source: Source, goal: GoalView) -> Iterator[str]:
    """Yield what shows the progress of a goal in the period: the last progress, wins, else the last day of evidence."""
    entry = latest(one for one in goal["progress"] if one["text"] and source.within(one["on"]))
    found = [f"{opening(entry['text'])} ({source.day(entry['on'])})"] if entry else []
    wins = [one for one in source.notes("win") if one["goal"] == goal["id"]]
    found += [f"{opening(one['text'])} ({source.day(one['on'])})" for one in wins]
    yield from found
    days = sorted({day for day in source.evidence.get(goal["id"], ()) if source.within(day)})
    if days and not found:
        count = f"evidence on {len(days)} days, last" if len(days) > 1 else "evidence on"
        yield f"{count} {source.day(days[-1])}"


# Ratings


def competencies(source: Source) -> Iterator[Block]:
    """Yield the six competencies: how I rate myself, and what shows it."""
    rated = {code: _of_competency(source, code) for code in vocabulary.COMPETENCIES}
    shown = {code: list(_shown_by(source, code)) for code in vocabulary.COMPETENCIES}
    if any(rated.values()) or any(shown.values()):
        rows: list[Sequence[Line]] = []
        for code, name in vocabulary.COMPETENCY_NAMES.items():
            rating = _change(source, rated[code])
            rows.append([[name.capitalize()], [rating or _unrated(code)], ["; ".join(shown[code]) or NOTHING]])
        yield Table(["Competency", "I rate myself (1 to 5)", "What shows it"], rows)


def _unrated(code: str) -> Blank:
    name = vocabulary.COMPETENCY_NAMES[code]
    command = f"mentorlog profile assess {quote(name)} --competency {code}"
    return Blank(f"my rating of {name}", command, shown="not rated")


def _of_competency(source: Source, code: str) -> list[AssessmentView]:
    return [one for one in _ratings(source) if one["competency"] == code]


def _ratings(source: Source) -> list[AssessmentView]:
    ratings = [one for one in source.profile["assessments"] if one["on"] <= source.until]
    return sorted(ratings, key=lambda one: str(one["on"]))


def _change(source: Source, ratings: Sequence[AssessmentView]) -> str:
    """Return `3 → 4`: the last rating before the period, else the first in it, and the last one."""
    if not ratings:
        return ""
    first = [one for one in ratings if one["on"] < source.start][-1:] or ratings[:1]
    old, new = first[0], ratings[-1]
    return f"{new['rating']}" if old is new else f"{old['rating']} → {new['rating']}"


def _shown_by(source: Source, code: str) -> Iterator[str]:
    """Yield what shows a competency in the period: goals, wins and feedback."""
    for goal in source.goals:
        status, done = source.status(goal, source.until), percent(goal, source.until)
        if goal["competency"] == code and status in ("achieved", "partly") and source.within(goal["closed_on"]):
            yield f"{goal['title']}: {goal_state(status)}"
        elif goal["competency"] == code and status == "active" and done:
            yield f"{goal['title']}: {standing(goal, source.until)}"
    for kind in ("win", "feedback"):
        for note in source.notes(kind):
            if note["competency"] == code:
                yield f"{'feedback: ' if kind == 'feedback' else ''}{opening(note['text'])}"


def skills(source: Source, every: bool) -> Iterator[Block]:
    """Yield the areas as first and last rated; with `every` also those that stand for a competency."""
    areas: dict[str, list[AssessmentView]] = {}
    for one in _ratings(source):
        if every or not one["competency"]:
            areas.setdefault(folded(one["area"]), []).append(one)
    rows = []
    for ratings in areas.values():
        first, last = ratings[0], ratings[-1]
        cells = [f"{one['rating']} ({source.day(one['on'])})" for one in (first, last)]
        later = cells[1] if last is not first else NOTHING
        rows.append([[last["area"]], [cells[0]], [later], [opening(last["comment"]) or NOTHING]])
    if rows:
        yield Table(["Skill", "First (1 to 5)", "Last", "Based on"], rows)


def numbers(source: Source) -> Iterator[Block]:
    """Yield the last value of every number, and the one before the period."""
    named: dict[str, list[FigureView]] = {}
    for one in sorted(source.profile["numbers"], key=lambda one: str(one["on"])):
        if one["on"] <= source.until:
            named.setdefault(folded(one["name"]), []).append(one)
    rows: list[Sequence[Line]] = []
    for values in named.values():
        last = values[-1]
        before = ([one for one in values if one["on"] < source.start][-1:] or values[:1])[0]
        change = f"{before['value']} → {last['value']}" if before is not last else f"{last['value']}"
        of = "" if last["of"] is None else f" of {last['of']}"
        rows.append([[last["name"]], [f"{change}{of}"], [source.day(last["on"])]])
    rows += [_counted(source, goal) for goal in source.goals if _is_counted(source, goal)]
    if rows:
        yield Table(["Number", "Value", "On"], rows)


def _is_counted(source: Source, goal: GoalView) -> bool:
    """Return whether a goal has a target and a count, and was open in the period."""
    is_closed = goal["closed_on"] is not None and goal["closed_on"] < source.start
    return goal["target"] is not None and amount(goal, source.until) is not None and not is_closed


def _counted(source: Source, goal: GoalView) -> Sequence[Line]:
    """Return the row of a goal with a target: its count before the period, and at its end."""
    counts = [one for one in goal["progress"] if one["count"] is not None and one["on"] <= source.until]
    before = amount(goal, (source.period.start - timedelta(days=1)).isoformat())
    last = latest(counts)
    assert last is not None
    change = f"{before} → " if before not in (None, last["count"]) else ""
    return [[goal["title"]], [f"{change}{step(goal, last)}"], [source.day(last["on"])]]


# What others said, and what was done


def feedback(source: Source) -> Iterator[Block]:
    """Yield the feedback of the period, with what I did about it."""
    items = []
    for note in source.notes("feedback"):
        head = ", ".join([source.day(note["on"]), *source.names(note["mentors"])])
        label = f"What I did ({source.day(note['closed_on'])})" if note["closed_on"] else "What I did"
        what, command = f"what I did about “{opening(note['text'])}”", f"mentorlog note close {note['id']} -m -"
        answer = note["outcome"] or next(iter(source.blank(note, "outcome", what, command)), "")
        items.append(Item([head], note["text"], label if answer else "", answer))
    if items:
        yield Points(items)


def work(source: Source) -> Iterator[Block]:
    """Yield the wins of the period: those with a place in the CV by its sections, then the others."""
    wins = source.notes("win")
    placed = [win for win in wins if win["cv"]]
    for section, meaning in vocabulary.CV_SECTION_MEANINGS.items():
        if some := [win for win in placed if win["cv"] and win["cv"]["section"] == section]:
            yield Title([meaning])
            yield Points([Item([source.day(win["on"])], _in_cv(win)) for win in some])
    if others := [win for win in wins if not win["cv"]]:
        if placed:
            yield Title(["Other"])
        yield Points([Item([source.day(win["on"])], win["text"]) for win in others])


def _in_cv(win: NoteView) -> str:
    """Return a win as its place in the CV says it: `Lecturer, Reading films, Sample Hospital (in press)`."""
    cv = win["cv"]
    assert cv is not None
    if cv["citation"]:
        return cv["citation"]
    words = [cv["role"], cv["title"] or opening(win["text"]), cv["venue"], cv["place"]]
    state = f" ({cv['state'].replace('_', ' ')})" if cv["state"] in vocabulary.UNPUBLISHED else ""
    return ", ".join(word for word in words if word) + state


def mentoring(source: Source) -> Iterator[Block]:
    """Yield with whom I met, how often that was agreed and how often it was, and what helped."""
    rows = [_mentorship(source, mentor) for mentor in source.mentors]
    if rows:
        yield Table(["Mentor", "Agreed", "Meetings in this period", "Last met"], rows)
    if mentees := source.selection.mentees:
        yield Facts([("I mentor", [counted(mentees, "person", "people")])])
    yield from texts(source, "worked", "What helped")


def _mentorship(source: Source, mentor: MentorView) -> list[Line]:
    id, agreed = mentor["id"], mentor["cadence"]
    mine = [one for one in source.meetings if id in one["mentors"]]
    here = [one for one in mine if source.within(one["on"])]
    words = (("held", "held"), ("cancelled", "called off"), ("missed", "missed"))
    counts = [(sum(one["status"] == status for one in here), word) for status, word in words]
    held = [one["on"] for one in mine if one["status"] == "held" and one["on"] <= source.until]
    roles = f" ({', '.join(role.replace('_', ' ') for role in mentor['roles'])})" if mentor["roles"] else ""
    return [
        [f"{mentor['name']}{roles}"],
        [dates.every(agreed["every_days"]) if agreed else NOTHING],
        [", ".join(f"{count} {word}" for count, word in counts if count) or "none"],
        [source.day(max(held)) if held else NOTHING],
    ]


def wellbeing(source: Source) -> Iterator[Block]:
    """Yield how I am, as the reviews of the period say."""
    yield from texts(source, "wellbeing", "How I am")


def texts(source: Source, field: str, label: str) -> Iterator[Block]:
    """Yield what the reviews of the period say in one field, the last one first."""
    said: list[ReviewView] = [one for one in reversed(source.reviews) if (one.get(field) or "").strip()]
    for review in said:
        yield Prose(f"{label} ({source.day(review['on'])})" if len(said) > 1 else label, review[field])  # type: ignore[literal-required]


def anything(source: Source) -> bool:
    """Return whether anything is recorded in the period."""
    held = (one for one in source.meetings if one["status"] == "held" and source.within(one["on"]))
    days: Iterable[str] = (day for found in source.evidence.values() for day in found)
    rated = (one["on"] for one in (*source.profile["assessments"], *source.profile["numbers"]))
    notes: Iterable[View] = (one for one in source.of["note"] if source.within(one["on"]))
    return any(True for _ in (*held, *notes)) or any(map(source.within, (*days, *rated))) or bool(source.reviews)
