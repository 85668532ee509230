"""The report as one page: counts, goals, meetings, promises and self-ratings as pictures, then words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import date

from mentorlog import dates
from mentorlog.domain.loop import in_words
from mentorlog.domain.report import people, report
from mentorlog.domain.report.report import Entry, Report
from mentorlog.export.document import Document, Request
from mentorlog.export.html import strips
from mentorlog.export.html.markup import Html, element, joined
from mentorlog.export.html.page import page, section, table
from mentorlog.export.html.prose import prose
from mentorlog.export.html.strips import Axis
from mentorlog.models.views import counted
from mentorlog.output.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.audience import Audience, Selection
    from mentorlog.domain.loop import Rules
    from mentorlog.domain.report.goals import GoalRow
    from mentorlog.domain.report.people import MentorRow, PromiseRow
    from mentorlog.export.html.markup import Child

KIND = "Mentorship report"
_FEW = 8  # so many rows are kept together on a sheet

_LEGEND = {
    "progress": "progress or verdict",
    "meeting": "meeting, task or note",
    "by": "its date",
    "far": "its date is later",
    "earlier": "an earlier date",
    "gap": "no evidence for {} or more",
    "achieved": "achieved",
    "partly": "partly achieved",
    "paused": "paused",
    "dropped": "dropped",
}
_SAME = {"verdict": "progress", "task": "meeting", "note": "meeting"}
_MEETINGS = {
    "held": "held",
    "planned": "planned",
    "cancelled": "cancelled",
    "missed": "missed",
    "gap": "longer than agreed",
}


def make(selection: Selection, request: Request, since: date | None = None) -> Document:
    """Return the report of what goes to the audience, from the day that was asked for; see `report.of`."""
    made = report.of(selection, since, request.period[1] if request.period else request.today, request.rules)
    axis = Axis(made.since, made.until)
    parts = [
        axis.grid(),
        _figures(made),
        _goals(made.goals, axis, request.rules),
        _mentors(made, axis),
        _promises(made),
        _ratings(made, axis),
        _list("Wins", made.wins, made),
        _articles("Reassessments", made.reviews),
        _articles("What was discussed", made.meetings),
        _articles("Notes", made.notes),
    ]
    if not any(parts[2:]):
        parts.append(element("p", "Nothing to show in this period.", class_="note"))
    lines = (made.about, f"{made.period}{_for(request.audience, selection)}", _remark(request.audience))
    title = ", ".join(filter(None, (KIND, made.owner, dates.without_weekday(made.until))))
    return Document(page(KIND, made.owner or KIND, lines, parts, title=title), len(selection.views), counts=True)


def _for(audience: Audience, selection: Selection) -> str:
    if audience.kind == "program":
        return ", for the program"
    name = selection.names.get(audience.mentor)
    return f", for {name}" if name else ""


def _remark(audience: Audience) -> str:
    private = "" if audience.kind == "self" else "; private records are not part of it"
    return f"Facts and the resident’s own words, without a score{private}."


def _figures(made: Report) -> Html:
    cells = (
        element("div", element("dt", one.label), element("dd", one.number, *_small(one.remark))) for one in made.figures
    )
    return element("dl", *cells, class_="figures")


# The pictures


def _pictures(head: str, caption: str, axis: Axis, last: str, rows: Iterable[Sequence[Child]]) -> Html:
    """Return a table whose middle column is a strip."""
    over = joined([element("span", "Over the period", class_="hidden"), axis.heading()])
    return table(caption, [("what", head), ("over", over), ("state", last)], rows, kind="strips")


def _legend(words: Mapping[str, str], used: Set[str], key: Callable[[str], Html] = strips.key) -> Html:
    return strips.legend((key(kind), text) for kind, text in words.items() if kind in used)


def _small(*lines: str | None) -> list[Html]:
    return [element("small", line) for line in lines if line]


def _days(days: Sequence[tuple[str, str]], noun: str, plural: str) -> Html | None:
    """Return the days behind a strip, folded away: who wants them can open them with the keyboard too."""
    if not days:
        return None
    items = (element("li", element("time", dates.without_weekday(day), datetime=day), f" {what}") for day, what in days)
    return element("details", element("summary", counted(len(days), noun, plural)), element("ul", *items))


def _goals(rows: Sequence[GoalRow], axis: Axis, rules: Rules) -> Html | None:
    if not rows:
        return None
    used = {_SAME.get(mark.kind, mark.kind) for row in rows for mark in row.marks} | {row.status for row in rows}
    used |= {kind for row in rows for kind in strips.drawn(row, axis)}
    cells = [(_goal(row), strips.goal(row, axis), _goal_state(row)) for row in rows]
    words = {**_LEGEND, "gap": _LEGEND["gap"].format(in_words(rules.drift_days))}
    drawn = _pictures("Goal", "Goals with their evidence", axis, "Where it stands", cells)
    return section("Goals and their evidence", _legend(words, used), drawn, id="goals")


def _goal(row: GoalRow) -> Html:
    texts = [("Why: ", row.why), ("Measure: ", row.measure)]
    more = [element("small", element("span", label), one_line(text)) for label, text in texts if text]
    return joined([row.title, *_small(" · ".join(row.about)), *more])


def _goal_state(row: GoalRow) -> Html:
    return joined([row.state, *_small(row.remark), _days(row.evidence, "entry", "entries")])


def _mentors(made: Report, axis: Axis) -> Html | None:
    rows = made.mentors
    if not rows and not made.also:
        return None
    used = {mark.kind for row in rows for mark in row.marks} | ({"gap"} if any(row.gaps for row in rows) else set())
    also = element("p", f"Also in touch: {', '.join(made.also)}", class_="note") if made.also else None
    if not rows:
        return section("Meetings", also)
    cells = [(_mentor(row), strips.meetings(row, axis), _mentor_state(row)) for row in rows]
    who = _who(made)
    drawn = _pictures(who, f"Meetings with each {who.lower()}", axis, "In the period", cells)
    return section("Meetings", _legend(_MEETINGS, used), drawn, also, keep=len(rows) <= _FEW)


def _who(made: Report) -> str:
    """Return the heading of people, some of whom I may mentor."""
    return "Mentor or mentee" if made.has_mentees else "Mentor"


def _mentor(row: MentorRow) -> Html:
    return joined([row.name, *_small(" · ".join(row.about))])


def _mentor_state(row: MentorRow) -> Html:
    return joined([row.state, *_small(*row.remarks), _days(row.days, "meeting", "meetings")])


def _promises(made: Report) -> Html | None:
    rows = made.promises
    if not rows and not made.tasks:
        return None
    used = {state for row in rows for states in (row.mine, row.theirs) for state in states}
    columns = [("what", _who(made)), ("promise", "What I promised"), ("promise", "What was promised to me")]
    cells = [(row.name, *_squares(row)) for row in rows]
    drawn = table("Promises, one square each", columns, cells, kind="promises", labelled=True) if rows else None
    legend = _legend(people.PROMISES, used, strips.square) if rows else None
    return joined(filter(None, [section("Promises", legend, drawn, keep=True), _list("Open tasks", made.tasks, made)]))


def _squares(row: PromiseRow) -> list[Html]:
    sides = (row.mine, row.theirs)
    return [joined([strips.promises(states), *_small(people.in_words(states) or "none")]) for states in sides]


def _ratings(made: Report, axis: Axis) -> Html | None:
    if not made.ratings:
        return None
    cells = [(row.area, strips.ratings(row, axis), joined([row.state, *_small(row.remark)])) for row in made.ratings]
    drawn = _pictures("Area", "Self-ratings from 1 to 5", axis, "First and last", cells)
    return section(
        "Self-ratings", element("p", "From 1 to 5, as I saw it on that day", class_="legend"), drawn, keep=True
    )


# The words


def _list(heading: str, entries: Sequence[Entry], made: Report) -> Html | None:
    """Return entries as a list: a day, and what it says."""
    if not entries:
        return None
    items = (
        element("li", element("span", _when(one.on), class_="day"), element("div", *_item(one))) for one in entries
    )
    return section(heading, element("ul", *items, class_="dated"))


def _when(day: str) -> Html | str:
    return element("time", dates.without_weekday(day), datetime=day) if day else "no date"


def _item(one: Entry) -> list[Child]:
    texts = [prose(text) for _, text in one.texts]
    return [one.heading or None, *texts, *_small(one.remark)]


def _articles(heading: str, entries: Sequence[Entry]) -> Html | None:
    return section(heading, *map(_article, entries)) if entries else None


def _article(one: Entry) -> Html:
    points = [element("li", element("b", name), words) for name, words in one.points]
    texts = [
        element("div", element("span", label, class_="label"), element("div", prose(text)), class_="labelled")
        if label
        else element("div", prose(text), class_="prose")
        for label, text in one.texts
    ]
    when = element("time", dates.without_weekday(one.on), datetime=one.on)
    return element(
        "article",
        element("h3", when, f" {one.heading}", element("span", f" · {one.remark}") if one.remark else None),
        *texts,
        element("ul", *points) if points else None,
    )
