"""`mentorlog import markdown`, as it is typed: forty notes of every kind come in, once, and to the byte."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vault
from domain.test_minutes import EXPECTED
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]


@pytest.fixture
def mentors(world: World, invoke: Run) -> World:
    """A journal with two of the people in the notes."""

    def fill() -> None:
        invoke("mentor", "add", "William Osler, MD", "--email", "osler@example.org")
        invoke("mentor", "add", "Marie Curie")
        invoke("profile", "set", "name=Elizabeth Blackwell")

    world.filled("two mentors", fill)
    return world


@pytest.fixture
def notes(mentors: World) -> Path:
    """A folder of six notes in the work folder, and what else lies in such a folder."""
    return vault.fill(mentors.work / "notes", vault.six())


@pytest.fixture
def forty(mentors: World) -> Path:
    """As `notes`, with forty notes of every kind."""
    return vault.fill(mentors.work / "notes", vault.forty())


def import_(invoke: Run, *arguments: str, to: str = "meetings") -> Any:
    """Import as meetings, and return what --json says."""
    ran = invoke("import", "markdown", *arguments, "--as", to, "--json")
    assert ran.exit == 0, ran
    return ran.data


def files_of(journal: Path) -> dict[str, bytes]:
    """The bytes of every record file."""
    paths = (path for path in journal.rglob("*.toml") if ".mentorlog" not in path.parts)
    return {str(path.relative_to(journal)): path.read_bytes() for path in paths}


def by_source(invoke: Run, kind: str = "meeting") -> dict[str, Any]:
    """The records of a kind by the path in their source."""
    views = invoke(kind, "list", "--json", *(["--all"] if kind == "meeting" else [])).data
    return {view["source"].removeprefix("markdown:"): view for view in views if view["source"]}


def text_below(data: str | bytes) -> str:
    """The text of a note below its front matter, by another way than the program's."""
    text = (data if isinstance(data, str) else data.decode("utf-8-sig")).replace("\r\n", "\n")
    for mark in ("---", "+++"):
        if text.startswith(f"{mark}\n"):
            return text.split(f"\n{mark}\n", 1)[1] if f"\n{mark}\n" in text else text
    return text


@pytest.mark.slow
def test_forty_notes(world: World, invoke: Run, forty: Path) -> None:
    """Forty files are forty meetings, in one change, each text to the byte; what else lies there stays."""
    before = files_of(world.journal)
    done = import_(invoke, "notes")
    made = by_source(invoke)

    assert len(done["new"]) == len(made) == 40
    for path, data in vault.forty().items():
        record = made[unicodedata.normalize("NFC", path).replace("\n", "\\n").replace("\t", "\\t")]
        title, below = record.get("front_matter", {}).get("title"), text_below(data)
        added = f"# {title}\n\n" if title and not below.startswith(f"# {title}") else ""
        assert (record["notes"] or "") == (f"{added}{below}" if below.strip() else ""), path
    assert {one["title"]: one["why"] for one in done["stays"]} == {
        "notes/2026-06-01 nobody.md": "no mentor",
        "notes/empty.md": "empty",
        "notes/Osler/2026-03-09 (1).md": "a copy of 2026-03-09.md",
        "notes/Osler/2026-03-09 (conflicted copy 2026-03-10).md": "a copy of 2026-03-09.md",
        "notes/Osler/2026-03-09.sync-conflict-20260310-101112-ABCDEFG.md": "a copy of 2026-03-09.md",
        "2 links": "links are not followed",
        "1 note": "iCloud has not downloaded them",
        "2 attachments": "not Markdown",
        "2 hidden files and folders": "",
    }
    assert done["unknown_people"] == [{"name": "Rudolf Virchow", "count": 2}, {"name": "Virchow", "count": 1}]
    assert "import: 40 records from Markdown" in invoke("history").out
    assert invoke("doctor").exit == 0

    imported = files_of(world.journal)
    again = import_(invoke, "notes")
    assert (len(again["same"]), again["new"], again["differs"]) == (40, [], [])
    assert files_of(world.journal) == imported
    assert invoke("undo").exit == 0
    assert files_of(world.journal) == before


