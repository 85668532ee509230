"""Where things stand in a TOML text that may be none."""

from __future__ import annotations

import pytest

from mentorlog.toml_lines import has_comments, line_of, outside_texts, with_value

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
    """What stands between quotes or behind # is no key and no header."""
    assert line_of(TEXT, "by") is None
    assert line_of(b'# by = 1\nwhy = """\n[[progress]]\n\\"""\n""""\n[[progress]]', "progress.1") == 6


def test_quoted_keys() -> None:
    """A key or header may stand between quotes; lines are counted from where the text begins."""
    assert line_of(b'\'by\' = 1\n[[ "progress" ]]\n"on" = 2', "by") == 1
    assert line_of(b'\'by\' = 1\n[[ "progress" ]]\n"on" = 2', "progress.1.on", 11) == 13
    assert line_of("r\u00f6ntgen = 1".encode(), "r\u00f6ntgen") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a = 'b' # c", "a = 'b' #  "),
        ('a = "b.c" # \'', 'a = "   " #  '),
        ('a = "\\"#" # x', 'a = "   " #  '),
        ("a = 'b\\' # c", "a = '  ' #  "),
        ('a = """b"""" # c', 'a = "      " #  '),
        ("a = '''#\n#''' # c", "a = '   \n   ' #  "),
        ('a = "open # not a comment', 'a = "open #              '),
        ('""', '""'),
    ],
)
def test_outside_texts(text: str, shown: str) -> None:
    """Quotes and comments are emptied, a quoted word is not; nothing moves."""
    assert outside_texts(text) == shown


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"a = 1 # x", True), (b"a = '#'", False), (b'a = """\n# x\n"""', False), (b"a = 1", False), (b"#", True)],
)
def test_has_comments(data: bytes, found: bool) -> None:
    """A rewrite loses comments, not texts."""
    assert has_comments(data) is found


def test_nothing_and_much() -> None:
    """An empty file has no line; a long one is searched in no time."""
    assert line_of(b"", "id") is None
    assert line_of(b"[" * 100_000, "id") is None
    assert line_of(b" \t" * 100_000 + b"id = 1", "id") == 1


@pytest.mark.parametrize(
    ("text", "new", "without"),
    [
        ("", "by = 2\n", ""),
        ("a = 1", "a = 1\nby = 2\n", "a = 1"),
        ("a = 1\n", "a = 1\nby = 2\n", "a = 1\n"),
        ("by=1", "by= 2", ""),
        ("by = 1 # one\n", "by = 2  # one\n", "# one\n"),
        ("'by' = '#' # one\na = 1\n", "'by' = 2  # one\na = 1\n", "# one\na = 1\n"),
        ("# by = 1\nbye = 1\n", "# by = 1\nbye = 1\nby = 2\n", "# by = 1\nbye = 1\n"),
        ("a = 1\n[t]\nby = 1\n", "a = 1\nby = 2\n[t]\nby = 1\n", "a = 1\n[t]\nby = 1\n"),
        ('a = """\nby = 1\n"""\n', 'a = """\nby = 1\n"""\nby = 2\n', 'a = """\nby = 1\n"""\n'),
        ("by = 1\r\na = 1\r\n", "by = 2\r\na = 1\r\n", "a = 1\r\n"),
        ("a = 1\r\n", "a = 1\r\nby = 2\r\n", "a = 1\r\n"),
    ],
)
def test_with_value(text: str, new: str, without: str) -> None:
    """One line changes, is added before the first table, or goes; a comment behind the value stays."""
    assert with_value(text, "by", "2") == new
    assert with_value(text, "by", None) == without
