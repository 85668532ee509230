"""In which line of a file a field stands that cannot be read."""

from __future__ import annotations

import pytest

from mentorlog.store.format.toml import line_of

TEXT = b"""\
id = "g7k3q"
why = '''
by = the book'''
tags = [
  "a",
  1,
]

[cadence]
every_days = 3

[[progress]]
on = 2026-01-01

[[progress]]
on = 2026-01-01
percent = "x"

[[progress.deep]]
x = 1
"""


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("id", 1),
        ("tags.2", 4),
        ("cadence.every_days", 10),
        ("cadence.minutes", 9),
        ("progress.1.on", 13),
        ("progress.2.on", 16),
        ("progress.2.percent", 17),
        ("progress.2", 15),
        ("progress.3.percent", None),
        ("nothing", None),
        ("on", None),
        ("", None),
        ("x" * 10_000, None),
        ("1.2", None),
    ],
)
def test_line_of(field: str, line: int | None) -> None:
    """Tables by their name and number, keys within their table; None where nothing is written."""
    assert line_of(TEXT, field) == line


def test_prose_that_looks_like_a_key() -> None:
    """Text between three quotes can deceive: the line is a hint, and no more."""
    assert line_of(TEXT, "by") in (3, None)


def test_nothing_and_much() -> None:
    """An empty file has no line; a long one is searched in no time."""
    assert line_of(b"", "id") is None
    assert line_of(b"[" * 100_000, "id") is None
    assert line_of(b" \t" * 100_000 + b"id = 1", "id") == 1