def test_notes(world: World, invoke: Run, notes: Path) -> None:
    """The same files are notes: private ones, and those without a mentor too; a day ahead is refused or left out."""
    ran = invoke("import", "markdown", "notes", "--as", "notes")
    assert (ran.exit, ran.out) == (1, "")
    assert ran.err.splitlines()[2] == "error: 2027-01-11 is in the future: notes/Osler/2027-01-11 next.md"
    assert files_of(world.journal).keys() == {
        "journal.toml",
        "profile.toml",
        "mentors/osler.toml",
        "mentors/curie.toml",
    }

    done = import_(invoke, "notes", "--skip", to="notes")
    made = by_source(invoke, "note")
    assert len(done["new"]) == len(made) == 5  # without the future one and the one without a text, with the walk alone
    walk, report = made["2026-06-01 nobody.md"], made["Osler/2026-03-02 Case report.md"]
    assert (walk["text"], walk["mentors"], walk["visibility"]) == ("A walk alone.\n", [], "private")
    assert (report["mentors"], report["tags"], report["kind"]) == (["osler"], ["writing", "case"], "note")
    assert report["front_matter"] == {"title": "Case report", "with": "[[William Osler]]", "tags": ["writing", "#case"]}
    assert invoke("task", "list", "--json").data == []


def test_boxes_are_text_without_tasks(invoke: Run, mentors: World) -> None:
    """Without --tasks no box becomes a task, no line settles anything, and nothing is said of them."""
    task = invoke("task", "add", "Draft", "--json").data["id"]
    vault.write(mentors.work / "more", {"2026-06-10.md": f"- [ ] @me Read\n- [x] {task}\n\nx {task}\n"})
    ran = invoke("import", "markdown", "more", "--as", "meetings", "--with", "osler")

    assert ran == (0, "Imported 1 meeting from Markdown.\n", "")
    assert [one["id"] for one in invoke("task", "list", "--json").data] == [task]


def test_tasks(invoke: Run, notes: Path) -> None:
    """With --tasks boxes become tasks of their meeting, dates from its day; the rest is told, once."""
    ran = invoke("import", "markdown", "notes", "--as", "meetings", "--tasks")
    id = by_source(invoke)["Osler/2026-03-02 Case report.md"]["id"]
    tasks = {one["title"]: one for one in invoke("task", "list", "--all", "--json").data}

    assert ran.out.splitlines()[0] == "Imported 6 meetings from Markdown and made 7 tasks; 12 stay there."
    assert {title: (one["owner"], one["due"], one["status"]) for title, one in tasks.items()} == {
        "Draft the abstract": ("me", "2026-12-04", "todo"), "Send the films": ("me", "2026-12-11", "todo"),
        "Ask the editor": ("me", "2026-06-25", "todo"), "Name a reader": ("osler", "2026-03-16", "todo"),
        "Check the references": ("me", None, "todo"), "Bring the protocol": ("me", None, "done"),
        "No-break spaces": ("me", None, "todo"),
    }  # fmt: skip
    assert {one["meeting"] for one in tasks.values()} == {id}
    assert [line.partition(" (for")[0].partition(" (write")[0] for line in ran.err.splitlines()] == [
        f"Meeting {id} (Osler/2026-03-02 Case report.md): line {line} of the notes did not become a task: {why}"
        for line, why in ((8, "it is in a quote"), (9, "it begins without a name"))
    ] + [f"The notes are saved; correct a line with: mentorlog edit {id}"]
    again = invoke("import", "markdown", "notes", "--as", "meetings", "--tasks")
    assert again.out.startswith("Nothing to import; 6 meetings already exist and 12 stay there.\n") and not again.err
    assert len(invoke("task", "list", "--all", "--json").data) == 7


