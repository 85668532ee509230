"""What a layout needs to know: how wide it may be, and whether it may use styles."""

from __future__ import annotations

from mentorlog.output.text import style

USUAL = 80


class Page:
    """The width that a screen is laid out for, and whether it may use styles."""

    __slots__ = ("colour", "terminal", "width")

    def __init__(self, width: int = USUAL, *, colour: bool = False, terminal: bool = False) -> None:
        self.width = width
        self.colour = colour
        self.terminal = terminal

    @property
    def limit(self) -> int | None:
        """The width that lists and values keep to; None on a pipe, where nothing is cut."""
        return self.width if self.terminal else None

    def style(self, text: str, *names: str) -> str:
        """Return the text in the styles named (see text.style), or as it is where there are none."""
        return style(text, *names) if self.colour else text
