"""Calm lists: aligned columns, two spaces between them, no boxes.

On a terminal a list keeps to its width: the one column that shrinks gives way first, then the columns of
least `keep` are left out, from the right. On a pipe nothing is cut and nothing is left out. A column with
nothing in it is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mentorlog.output.text import fit, pad, safe, style, width

if TYPE_CHECKING:
    from mentorlog.models.record import View

GAP = "  "
ALWAYS = 9
"""The `keep` of a column that is never left out."""

Styling = str | Callable[[Any], str | None] | None

_ENOUGH = 16
"""A shrinking column narrower than this, or than three tenths of the list, tells little: another is left out first."""

_PRINTABLE = bytes(range(0x20, 0x7F))
"""What ASCII can show: deleted from a text, nothing may be left (a tenth of what `isprintable` costs)."""

_NOTHING = 4
"""A shrinking column narrower than this tells nothing: it is left out itself."""

_DAY = len("Mon 23 Nov 2026")
"""No column is cut to less than a day takes."""


class Column:
    """One column: its title, the text of a record in it, and how it gives way where the terminal is narrow.

    `value` is the name of the field that has the text, or a function of the record that makes it; `say` puts what
    stands in the field into words.
    `style` is the names of styles (`"bold red"`), a function of the record that returns them, or `"id"`,
    which marks the shortest prefix that is enough. `shrink` marks the one column that takes the width left.
    """

    __slots__ = ("align", "keep", "say", "shrink", "style", "title", "value")

    def __init__(
        self,
        title: str,
        value: str | Callable[[View], str | None],
        align: str = "left",
        style: Styling = None,
        keep: int = 5,
        shrink: bool = False,
        say: Callable[[Any], str] = str,
    ) -> None:
        self.title = title
        self.value = value
        self.say = say
        self.align = align
        self.style = style
        self.keep = keep
        self.shrink = shrink


ID = Column("id", "id", style="id", keep=ALWAYS)
"""The column of ids, as every list has it first."""


class _Shown:
    """A column with its cells, safe and measured."""

    __slots__ = ("cells", "column", "plain", "title", "width")

    def __init__(self, column: Column, rows: Sequence[View]) -> None:
        value, say = column.value, column.say
        self.column = column
        if not isinstance(value, str):
            self.cells = [value(row) or "" for row in rows]
        elif say is str:
            self.cells = [row[value] or "" for row in rows]
        else:
            self.cells = [say(row[value]) if row[value] else "" for row in rows]
        self.title = column.title
        joined = "".join(self.cells)
        # One look at the whole column: for plain text, len() is the width and nothing needs escaping.
        self.plain = joined.isascii() and not joined.encode().translate(None, _PRINTABLE)
        if not self.plain:
            self.cells = [safe(cell) for cell in self.cells]
        widest = max(map(len if self.plain else width, self.cells), default=0)
        self.width = max(widest, len(self.title)) if widest else 0

    def cut_to(self, columns: int) -> None:
        """Cut the cells that are wider."""
        if columns < self.width:
            self.width = columns
            self.title = fit(self.title, columns)
            # Still plain: … is one cell wide too, so len() stays the width, and cutting needs no measuring.
            cut = _cut_plain if self.plain else fit
            self.cells = [cut(cell, columns) for cell in self.cells]

    def padded(self, last: bool) -> list[str]:
        """Return the cells with spaces up to the width of the column; the last one has none."""
        right = self.column.align == "right"
        if last and not right:
            return self.cells
        if self.plain:
            just, width = str.rjust if right else str.ljust, self.width
            return [just(cell, width) for cell in self.cells]
        return [pad(cell, self.width, self.column.align) for cell in self.cells]


def layout(
    rows: Sequence[View],
    columns: Sequence[Column],
    *,
    width: int | None,
    colour: bool,
    prefixes: Mapping[str, int] | None = None,
) -> list[str]:
    """Return the lines of a list; `width` is None on a pipe, where nothing is cut or left out.

    `prefixes` has by id how many of its characters are enough to type.
    """
    shown = [one for one in (_Shown(column, rows) for column in columns) if one.width]
    if width is not None:
        shown = _narrowed(shown, width)
    if not shown:
        return []
    last = shown[-1]
    cells = [one.padded(one is last) for one in shown]
    if colour:
        cells = [_styled(one, padded, rows, prefixes or {}) for one, padded in zip(shown, cells, strict=True)]
    lines = [GAP.join(line).rstrip(" ") for line in zip(*cells, strict=True)]
    titles = [pad(one.title, one.width, one.column.align) for one in shown]
    heading = GAP.join(titles).rstrip(" ")
    return [style(heading, "dim") if colour else heading, *lines]


def _cut_plain(cell: str, columns: int) -> str:
    return cell if len(cell) <= columns else cell[: columns - 1].rstrip(" ") + "…"


def _narrowed(shown: list[_Shown], limit: int) -> list[_Shown]:
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
        least = min(one.column.keep for one in droppable)
        shown.remove([one for one in droppable if one.column.keep == least][-1])
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


def _styled(one: _Shown, cells: list[str], rows: Sequence[View], prefixes: Mapping[str, int]) -> list[str]:
    how = one.column.style
    if how is None:
        return cells
    if how == "id":
        return [marked(cell, prefixes.get(row["id"])) for cell, row in zip(cells, rows, strict=True)]
    if isinstance(how, str):
        names = how.split()
        return [_ink(cell, names) if text else cell for cell, text in zip(cells, one.cells, strict=True)]
    return [
        _ink(cell, ink.split()) if text and (ink := how(row)) else cell
        for cell, text, row in zip(cells, one.cells, rows, strict=True)
    ]


def _ink(cell: str, names: list[str]) -> str:
    # Spaces stay outside, so that an underlined word is not an underlined column.
    text = cell.strip(" ")
    return cell.replace(text, style(text, *names), 1) if text else cell


_ENOUGH_TO_TYPE, _REST = ("bold", "cyan"), "dim"
_BEFORE, _BETWEEN, _BEHIND = (style("\0", *_ENOUGH_TO_TYPE) + style("\0", _REST)).split("\0")


def marked(cell: str, prefix: int | None) -> str:
    """Return an id in colour: the part that is enough to type stands out."""
    if prefix and prefix < len(cell):
        return f"{_BEFORE}{cell[:prefix]}{_BETWEEN}{cell[prefix:]}{_BEHIND}"
    return style(cell, *_ENOUGH_TO_TYPE) if prefix else cell
