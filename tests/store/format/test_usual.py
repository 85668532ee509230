"""TOML as mentorlog writes it, read without tomllib and written without tomli_w: the same, or nothing at all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

import pytest
import tomli_w

from mentorlog.models.record import build
from mentorlog.store.format import toml, usual
from merged_records import Maker

SIGNS = "\"\\'#[]{}=,.-+:_ \t\n\r0159aeTZ\x00\x1b\x7f\x85\u2028é🩺"
SNIPPETS = [
    *('"""', "'''", "\\n", "\\u0041", "\\ \n", "[x]\n", "[[x]]\n", "[x.y]\n", "[[progress]]\n", "id = 1\n", "# so\n"),
    *("x = 1e3\n", "x = 07\n", "x = 0x1\n", "x = inf\n", "x = 2026-02-30\n", "x = 24:00:00\n", "x = []\n", "x=1\n"),
]
ODD = [
    'a = 1\na = 2\n', "[a]\nb = 1\n[a]\n", "a = 1\n[a]\n", "a = []\n[[a]]\n", "[[a]]\n[a]\n", "[a]\n[[a]]\n",
    "[a]\na = 1\n", "a = 2026-02-30\n", "a = 2026-02-03 24:00:00\n", "a = 2026-02-03 10:00:00+24:00\n",
    "a = 2026-02-03 10:00:00.1234567\n", "a = 2026-02-03T10:00:00-00:00\n", "a = 2026-02-03 10:00:00.5+05:30\n",
    "a = 10:00:00\n", "a = 1_000\n", "a = +1\n", "a = -0\n", "a = -0.0\n", "a = 1.\n", "a = 01.5\n",
    f"a = {'9' * 19}\n", "a = nan\n", "a = true \n", "a = True\n", 'a = "x\\qy"\n', 'a = "x\\u00e9"\n',
    'a = "x\\\\n"\n', 'a = """\nx\\\n  y"""\n', 'a = """\nx""y"""\n', 'a = """\n"""\n', 'a = """x"""\n',
    'a = """\n\n"""\n', 'a = "\n"\n', 'a = "\r"\n', 'a = """\n\r\n"""\n', 'a = "\x85\u2028"\n', "a = 1",
    "a = 1\r\n", 'a = [\n    "x",\n]\n', 'a = [\n    "x"\n]\n', 'a = [\n    "x", "y",\n]\n',
    'a = [\n    1,\n]\n', 'a = [\n    "],\\n",\n]\n', '"a" = 1\n', "a.b = 1\n", "é = 1\n", "٣ = 1\n", "a = ٣\n",
    "a  = 1\n", "[ a ]\n", "[a\n", "[[a]\n", "[a]]\n", "[]\n", "", "\ufeffa = 1\n", "a = 'x'\n", "a = {}\n",
    "a = {b = 1}\n", "a = 1 # so\n",
]  # fmt: skip


def of_tomllib(text: str) -> Any:
    """What tomllib reads; None for what it refuses."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def made(seed: int) -> str:
    """A file of any kind of record, as it is written."""
    maker = Maker(seed)
    return toml.dump(build(maker.model, maker.record())).decode()


def changed(text: str, luck: Random) -> str:
    """A text that somebody or something changed."""
    for _ in range(luck.randint(1, 2)):
        place = luck.randrange(len(text) + 1)
        match luck.choice(["put", "snippet", "drop", "twice"]):
            case "put":
                text = text[:place] + luck.choice(SIGNS) + text[place:]
            case "snippet":
                start = text.rfind("\n", 0, place) + 1
                text = text[:start] + luck.choice(SNIPPETS) + text[start:]
            case "drop":
                text = text[:place] + text[place + luck.randint(1, 5) :]
            case _:
                start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place) + 1
                text = text[:end] + text[start:end] + text[end:]
    return text


def tables(value: Any) -> Iterator[dict[str, Any]]:
    """Every table in some data, without the tables in it."""
    if isinstance(value, dict):
        yield {key: item for key, item in value.items() if not isinstance(item, dict) and not is_tables(item)}
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables(item)


def is_tables(value: Any) -> bool:
    """Whether it is a list of tables."""
    return isinstance(value, list) and value != [] and all(isinstance(item, dict) for item in value)


def check(seeds: range) -> int:
    """Compare with tomllib; return how many changed texts were read."""
    read = 0
    for seed in seeds:
        text, luck = made(seed), Random(seed)
        for table in tables(tomllib.loads(text)):
            assert usual.dump(table) in (tomli_w.dumps(table, multiline_strings=True), None), seed
        assert repr(usual.parse(text)) in (repr(tomllib.loads(text)), "None"), seed
        for _ in range(5):
            other = changed(text, luck)
            if (found := usual.parse(other)) is not None:
                assert repr(found) == repr(of_tomllib(other)), (seed, other)
                read += 1
    return read


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    """The same as tomllib, or nothing."""
    found = usual.parse(text)

    assert found is None or repr(found) == repr(of_tomllib(text))


def test_what_is_read() -> None:
    """Every value that a record without odd keys has: tomllib is not needed."""
    text = (
        'id = "g7k3q"\ntags = [\n    "a \\"b\\" \\\\n",\n    "é",\n]\nlinks = []\ncreated = 2026-11-23 09:00:00+01:00\n'
        "by = 2027-01-04\nprivate = true\ncount = -3\nhalf = 0.5\n"
        'why = """\nOne \\"two\\".\n\n\tThree \\\\ four."""\n\n'
        "[cadence]\nevery_days = 28\n\n[[rounds]]\nsent = 2027-01-03\n"
        '\n[[rounds]]\nsent = 2027-02-03\ncomment = ""\n'
    )

    assert repr(usual.parse(text)) == repr(tomllib.loads(text))


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            'a "b" \\n',
            'a\nb"\n',
            "\n",
            "\r\n",
            "a\tb",
            "\x00",
            "\x7f",
            "\x85\u2028é🩺",
            '"""',
            True,
            -3,
            0.5,
            1e300,
            -0.0,
        ),
        *(float("inf"), date(2026, 2, 3), datetime(2026, 2, 3, 4, 5, 6, 7), datetime(2026, 2, 3, tzinfo=UTC), time(3)),
        *([], [1, True, "a\nb", 'c"'], [[]], [["a"]], [{}], ["\r"], {}, [date(2026, 2, 3)], ["a", {"b": 1}]),
    ],
    ids=repr,
)
def test_values_as_tomli_w_writes_them(value: Any) -> None:
    """The same lines, or none."""
    assert usual.dump({"a-b_1": value}) in (tomli_w.dumps({"a-b_1": value}, multiline_strings=True), None)
    assert usual.dump({"é": value}) is None and usual.dump({"": value}) is None


def test_records_and_changes_of_them() -> None:
    """A few hundred files of all kinds, as they are written and with a few signs or lines changed."""
    assert check(range(60)) > 10


@pytest.mark.slow
@pytest.mark.exhaustive
def test_thousands_of_records_and_changes_of_them() -> None:
    """The same for 20,000 files, and 100,000 changed ones."""
    assert check(range(20_000)) > 5_000