@pytest.mark.slow
def test_tasks_of_forty_notes(invoke: Run, forty: Path) -> None:
    """The reader is that of `meeting log`: of the minutes it takes every box that it takes there."""
    done = import_(invoke, "notes", "--tasks")
    made = by_source(invoke)
    tasks = invoke("task", "list", "--all", "--json").data

    assert len(done["new_tasks"]) == len(tasks) == 49
    for path, record in made.items():
        if path.startswith("minutes/"):
            titles = {one["title"] for one in tasks if one["meeting"] == record["id"]}
            expected = EXPECTED[path.partition(" ")[2].removesuffix(".md")][0]
            of_goals = {one for one in expected if one.endswith(", g7k3q")}  # which this journal does not have
            assert len(titles) == len(expected) - len(of_goals), path
            assert all(any(f": {title}" in one for one in expected) for title in titles), path


def test_twins(invoke: Run, mentors: World) -> None:
    """An open item that is carried from note to note makes a task in each, and that is told."""
    vault.write(mentors.work / "more", {f"2026-06-{day}.md": "- [ ] @me Read" for day in (10, 11)})
    ran = invoke("import", "markdown", "more", "--as", "meetings", "--with", "osler", "--tasks")
    first, second = (by_source(invoke)[f"2026-06-{day}.md"]["notes"][-6:-1] for day in (10, 11))

    assert ran.err == f"Task {first} with the same title is open too; if it is the same: mentorlog delete {second}\n"
    assert (
        "mentorlog delete"
        not in invoke("import", "markdown", "more", "--as", "meetings", "-w", "osler", "--dry-run").err
    )


def test_tasks_of_what_was_imported_before(invoke: Run, notes: Path) -> None:
    """Imported without tasks, the same meetings can have them later; then their files are still the same."""
    import_(invoke, "notes")
    assert len(import_(invoke, "notes", "--tasks")["new_tasks"]) == 7
    done = import_(invoke, "notes")
    assert (len(done["same"]), done["new_tasks"]) == (6, [])
    assert invoke("undo").exit == 0 and invoke("undo").exit == 0
    assert by_source(invoke) == {}


def test_a_changed_file(world: World, invoke: Run, notes: Path) -> None:
    """A file that changed is listed and left alone; --replace takes its fields, and all else of the record stays."""
    import_(invoke, "notes", "--tasks")
    id = by_source(invoke)["Osler/2026-03-02 Case report.md"]["id"]
    invoke("set", id, "feeling=Proud", "kind=first")
    before = invoke("show", id, "--json").data
    path = notes / "Osler" / "2026-03-02 Case report.md"
    text = path.read_text()
    path.write_text(
        text.replace("tags: [", "mood: 4\ntags: [new, ").replace("- [ ] email Wei", "- [ ] @osler Email Wei")
    )

    ran = invoke("import", "markdown", "notes", "--as", "meetings", "--tasks")
    assert ran.out.splitlines()[:2] == [
        "Nothing to import; 5 meetings already exist, 1 differs from yours and 12 stay there; use --replace to take "
        "from the file what differs.",
        f"  differs   meeting {id}: Meeting with William Osler, MD: Case report (tags, notes)",
    ]
    assert invoke("show", id, "--json").data == before

    done = import_(invoke, "notes", "--tasks", "--replace")
    after = invoke("show", id, "--json").data
    assert (done["replaced"], len(done["new_tasks"])) == ([id], 1)
    assert (after["feeling"], after["kind"], after["tags"]) == ("Proud", "first", ["new", "writing", "case"])
    assert after["front_matter"]["mood"] == 4
    assert after["notes"] == before["notes"].replace(
        "- [ ] email Wei", f"- [ ] @osler Email Wei ({done['new_tasks'][0]})"
    )
    assert len(import_(invoke, "notes", "--tasks")["same"]) == 6


def test_a_record_that_the_user_changed(invoke: Run, notes: Path) -> None:
    """What the user wrote into an imported meeting is never overwritten unasked."""
    import_(invoke, "notes")
    id = by_source(invoke)["Osler/2026-03-09.md"]["id"]
    invoke("set", id, "notes=Longer than the file.")

    assert import_(invoke, "notes")["differs"] == [
        {"id": id, "source": "markdown:Osler/2026-03-09.md", "fields": ["notes"]}
    ]
    assert invoke("show", id, "--json").data["notes"] == "Longer than the file."


