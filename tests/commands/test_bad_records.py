"""Records that somebody or something has spoilt: each is counted and named, none is lost, the others are served."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Invoke = Callable[..., Ran]

SPOILT = {
    "nonsense": (b"%% nonsense\n", "line 1 cannot be read: it is not valid TOML"),
    "empty": (b"", "cannot be read: id is missing"),
    "zeros": (b"\0" * 600, "line 1 cannot be read: it is not valid TOML"),
    "encoding": (b'id = "x"\ntitle = "caf\xe9"\n', "line 2 cannot be read: it is not UTF-8 text"),
    "mark": (b"\xef\xbb\xbf", "line 1 cannot be read: it begins with a byte order mark"),
    "conflict": (
        b'id = "x"\n<<<<<<< HEAD\na = 1\n=======\n>>>>>>> b\n',
        "line 2 cannot be read: it contains git conflict markers",
    ),
    "nested": (b"a = " + b"[" * 4000, "it is nested too deeply"),
    "number": (b"a = " + b"9" * 5000, "a number that is too long"),
    "dotted": (b"a." * 5000 + b"b = 1\n", "a key with too many parts"),
    "list": (b"[[id]]\nx = 1\n", "cannot be read: "),
}

# What shows or lists, and needs no single record.
SERVED = [
    *(
        "status",
        "due",
        "waiting",
        "search osler",
        "timeline",
        "history",
        "goal list",
        "task list",
        "task owed",
        "meeting list",
    ),
    *("note list", "mentor list", "review list", "review due", "profile show", "paths", "goal list --drifting"),
]


@pytest.fixture
def ids(invoke: Invoke, world: World) -> dict[str, str]:
    """The id of one record of each kind, and a second one of each that stays good."""

    def fill() -> dict[str, str]:
        invoke("mentor", "add", "William Osler", "--every", "4 weeks")
        invoke("mentor", "add", "Marie Curie", "--notes", "knows osler")
        found = {"mentors": "curie"}
        for kind, words in (
            ("goals", ["goal", "add", "Case report", "--with", "osler"]),
            ("tasks", ["task", "add", "Draft", "--from", "osler"]),
            ("meetings", ["meeting", "plan", "osler", "--on", "fri"]),
            ("notes", ["note", "add", "Said by Osler", "--with", "osler"]),
        ):
            found[kind] = invoke(*words, "--json").data["id"]
            assert invoke(*words, *(["--new"] if kind == "meetings" else [])).exit == 0
        return found

    return world.filled("bad_records ids", fill)


def spoil(root: Path, folder: str, id: str, data: bytes) -> Path:
    """Put bytes into the file of a record."""
    file = next(path for path in (root / folder).iterdir() if path.name.startswith(id))
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("how", list(SPOILT))
def test_a_command_that_needs_it_says_what_is_wrong(
    how: str, ids: dict[str, str], invoke: Invoke, journal_root: Path
) -> None:
    """One sentence with the file and the line, a hint, nothing on stdout, status 3; the file stays as it is."""
    data, said = SPOILT[how]
    file = spoil(journal_root, "goals", ids["goals"], data)

    for words in (["show"], ["set"], ["goal", "progress"], ["goal", "drop"]):
        more = {"set": ["priority=high"], "progress": ["5"], "drop": ["-m", "x"]}.get(words[-1], [])
        ran = invoke(*words, ids["goals"], *more, "--json")
        assert (ran.exit, ran.out) == (3, ""), ran
        assert said in ran.err
        assert ran.err.count("\n") == 2
        assert ran.err.splitlines()[1].startswith("hint: ")
    assert file.read_bytes() == data


@pytest.mark.parametrize("folder", ["mentors", "goals", "tasks", "meetings", "notes"])
def test_the_others_are_served(folder: str, ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """Every screen and list ends with 0, counts it in `problems`, and names it on stderr."""
    file = spoil(journal_root, folder, ids[folder], b"%% nonsense\n")

    for words in SERVED:
        ran = invoke(*words.split(), "--json")
        assert ran.exit == 0, (words, ran)
        if words not in ("history", "paths", "profile show"):
            assert f'"path": "{folder}/{file.name}"' in ran.out, words
            assert f"1 record cannot be read (run: mentorlog doctor): {folder}/{file.name}\n" == ran.err, words
    assert len(invoke("task", "list", "--json").data) == (1 if folder == "tasks" else 2)


def test_changing_the_others_goes_on(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A spoilt record keeps nobody from work on another; it is not touched, by undo neither."""
    file = spoil(journal_root, "goals", ids["goals"], b"%% nonsense\n")

    for words in (
        ["note", "add", "More"],
        ["task", "done", ids["tasks"]],
        ["mentor", "add", "Mary Blackwell"],
        ["undo"],
    ):
        assert invoke(*words).exit == 0
    assert file.read_bytes() == b"%% nonsense\n"


