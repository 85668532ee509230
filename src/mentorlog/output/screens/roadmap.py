"""The screen of `timeline --year`: a line of weeks for each goal, mentor and kind of review, in letters and digits.

Colours repeat what the characters say. On a narrow terminal a cell is two weeks, and each name has a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from mentorlog import dates, vocabulary
from mentorlog.domain.loop import RULES, in_words
from mentorlog.output.page import Page
from mentorlog.output.text import fit, pad, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.roadmap import GoalRoad, MentorRoad, RoadMap, Stretch

_WEEK, _GAP, _MOST = 7, 2, 9
_MONTH = 4  # weeks
_WEEKS_IN_ROW, _NARROW_ROW = 54, 36  # cells: a year in weeks, and what fits 40 columns
_LEAST_NAME = 12

_LINE, _QUIET = "-", "."
_ENDS = {"achieved": "A", "partly": "P", "dropped": "X", "paused": "="}
_MEETINGS = {"planned": "o", "cancelled": "x", "missed": "x"}
_INKS = {
    **{"A": "green", "P": "green", "D": "bold", "R": "bold", "r": "cyan", "o": "cyan", "+": "green", ".": "yellow"},
    **dict.fromkeys("123456789", "green"),
    **{"-": "dim", "x": "dim", "d": "dim", "X": "dim", "=": "dim"},
}
_OF_GOALS = {
    "+": "evidence",
    "-": "open",
    ".": "no evidence for {} or more",
    "D": "its date",
    ">": "its date is later",
    "d": "an earlier date",
    "A": "achieved",
    "P": "partly achieved",
    "X": "dropped",
    "=": "paused",
}
_OF_MENTORS = {
    "1": "meetings held",
    "o": "planned",
    "x": "cancelled or missed",
    "-": "no meeting",
    ".": "longer than agreed",
}
_OF_BLOCKS = {load[0]: load for load in vocabulary.BLOCK_LOADS}
_OF_REVIEWS = {"R": "held", "r": "the next one"}


class _Weeks:
    """The cells of a row: each some weeks, which begin on a day such as 0, Monday."""

    def __init__(self, first: str, last: str, most: int, first_weekday: int) -> None:
        start, self.last = date.fromisoformat(first), date.fromisoformat(last)
        self.first = start - timedelta(days=min((start.weekday() - first_weekday) % 7, start.toordinal() - 1))
        weeks = (self.last - self.first).days // _WEEK + 1
        self.weeks = -(-weeks // most)  # in a cell
        self.count = -(-weeks // self.weeks)

    def cell(self, day: str) -> int:
        """Return the number of the cell of a day, which may be outside the row."""
        return (date.fromisoformat(day) - self.first).days // (_WEEK * self.weeks)

    def span(self, first: str, last: str) -> range:
        """Return the cells from a day to a day that are in the row."""
        return range(max(self.cell(first), 0), min(self.cell(last) + 1, self.count))

    def heading(self) -> str:
        """Return the names of the months above the cells in which they begin, of years where cells are long."""
        row, size = "", 3 if self.weeks == 1 else 1 if self.weeks <= _MONTH else 4
        begins = {self.cell(day.isoformat()): day for day in self._begins(months=size < 4)}
        if not any(cell <= size for cell in begins):
            begins[0] = self.first + timedelta(days=_WEEK - 1)
        for cell, day in sorted(begins.items()):
            if cell == 0 or len(row) < cell + (size == 1):
                name = f"{day.year:04d}" if size == 4 else dates.MONTHS[day.month - 1][:size]
                row = pad(row, cell) + name if cell + size <= self.count else row
        return row

    def _begins(self, *, months: bool) -> Iterator[date]:
        """Yield the first days of the months, or of the years, in the row."""
        for year in range(self.first.year, self.last.year + 1):
            for month in range(1, 13) if months else (1,):
                if self.first <= (day := date(year, month, 1)) <= self.last:
                    yield day


def lines(view: RoadMap, page: Page, first_weekday: int = 0, drift_days: int = RULES.drift_days) -> list[str]:
    """Lay out a year."""
    narrow = page.terminal and page.width < _WEEKS_IN_ROW + _GAP + _LEAST_NAME
    weeks = _Weeks(view["first"], view["last"], _NARROW_ROW if narrow else _WEEKS_IN_ROW, first_weekday)
    title = f"{dates.without_weekday(view['first'])} to {dates.without_weekday(view['last'])}"
    of_goals = {sign: words.format(in_words(drift_days)) for sign, words in _OF_GOALS.items()}
    sections = [
        ("Goals", [(one["title"], _goal(one, weeks)) for one in view["goals"]], of_goals),
        ("Contact", [(one["name"], _mentor(one, weeks)) for one in _of(view, "mentor")], _OF_MENTORS),
        ("Mentees", [(one["name"], _mentor(one, weeks)) for one in _of(view, "mentee")], _OF_MENTORS),
        ("Reviews", list(_reviews(view, weeks)), _OF_REVIEWS),
        ("Rotations", [("Load", _load(view, weeks))] if view["blocks"] else [], _OF_BLOCKS),
    ]
    label = _label([name for _, rows, _ in sections for name, _ in rows], weeks, page, narrow=narrow)
    indent = " " * (0 if narrow else label + _GAP)
    shown = [*page.wrap(title, "bold"), "", page.style(indent + weeks.heading(), "dim")]
    shown += [indent + line for line in _today(view, weeks)]
    for head, rows, legend in sections:
        if rows:
            shown += ["", page.style(head, "bold")]
            for name, row in rows:
                shown += _row(safe(name), row, label, page, narrow=narrow)
            shown += _legend(legend, [row for _, row in rows], weeks, page)
    if not any(rows for _, rows, _ in sections):
        shown += ["", "Nothing to show in this year."]
    return shown


def _of(view: RoadMap, role: str) -> list[MentorRoad]:
    return [one for one in view["mentors"] if one["role"] == role]


def _label(names: Sequence[str], weeks: _Weeks, page: Page, *, narrow: bool) -> int:
    """Return the width of the names: all they need on a pipe, else what the rows leave."""
    longest = max((width(safe(name)) for name in names), default=0)
    if narrow or not page.terminal:
        return longest
    return min(longest, max(page.width - weeks.count - _GAP, _LEAST_NAME))


def _row(name: str, row: str, label: int, page: Page, *, narrow: bool) -> Iterator[str]:
    inked = _inked(row.rstrip(), page)
    if narrow:
        yield fit(name, page.width)
        yield inked
    else:
        yield f"{pad(fit(name, label), label)}{' ' * _GAP}{inked}".rstrip()


def _inked(row: str, page: Page) -> str:
    """Return a row in the colours of its characters."""
    if not page.colour:
        return row
    parts: list[tuple[str, str]] = []
    for mark in row:
        ink = _INKS.get(mark, "")
        parts[-1:] = [(parts[-1][0] + mark, ink)] if parts and parts[-1][1] == ink else [*parts[-1:], (mark, ink)]
    return "".join(page.style(text, ink) if ink else text for text, ink in parts)


def _today(view: RoadMap, weeks: _Weeks) -> Iterator[str]:
    """Yield the place of today, unless the year is over."""
    cell = weeks.cell(view["as_of"])
    if view["as_of"] < view["last"] and 0 <= cell < weeks.count:
        words = "today"
        before = cell > len(words) + 1 and cell + len(words) + 2 > weeks.count
        yield f"{pad('', cell - len(words) - 1)}{words} v" if before else f"{' ' * cell}v {words}"


# Rows


def _goal(road: GoalRoad, weeks: _Weeks) -> str:
    """Return the row of a goal; what matters more covers what matters less."""
    row = _line(road["first"], road["last"], weeks)
    if road["quiet_since"]:
        _put(row, _QUIET, weeks.span(road["quiet_since"], road["last"]))
    for mark in road["evidence"]:
        _put(row, "+", weeks.span(mark["on"], mark["on"]))
    for day in road["earlier"]:
        _put(row, "d", weeks.span(day, day))
    if by := road["by"]:
        _put(row, "D", weeks.span(by, by))
        is_ahead = road["status"] in ("active", "paused") and by > weeks.last.isoformat()
        _put(row, ">", [weeks.count - 1] if is_ahead else ())
    if road["status"] in _ENDS:
        _put(row, _ENDS[road["status"]], weeks.span(road["last"], road["last"]))
    return "".join(row)


def _mentor(road: MentorRoad, weeks: _Weeks) -> str:
    """Return the row of a mentor: how many meetings were held in each week, and gaps longer than agreed."""
    row, held = _line(road["first"], road["last"], weeks), [0] * weeks.count
    for gap in road["gaps"]:
        _put(row, _QUIET, _within(gap, weeks))
    for mark in road["meetings"]:
        if mark["kind"] in _MEETINGS:
            _put(row, _MEETINGS[mark["kind"]], weeks.span(mark["on"], mark["on"]))
        for cell in weeks.span(mark["on"], mark["on"]) if mark["kind"] == "held" else ():
            held[cell] += 1
    for cell, count in enumerate(held):
        row[cell] = str(min(count, _MOST)) if count else row[cell]
    return "".join(row)


def _within(gap: Stretch, weeks: _Weeks) -> range:
    return weeks.span(gap["first"], gap["last"])


def _reviews(view: RoadMap, weeks: _Weeks) -> Iterator[tuple[str, str]]:
    """Yield the row of each kind of review that was held, and of the next one."""
    kinds = dict.fromkeys(mark["kind"] for mark in view["reviews"])
    for kind in kinds:
        row = [" "] * weeks.count
        for mark in view["reviews"]:
            if mark["kind"] == kind:
                _put(row, "R", weeks.span(mark["on"], mark["on"]))
        yield kind.replace("_", " ").capitalize(), "".join(row)
    if day := view["next_review"]:
        row = [" "] * weeks.count
        _put(row, "r", weeks.span(day, day))
        yield "Next", "".join(row)


def _load(view: RoadMap, weeks: _Weeks) -> str:
    """Return the row of the blocks, by the first letter of their load."""
    row = [" "] * weeks.count
    for block in sorted(view["blocks"], key=lambda block: vocabulary.BLOCK_LOADS.index(block["load"])):
        _put(row, block["load"][0], weeks.span(block["first"], block["last"]))
    return "".join(row)


def _line(first: str, last: str, weeks: _Weeks) -> list[str]:
    row = [" "] * weeks.count
    _put(row, _LINE, weeks.span(first, last))
    return row


def _put(row: list[str], mark: str, cells: Iterable[int]) -> None:
    for cell in cells:
        row[cell] = mark


def _legend(words: Mapping[str, str], rows: Sequence[str], weeks: _Weeks, page: Page) -> list[str]:
    """Return what the marks in some rows mean."""
    used = {"1" if mark.isdigit() else mark for row in rows for mark in row}
    per = " a week" if weeks.weeks == 1 else f" in {weeks.weeks} weeks"
    numbers = {"1": f"1-9 {words.get('1')}{per}"}
    shown = [numbers.get(mark, f"{mark} {meaning}") for mark, meaning in words.items() if mark in used]
    whole = [item.replace(" ", "\xa0") for item in shown]
    return [line.replace("\xa0", " ") for line in page.wrap(" · ".join(whole), "dim", indent="  ")]
