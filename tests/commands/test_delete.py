"""`mentorlog delete`: a record goes, its links stay, and undo brings it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]


@pytest.fixture
def ids(invoke: Invoke, world: World) -> dict[str, str]:
    """Osler, a goal, and a task of the goal that he assigned."""

    def fill() -> dict[str, str]:
        invoke("mentor", "add", "William Osler")
        goal = invoke("goal", "add", "Case report", "--json").data["id"]
        task = invoke("task", "add", "Draft", "--goal", goal, "--from", "osler", "--json").data["id"]
        return {"mentor": "osler", "goal": goal, "task": task}

    return world.filled("delete ids", fill)


def test_what_nobody_names_goes_at_once(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """The title is echoed; undo gives the bytes back."""
    file = next((journal_root / "tasks").iterdir())
    before = file.read_bytes()

    ran = invoke("delete", ids["task"])

    assert ran == (0, f"Deleted task {ids['task']}: Draft\nUndo with: mentorlog undo\n", "")
    assert not file.exists()
    invoke("undo")
    assert file.read_bytes() == before


def test_what_others_name_is_asked_about(ids: dict[str, str], invoke: Invoke) -> None:
    """What would go is named with its title, and with who refers to it; without a terminal an option answers."""
    ran = invoke("delete", ids["goal"], "--json")

    asked = f"1 record links to goal {ids['goal']}: Case report ({ids['task']}). Delete it?"
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == f"error: An answer is needed: {asked}\nhint: pass --yes, or run in a terminal\n"
    assert invoke("delete", ids["goal"], "--yes", "--json").data["title"] == "Case report"


def test_a_link_to_what_never_was_there_is_unknown(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """A slip of the hand is no deletion: only what this machine's log knows of was deleted."""
    invoke("delete", "osler", "--yes")
    path = next((journal_root / "tasks").iterdir())
    path.write_text(path.read_text().replace(ids["goal"], "g7777") + 'helps = "curie"\n')

    said = invoke("show", ids["task"]).out
    assert "goal         g7777 (unknown)" in said
    assert "helps        curie (unknown)" in said
    assert "assigned by  osler (deleted)" in said


def test_a_deleted_link_says_so(ids: dict[str, str], invoke: Invoke) -> None:
    """It stays, in the record and on the screens; nothing breaks."""
    invoke("delete", ids["goal"], "--yes")
    invoke("delete", "osler", "--yes")

    said = invoke("show", ids["task"]).out
    assert f"goal         {ids['goal']} (deleted)" in said
    assert "assigned by  osler (deleted)" in said
    assert invoke("show", ids["task"], "--json").data["goal"] == ids["goal"]
    for words in (["status"], ["due"], ["task", "list"], ["task", "owed"], ["timeline"], ["search", "draft"]):
        assert invoke(*words).exit == 0


@pytest.mark.parametrize(
    ("answer", "exit", "said"), [("y", 0, "Deleted goal"), ("n", 0, "Nothing was deleted."), ("", 0, "Nothing")]
)
def test_on_a_terminal(
    answer: str, exit: int, said: str, ids: dict[str, str], invoke: Invoke, terminal: Callable[..., Terminal]
) -> None:
    """The question is asked; no is the answer of Enter."""
    shown = terminal("delete", ids["goal"])
    shown.answer("Delete it?", answer)

    assert shown.end() == exit
    assert said in shown.text
    assert invoke("show", ids["goal"]).exit == (1 if answer == "y" else 0)


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_interrupted(key: str, ids: dict[str, str], invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """Ctrl-C and Ctrl-D at the question change nothing and end with 130."""
    shown = terminal("delete", ids["goal"])
    shown.wait_for("Delete it?").press(key)

    assert shown.end() == 130
    assert invoke("show", ids["goal"]).exit == 0


def test_tags_are_no_references(ids: dict[str, str], invoke: Invoke) -> None:
    """A record that has the id as a tag does not refer to it."""
    invoke("mentor", "add", "Marie Curie")
    invoke("note", "add", "Radium", "--tag", "curie")

    assert invoke("delete", "curie").exit == 0


def test_a_review_refers_to_what_it_judged(ids: dict[str, str], invoke: Invoke) -> None:
    """Tasks, goals and mentors of a review are asked about as well."""
    review = f'[[tasks]]\ntask = "{ids["task"]}"\nverdict = "keep"\n'
    assert invoke("review", "--answers", "-", stdin=review).exit == 0

    assert "1 record links" in invoke("delete", ids["task"]).err


def test_what_cannot_be_read_goes_too(ids: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """Its bytes come back with undo; its links are asked about as those of any other."""
    file = next((journal_root / "goals").iterdir())
    file.write_bytes(b"\xff nonsense")

    assert invoke("delete", ids["goal"]).exit == 2
    ran = invoke("delete", ids["goal"], "--yes", "--json")
    assert ran.data == {
        "record": "goal", "id": ids["goal"], "path": f"goals/{file.name}",
        "unreadable": "it is not UTF-8 text",
    }  # fmt: skip
    assert not file.exists()
    assert invoke("undo").out.startswith(f"Undone: delete: goals/{file.name} (just now)\n")
    assert file.read_bytes() == b"\xff nonsense"


def test_not_by_a_name_nor_by_a_guess(ids: dict[str, str], invoke: Invoke) -> None:
    """A name is no id here; a prefix of several is listed; what is unknown is said."""
    invoke("mentor", "add", "Olga Osler")

    assert invoke("delete", "william").exit == 1
    assert "matches several records: osler (William Osler); osler-2" in invoke("delete", "osl").err
    assert invoke("delete", "g2222", "--yes").exit == 1
    assert invoke("delete", "").exit == 1


def test_the_profile_stays(invoke: Invoke) -> None:
    """It is emptied by its fields."""
    invoke("profile", "set", "name=Mary")

    ran = invoke("delete", "profile", "--yes")
    assert ran.exit == 1
    assert "mentorlog edit profile" in ran.err


def test_an_id_is_never_used_again(ids: dict[str, str], invoke: Invoke) -> None:
    """A mentor of the same name gets a new id."""
    invoke("delete", "osler", "--yes")

    assert invoke("mentor", "add", "William Osler", "--json").data["id"] == "osler-2"
