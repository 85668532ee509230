"""The drawings of the report: strips over one time axis, squares for promises. All SVG, by classes only.

Form and colour both differ for every state, so that a grey print reads too. Drawings are hidden from screen readers:
the words beside them say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mentorlog import dates
from mentorlog.export.html.markup import Html, element, joined, number, shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections import Counter

    from mentorlog.domain.report.goals import GoalRow
    from mentorlog.domain.report.people import MentorRow
    from mentorlog.domain.report.report import RatingRow

WIDTH = 420
_HEIGHT, _TALL, _KEY = 26, 38, 18
_MIDDLE = _HEIGHT / 2
_AHEAD = 0.09  # how much of the axis lies after the last day
_MONTHS_IN_NAMES = 7
_YEAR, _CENTURY = 12, 1200  # months
_STEPS = ((1, 16), (3, 40), (_YEAR, 160), (10 * _YEAR, 2400))  # months between two lines, and for how many in all
_ROOM = {1: 9, 3: 24, _YEAR: 30}  # what a name of some letters, and the number of a year, need
_SQUARE, _STEP, _IN_ROW = 14, 17, 12

_LONG_MARKS = ("progress", "verdict")
_ENDS = {
    "achieved": '<circle class="ok" cx="{x}" cy="{y}" r="5"/>',
    "partly": '<circle class="part" cx="{x}" cy="{y}" r="4.2"/><path class="ok" d="M{x} {y}m0-5a5 5 0 0 0 0 10z"/>',
    "dropped": '<circle class="none" cx="{x}" cy="{y}" r="4.2"/>',
    "paused": '<path class="end" d="M{x} 7v12m4-12v12"/>',
}
_MEETINGS = {
    "held": '<circle class="held" cx="{x}" cy="{y}" r="4.2"/>',
    "planned": '<circle class="plan" cx="{x}" cy="{y}" r="3.6"/>',
    "cancelled": '<path class="off" d="M{x} {y}m-3.5-3.5 7 7m0-7-7 7"/>',
    "missed": '<path class="off" d="M{x} {y}m0-5 5 5-5 5-5-5z"/>',
}
_PROMISES = {
    "kept": '<rect class="kept" x="{x}" y="1" width="12" height="12" rx="2"/>',
    "late": '<path class="kept" d="M{x} 3a2 2 0 0 1 2-2h4.5l5.5 5.5v4.5a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2z"/>',
    "open": '<rect class="open" x="{x}" y="1.8" width="10.6" height="10.4" rx="2"/>',
    "over": '<path class="over-date" d="M{x} 1.8h10.6v10.4h-10.6zm5.3 2.6v3m0 1.6v1.2"/>',
    "dropped": '<path class="gone" d="M{x} 1.8h10.6v10.4h-10.6zm0 10.4 10.6-10.4"/>',
}


class Axis:
    """The time axis that all strips of a page share: from the first day to some time after the last."""

    def __init__(self, since: str, until: str) -> None:
        self.first, self.last = date.fromisoformat(since), date.fromisoformat(until)
        days = max(1, (self.last - self.first).days)
        self._days = days + max(2, round(days * _AHEAD))
        self._end = date.fromordinal(min(self.first.toordinal() + self._days, date.max.toordinal()))
        count = (self._end.year - self.first.year) * 12 + self._end.month - self.first.month + 1
        self._step = next((step for step, most in _STEPS if count <= most), _CENTURY)
        begun = (dates.months_on(self.first.replace(day=1), at) for at in range(count))
        self.lines = [day for day in begun if (day.year * 12 + day.month - 1) % self._step == 0]
        """The first days of the months, or of longer times in a long report, that have a line."""

    def x(self, day: date | str) -> float:
        """Return the place of a day, also of one outside the axis."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return (day - self.first).days * WIDTH / self._days

    def clipped(self, day: date | str) -> float:
        """Return the place of a day, or the nearer end of the axis."""
        return min(max(self.x(day), 0.0), float(WIDTH))

    def grid(self) -> Html:
        """Return the lines of the months, of the years and of the last day, for all strips to use."""
        months = [day for day in self.lines if day > self.first]
        lines = [
            shape("path", id="months", class_="month", d=_lines(self.x(day) for day in months if day.month > 1)),
            shape("path", id="years", class_="year", d=_lines(self.x(day) for day in months if day.month == 1)),
            shape("path", id="now", class_="now", d=_lines([self.x(self.last)])),
        ]
        grid = element("g", *(shape("use", href=f"#{name}") for name in ("months", "years", "now")), id="grid")
        return element("svg", element("defs", *lines, grid), class_="defs", width=0, height=0, aria_hidden="true")

    def heading(self) -> Html:
        """Return the names of the months, or the numbers of the years, above a table."""
        size = 1 if self._step == 1 and len(self.lines) > _MONTHS_IN_NAMES else 3
        labels: list[Html] = []
        for day, end in zip(self.lines, [*self.lines[1:], self._end], strict=True):
            left, right, year = self.clipped(day), self.clipped(end), str(day.year)
            if right - left >= _ROOM[size]:
                name = dates.MONTHS[day.month - 1][:size] if self._step < _YEAR else year
                labels.append(element("text", name, x=(left + right) / 2, y=12))
            is_first = day == self.lines[0] and self.x(day.replace(month=12, day=31)) - left > _ROOM[_YEAR]
            if self._step < _YEAR and (day.month == 1 or is_first):
                labels.append(element("text", year, x=left + 2, y=25, class_="era"))
        return _drawing("axis", WIDTH, 28, labels)


