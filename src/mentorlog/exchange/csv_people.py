"""The people that a cell names: one, or several between semicolons, commas or `and`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mentorlog import names
from mentorlog.exchange.directory import Directory

LONGEST = 1_000
"""Characters of a cell that may be names."""
_BETWEEN = re.compile(r"[;\n\r/&+]|(?<=\s)and(?=\s)", re.IGNORECASE)


def full_name(text: str) -> str:
    """Return a name with the given name first: `Osler, William` is William Osler; titles and degrees stay."""
    text = " ".join(text.split())
    return names.addressed(text) if len(names.split(text)) > 1 else text


class People:
    """The mentors that cells name; `earlier` has those whose table was imported, by their ids there."""

    def __init__(self, directory: Directory, earlier: Mapping[str, str]) -> None:
        self._directory, self._earlier = directory, earlier

    def one(self, cell: str, count: bool = True) -> str | None:
        """Return the id of the mentor that a whole cell names; None counts the name as a stranger's."""
        return self._find(full_name(cell), count)

    def several(self, cell: str) -> tuple[tuple[str, ...], bool]:
        """Return the ids of the mentors that a cell names, each once, and whether it names nobody else."""
        found = [self._find(name) for name in self._names(cell)]
        return tuple(dict.fromkeys(id for id in found if id)), None not in found

    def _find(self, name: str, count: bool = True) -> str | None:
        return self._earlier.get(name) or self._directory.find(name, count=count)

    def _names(self, cell: str) -> list[str]:
        named: list[str] = []
        for part in filter(str.strip, _BETWEEN.split(cell)):
            items = names.split(part)
            is_one = len(items) < 2 or self.one(part, count=False) is not None
            if not is_one and (len(items) > 2 or any(self._find(item, count=False) for item in items)):
                named += items
            else:
                named.append(full_name(part))
        return named
