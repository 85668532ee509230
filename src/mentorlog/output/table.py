"""Lists: aligned columns with two spaces between them, no boxes, no empty columns.

On a terminal a list fits the width: the one shrinking column is cut first, then the columns of least `keep` are left
out, from the right. A list that does not fit a narrow terminal has each record on lines of its own instead, complete.
On a pipe nothing is cut or left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mentorlog.output.page import NARROW, UNDECIDED, marked
from mentorlog.output.text import fit, fit_ends, pad, safe, style, width, wrap
from mentorlog.values import Value

if TYPE_CHECKING:
    from mentorlog.models.views import View

GAP = "  "
ALWAYS = 9  # the `keep` of a column that is never left out

# A shrinking column narrower than _ENOUGH, or than three tenths of the list, is little use: another is left out first.
# One narrower than _NOTHING is left out itself. No column is cut below the width of a day.
_ENOUGH, _NOTHING = 16, 4
_DAY = len("Mon 23 Nov 2026")
_FEW = 200  # a longer list is not searched for texts that look the same when they are cut


class Column(Value):
    """One column: its title, its text, and what happens to it on a narrow terminal.

    `value` is a field, which `say` formats, or a function of the record. `style` is the names of styles
    (`"bold red"`), a function that returns them, or `"id"`, which marks the shortest unique prefix. `brief` says it
    without the title, for a list too narrow for columns.
    """

    title: str
    value: str | Callable[[View], str | None]
    align: str = "left"
    style: str | Callable[[Any], str | None] | None = None
    keep: int = 5
    shrink: bool = False  # takes the remaining width
    say: Callable[[Any], str] = str
    brief: Callable[[Any], str] | None = None


ID = Column("id", "id", style="id", keep=ALWAYS)  # the first column of every list


class _Cells:
    """A column with its cells, safe and measured."""

    __slots__ = ("cells", "column", "plain", "title", "width")

    def __init__(self, column: Column, rows: Sequence[View]) -> None:
        value, say = column.value, column.say
        if not isinstance(value, str):
            cells = [value(row) or "" for row in rows]
        elif say is str:
            cells = [row[value] or "" for row in rows]
        else:
            cells = [say(row[value]) if row[value] else "" for row in rows]
        if column is ID and any(row.get("conflicts") for row in rows):
            pairs = zip(cells, rows, strict=True)
            cells = [f"{cell} {UNDECIDED}" if row.get("conflicts") else cell for cell, row in pairs]
        # Checked once for the whole column: plain text needs no escape, and len() is its width.
        joined = "".join(cells)
        self.plain = joined.isascii() and joined.isprintable()
        self.cells = cells if self.plain else [safe(cell) for cell in cells]
        self.column, self.title = column, column.title
        widest = max(map(len if self.plain else width, self.cells), default=0)
        self.width = max(widest, len(self.title)) if widest else 0

    def cut_to(self, columns: int) -> None:
        """Cut the wider cells; plain text stays plain, as … is one cell wide too."""
        if columns < self.width:
            self.width, self.title = columns, fit(self.title, columns)
            whole = self.cells
            if self.plain:
                cut = [cell if len(cell) <= columns else cell[: columns - 1].rstrip(" ") + "…" for cell in whole]
            else:
                cut = [fit(cell, columns) for cell in whole]
            self.cells = cut
            if columns >= _ENOUGH and len(cut) <= _FEW and len(set(cut)) < len(set(whole)):
                self.cells = [
                    fit_ends(full, columns) if cut.count(cell) > 1 else cell
                    for cell, full in zip(cut, whole, strict=True)
                ]

    def padded(self) -> list[str]:
        """Return the cells padded to the width of the column."""
        if not self.plain:
            return [pad(cell, self.width, self.column.align) for cell in self.cells]
        just = str.rjust if self.column.align == "right" else str.ljust
        return [just(cell, self.width) for cell in self.cells]

    def styled(self, rows: Sequence[View], prefixes: Mapping[str, int]) -> list[str]:
        """Return the padded cells in their styles; the padding is not styled."""
        names, padded = self.column.style, self.padded()
        if not names or (names == "id" and not prefixes):
            return padded
        triples = zip(padded, self.cells, rows, strict=True)
        if names == "id":
            return [cell.replace(id, marked(id, prefixes.get(row["id"])), 1) for cell, id, row in triples]
        if callable(names):
            return [
                cell.replace(text, style(text, ink), 1) if text and (ink := names(row)) else cell
                for cell, text, row in triples
            ]
        return [cell.replace(text, style(text, names), 1) if text else cell for cell, text, _ in triples]


def layout(
    rows: Sequence[View],
    columns: Sequence[Column],
    *,
    width: int | None,
    colour: bool,
    prefixes: Mapping[str, int] = {},
    narrow: int = NARROW,
) -> list[str]:
    """Return the lines of a list; `prefixes` has the length of the shortest unique prefix of each id."""
    shown = [cells for cells in (_Cells(column, rows) for column in columns) if cells.width]
    if width is not None and width < narrow and sum(one.width + len(GAP) for one in shown) - len(GAP) > width:
        return _stacked(rows, shown, shown[0].styled(rows, prefixes) if colour else shown[0].padded(), width)
    if width is not None:
        shown = _narrowed(shown, width)
    if not shown:
        return []
    heading = GAP.join([pad(one.title, one.width, one.column.align) for one in shown]).rstrip(" ")
    cells = [one.styled(rows, prefixes) if colour else one.padded() for one in shown]
    lines = [GAP.join(line).rstrip(" ") for line in zip(*cells, strict=True)]
    return [style(heading, "dim") if colour else heading, *lines]


def _stacked(rows: Sequence[View], shown: Sequence[_Cells], heads: Sequence[str], limit: int) -> list[str]:
    """Return each record on lines of its own: the first cell, the shrinking one, the others with their titles."""
    first, *others = shown
    beside = first.width + len(GAP) <= limit // 2
    indent = " " * (first.width + len(GAP)) if beside else GAP
    lines: list[str] = []
    for row, (view, head) in enumerate(zip(rows, heads, strict=True)):
        cells = [(one.column, one.cells[row]) for one in others if one.cells[row]]
        main = next((cell for column, cell in cells if column.shrink), "")
        parts = [
            safe(column.brief(view)) if column.brief else f"{column.title} {cell}".lstrip()
            for column, cell in cells
            if not column.shrink
        ]
        below = ", ".join(part.replace(" ", "\xa0") if len(part) <= limit // 2 else part for part in parts if part)
        texts = [line.replace("\xa0", " ") for text in (main, below) if text for line in wrap(text, limit, indent)]
        if beside:
            texts[:1] = [head + texts[0][first.width :]] if texts else [head.rstrip(" ")]
        lines += texts if beside else [*wrap(first.cells[row], limit), *texts]
    return lines


def _narrowed(shown: list[_Cells], limit: int) -> list[_Cells]:
    flexible = next((one for one in shown if one.column.shrink), None)
    for one in shown:
        if one is not flexible and one.column.keep < ALWAYS:
            one.cut_to(max(limit // 3, _DAY))

    enough = max(_ENOUGH, limit * 3 // 10)

    def needed() -> int:
        cells = sum(min(one.width, enough) if one is flexible else one.width for one in shown)
        return cells + len(GAP) * (len(shown) - 1)

    while needed() > limit:
        droppable = [one for one in shown if one is not flexible and one.column.keep < ALWAYS]
        if not droppable:
            break
        shown.remove(min(reversed(droppable), key=lambda one: one.column.keep))
    spare = limit - sum(one.width for one in shown) - len(GAP) * (len(shown) - 1)
    if flexible and flexible.width + spare < min(flexible.width, _NOTHING) and shown[0] is not flexible:
        shown.remove(flexible)
        spare += flexible.width + len(GAP)
        flexible = None
    for one in ([flexible] if flexible else []) + shown[::-1]:
        if spare < 0:
            before = one.width
            one.cut_to(max(1, before + spare))
            spare += before - one.width
    return shown
