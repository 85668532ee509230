"""`mentorlog init` and `mentorlog paths`."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran, World

FRESH = {"MENTORLOG_JOURNAL": None}


def forget(world: World) -> None:
    """Leave no journal named, as on a machine without one."""
    (world.home / ".config" / "mentorlog" / "journal").unlink()


@pytest.fixture
def fresh(world: World) -> Callable[..., Ran]:
    """Run on a machine where no journal was ever named."""
    return lambda *words, **more: world.invoke(*words, env=FRESH | more.pop("env", {}), **more)


def test_a_journal_is_begun_and_remembered(fresh: Callable[..., Ran], world: World) -> None:
    """It is private, every later command finds it, and what not to write down is said once."""
    ran = fresh("init", "here", "--name", "Mary Blackwell", "--stage", "resident", "--program", "Surgery", "--json")

    assert ran.data == {"journal": str(world.work / "here"), "created": True, "remembered": True}
    assert "not legally privileged" in ran.err
    assert stat.S_IMODE((world.work / "here").stat().st_mode) == 0o700
    profile = fresh("show", "profile", "--json", cwd=world.home).data
    assert (profile["name"], profile["stage"], profile["program"]) == ("Mary Blackwell", "resident", "Surgery")
    assert fresh("init", "here", "--json").data["created"] is False
    assert "privileged" not in fresh("init", "here").err


def test_undo_takes_the_profile_back(fresh: Callable[..., Ran]) -> None:
    """What init writes of the profile is one operation."""
    fresh("init", "here", "--name", "Mary")
    fresh("init", "here", "--name", "Marie")

    assert fresh("undo").out.startswith("Undone: init (just now)\n")
    assert fresh("show", "profile", "--json").data["name"] == "Mary"


def test_without_a_path(fresh: Callable[..., Ran], world: World) -> None:
    """The default folder, or the one that is named; it need not be remembered."""
    assert fresh("init", "--json").data["remembered"] is False
    ran = world.invoke("init", "--json", env={"MENTORLOG_JOURNAL": str(world.root / "named")})
    assert ran.data["journal"] == str(world.root / "named")


@pytest.mark.parametrize("what", ["file", "file/below", "full"])
def test_where_no_journal_can_be(what: str, fresh: Callable[..., Ran], world: World) -> None:
    """A file, and a folder of other things: refused, and nothing is remembered."""
    (world.work / "file").write_text("mine")
    (world.work / "full").mkdir()
    (world.work / "full" / "thesis.doc").write_text("mine")

    ran = fresh("init", what)

    assert (ran.exit, ran.out) == (1, "")
    assert "hint: use a new folder" in ran.err
    assert not (world.home / ".config" / "mentorlog" / "journal").exists()


@pytest.mark.parametrize(("option", "value"), [("--name", "a\nb"), ("--stage", "x" * 41), ("--name", "\udce9")])
def test_a_bad_profile_makes_nothing(option: str, value: str, fresh: Callable[..., Ran], world: World) -> None:
    """What the profile refuses is refused before the folder is made."""
    assert fresh("init", "here", option, value).exit == 1
    assert not (world.work / "here").exists()


def test_no_home(world: World) -> None:
    """Without a home nothing can be remembered, so nothing is made; --journal needs none."""
    nowhere = {"HOME": "", "MENTORLOG_JOURNAL": None, "XDG_CONFIG_HOME": None, "XDG_STATE_HOME": None}
    ran = world.invoke("init", "here", env=nowhere)
    assert (ran.exit, "HOME is not set" in ran.err) == (1, True)
    assert not (world.work / "here").exists()

    assert world.invoke("--journal", "here", "init", env=nowhere).exit == 0
    assert world.invoke("--journal", "here", "note", "add", "x", env=nowhere).exit == 0
    ran = world.invoke("--journal", "here", "paths", "--json", env=nowhere)
    assert (ran.data["exists"], ran.data["remembered"], ran.data["state"]) == (True, None, None)
    assert "unknown (no home folder)" in world.invoke("--journal", "here", "paths", env=nowhere).out


def test_four_questions_on_a_terminal(terminal: Callable[..., Terminal], world: World) -> None:
    """Name, stage, program, and the folder if nothing names one; one that cannot be used is refused and asked again."""
    forget(world)
    (world.work / "full").mkdir()
    (world.work / "full" / "thesis.doc").write_text("mine")
    shown = terminal("init", env=FRESH)
    shown.answer("Your name", "Mary Blackwell").answer("Your stage", "").answer("Your program", "")
    shown.answer("Where?", "full").wait_for("is not empty").answer("Where?", "here")

    assert shown.end() == 0
    assert shown.text.count("?") == 5
    data = world.invoke("paths", "--json", env=FRESH).data
    assert (data["journal"], data["named_by"]) == (str(world.work / "here"), "mentorlog init")
    assert world.invoke("show", "profile", "--json", env=FRESH).data["name"] == "Mary Blackwell"


def test_enter_takes_the_usual_folder(terminal: Callable[..., Terminal], world: World) -> None:
    """Four times Enter makes a journal where it would be without `init`, and nothing is remembered."""
    forget(world)
    shown = terminal("init", env=FRESH)
    for question in ("Your name", "Your stage", "Your program", "Where?"):
        shown.answer(question, "")

    assert shown.end() == 0
    data = world.invoke("paths", "--json", env=FRESH).data
    assert (data["exists"], data["named_by"]) == (True, "default")


def test_a_named_folder_is_not_asked_for(terminal: Callable[..., Terminal], world: World) -> None:
    """Name, stage and program are asked for; Enter leaves one out."""
    shown = terminal("init", "here", env=FRESH)
    shown.answer("Your name", "Mary Blackwell").answer("Your stage", "").answer("Your program", "Surgery")

    assert shown.end() == 0
    profile = world.invoke("show", "profile", "--json", env=FRESH).data
    assert (profile["name"], profile["stage"], profile["program"]) == ("Mary Blackwell", None, "Surgery")


@pytest.mark.parametrize("question", ["Your name", "Your stage"])
@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_interrupted(key: str, question: str, terminal: Callable[..., Terminal], world: World) -> None:
    """Ctrl-C and Ctrl-D at any question make nothing."""
    shown = terminal("init", "here", env=FRESH)
    if question == "Your stage":
        shown.answer("Your name", "Mary")
    shown.wait_for(question).press(key)

    assert shown.end() == 130
    assert not (world.work / "here").exists()


def test_paths_are_told(fresh: Callable[..., Ran], world: World) -> None:
    """Also before there is a journal; nothing is made by looking."""
    data = fresh("paths", "--json").data

    assert data["named_by"] == "default"
    assert data["exists"] is False
    assert not Path(data["journal"]).exists()
    assert fresh("paths").out.count("\n") == len(data)


def test_reading_makes_no_journal(fresh: Callable[..., Ran], world: World) -> None:
    """Looking around on a fresh machine leaves nothing behind, and says where the journal would be."""
    for words in (["status"], ["due"], ["search", "x"], ["timeline"], ["history"], ["undo"], ["show", "profile"]):
        fresh(*words)

    assert not (world.home / ".local").exists()
    assert "No journal yet; the first change creates one in" in fresh("due").err


def test_a_folder_that_others_may_read_is_made_private(world: World) -> None:
    """`mkdir` before `init` leaves a folder that others may read: init closes it and says so; doctor is content."""
    folder, link = world.root / "mine", world.root / "linked"
    folder.mkdir()
    folder.chmod(0o755)

    ran = world.invoke("init", str(folder), "--no-input")

    assert f"Made {folder} private: other users of this machine could read it." in ran.err
    assert folder.stat().st_mode & 0o777 == 0o700
    assert world.invoke("doctor", env={"MENTORLOG_JOURNAL": str(folder)}).exit == 0

    folder.chmod(0o755)
    link.symlink_to(folder)
    assert "private" not in world.invoke("init", str(folder), "--no-input").err
    assert world.invoke("doctor", "--fix", env={"MENTORLOG_JOURNAL": str(link)}).exit == 0
    assert folder.stat().st_mode & 0o777 == 0o700
