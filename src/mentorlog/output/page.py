"""What a screen is laid out for: its width, and whether it may use styles."""

from __future__ import annotations

from mentorlog.output.text import few_lines, pad, safe, style, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mentorlog.models.views import View

    Row = tuple[str, str, str, str]  # the id, the text, the day or age, and its style
    Prefixes = Callable[[Sequence[str]], Mapping[str, int]]

USUAL = 80
_MOST_MARKED = 500  # a longer list is not read for the shortest prefix of an id


class Page:
    """A width, and whether styles may be used."""

    __slots__ = ("_prefixes", "colour", "terminal", "width")

    def __init__(
        self, width: int = USUAL, *, colour: bool = False, terminal: bool = False, prefixes: Prefixes | None = None
    ) -> None:
        self.width = width
        self.colour = colour
        self.terminal = terminal
        self._prefixes = prefixes

    def prefixes(self, rows: Sequence[View]) -> Mapping[str, int]:
        """Return the length of the shortest unique prefix of each id, if ids are coloured."""
        ids = [row["id"] for row in rows if "id" in row] if self.colour and self._prefixes else ()
        return self._prefixes(ids) if self._prefixes and 0 < len(ids) <= _MOST_MARKED else {}

    @property
    def limit(self) -> int | None:
        """The width that lists and values are cut to; None on a pipe, where nothing is cut."""
        return self.width if self.terminal else None

    def style(self, text: str, *names: str) -> str:
        """Return the text in some styles, or unchanged without colour."""
        return style(text, *names) if self.colour else text

    def wrap(self, text: str, *names: str, indent: str = "", first: str | None = None) -> list[str]:
        """Return the text made safe, as lines within the limit, in some styles."""
        return [self.style(line, *names) for line in wrap(safe(text), self.limit, indent, first)]

    def rows(self, rows: Sequence[Row]) -> list[str]:
        """Return the lines of rows: uncut on a pipe; on a terminal a text takes at most three."""
        ids = max((width(safe(row[0])) for row in rows), default=0)
        days = max((width(row[2]) for row in rows), default=0)
        texts = max((width(safe(row[1])) for row in rows), default=0)
        if self.terminal:
            texts = min(texts, max(self.width - ids - days - 6, 0))  # three gaps of two cells
        lines: list[str] = []
        for id, text, day, ink in rows:
            text, styled = safe(text), self.style(day, ink or "dim")
            head, indent = f"  {self.style(pad(safe(id), ids), 'cyan')}  ", ids + 4
            if width(text) <= texts:
                lines.append(f"{head}{pad(text, texts)}  {styled}".rstrip())
                continue
            first, *rest = few_lines(text, max(self.width - indent, 1), most=3)
            below = " " * min(indent, max(self.width - width(day), 0))
            lines += [head + first, *(" " * indent + line for line in rest), below + styled]
        return lines
