"""What a screen is laid out for: its width and height, and whether it may use styles."""

from __future__ import annotations

from mentorlog.output.text import few_lines, pad, safe, style, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from mentorlog.models.views import View

    Row = tuple[str, str, str, str]  # the id, the text, the day or age, and its style
    Prefixes = Callable[[Sequence[str]], Mapping[str, int]]

USUAL = 80
NARROW = 64  # cells; on a narrower terminal nothing is left out
UNDECIDED = "≠"  # beside the id of a record that waits for a choice
_MOST_MARKED = 500  # a longer list is not read for the shortest prefix of an id


class Page:
    """A width and a height (None on a pipe), and whether styles may be used."""

    __slots__ = ("_prefixes", "colour", "height", "terminal", "width")

    def __init__(
        self,
        width: int = USUAL,
        *,
        height: int | None = None,
        colour: bool = False,
        terminal: bool = False,
        prefixes: Prefixes | None = None,
    ) -> None:
        self.width = width
        self.height = height
        self.colour = colour
        self.terminal = terminal
        self._prefixes = prefixes

    def prefixes(self, rows: Sequence[View]) -> Mapping[str, int]:
        """Return the length of the shortest unique prefix of each id, if ids are coloured."""
        ids = [row["id"] for row in rows if "id" in row] if self.colour and self._prefixes else ()
        return self._prefixes(ids) if self._prefixes and 0 < len(ids) <= _MOST_MARKED else {}

    def ids(self, ids: Sequence[str], undecided: Collection[str] = ()) -> dict[str, str]:
        """Return each id as `with_sign` does; with colour, the shortest unique prefix of a record is in bold."""
        if not self.colour:
            return {id: with_sign(id, undecided) for id in ids}
        prefixes = self.prefixes([{"id": id} for id in ids])
        inked = {id: marked(safe(id), prefixes[id]) if id in prefixes else style(safe(id), "cyan") for id in ids}
        return {id: text + with_sign(id, undecided)[len(safe(id)) :] for id, text in inked.items()}

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
        return [line for block in self.blocks(rows) for line in block]

    def blocks(self, rows: Sequence[Row], most: int = 3) -> list[list[str]]:
        """Return the lines of each row, at most `most` of its text; one without a day has the room of the days too."""
        ids = max((width(safe(row[0])) for row in rows), default=0)
        days = max((width(row[2]) for row in rows), default=0)
        texts = max((width(safe(row[1])) for row in rows if row[2]), default=0)
        if self.terminal:
            texts = min(texts, max(self.width - ids - days - 6, 0))  # three gaps of two cells
        indent = ids + 4
        blocks: list[list[str]] = []
        shown = self.ids([row[0] for row in rows])
        for id, text, day, ink in rows:
            text, styled = safe(text), self.style(day, ink or "dim")
            head = f"  {shown[id]}{' ' * (ids - width(safe(id)))}  "
            if day and width(text) <= texts:
                blocks.append([f"{head}{pad(text, texts)}  {styled}".rstrip()])
            elif not day and (not self.terminal or width(text) <= self.width - indent):
                blocks.append([f"{head}{self.style(text, ink)}".rstrip() if ink else f"{head}{text}".rstrip()])
            else:
                first, *rest = few_lines(text, max(self.width - indent, 1), most)
                below = [" " * min(indent, max(self.width - width(day), 0)) + styled] if day else []
                blocks.append([head + first, *(" " * indent + line for line in rest), *below])
        return blocks


def with_sign(id: str, undecided: Collection[str]) -> str:
    """Return an id made safe, with a sign beside it if its record waits for a choice."""
    return f"{safe(id)} {UNDECIDED}" if id in undecided else safe(id)


def marked(id: str, prefix: int | None) -> str:
    """Return an id in colour, with its shortest unique prefix in bold."""
    return style(id[:prefix], "bold", "cyan") + style(id[prefix:], "dim") if prefix else id
