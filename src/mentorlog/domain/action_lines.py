"""The action lines of a meeting's notes, and which lines are code. Light: showing a meeting needs no more than this."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mentorlog import ids

ACTION = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[(?P<box>[ xX])\][ \t]+@(?P<who>\S+)(?P<rest>.*)", re.DOTALL)
"""A list item with a box and whose it is: `- [ ] @me Draft abstract due:fri`."""

ENDS_IN_ID = re.compile(rf"\((?P<id>t[{ids.ALPHABET}]{{4}})\)[ \t]*$")
"""The end of a line that became a task: `(t4m2x)`."""

_ITEM = re.compile(r"(?P<marker>[-*+]|[0-9]{1,9}[.)])(?P<gap>[ \t]+|$)")
_FENCE = re.compile(r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_NO_TEXT = re.compile(r"#{1,6}(?:[ \t]|$)|(?:[-_*][ \t]*){3,}$")

_TAB = 4
_CODE = 4


def annotated(notes: str, states: Mapping[str, str]) -> str:
    """Return notes with the state of each task beside its action line: `… (t4m2x) → done`."""
    told = []
    for _, line, is_code in lines(notes):
        made = None if is_code or not ACTION.fullmatch(line) else ENDS_IN_ID.search(line)
        state = states.get(made["id"]) if made else None
        told.append(f"{line.rstrip()} → {state}" if state else line)
    return "\n".join(told)


def lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each line with its number and whether it is code: fenced, or indented as CommonMark has it."""
    blocks = _Blocks()
    for number, line in enumerate(text.split("\n"), 1):
        yield number, line, blocks.is_code(line)


class _Blocks:
    """Where in the blocks of Markdown we are: the list items that are open, a fence, a paragraph."""

    def __init__(self) -> None:
        self._items: list[int] = []  # the column at which the text of each open list item begins
        self._fence = ""
        self._paragraph = False

    def is_code(self, line: str) -> bool:
        """Take the next line; return whether it is code, its fences included."""
        wide = line.expandtabs(_TAB)
        rest = wide.lstrip(" ")
        column = len(wide) - len(rest)
        if not rest:
            self._paragraph = False
            return bool(self._fence)
        while self._items and column < self._items[-1]:
            self._items.pop()
            self._fence = ""  # a fence within a list item ends with the item
        inside = column - (self._items[-1] if self._items else 0)
        if self._fence:
            self._close(rest, inside)
            return True
        if inside >= _CODE and not self._paragraph:
            return True
        return self._text(rest, column, inside)

    def _text(self, rest: str, column: int, inside: int) -> bool:
        """A line that is no code so far: list items open, then perhaps a fence."""
        opened = False
        while inside < _CODE and (item := _ITEM.match(rest)) and not _NO_TEXT.match(rest):
            gap = len(item["gap"])
            after = rest[item.end() :]
            # Five spaces and more: the item begins with indented code, one column behind its marker.
            step = len(item["marker"]) + (gap if after and gap <= _CODE else 1)
            column, self._paragraph = column + step, False
            self._items.append(column)
            opened = True
            inside, rest = (0 if gap <= _CODE else gap - 1), after
        if opened and inside >= _CODE:
            return True
        fence = _FENCE.match(rest) if inside < _CODE else None
        if fence:
            self._fence, self._paragraph = fence["mark"], False
            return True
        self._paragraph = bool(rest) and not _NO_TEXT.match(rest)
        return False

    def _close(self, rest: str, inside: int) -> None:
        """A fence ends at a line of as many of its marks, or more, and nothing else."""
        bare = rest.rstrip(" ")
        if inside < _CODE and len(bare) >= len(self._fence) and not bare.strip(self._fence[0]):
            self._fence = ""
