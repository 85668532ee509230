"""`mentorlog set`: any field of any record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Invoke = Callable[..., Ran]
HOSTILE = r'[/b] =1+1 "x" \ é 日本 🩺'


@pytest.fixture
def ids(invoke: Invoke, world: World) -> dict[str, str]:
    """The id of one record of each kind."""

    def fill() -> dict[str, str]:
        invoke("mentor", "add", "William Osler")
        made = {
            "goal": ["goal", "add", "Case report"],
            "task": ["task", "add", "Draft"],
            "meeting": ["meeting", "plan", "osler", "--on", "fri"],
            "note": ["note", "add", "A note"],
        }
        kept = invoke("review", "--answers", "-", "--json", stdin='worked = "Drafts"\n')
        return {
            **{kind: invoke(*words, "--json").data["id"] for kind, words in made.items()},
            "mentor": "osler",
            "profile": "profile",
            "review": kept.data["id"],
        }

    return world.filled("set ids", fill)


FIELDS = {
    "goal": ("why=To learn", "To learn"),
    "task": ("outcome=Two pages", "Two pages"),
    "meeting": ("minutes=30", 30),
    "note": ("kind=win", "win"),
    "mentor": ("cadence.every_days=28", {"every_days": 28, "longest_days": None, "mode": None, "minutes": None}),
    "profile": ("stage=fellow", "fellow"),
    "review": ("did_not=Too late", "Too late"),
}


@pytest.mark.parametrize("kind", list(FIELDS))
def test_a_field_of_every_kind(kind: str, ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """It is set, shown, in the history, and taken back to the byte."""
    before = {path: path.read_bytes() for path in journal_root.rglob("*.toml")}
    pair, value = FIELDS[kind]
    field = pair.partition("=")[0].partition(".")[0]

    ran = invoke("set", ids[kind], pair, "--json")

    assert (ran.exit, ran.data["record"], ran.data[field]) == (0, kind, value)
    assert invoke("show", ids[kind], "--json").data[field] == value
    assert invoke("history", ids[kind]).out.splitlines()[1].split("  ")[-1].startswith("set: ")
    invoke("undo")
    assert before == {path: path.read_bytes() for path in journal_root.rglob("*.toml")}


def test_hostile_text_comes_back(ids: dict[str, str], invoke: Invoke) -> None:
    """What is typed is stored as typed."""
    assert invoke("set", ids["goal"], f"title={HOSTILE}", "--json").data["title"] == HOSTILE
    assert HOSTILE in invoke("show", ids["goal"]).out


def test_what_says_so_already_is_no_change(ids: dict[str, str], invoke: Invoke) -> None:
    """It is said, and there is no operation of it."""
    before = invoke("history", "--json").data

    ran = invoke("set", ids["task"], "priority=normal")

    assert (ran.exit, ran.out.splitlines()[0]) == (0, f"Task {ids['task']} is already set to that; nothing changed.")
    assert invoke("history", "--json").data == before


def test_new_action_lines_become_tasks(ids: dict[str, str], invoke: Invoke) -> None:
    """Setting the notes of a meeting reads them, in the same operation; what cannot be read is reported and kept."""
    notes = "- [ ] @osler Send it due:fri\n- [ ] @nobody Do it\n"

    ran = invoke("set", ids["meeting"], "notes=-", stdin=notes)

    assert ran.exit == 0
    assert "Line 2 of the notes did not become a task" in ran.err
    task = invoke("task", "list", "--with", "osler", "--json").data[0]
    assert f"Added task {task['id']}: Send it (promised by William Osler" in ran.out
    assert invoke("show", ids["meeting"], "--json").data["notes"] == notes.replace("due:fri", f"due:fri ({task['id']})")
    invoke("undo")
    assert invoke("show", task["id"]).exit == 1


def test_json_names_the_new_tasks(ids: dict[str, str], invoke: Invoke) -> None:
    """One document, with the whole records of them."""
    data = invoke("set", ids["meeting"], "notes=- [ ] @me Read it", "--json").data

    assert [task["title"] for task in data["new_tasks"]] == ["Read it"]


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        ([], 2),
        (["title"], 2),
        (["title="], 1),
        (["title=a\nb"], 1),
        (["title=caf\udce9"], 1),
        (["nothing=x"], 1),
        (["id=g2222"], 1),
        (["created=2026-01-01"], 1),
        (["status=blue"], 1),
        (["by=someday"], 1),
        (["by=03/02/2027"], 1),
        (["parent=g2222"], 1),
        (["mentors=nobody"], 1),
        (["by=fri", "--clear", "by"], 1),
        (["mentors.1.told_on=fri", "--clear", "mentors"], 1),
        (["--clear", "title"], 1),
        (["--clear", "nothing"], 1),
    ],
)
def test_bad_values(words: list[str], exit: int, ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """Each is refused in one sentence, on stderr, and nothing is changed."""
    before = {path: path.read_bytes() for path in journal_root.rglob("*.toml")}

    ran = invoke("set", ids["goal"], *words, "--json")

    assert (ran.exit, ran.out) == (exit, "")
    assert ran.err.startswith("error: ")
    assert before == {path: path.read_bytes() for path in journal_root.rglob("*.toml")}


def test_stdin_that_is_no_text(ids: dict[str, str], invoke: Invoke) -> None:
    """Bytes in another encoding are refused with their line."""
    ran = invoke("set", ids["goal"], "why=-", stdin=b"one\ncaf\xe9\n")

    assert ran.exit == 1
    assert "not UTF-8 (line 2)" in ran.err


def test_comments_that_go_are_told_of(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A rewrite drops comments and says so in one line; one that changes nothing leaves them."""
    path = next((journal_root / "goals").iterdir())
    path.write_text(f"# mine\n{path.read_text()}")

    assert "Comments" not in invoke("set", ids["goal"], "priority=normal").err
    ran = invoke("set", ids["goal"], "priority=high")

    assert ran.err == f"Comments in goals/{path.name} were removed; mentorlog edit --toml keeps them.\n"
    assert "# mine" not in path.read_text()