def test_what_a_new_meeting_has(invoke: Run, mentors: World) -> None:
    """A new meeting begins as a logged one does, and with --private nobody else sees it; later that is its own."""
    invoke("mentor", "cadence", "osler", "--every", "4 weeks", "--mode", "video")
    texts = {"2026-06-10.md": "Text", "2026-06-11.md": "---\nwith: Curie\n---\nText"}
    vault.write(mentors.work / "more", texts)
    import_(invoke, "more", "--with", "osler", "--private")
    alone, both = (by_source(invoke)[path] for path in texts)

    assert (alone["mode"], alone["kind"], alone["status"], alone["visibility"]) == (
        "video",
        "regular",
        "held",
        "private",
    )
    assert (both["kind"], both["mentors"]) == ("group", ["osler", "curie"])
    invoke("set", alone["id"], "mode=phone", "visibility=mentor")
    assert len(import_(invoke, "more", "--with", "osler")["same"]) == 2


def test_meetings_that_are_here_already(invoke: Run, notes: Path) -> None:
    """A meeting that was logged by hand on the day of a new one is named; one that was imported is not."""
    id = invoke("meeting", "log", "osler", "Short, by hand", "--on", "2026-03-09", "--json").data["id"]
    ran = invoke("import", "markdown", "notes", "--as", "meetings", "--dry-run")
    assert ran.out.splitlines()[0] == (
        f"Some of these may be in the journal already: they are of the same day with the same mentors as {id}."
    )
    import_(invoke, "notes")
    assert invoke("import", "markdown", "notes", "--as", "meetings").out.startswith("Nothing to import; 6 meetings")


def test_unknown_people_become_mentors(invoke: Run, notes: Path) -> None:
    """With --add-mentors the people whom no mentor fits are added as prospective ones, and are at their meetings."""
    done = import_(invoke, "notes", "--add-mentors")

    assert done["added_mentors"] == ["virchow"]
    assert by_source(invoke)["2026-04-02 several.md"]["mentors"] == ["osler", "curie", "virchow"]
    assert invoke("show", "virchow", "--json").data["status"] == "candidate"


def test_the_dry_run(world: World, invoke: Run, notes: Path) -> None:
    """A dry run shows every meeting, what stays and who is unknown, and changes nothing."""
    before = files_of(world.journal), invoke("history").out
    ran = invoke("import", "markdown", "notes", "--as", "meetings", "--tasks", "--dry-run")

    assert ran.out.splitlines() == [
        "Would import 6 meetings and make 7 tasks; 12 stay there.",
        "  new       Meeting with William Osler, MD and Marie Curie: Text. (Thu 2 Apr 2026, held)",
        "  new       Meeting with William Osler, MD: Case report (Mon 2 Mar 2026, held)",
        "  new       Meeting with William Osler, MD: Short. (Mon 9 Mar 2026, held)",
        "  new       Meeting with William Osler, MD: To prepare: the second draft. (Mon 11 Jan 2027, planned)",
        "  new       Meeting with William Osler, MD: In TOML (Wed 25 Mar 2026, 09:00, held)",
        "  new       Meeting with William Osler, MD (Mon 18 May 2026, held; kept besides: aliases, mood, version, "
        "hours)",
        "  stays     notes/2026-06-01 nobody.md (no mentor)",
        "  stays     notes/empty.md (empty)",
        "  stays     notes/Osler/2026-03-09 (1).md (a copy of 2026-03-09.md)",
        "  stays     notes/Osler/2026-03-09 (conflicted copy 2026-03-10).md (a copy of 2026-03-09.md)",
        "  stays     notes/Osler/2026-03-09.sync-conflict-20260310-101112-ABCDEFG.md (a copy of 2026-03-09.md)",
        "  stays     2 links (links are not followed)",
        "  stays     1 note (iCloud has not downloaded them)",
        "  stays     2 attachments (not Markdown)",
        "  stays     2 hidden files and folders",
        "  'Rudolf Virchow' is not a mentor in this journal (1 meeting); add them with: mentorlog mentor add 'Rudolf "
        "Virchow'",
        "  Add all of them as prospective mentors with: --add-mentors",
    ]
    assert ran.err.startswith(
        "Osler/2026-03-02 Case report.md: line 8 of the notes did not become a task: it is in a quote"
    )
    assert (files_of(world.journal), invoke("history").out) == before