def _lines(places: Iterable[float]) -> str:
    return "".join(f"M{number(x)} 0v1" for x in places)


def _drawing(name: str, width: float, height: float, parts: Iterable[Html], *, sized: bool = False) -> Html:
    """Return a drawing that is as wide as its place, or of its own size."""
    size = {"width": width, "height": height} if sized else {}
    box = f"0 0 {number(width)} {number(height)}"
    return element("svg", *parts, class_=name, viewBox=box, aria_hidden="true", **size)


def _strip(parts: Iterable[Html], height: int = _HEIGHT) -> Html:
    """Return a strip over the lines of the months, which are as high as the row."""
    grid = shape("use", href="#grid")
    lines = _drawing("grid", WIDTH, 1, [grid]).replace("<svg ", '<svg preserveAspectRatio="none" ', 1)
    return joined([Html(lines), _drawing("strip", WIDTH, height, parts)])


def _glyph(shape: str, x: float, y: float = _MIDDLE) -> Html:
    return Html(shape.format(x=number(x), y=number(y)))


def _line(name: str, first: float, end: float) -> Html:
    return shape("path", class_=name, d=f"M{number(first)} {number(_MIDDLE)}H{number(end)}")


def _ticks(name: str, places: Iterable[float], height: float) -> list[Html]:
    top = _MIDDLE - height / 2
    path = "".join(f"M{number(x)} {number(top)}v{number(height)}" for x in places)
    return [shape("path", class_=name, d=path)] if path else []


# Strips


def goal(row: GoalRow, axis: Axis) -> Html:
    """Return the strip of a goal: its evidence, its dates, its end, and for how long it has been quiet."""
    begun, ended = axis.clipped(row.begun), axis.clipped(row.ended)
    quiet = axis.clipped(row.quiet_since) if row.quiet_since else ended
    parts = [_line("line", begun, quiet)] if quiet > begun else []
    parts += [_line("gap", quiet, ended)] if row.quiet_since else []
    is_far = bool(row.by and axis.x(row.by) > WIDTH)
    if row.by and row.ended < row.by and row.status in ("active", "paused"):
        parts.append(_line("ahead", ended, WIDTH - 9 if is_far else axis.x(row.by)))
    ticks = [(axis.x(mark.on), mark.kind in _LONG_MARKS) for mark in row.marks]
    parts += _ticks("tick", (x for x, is_long in ticks if not is_long), 8)
    parts += _ticks("tick", (x for x, is_long in ticks if is_long), 18)
    parts += [_flag(axis.x(day), "flag old") for day in row.earlier if 0 <= axis.x(day) <= WIDTH]
    if is_far:
        parts.append(shape("path", class_="far", d=f"M{WIDTH - 9} 9l5 4-5 4"))
    elif row.by and axis.x(row.by) >= 0:
        parts.append(_flag(axis.x(row.by), "flag"))
    if row.status in _ENDS:
        parts.append(_glyph(_ENDS[row.status], ended))
    return _strip(parts)