def test_unknown_keys_are_kept(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """At every level, through every rewrite; and they can be cleared."""
    path = next((journal_root / "goals").iterdir())
    path.write_text(f'mood = "calm"\n{path.read_text()}\n[[progress]]\non = 2026-11-20\npercent = 3\nwhere = "ward"\n')

    invoke("set", ids["goal"], "priority=high")
    assert 'mood = "calm"' in path.read_text()
    assert 'where = "ward"' in path.read_text()
    assert invoke("show", ids["goal"], "--json").data["mood"] == "calm"
    invoke("set", ids["goal"], "--clear", "mood")
    assert "calm" not in path.read_text()


def test_what_was_set_is_said_as_show_says_it(ids: dict[str, str], invoke: Invoke) -> None:
    """Names for ids, days in words, a table whole, of a list the entry that was set."""
    invoke("mentor", "add", "Mary Blackwell")
    invoke("goal", "tell", ids["goal"], "osler")
    invoke("goal", "progress", ids["goal"], "20")

    def said(id: str, *words: str) -> list[str]:
        return invoke("set", id, *words).out.splitlines()[1:]

    told = "William Osler (osler), told Mon 23 Nov 2026; Mary Blackwell (blackwell), not told yet"
    assert said(ids["goal"], "mentors=osler,blackwell") == [f"  mentors: {told}"]
    assert said(ids["goal"], "progress.1.percent=40") == ["  progress 1: Mon 23 Nov 2026 40%"]
    assert said("osler", "cadence.every_days=14", "cadence.minutes=30") == ["  cadence: every 2 weeks, 30 minutes"]
    assert said("osler", "expectations.mine=Candour") == ["  my expectations: Candour"]
    assert said("osler", "--clear", "cadence.minutes") == ["  cadence: every 2 weeks"]
    assert said("osler", "--clear", "expectations.mine") == ["  expectations mine: empty"]


def test_old_complaints_are_not_repeated(ids: dict[str, str], invoke: Invoke) -> None:
    """Of an action item that was wrong before nothing is said again; of a new one it is."""
    notes = "- [ ] @nobody Do it\n"
    assert "Line 1 of the notes did not become a task" in invoke("set", ids["meeting"], f"notes={notes}").err

    assert invoke("set", ids["meeting"], "minutes=40").err == ""
    told = invoke("set", ids["meeting"], f"notes={notes}- [ ] @nobody Else").err
    assert told.splitlines() == [
        "Line 2 of the notes did not become a task: No mentor matches 'nobody' (see: mentorlog mentor list)",
        f"The notes are saved; correct a line with: mentorlog edit {ids['meeting']}",
    ]