@pytest.mark.slow
def test_hostile_names_and_texts(forty: Path, terminal: Callable[..., Terminal]) -> None:
    """On a terminal no name or text acts, in a dry run and in the lists afterwards."""
    for arguments in (("import", "markdown", "notes", "--as", "meetings", "--dry-run"),
                      ("import", "markdown", "notes", "--as", "meetings"), ("meeting", "list", "--all")):  # fmt: skip
        shown = terminal(*arguments, columns=40, lines=60)
        assert shown.end() == 0
        assert b"\x1b[31m" not in shown.raw.replace(b"\x1b[31merror", b"") and "\u202e".encode() not in shown.raw
        assert all(len(line.rstrip()) <= 40 for line in shown.everything)


def test_front_matter_is_no_prose(invoke: Run, notes: Path) -> None:
    """Lists, `show` and exports show the text, and front matter only as what it is; the source goes to nobody."""
    import_(invoke, "notes")
    id = by_source(invoke)["Osler/hugo.md"]["id"]

    assert "In TOML" in invoke("meeting", "list", "--all").out and "+++" not in invoke("meeting", "list", "--all").out
    shown = invoke("show", id).out
    assert "imported from  markdown:Osler/hugo.md" in shown and "+++" not in shown
    exported = invoke("export", "markdown", "--for", "osler").out
    assert "In TOML" in exported and "hugo" not in exported and "09:00:00" not in exported
    assert invoke("search", "TOML").out.count("\n") >= 1


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (("notes",), "What the files become is missing.", 2),
        (("notes", "--as", "goals"), "A file cannot become 'goals'.", 1),
        (("none", "--as", "notes"), "File or folder not found: none", 1),
        (("notes/attachments", "--as", "notes"), "There are no Markdown files in what you named.", 1),
        (("-", "--as", "notes"), "A text on stdin has no name, by which another import would know it.", 2),
        (("notes", "--as", "notes", "--tasks"), "--tasks and --as notes cannot be used together.", 2),
        (("notes", "--as", "meetings", "--with", "nosuch"), "No mentor matches 'nosuch'.", 1),
        (("notes/attachments/scan.png", "--as", "notes"), "The file cannot be imported; nothing was.", 1),
        (("notes/Osler", "notes/loop", "--as", "meetings"), "File or folder not found: notes/loop", 1),
    ],
)
def test_what_is_refused(
    world: World, invoke: Run, notes: Path, arguments: tuple[str, ...], said: str, status: int
) -> None:
    """Each mistake is one sentence with a hint; nothing is imported, and the next command works."""
    before = files_of(world.journal)
    ran = invoke("import", "markdown", *arguments)

    assert (ran.exit, ran.out, ran.err.splitlines()[0]) == (status, "", f"error: {said}")
    assert files_of(world.journal) == before
    assert invoke("status").exit == 0


def test_two_folders_with_one_path(invoke: Run, mentors: World) -> None:
    """The same path in two folders cannot be two records: that is refused, and the folder above both works."""
    for name in ("a", "b"):
        vault.write(mentors.work / "more" / name, {"2026-06-10.md": f"Text {name}"})
    ran = invoke("import", "markdown", "more/a", "more/b", "--as", "notes")

    assert ran.exit == 1 and "The path below the folder is that of another file: more/b/2026-06-10.md" in ran.err
    assert len(import_(invoke, "more", to="notes")["new"]) == 2


@pytest.mark.slow
def test_many_files_show_a_bar(mentors: World, terminal: Callable[..., Terminal]) -> None:
    """On a terminal a bar shows how many of hundreds of files were read and saved; the line is gone at the end."""
    days = [f"{year}-{month:02}-01.md" for year in range(2000, 2025) for month in range(1, 13)]
    vault.write(mentors.work / "many", dict.fromkeys(days, "Text"))
    shown = terminal("import", "markdown", "many", "--as", "notes", columns=40)

    assert shown.end() == 0
    assert b"Reading 300 files [" in shown.raw and b"Saving 300 files [" in shown.raw
    assert "Imported 300 notes from Markdown." in shown.text and " files [" not in shown.text