def drawn(row: GoalRow, axis: Axis) -> list[str]:
    """Return the kinds of marks in the strip of a goal beside its evidence and its end."""
    by = axis.x(row.by) if row.by else -1.0
    earlier = any(0 <= axis.x(day) <= WIDTH for day in row.earlier)
    kinds = {"far": by > WIDTH, "by": 0 <= by <= WIDTH, "earlier": earlier, "gap": row.quiet_since is not None}
    return [kind for kind, is_drawn in kinds.items() if is_drawn]


def _flag(x: float, name: str) -> Html:
    return shape("path", class_=name, d=f"M{number(x)} 21V4l8 3.5-8 3.5")


def meetings(row: MentorRow, axis: Axis) -> Html:
    """Return the strip of a mentor: their meetings, and the gaps that were longer than agreed."""
    begun, ended = axis.clipped(row.begun), axis.clipped(row.ended)
    gaps = [(axis.clipped(first), axis.clipped(end)) for first, end in row.gaps]
    edges = [begun, *(place for gap in gaps for place in gap), ended]
    parts = [_line("line", first, end) for first, end in zip(edges[::2], edges[1::2], strict=True) if end > first]
    parts += [_line("gap", first, end) for first, end in gaps]
    parts += [_glyph(_MEETINGS[mark.kind], axis.x(mark.on)) for mark in row.marks if axis.x(mark.on) <= WIDTH]
    if row.is_over:
        parts += _ticks("end", [ended], 14)
    return _strip(parts)


def ratings(row: RatingRow, axis: Axis) -> Html:
    """Return the line of the self-ratings of one area, with their numbers."""
    places = [(axis.x(mark.on), 33 - 5.5 * (float(mark.kind) - 1), mark) for mark in row.marks]
    points = " ".join(f"{number(x)},{number(y)}" for x, y, _ in places)
    parts = [shape("polyline", class_="curve", points=points)] if len(places) > 1 else []
    for x, y, mark in places:
        if x >= 0:
            parts.append(Html(f'<circle class="held" cx="{number(x)}" cy="{number(y)}" r="3"/>'))
            parts.append(element("text", mark.kind, x=min(x + 5, WIDTH - 8), y=y - 4, class_="value"))
    return _strip(parts, _TALL)


def promises(states: Counter[str]) -> Html | None:
    """Return one square for each promise; None if there are none."""
    squares = [state for state in _PROMISES for _ in range(states[state])]
    if not squares:
        return None
    lines = [squares[at : at + _IN_ROW] for at in range(0, len(squares), _IN_ROW)]
    rows = [_squares(line) for line in lines]
    return joined(rows)


def _squares(states: Sequence[str]) -> Html:
    width = len(states) * _STEP
    parts = [_glyph(_PROMISES[state], 1.0 + at * _STEP) for at, state in enumerate(states)]
    return _drawing("squares", width, _SQUARE, parts, sized=True)


# Legends


def legend(items: Iterable[tuple[Html, str]]) -> Html:
    """Return what the marks of a table mean."""
    return element("p", *(element("span", drawing, words) for drawing, words in items), class_="legend")


def square(kind: str) -> Html:
    """Return the square of a promise for a legend."""
    return _squares([kind])


def key(kind: str) -> Html:
    """Return a mark of a strip for a legend."""
    marks = {"gap": [_line("gap", 0, 24)], "now": [Html('<path class="now" d="M7 0v26"/>')]}
    marks |= {"progress": _ticks("tick", [7], 18), "meeting": _ticks("tick", [7], 8)}
    marks |= {"by": [_flag(4, "flag")], "earlier": [_flag(4, "flag old")]}
    marks |= {"far": [Html('<path class="far" d="M4 9l5 4-5 4"/>')]}
    drawing = marks.get(kind) or [_glyph({**_ENDS, **_MEETINGS}[kind], 7)]
    width = 24 if kind == "gap" else 14
    moved = element("g", *drawing, transform=f"translate(0 {number(_KEY / 2 - _MIDDLE)})")
    return _drawing("key", width, _KEY, [moved], sized=True)
