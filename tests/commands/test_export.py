"""`mentorlog export` and `mentorlog import`: the journal goes out, and comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from factories import make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.models.mentor import Fit
from mentorlog.store.journal import Journal
from terminal import Terminal
from world import NOW, Ran, World

Run = Callable[..., Ran]
HARD = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """A mentor with a private field, a goal, a task, a meeting and a private note."""
    journal = Journal(journal_root, now=datetime.fromisoformat(NOW))
    fit = (Fit(on=date(2026, 11, 1), answer="deciding", comment="Too busy"),)
    made = (
        make_mentor(fit=fit),
        make_goal(id="g7k3q", title=HARD, mentors=["osler"]),
        make_task(id="t4m2x", goal="g7k3q"),
        make_meeting(id="m4k2p", notes="| a |\n|---|\n| 1 |\n```\nopen"),
        make_note(id="n2222", text="Mine alone"),
    )
    world.filled(
        "export records", lambda: journal.change("fill", lambda transaction: [transaction.put(one) for one in made])
    )


def content(root: Path) -> dict[str, bytes]:
    """The bytes of every record."""
    return {path.name: path.read_bytes() for path in sorted(root.rglob("*.toml")) if ".mentorlog" not in path.parts}


# export markdown


def test_a_document_goes_to_stdout(invoke: Run) -> None:
    """The document is the result; what was left out is one line on stderr."""
    ran = invoke("export", "markdown")

    assert ran.exit == 0
    assert ran.out.startswith("# Mentorship journal\n\n## Mentors\n\n### William Osler\n")
    assert '### \\[/b\\] =1+1 "x" \\\\ é 日本 🩺\n' in ran.out
    assert "Mine alone" not in ran.out and "Too busy" not in ran.out
    assert ran.err == (
        "Left out as private: 1 note, private fields of 1 record (use --include-private to include them)\n"
    )


def test_a_document_keeps_joiners_and_soft_hyphens(invoke: Run) -> None:
    """What belongs to emoji, Persian and Hindi goes out as it was typed; a list shows no soft hyphen."""
    text = "👨\u200d⚕️ می\u200cخواهم क्\u200dष co\u00adoperation"
    assert invoke("goal", "add", text, "--notes", f"{text}\n\n{text}").exit == 0
    document = invoke("export", "markdown").out

    assert text.replace("\u00ad", "") in invoke("goal", "list").out
    assert document.count(text) == 3
    assert "\\u" not in document


def test_a_document_on_a_terminal_has_no_soft_hyphens(invoke: Run, terminal: Callable[..., Terminal]) -> None:
    """There it is a screen."""
    assert invoke("goal", "add", "co\u00adoperation").exit == 0
    screen = terminal("export", "markdown")
    screen.end()

    assert "### cooperation" in screen.text


def test_the_same_journal_gives_the_same_bytes(invoke: Run) -> None:
    """No clock and no chance is in it: another day gives the same document."""
    first = invoke("export", "markdown", "--include-private").out
    later = invoke("export", "markdown", "--include-private", env={"MENTORLOG_NOW": "2031-01-01"}).out

    assert first == later


def test_everything_where_it_is_asked_for(invoke: Run) -> None:
    """--include-private takes private records and fields along, and nothing is left to say."""
    ran = invoke("export", "markdown", "--include-private")

    assert "Mine alone" in ran.out and "Too busy" in ran.out
    assert ran.err == ""


def test_a_part_is_chosen(invoke: Run) -> None:
    """--with, --goal, --since and --until choose; a mentor or goal that is not there is an error."""
    old = invoke("export", "markdown", "--since", "2026-08-01", "--until", "2026-08-31", "--with", "osler").out
    assert "## Goals" not in old and "## Mentors" not in old
    part = invoke("export", "markdown", "--goal", "g7k").out
    assert "## Goals" in part and "## Meetings" not in part
    wrong = invoke("export", "markdown", "--with", "pasteur")
    assert (wrong.exit, wrong.out) == (1, "")


def test_no_other_record_tells_of_a_private_one(invoke: Run, world: World) -> None:
    """Whatever commands write about a private goal or mentor into others stays at home with them."""
    for words in (
        ("goal", "add", "SECRETGOAL", "--private"),
        ("mentor", "add", "Zora Secretname", "--private"),
        ("task", "add", "Lend a book", "--owner", "secretname"),
        ("meeting", "log", "osler", "--notes", "x", "--goal", "SECRET", "--next", "fri"),
        ("meeting", "plan", "osler", "--on", "thu", "--goal", "SECRET"),
        ("goal", "revise", "g7k3q", "mentors=osler,secretname", "parent=SECRET", "-m", "because"),
        ("meeting", "log", "secretname", "--notes", "x", "--private", "--next", "fri"),
        ("mentor", "end", "secretname", "--kind", "moved", "--drop-promises"),
    ):
        secret = json.loads(invoke("goal", "list", "--json").out)["data"]
        named = next((goal["id"] for goal in secret if goal["title"] == "SECRETGOAL"), "")
        ran = invoke(*(word.replace("SECRET", named) if word.endswith("SECRET") else word for word in words))
        assert ran.exit == 0, ran
    document = invoke("export", "markdown").out
    private = {"Zora", "secretname", "SECRETGOAL", named}

    assert [word for word in private if word.casefold() in document.casefold()] == []
    assert "[x] a private goal" in document and "a private mentor" in document
    assert "mentors from William Osler to William Osler, a private mentor" in document
    assert all(word in invoke("export", "markdown", "--include-private").out for word in ("SECRETGOAL", "Zora"))


def test_a_file_is_private_and_whole(invoke: Run, world: World) -> None:
    """-o writes a file that only the user may read, and says so in one line."""
    ran = invoke("export", "markdown", "-o", "out.md")

    file = world.work / "out.md"
    assert ran.out == f"Wrote 4 records to {file}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == invoke("export", "markdown").out
    assert invoke("export", "markdown", "-o", "-").out == file.read_text()


def test_a_file_that_is_there_is_not_written_over(invoke: Run, world: World) -> None:
    """Without a terminal --yes is needed, and the file stays until then."""
    file = world.work / "out.md"
    file.write_text("mine")

    refused = invoke("export", "markdown", "-o", "out.md")

    assert (refused.exit, file.read_text()) == (2, "mine")
    assert "--yes" in refused.err
    assert invoke("export", "markdown", "-o", "out.md", "--yes").exit == 0
    assert file.read_text().startswith("# Mentorship")


def test_the_question_comes_before_the_work(terminal: Callable[..., Terminal], world: World) -> None:
    """On a terminal it is asked; no means that nothing is written."""
    (world.work / "out.md").write_text("mine")

    session = terminal("export", "markdown", "-o", "out.md")
    session.answer("Overwrite it", "n")

    assert session.end() == 0
    assert (world.work / "out.md").read_text() == "mine"


@pytest.mark.parametrize("path", ["goals/g7k3q-x.toml", "profile.toml", ".mentorlog/x", "notes", "new/../goals/x.md"])
def test_the_journal_itself_is_no_place_for_it(path: str, invoke: Run, journal_root: Path) -> None:
    """An export never lands among the records, not even with --yes."""
    before = content(journal_root)

    ran = invoke("export", "json", "-o", str(journal_root / path), "--yes")

    assert (ran.exit, content(journal_root)) == (1, before)


def test_a_folder_that_is_not_there(invoke: Run) -> None:
    """The disk's answer is told with its own status."""
    ran = invoke("export", "markdown", "-o", "nowhere/out.md")

    assert ran.exit == 5
    assert "the folder does not exist" in ran.err


