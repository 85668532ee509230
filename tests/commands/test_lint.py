"""`mentorlog lint`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.cli.table import VERBS
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]

STRANGER = "Mr. Pickwick waited\nand bed 12 rang, call 555-201-7788"


def made(ran: Ran) -> str:
    """Return the id of the record that a run added."""
    return ran.out.split()[2].rstrip(":")


def test_every_record_is_checked(invoke: Run) -> None:
    """A line for each hit with its record, field, line and pattern; then what was counted."""
    invoke("mentor", "add", "William Osler")
    note = made(invoke("note", "add", STRANGER))
    invoke("goal", "add", "Write up what Mr. Osler told me")

    ran = invoke("lint")

    assert ran.exit == 0
    assert ran.out.splitlines() == [
        f"{note}  text, line 1: named patient “Mr. Pickwick”",
        f"{note}  text, line 2: bed “bed 12”",
        f"{note}  text, line 2: phone “call 555-201-7788”",
        "Found 2 places that may identify a patient and 1 place with contact details"
        " (3 records and your profile checked).",
    ]
    assert ran.err == "Not a patient? Add the name: mentorlog lint --known 'Mr. Pickwick'\n"


def test_nothing_found_proves_nothing(invoke: Run) -> None:
    """Where nothing is found, it says what it cannot see."""
    invoke("goal", "add", "Submit case report")

    assert invoke("lint") == (
        0,
        "Nothing found in 1 record and your profile. A name without a title or a rare story is not recognised.\n",
        "",
    )


def test_some_records_and_files(invoke: Run, world: World) -> None:
    """Records by id or title, files by path, stdin by `-`; each once."""
    goal = made(invoke("goal", "add", "Submit the case of MRN 4471829"))
    invoke("note", "add", STRANGER)
    (world.work / "letter.md").write_text("Dear Dr. Osler,\nMrs. Gamp fell.\n")

    ran = invoke("lint", "letter.md", goal, "submit the case", "-", "letter.md", stdin="born 3 May 1931\n")

    assert ran.out.splitlines() == [
        f"{goal}      title, line 1: mrn “MRN 4471829”",
        "letter.md  line 2: named patient “Mrs. Gamp”",
        "stdin      line 1: birth “born 3 May 1931”",
        "Found 3 places that may identify a patient (1 record and 2 files checked).",
    ]
    assert invoke("lint", "profile").out.startswith("Nothing found in your profile.")


def test_check_is_for_scripts(invoke: Run) -> None:
    """The exit status is 1 if a patient may be identified; contact details do not count."""
    assert invoke("lint", "--check").exit == 0
    assert invoke("lint", "--check", "-", stdin="write to emma@example.org\n").exit == 0
    assert invoke("lint", "--check", "-", stdin="Mrs. Gamp\n").exit == 1
    assert invoke("lint", "-", stdin="Mrs. Gamp\n").exit == 0


def test_json_has_every_hit(invoke: Run) -> None:
    """With the level, the pattern and the words; `path` for a file, else the record, its id and the field."""
    note = made(invoke("note", "add", STRANGER))

    data = invoke("lint", "--json").data
    assert data["hits"][2] == {
        **{"line": 2, "level": "contact", "pattern": "phone", "text": "call 555-201-7788"},
        **{"record": "note", "id": note, "field": "text", "path": None},
    }
    assert data["counts"] == {"patient": 2, "contact": 1}
    assert (data["record_count"], data["paths"], data["added"]) == (2, [], [])
    (hit,) = invoke("lint", "-", "--json", stdin="Mrs. Gamp").data["hits"]
    assert (hit["path"], hit["record"], hit["id"], hit["field"]) == ("-", None, None, None)


def test_known_names_are_saved(invoke: Run) -> None:
    """--known adds to the profile, as one change; the name is then not reported, nor added again."""
    invoke("note", "add", "Mr. Lister washed first; Mr. Pickwick waited")

    ran = invoke("lint", "--known", "Mr. Lister", "--known", "mr. LISTER")
    assert ran.out.splitlines()[0] == "Added to the known names: Mr. Lister"
    assert "“Mr. Pickwick”" in ran.out
    assert "“Mr. Lister”" not in ran.out
    assert invoke("profile", "show", "--json").data["known_names"] == ["Mr. Lister"]

    again = invoke("lint", "--known", "Mr. Lister", "--json")
    assert again.data["added"] == []
    assert again.err.startswith("Mr. Lister is already a known name; nothing changed.\n")

    invoke("undo")
    assert "“Mr. Lister”" in invoke("lint").out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("nosuch",), "error: No record matches 'nosuch'."),
        (("nosuch.md",), "error: File not found: nosuch.md"),
        (("/",), "error: / is a folder, not a file."),
        (("latin.txt",), "error: latin.txt is not UTF-8 (line 2)."),
    ],
)
def test_bad_input_saves_no_name(invoke: Run, world: World, words: tuple[str, ...], error: str) -> None:
    """What is to be checked is read before anything is saved."""
    (world.work / "latin.txt").write_bytes(b"Paris\nCur\xe9\n")

    ran = invoke("lint", *words, "--known", "Mr. Lister")

    assert ran.exit == 1
    assert ran.err.splitlines()[0] == error
    assert invoke("profile", "show", "--json").data["known_names"] == []


def test_a_name_of_several_lines_is_refused(invoke: Run) -> None:
    """A known name is one line that is not empty."""
    for name in ("Mr.\nLister", " "):
        ran = invoke("lint", "--known", name)
        assert ran.exit == 1
        assert "known_names" in ran.err


def test_what_cannot_be_read_is_not_passed(invoke: Run, journal_root: Path) -> None:
    """An unreadable record is counted; a check that could not read everything exits with 3."""
    invoke("goal", "add", "Submit case report")
    path = journal_root / "goals" / "g9999-x.toml"
    path.write_text('id = "g9999"\ntitle = 5\ncreated = 2026-11-23T09:00:00Z\n')

    assert invoke("lint").exit == 0
    ran = invoke("lint", "--check")
    assert ran.exit == 3
    assert "1 record cannot be read (run: mentorlog doctor)" in ran.err


def test_a_file_needs_no_journal(world: World) -> None:
    """A file can be checked where there is no journal."""
    (world.work / "letter.md").write_text("Mrs. Gamp fell.\n")

    assert world.run("lint", "letter.md", "--check").exit == 1
    assert not world.journal.exists()


def test_texts_are_made_safe(invoke: Run, world: World) -> None:
    """Control sequences around and within a hit are shown as escapes."""
    (world.work / "odd\x1b[2J.md").write_text("MRN\u00a0447-\u202e1829 \x1b]0;x\x07 bed\u20289\nMr. X\x1b[31m\n")

    ran = invoke("lint", "./odd\x1b[2J.md")

    assert "\x1b" not in ran.out + ran.err
    assert "./odd\\x1b[2J.md  line 1: " in ran.out


# Exports

ARGUMENTS = {"csv": ["goals"]}
"""What a verb of `export` must be given, beside the options that all of them have."""
CUT = sorted({*VERBS["export"]} - {"json"})
"""The exports that are cut for an audience; the backup is whole."""


@pytest.fixture
def shared(invoke: Run) -> str:
    """Return the id of a goal that names a patient, which Osler and the programme may see."""
    invoke("mentor", "add", "William Osler")
    goal = made(invoke("goal", "add", "Write up MRN 4471829 with Mr. Osler", "--with", "osler", "--by", "2027-01-03"))
    invoke("set", goal, "visibility=program")
    return goal


@pytest.mark.parametrize("verb", CUT)
@pytest.mark.parametrize("audience", ["osler", "program"])
def test_no_export_for_others_names_a_patient(invoke: Run, world: World, shared: str, verb: str, audience: str) -> None:
    """Nothing is written; the error names the record and the pattern, never the words. --despite-lint goes on.

    A new format takes `despite_lint: of_export.DespiteLint` and hands it to `of_export.request`; who does not write by
    `write_export` calls `check_export`.
    """
    words = ("export", verb, *ARGUMENTS.get(verb, []), "--for", audience)
    field = "title"
    if verb == "cv":  # it has no goals
        place = ("--section", "award", "--title", "Write-up of MRN 4471829", "--visibility", "program")
        shared, field = made(invoke("win", "Accepted", *place, "--with", "osler")), "cv.title"

    for target in ((), ("-o", "out.txt")):
        ran = invoke(*words, *target)
        assert (ran.exit, ran.out) == (1, "")
        assert ran.err == (
            f"error: This may identify a patient, so nothing was written: {shared} ({field}, line 1: mrn).\n"
            f"hint: see: mentorlog lint {shared}; to export it as it is, add --despite-lint\n"
        )
        assert not (world.work / "out.txt").exists()
    ran = invoke(*words, "--despite-lint")
    assert ran.exit == 0
    assert f"1 place in it may identify a patient (see: mentorlog lint {shared})\n" in ran.err


def test_a_preview_shows_what_was_found(invoke: Run, shared: str) -> None:
    """It is not refused, and shows the words; for oneself nothing is looked for."""
    words = ("export", "markdown", "--preview", "--for")

    assert (
        f"  {shared}  title, line 1: mrn “MRN 4471829”\n  see: mentorlog lint {shared}\n" in invoke(*words, "osler").out
    )
    assert [hit["id"] for hit in invoke(*words, "program", "--json").data["lint"]] == [shared]
    assert invoke(*words, "self", "--json").data["lint"] == []


def test_an_export_for_nobody_in_particular_is_told(invoke: Run, shared: str) -> None:
    """Without --for it is one line on stderr; for oneself there is none."""
    assert f"1 place in it may identify a patient (see: mentorlog lint {shared})\n" in invoke("export", "markdown").err
    assert "patient" not in invoke("export", "markdown", "--for", "self").err


def test_only_what_would_leave_counts(invoke: Run, shared: str) -> None:
    """What stays may name anybody: private notes, and fields that the audience does not see."""
    invoke("set", shared, "title=Write up the case")
    invoke("note", "add", "Mr. Pickwick")
    invoke("mentor", "fit", "osler", "deciding", "-m", "bed 12")

    assert invoke("export", "markdown", "--for", "osler").exit == 0
    assert invoke("export", "markdown", "--for", "self").exit == 0
    invoke("task", "add", "Ask about MRN 4471829", "--from", "osler")
    assert invoke("export", "csv", "goals", "--for", "osler").exit == 0
    assert invoke("export", "csv", "tasks", "--for", "osler").exit == 1


def test_the_words_are_for_the_terminal(terminal: Callable[..., Terminal], shared: str) -> None:
    """On a terminal the error has the words too."""
    session = terminal("export", "markdown", "--for", "osler")
    assert session.end() == 1

    assert "line 1: mrn “MRN 4471829”" in " ".join(session.text.split())


def test_many_hits_are_counted(invoke: Run, shared: str) -> None:
    """The error names three; the hint has the records, if there are few."""
    for number in range(5):
        invoke("goal", "add", f"Case of bed {number + 1}", "--with", "osler")

    ran = invoke("export", "markdown", "--for", "osler")
    assert " and 3 more.\nhint: see: mentorlog lint; to export" in ran.err
