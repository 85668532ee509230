"""docs/internals/requirements.md is whole and true: every row, every file that shows it, every command, the counts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from test_docs import commands

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "internals" / "requirements.md"
STATES = ("met", "partly", "not yet")

PRACTICES = {"000": 26, "001": 12, "002": 18, "003": 30, "004": 28}
"""How many practices each source has."""
PAINS, FURTHER = 20, 9

CODE = re.compile(r"`([^`]+)`")


class Row(NamedTuple):
    """A practice or a pain: how it is met, the files that show it, its state."""

    id: str
    how: str
    files: tuple[str, ...]
    state: str

    @property
    def part(self) -> str:
        """The table of counts names these."""
        return "practices" if "-" in self.id else "further" if self.id.startswith("F") else "pains"


def rows() -> list[Row]:
    """Return the rows of all tables but that of the counts."""
    found = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"00\d-\d+|F?\d+", cells[0]):
            found.append(Row(cells[0], cells[2], tuple(CODE.findall(cells[3])), cells[4]))
    return found


def test_every_row_is_there_once() -> None:
    """No practice and no pain is passed over."""
    practices = [f"{source}-{number}" for source, count in PRACTICES.items() for number in range(1, count + 1)]
    pains = [str(number) for number in range(1, PAINS + 1)]
    further = [f"F{number}" for number in range(1, FURTHER + 1)]

    assert [row.id for row in rows()] == [*practices, *pains, *further]


def test_what_is_met_is_shown() -> None:
    """A row has a state; where something of it is there, tests or transcripts show it."""
    wrong = [row.id for row in rows() if row.state not in STATES or bool(row.files) != (row.state != "not yet")]

    assert wrong == []


def test_the_files_are_there() -> None:
    """Each file that is named lies below tests/."""
    missing = [f"{row.id}: {name}" for row in rows() for name in row.files if not (TESTS / name).is_file()]

    assert missing == []


def test_the_commands_are_there() -> None:
    """What stands in code and is no option, value or sign is a command."""
    known = {one.words for one in commands()}
    groups = {words.split()[0] for words in known if " " in words}
    wrong = []
    for row in rows():
        for code in CODE.findall(row.how):
            words = code.split()
            if words[0] in groups and " ".join(words[:2]) not in known and words[0] not in known:
                wrong.append(f"{row.id}: {code}")
    assert wrong == []


def test_the_counts_are_right() -> None:
    """The table at the top says how many rows are met."""
    counted = Counter((row.part, row.state) for row in rows())
    text = PAGE.read_text(encoding="utf-8")
    said = {
        part: [int(cell) for cell in re.findall(r"\d+", found[1])]
        for part in ("practices", "pains", "further")
        if (found := re.search(rf"^\| {part} \|(.*)$", text, re.MULTILINE))
    }

    right = {part: [counted[part, state] for state in STATES] for part in ("practices", "pains", "further")}
    assert said == {part: [*counts, sum(counts)] for part, counts in right.items()}
