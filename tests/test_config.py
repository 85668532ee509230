"""The file of settings: what is read of it, and what is wrong with it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog import config
from mentorlog.config import SETTINGS, Config
from mentorlog.domain.loop import RULES
from mentorlog.errors import MentorlogError

HOSTILE = [
    b"a" + b".a" * 8000 + b" = 1",
    b"a = " + b"[" * 10_000,
    b"drift_days = " + b"9" * 15_000,
    b"\xff\xfe" + "drift_days = 3".encode("utf-16-le"),
    b"drift_days = 3\0",
    b"\xef\xbb\xbfdrift_days = 3",
    b"drift_days = 3\ndrift_days = 4",
    b"#" * 1_000_000,
    b"<<<<<<< mine\n",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The path of a file of settings."""
    return tmp_path / "config.toml"


def test_without_a_file_everything_is_the_default(file: Path) -> None:
    """The rules are those of the loop, to the number."""
    assert config.read(file) == config.read(None) == Config()
    assert Config().rules == RULES
    assert Config().first_weekday == 0


def test_what_the_file_sets(file: Path) -> None:
    """A key that is set has its value, each other one its default; a link is followed."""
    file.write_text('drift_days = 10\nweek_start = "sunday"\nzone = "Europe/Athens"\naudience = "program"\n')
    link = file.with_name("link.toml")
    link.symlink_to(file)
    for path in (file, link):
        found = config.read(path)
        assert found.rules == RULES.but(drift_days=10)
        assert (found.first_weekday, found.zone, found.audience) == (6, "Europe/Athens", "program")
        assert found.given == {"drift_days", "week_start", "zone", "audience"}
        assert not found.wrong


def test_within_is_for_due_and_for_status(file: Path) -> None:
    """Set, both look as far; not set, each has its own default."""
    file.write_text("within_days = 3")

    assert config.read(file).rules == RULES.but(within_days=3, near_days=3)


@pytest.mark.parametrize(
    "line",
    [
        "drift_days = 0",
        "drift_days = 3661",
        "drift_days = true",
        "drift_days = 6.0",
        'drift_days = "42"',
        "within_days = -1",
        'week_start = "Sonntag"',
        "week_start = 7",
        "week_start = []",
        'zone = ""',
        'zone = "Europe/\\u001bAthens"',
        "zone = 1",
        'audience = "two words"',
        "audience = {}",
    ],
)
def test_a_value_that_cannot_be_used(file: Path, line: str) -> None:
    """Its default counts, its key is named, and nobody gets it who needs it to be right; other keys are as set."""
    file.write_text(f"review_days = 30\n{line}\n")
    key = line.partition(" ")[0]
    found = config.read(file)

    assert getattr(found, key) == getattr(Config(), key)
    assert found.wrong.keys() == {key}
    assert found.review_days == 30
    with pytest.raises(MentorlogError, match=key):
        found.checked(key)
    assert found.checked("review_days") == 30


@pytest.mark.parametrize("data", HOSTILE, ids=lambda data: repr(data[:12]))
def test_a_broken_file(file: Path, data: bytes) -> None:
    """It has no values; who needs one to be right gets an error that names the file and how to go on."""
    file.write_bytes(data)
    found = config.read(file)

    assert found == Config(wrong=found.wrong, path=str(file))
    assert found.wrong.keys() == {""}
    for key in SETTINGS:
        with pytest.raises(MentorlogError, match=r"config\.toml.* (cannot be read|larger)") as error:
            found.checked(key)
        assert error.value.hint == f"correct {file}, or delete it to use the defaults"


def test_what_is_no_file(file: Path) -> None:
    """A folder, a pipe that never ends and a link to nothing are named; nothing waits for them."""
    file.mkdir()
    assert "not a regular file" in config.read(file).wrong[""] or "a folder" in config.read(file).wrong[""]
    file.rmdir()
    os.mkfifo(file)
    assert "a named pipe" in config.read(file).wrong[""]
    file.unlink()
    file.symlink_to("nowhere")
    assert "a link to a file that does not exist" in config.read(file).wrong[""]


def test_other_keys_are_known_to_be_others(file: Path) -> None:
    """They mean nothing, and are no reason to refuse the rest."""
    file.write_text('editor = "rm -rf /"\ndrift_days = 9\n[later]\nzone = "UTC"\n')

    assert config.read(file) == Config(
        drift_days=9, given=frozenset(["drift_days"]), unknown=("editor", "later"), path=str(file)
    )


def test_every_setting_is_a_field() -> None:
    """The closed list of keys and the frozen value say the same."""
    others = {"given", "unknown", "wrong", "path"}
    assert set(SETTINGS) == set(Config._fields) - others


WORDS = ["a", "b-1", "drift_days", "=", " ", "\t", "0", "42", "007", "1_000", "-3", "1.5", '"x"', "'y'", "true", "# é"]
SIGNS = ['"', "'", '"""', "'''", "#", "\\", "\\u0041", "[", "]", "[t]", ".", ",", "\n", "\r\n", "\r", "\x00", "\x7f"]
LINES = ["\x85", "\u2028", "\ufeff", "\x0c", "a = 1\n", 'b = "x" # y\n', "c = 2\r\n", 'zone = "Europe/Athens"\n']
PIECES = st.sampled_from([*WORDS, *SIGNS, *LINES])


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_simple_file_says_what_tomllib_reads(text: str) -> None:
    """What is read line by line, without the parser, is the same with it."""
    found = config._simple(text.encode())

    assert found is None or found == tomllib.loads(text)