@pytest.mark.parametrize("format", ["markdown", "json"])
def test_an_unreadable_record_stops_an_export(format: str, invoke: Run, world: World, journal_root: Path) -> None:
    """An export that would miss a record is none: exit status 3, nothing is written."""
    (journal_root / "goals" / "g9999.toml").write_text("<<<<<<< ours\n")

    ran = invoke("export", format, "-o", "out")
    piped = invoke("export", format)

    assert (ran.exit, ran.out, piped.exit, piped.out) == (3, "", 3, "")
    assert "goals/g9999.toml, line 1" in ran.err and "doctor" in ran.err
    assert not (world.work / "out").exists()


def test_for_scripts(invoke: Run, world: World) -> None:
    """--json gives one document: the text, or where it was written, and what was left out."""
    data = invoke("export", "markdown", "--json").data
    written = invoke("export", "markdown", "-o", "out.md", "--json").data

    assert data["markdown"].startswith("# Mentorship")
    assert (data["record_count"], data["left_out"]) == (4, {"counts": {"note": 1}, "field_count": 1})
    assert written["path"] == str(world.work / "out.md")


# export json, import json


def test_it_comes_back_as_it_was(invoke: Run, journal_root: Path, tmp_path: Path) -> None:
    """Into an empty journal an import is the identity; a second one changes nothing; one undo takes it back."""
    other = tmp_path / "other"
    assert invoke("export", "json", "-o", "all.json").exit == 0
    invoke("init", str(other), "--no-input")
    to = {"env": {"MENTORLOG_JOURNAL": str(other)}}

    first = invoke("import", "json", "all.json", **to)
    second = invoke("import", "json", "all.json", **to)

    assert first.out == "Imported 5 records.\n"
    assert second.out == "Nothing to import; 5 records already exist.\n"
    assert content(other) == content(journal_root)
    assert invoke("export", "json", **to).out == invoke("export", "json").out
    assert invoke("undo", **to).out.startswith("Undone: import: 5 records (just now)\n")
    assert list(content(other)) == ["journal.toml"]