def test_its_id_is_not_free(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A mentor of the same name does not take its place."""
    spoil(journal_root, "mentors", "curie", b"%% nonsense\n")

    assert invoke("mentor", "add", "Pierre Curie", "--json").data["id"] == "curie-2"
    assert invoke("mentor", "add", "Pierre Curie", "--id", "curie").exit == 1
    assert (journal_root / "mentors" / "curie.toml").read_bytes() == b"%% nonsense\n"


def test_a_name_that_is_only_in_a_spoilt_file(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """By id the record is found and refused; it is not called unknown."""
    spoil(journal_root, "mentors", "curie", b"%% nonsense\n")

    for text in ("curie", "Curie", "cur"):
        ran = invoke("ask", text, "Why?")
        assert (ran.exit, "mentors/curie.toml, line 1 cannot be read" in ran.err) == (3, True), text


def test_many_are_counted(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """Three are named, the rest is counted; JSON has them all."""
    for number in range(2, 9):
        (journal_root / "notes" / f"n222{number}-x.toml").write_text("nonsense")

    ran = invoke("note", "list", "--json")
    assert "7 records cannot be read" in ran.err
    assert ran.err.count("notes/") == 3
    assert ran.err.endswith(" and 4 more\n")
    assert ran.out.count('"path": "notes/') == 7


def test_strange_things_in_the_folders(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A folder, a link, a pipe: named, never followed and never waited for; what is not .toml is nobody's business."""
    import os

    goals = journal_root / "goals"
    (goals / "g2222-folder.toml").mkdir()
    (goals / "g3333-link.toml").symlink_to("/etc/passwd")
    os.mkfifo(goals / "g4444-pipe.toml")
    (goals / "g5555-link.toml").symlink_to(next(goals.glob(f"{ids['goals']}*")))
    (goals / "README.md").write_text("mine")
    (goals / ".hidden.toml").write_text("mine")

    ran = invoke("goal", "list", "--json")
    assert (ran.exit, len(ran.data), ran.out.count('"path"')) == (0, 2, 4)
    for id in ("g2222", "g3333", "g4444", "g5555"):
        for command in (["show", id], ["edit", id], ["set", id, "priority=low"], ["delete", id, "--yes"]):
            assert invoke(*command, env={"EDITOR": "true"}).exit == 3, command
    assert (goals / "g2222-folder.toml").is_dir()


def test_two_files_of_one_id(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A sync program's copy: the commands that need the record refuse, lists show both."""
    file = next((journal_root / "goals").glob(f"{ids['goals']}*"))
    (file.parent / f"{ids['goals']}-copy.toml").write_bytes(file.read_bytes())

    for words in (["show"], ["edit"], ["delete"], ["goal", "pause"]):
        ran = invoke(*words, ids["goals"], *(["-m", "x"] if words[-1] == "pause" else []))
        assert (ran.exit, f"Several files have the id {ids['goals']}." in ran.err) == (3, True)
    assert len(invoke("goal", "list", "--json").data) == 3


def test_an_unreadable_profile(invoke: Invoke, journal_root: Path) -> None:
    """It is named, never called empty and never rewritten; the editor mends it."""
    (journal_root / "profile.toml").write_text("stage = 3\n")

    for words in (["show", "profile"], ["profile", "show"], ["profile", "set", "name=x"], ["set", "profile", "name=x"]):
        ran = invoke(*words)
        assert (ran.exit, "profile.toml, line 1 cannot be read: stage must be text in quotes." in ran.err) == (3, True)
        assert words[0] == "profile" or "mentorlog edit profile" in ran.err
    assert invoke("status").exit == 0
    assert invoke("edit", "profile", env={"EDITOR": "sed -i 's/3/\"fellow\"/'"}).exit == 0
    assert invoke("show", "profile", "--json").data["stage"] == "fellow"


@pytest.mark.parametrize("text", ["format = 9\n", "nonsense", "", 'format = "1"\n'])
def test_a_journal_of_another_format(text: str, ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A newer mentorlog may keep it: it is read, and nothing in it is changed."""
    before = {path.name: path.read_bytes() for path in journal_root.glob("*/*.toml")}
    (journal_root / "journal.toml").write_text(text)

    ran = invoke("goal", "list", "--json")
    assert (ran.exit, len(ran.data), '"path": "journal.toml"' in ran.out) == (0, 2, True)
    for words in (["note", "add", "x"], ["set", ids["goals"], "priority=high"], ["delete", ids["tasks"]], ["undo"]):
        ran = invoke(*words)
        assert (ran.exit, "journal.toml" in ran.err) == (3, True), words
    assert before == {path.name: path.read_bytes() for path in journal_root.glob("*/*.toml")}


def test_two_files_of_one_id_are_told_of(invoke: Invoke, journal_root: Path) -> None:
    """A copy that a sync program made is listed beside its record, counted, and keeps neither from being seen."""
    invoke("goal", "add", "Submit case report")
    (path,) = (journal_root / "goals").iterdir()
    id = path.name.partition("-")[0]
    path.with_name(f"{id}-other.toml").write_bytes(path.read_bytes())
    ran = invoke("goal", "list")

    assert ran.out.count(id) == 2
    assert ran.err.startswith("2 records need repair (run: mentorlog doctor): goals/")
    said = json.loads(invoke("goal", "list", "--json").out)["problems"]
    assert {problem["message"] for problem in said} == {f"another file has the same id {id}"}
    assert invoke("show", id).exit == invoke("show", id[:3]).exit == 3


def test_an_unknown_key_is_shown_as_it_stands(invoke: Invoke, journal_root: Path) -> None:
    """A key that names records in other kinds names none here, so none is called deleted."""
    invoke("mentor", "add", "William Osler")
    file = journal_root / "mentors" / "osler.toml"
    file.write_text('goal = "g7k3q"\nassigned_by = "curie"\nusefulness = [[]]\n' + file.read_text())
    shown = invoke("show", "osler").out

    assert "deleted" not in shown and "of 5" not in shown
    assert "g7k3q" in shown and "curie" in shown
