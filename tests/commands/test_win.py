"""`mentorlog win`, and a place in the CV that `set` changes."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factories import make_goal, make_mentor
from mentorlog.models.cv import Cv
from mentorlog.models.fields import spec
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'
EMPTY = dict.fromkeys(spec(Cv))


@pytest.fixture(autouse=True)
def people(keep: Callable[..., None]) -> None:
    """A mentor and a goal."""
    keep(make_mentor(), make_goal(id="g7k3q"))


def saved(ran: Ran) -> dict[str, Any]:
    """The win that a command saved."""
    assert ran.exit == 0, ran
    return dict(ran.data)


def test_a_win_is_a_private_note(invoke: Run) -> None:
    """Without a section it has no place in the CV."""
    ran = invoke("win", "Poster accepted")

    assert ran.out.startswith("Saved win n") and ran.out.endswith(": Poster accepted\n")
    [win] = invoke("note", "list", "--json").data
    assert (win["kind"], win["status"], win["visibility"], win["on"], win["cv"]) == (
        "win",
        "closed",
        "private",
        "2026-11-23",
        None,
    )


def test_every_field_can_be_given(invoke: Run) -> None:
    """What the options say is what the record holds."""
    place = {
        "section": "abstract",
        "title": HARD,
        "authors": "Blackwell E, Osler W",
        "venue": "Annals",
        "place": "Boston",
        "role": "First author",
        "start": "2026-05",
        "end": "2026-05-14",
        "state": "in_press",
        "scope": "national",
        "doi": "10.1000/x",
        "pmid": "123",
        "citation": HARD,
    }
    options = [word for field, value in place.items() for word in (f"--{field}", value)]
    win = saved(
        invoke(
            "win",
            f"{HARD}\n\nmore",
            *options,
            "-w",
            "osler",
            "-g",
            "g7",
            "--on",
            "yesterday",
            "--visibility",
            "program",
            "--link",
            "https://a",
            "--tag",
            "x",
            "--json",
        )
    )

    assert win["cv"] == place
    assert (win["text"], win["mentors"], win["goal"], win["on"]) == (
        f"{HARD}\n\nmore",
        ["osler"],
        "g7k3q",
        "2026-11-22",
    )
    assert (win["visibility"], win["links"], win["tags"]) == ("program", ["https://a"], ["x"])


def test_the_message_names_the_section_and_what_was_understood(invoke: Run) -> None:
    """In brackets, as for a note."""
    ran = invoke("win", "Poster accepted", "--section", "Abstract", "-w", "osler", "-g", "g7k3q", "--on", "fri")

    assert ran.out.partition(": ")[2] == (
        "Poster accepted (in the CV under Abstracts and posters, with William Osler, "
        "for goal g7k3q Submit case report, Fri 20 Nov 2026)\n"
    )


@pytest.mark.parametrize(
    ("text", "options", "title"),
    [
        ("Poster accepted\n\nAt last.", (), "Poster accepted"),
        ("# Poster accepted", (), "Poster accepted"),
        ("Poster accepted", ("--title", "Fever"), "Fever"),
        ("Poster accepted", ("--citation", "Blackwell E. Fever. 2026."), None),
    ],
)
def test_the_title_is_the_first_line_unless_there_is_another(
    invoke: Run, text: str, options: tuple[str, ...], title: str | None
) -> None:
    """A citation needs none."""
    assert saved(invoke("win", text, "--section", "abstract", *options, "--json"))["cv"]["title"] == title


def test_the_text_comes_from_stdin_an_editor_or_a_question(
    invoke: Run, world: World, terminal: Callable[..., Terminal]
) -> None:
    """As for `ask`; without a terminal the argument is named."""
    editor = world.work / "editor"
    editor.write_text('#!/bin/sh\necho "From an editor" > "$1"\n')
    editor.chmod(0o755)

    assert saved(invoke("win", "-", "--json", stdin="From a pipe\n"))["text"].strip() == "From a pipe"
    assert saved(invoke("win", "-e", "--json", env={"EDITOR": str(editor)}))["text"].strip() == "From an editor"
    asked = terminal("win", "--section", "award")
    asked.answer("What did you achieve?", "The prize")
    asked.end()
    assert "Saved win" in asked.text
    missing = invoke("win")
    assert (missing.exit, "What did you achieve?" in missing.err, "pass TEXT" in missing.err) == (2, True, True)


@pytest.mark.parametrize(
    ("words", "exit", "sentence", "hint"),
    [
        (("x", "--venue", "Annals"), 2, "--venue needs --section.", "pass --section with one of: education, training"),
        (("x", "--section", "poster"), 1, "Unknown section 'poster'.", "one of: education, training"),
        (("x", "--section", "award", "--state", "won"), 1, "Unknown state 'won'.", "one of: idea, draft"),
        (
            ("x", "--section", "award", "--start", "May 2026"),
            1,
            "start 'May 2026' is not a year, a month or a day.",
            "like 2026, 2026-05",
        ),
        (
            ("x", "--section", "award", "--start", "2026", "--end", "2025"),
            1,
            "end (2025) is before start (2026).",
            "check both",
        ),
        (("x", "--section", "article", "--doi", "abc"), 1, "'abc' is not a DOI.", "write it like 10.1000/xyz123"),
        (("x", "--section", "article", "--pmid", "PMC1"), 1, "'PMC1' is not a PMID.", "write only its digits"),
        (("x", "--section", "award", "--title", "a\nb"), 1, "title has more than one line.", ""),
        (("x", "--with", "nobody"), 1, "No mentor matches 'nobody'.", ""),
        (("x", "--on", "tomorrow"), 1, "in the future", ""),
        (("  ",), 1, "text is empty.", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_saved(
    invoke: Run, words: tuple[str, ...], exit: int, sentence: str, hint: str
) -> None:
    """The sentence has what was typed, and the hint what is right."""
    ran = invoke("win", *words)

    assert (ran.exit, ran.out) == (exit, "")
    assert sentence in ran.err and hint in ran.err
    assert invoke("note", "list", "--json").data == []


def test_set_gives_a_win_its_place(invoke: Run, journal_root: Path) -> None:
    """From the section alone; each field can be changed and cleared, and what is missing is named."""
    id = saved(invoke("win", "Poster accepted", "--json"))["id"]

    assert "cv.section is missing." in (missing := invoke("set", id, "cv.title=Fever")).err
    assert "set it as well: cv.section=education" in missing.err
    placed = invoke("set", id, "cv.section=abstract")
    assert placed.out.splitlines()[1:] == ["  cv: abstract"]
    changed = invoke("set", id, "cv.title=Fever", "cv.state=in press", "cv.start=2026")
    assert changed.out.splitlines()[1:] == ["  cv: abstract: Fever, 2026, in press"]
    invoke("set", id, "--clear", "cv.state")
    assert invoke("show", id, "--json").data["cv"] == EMPTY | {"section": "abstract", "title": "Fever", "start": "2026"}
    refused = invoke("set", id, "kind=note")
    assert "Only a win has a place in the CV; this note is of kind note." in refused.err and "--clear cv" in refused.err
    assert invoke("set", id, "kind=note", "--clear", "cv").exit == 0
    [file] = (journal_root / "notes").iterdir()
    assert "cv" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_entries_of_the_profile_are_added_by_their_number(invoke: Run) -> None:
    """The number after the last one adds; another one is refused with the numbers that there are."""
    first = invoke(
        "profile", "set", "cv.1.section=education", "cv.1.title=Doctor of Medicine", "cv.1.end=1849", "degrees=MD"
    )
    assert first.out.splitlines()[1:] == ["  cv 1: education: Doctor of Medicine, 1849", "  degrees: MD"]
    assert invoke("profile", "set", "cv.2.section=skill", "cv.2.title=German").exit == 0

    far = invoke("profile", "set", "cv.4.section=skill")
    assert "cv has no entry '4'." in far.err and "its entries: 1 to 2; cv.3 adds one" in far.err
    bare = invoke("profile", "set", "cv.3.section=skill")
    assert "cv.3 has neither a title nor a citation." in bare.err and "cv.3.title=" in bare.err
    gone = invoke("profile", "set", "--clear", "cv.3")
    assert "its entries: 1 to 2\n" in gone.err
    assert invoke("profile", "set", "--clear", "cv.1").exit == 0
    assert [entry["title"] for entry in invoke("profile", "show", "--json").data["cv"]] == ["German"]


def test_a_place_in_the_cv_is_found_and_shown(invoke: Run) -> None:
    """`search` finds its texts, and `show` has them in one line."""
    win = saved(
        invoke(
            "win",
            "Poster accepted",
            "--section",
            "abstract",
            "--venue",
            "Annals of Fever",
            "--doi",
            "10.1000/x",
            "--json",
        )
    )

    assert win["id"] in invoke("search", "annals").out
    assert "abstract: Poster accepted, Annals of Fever, doi: 10.1000/x" in invoke("show", win["id"]).out