def test_everything_is_in_it_and_that_is_said(invoke: Run) -> None:
    """A backup without private records would be none; a line on stderr says what is in it."""
    ran = invoke("export", "json")

    document = json.loads(ran.out)
    assert (document["version"], document["problems"]) == (1, [])
    assert [one["id"] for one in document["data"]["records"]] == ["osler", "g7k3q", "t4m2x", "m4k2p", "n2222"]
    assert "Mine alone" in ran.out
    assert "includes private records" in ran.err


def test_stdin_is_a_file_too(invoke: Run) -> None:
    """`-` reads the export from stdin."""
    document = invoke("export", "json").out

    assert invoke("import", "json", "-", stdin=document).out.startswith("Nothing to import")


def test_what_differs_is_refused_and_shown(invoke: Run, journal_root: Path) -> None:
    """One record that differs stops the whole import; a dry run shows it; --replace takes it."""
    document = invoke("export", "json").out.replace("Draft abstract", "Write abstract")
    before = content(journal_root)

    refused = invoke("import", "json", "-", stdin=document)
    tried = invoke("import", "json", "-", "--dry-run", stdin=document)
    assert (refused.exit, refused.out, content(journal_root)) == (1, "", before)
    assert refused.err.startswith("error: Nothing was imported: 1 record differs from yours (task t4m2x).\n")
    assert tried.out.splitlines() == [
        "Nothing would be imported: 1 record differs from yours; use --replace to overwrite them.",
        "  differs  task t4m2x: Write abstract",
    ]

    taken = invoke("import", "json", "-", "--replace", "--json", stdin=document)
    assert taken.data == {
        "new": [], "replaced": ["t4m2x"], "same": ["osler", "g7k3q", "m4k2p", "n2222"], "differs": [], "dry_run": False,
    }  # fmt: skip
    assert "Write abstract" in invoke("show", "t4m2x").out


@pytest.mark.parametrize("argument", ["nowhere.json", ".", ""])
def test_a_file_that_cannot_be_read(argument: str, invoke: Run) -> None:
    """A file that is not there, or is none, is told in one sentence."""
    ran = invoke("import", "json", argument)

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.startswith("error: ") and ran.err.count("\n") in (1, 2)


def test_no_export_at_all(invoke: Run, journal_root: Path) -> None:
    """What is no export is refused, and nothing changes."""
    before = content(journal_root)

    ran = invoke("import", "json", "-", stdin="[1, 2")

    assert (ran.exit, content(journal_root)) == (1, before)
    assert ran.err == (
        "error: This is not a mentorlog export: it is not valid JSON (line 1, column 6).\n"
        "hint: make one with: mentorlog export json -o export.json\n"
    )


# Where an export goes


def test_an_export_names_its_own_option(invoke: Run) -> None:
    """An empty -o is no empty journal."""
    ran = invoke("export", "markdown", "-o", "")

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err == "error: The name of the file is empty.\nhint: for example: -o journal.md\n"


@pytest.mark.parametrize("yes", [[], ["--yes"]])
@pytest.mark.parametrize("what", ["folder", "pipe", "device"])
def test_an_export_writes_over_files_only(what: str, yes: list[str], invoke: Run, world: World) -> None:
    """What is none is refused at once: nobody is asked whether to write over it."""
    place = world.work / "place"
    if what == "folder":
        place.mkdir()
    elif what == "pipe":
        os.mkfifo(place)
    else:
        place = Path(os.devnull)

    ran = invoke("export", "markdown", "-o", str(place), *yes)

    assert (ran.exit, ran.out) == (1, "")
    named = {"folder": "a folder", "pipe": "a named pipe", "device": "a device"}[what]
    assert ran.err == f"error: Cannot write {place}: it is {named}.\nhint: use a file\n"


def test_an_export_through_a_file(invoke: Run, world: World) -> None:
    """A path that leads through a file is told, with what to do."""
    (world.work / "file").write_text("x")

    ran = invoke("export", "markdown", "-o", "file/journal.md")

    assert ran.exit == 5
    assert ran.err.endswith("hint: check the path\n")
