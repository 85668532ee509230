"""E-mail addresses and what else of a mentor can be checked without refusing what is real."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.mentor.conftest import Invoke
from terminal import Terminal

BAD = [
    "clear; mentorlog ask",
    "osler",
    "@example.org",
    "osler@",
    "os ler@example.org",
    "o@x\u00a0y",
    "o@x\x1b[2J",
    "a@b c",
]
GOOD = ["osler@example.org", "osler@jhu", "o'neill+log@example.org", "röntgen@würzburg.example", '"a@b"@example.org']


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_is_refused(address: str, invoke: Invoke, journal_root: Path, tmp_path: Path) -> None:
    """An e-mail address has an @ with something on both sides, and no blank or control sign.

    The members of the kind: adding, setting, editing the file. What a file held before stays: doctor reports it.
    """
    invoke("mentor", "add", "William Osler")
    before = (journal_root / "mentors" / "osler.toml").read_text()
    editor = tmp_path / "editor"
    quoted = address.replace("\x1b", "\\\\u001b")
    editor.write_text(f'#!/bin/sh\nsed -i \'/^name/a email = "{quoted}"\' "$1"\n')
    editor.chmod(0o700)

    for words in (["mentor", "add", "Marie Curie", "--email", address], ["set", "osler", f"email={address}"]):
        ran = invoke(*words)
        assert (ran.exit, ran.err.splitlines()[0]) == (1, f"error: {address!r} is not an e-mail address.")
    ran = invoke("edit", "osler", "--toml", env={"EDITOR": str(editor)})
    assert ran.exit == 1
    assert "is not an e-mail address." in ran.err
    assert (journal_root / "mentors" / "osler.toml").read_text() == before


@pytest.mark.parametrize("address", GOOD)
def test_what_may_be_an_address_is_taken(address: str, invoke: Invoke) -> None:
    """Nobody's real address is refused: a host of one word, quotes, a plus, other scripts."""
    assert invoke("mentor", "add", "William Osler", "--email", address, "--json").data["email"] == address
    assert invoke("doctor").exit == 0


def test_an_old_address_stays_and_is_reported(invoke: Invoke, journal_root: Path) -> None:
    """A file that was fine before stays readable, can be changed, exported and imported; doctor warns."""
    invoke("mentor", "add", "William Osler")
    path = journal_root / "mentors" / "osler.toml"
    path.write_text(path.read_text().replace("status =", 'email = "ask her"\nstatus ='))

    assert invoke("set", "osler", "phone=1").exit == 0
    assert invoke("mentor", "list", "--json").data[0]["email"] == "ask her"
    exported = invoke("export", "json").out
    checked = invoke("doctor")
    assert checked.exit == 0
    assert "'ask her' is not an e-mail address" in checked.out
    assert "mentorlog set osler --clear email" in checked.out
    invoke("delete", "osler")
    assert invoke("import", "json", "-", stdin=exported).exit == 0
    assert invoke("show", "osler", "--json").data["email"] == "ask her"
    assert invoke("set", "osler", "--clear", "email").exit == 0


def test_the_question_is_asked_again(terminal: Callable[..., Terminal], invoke: Invoke) -> None:
    """On a terminal, an address that is none is asked for again."""
    screen = terminal("mentor", "add")
    screen.answer("full name", "Marie Curie").answer("roles").answer("How often").answer("mentorship for")
    screen.answer("email", "ask her").answer("is not an e-mail address", "curie@example.org")

    assert screen.end() == 0
    assert invoke("show", "curie", "--json").data["email"] == "curie@example.org"


@pytest.mark.parametrize("phone", ["+49 (0)941 943-0", "via operator, ext. 12", "pager 4711"])
def test_a_phone_number_is_taken_as_it_is(phone: str, invoke: Invoke) -> None:
    """Numbers are written in too many ways to refuse one; line breaks are refused, as in every line."""
    assert invoke("mentor", "add", "William Osler", "--phone", phone, "--json").data["phone"] == phone
    assert invoke("set", "osler", "phone=1\n2").exit == 1
