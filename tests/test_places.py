"""Where things are: who may name the journal, and what happens where nobody or somebody wrong does."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from mentorlog import places
from mentorlog.errors import BadValue, MentorlogError, NoHome
from world import World


def test_the_option_comes_before_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--journal wins over MENTORLOG_JOURNAL and over the remembered journal."""
    places.remember(tmp_path / "remembered", lambda: True)
    monkeypatch.setenv("MENTORLOG_JOURNAL", str(tmp_path / "environment"))

    found = places.find(str(tmp_path / "option"))

    assert found == places.Places(tmp_path / "option", "option")
    assert found.named


def test_the_environment_comes_before_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """MENTORLOG_JOURNAL wins over the remembered journal; an empty one names nothing."""
    places.remember(tmp_path / "remembered", lambda: True)

    monkeypatch.setenv("MENTORLOG_JOURNAL", str(tmp_path / "environment"))
    assert places.find() == places.Places(tmp_path / "environment", "environment")

    monkeypatch.setenv("MENTORLOG_JOURNAL", "")
    assert places.find() == places.Places(tmp_path / "remembered", "remembered")


def test_the_default_is_of_the_platform() -> None:
    """Where nobody named a journal it lies in the data folder, and need not exist."""
    found = places.find()

    assert found == places.Places(platformdirs.user_data_path("mentorlog", appauthor=False) / "journal", "default")
    assert not found.named


def test_the_default_journal_is_found_again_on_macos(world: World) -> None:
    """What is remembered is not in the place of the default journal, though both folders are one."""
    code = (
        "import sys; sys.platform = 'darwin'\n"
        "from mentorlog.cli.main import main\n"
        "sys.exit(main(['goal', 'add', 'Aim']) or main(['goal', 'list']) or main(['init', 'here']) or main(['paths']))"
    )
    unset = ("MENTORLOG_JOURNAL", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    variables = world.variables(dict.fromkeys(unset))
    ran = subprocess.run([sys.executable, "-c", code], env=variables, cwd=world.work, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    assert f"journal    {world.work / 'here'}\n" in ran.stdout


@pytest.mark.parametrize("kind", ["config", "data", "state"])
@pytest.mark.parametrize("value", [None, "", "relative", "/elsewhere", " /spaces "])
def test_folders_are_those_of_platformdirs(kind: str, value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is spared on Linux, importing platformdirs, changes no answer of it."""
    name = f"XDG_{kind.upper()}_HOME"
    monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)

    expected = getattr(platformdirs, f"user_{kind}_path")("mentorlog", appauthor=False)

    assert places.folder(kind) == expected


def test_no_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HOME and XDG folders nothing is guessed."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)

    with pytest.raises(NoHome):
        places.find()


def test_a_named_journal_needs_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A journal that is named is found on a machine without a home."""
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")

    assert places.find(str(tmp_path)).journal == tmp_path


@pytest.mark.parametrize("name", ["plain", "with space", "Röntgen", "\udcff-not-utf8"])
def test_what_is_remembered_comes_back(name: str, tmp_path: Path) -> None:
    """The remembered path comes back to the byte, and nobody else may read it."""
    places.remember(tmp_path / name, lambda: True)

    kept = places.folder("config") / "journal"
    assert places.remembered() == tmp_path / name
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"\n", b"relative/path\n", b"\xff\xfe", b"\0" * 100, b"x" * 100_000])
def test_a_damaged_memory_is_told(content: bytes) -> None:
    """A file that holds no path is an error that names it, never another journal."""
    folder = places.folder("config")
    folder.mkdir(parents=True)
    (folder / "journal").write_bytes(content)

    with pytest.raises(MentorlogError, match="does not contain the path"):
        places.find()


def test_a_tilde_is_the_home(world: World) -> None:
    """`--journal=~/x` means what the shell would make of it; a relative path counts from here."""
    assert places.full("~/x") == world.home / "x"
    assert places.full("x/../y") == Path.cwd() / "y"


@pytest.mark.parametrize("text", ["", "  ", "a\0b"])
def test_an_empty_path_is_refused(text: str) -> None:
    """--journal needs a folder."""
    with pytest.raises(BadValue):
        places.full(text)


def test_a_named_journal_that_is_gone_is_an_error(world: World) -> None:
    """A journal that was named and is not there is never answered with a fresh, empty one."""
    ran = world.invoke("status", "--journal", str(world.root / "my gone"))

    assert ran.exit == 1
    assert "No journal in" in ran.err
    assert "(set by --journal)" in ran.err
    assert f"mentorlog init '{world.root / 'my gone'}'" in ran.err
    assert not (world.root / "my gone").exists()


def test_a_remembered_journal_that_is_gone_is_an_error(world: World) -> None:
    """A folder that a later command misses is not begun anew."""
    where = world.root / "elsewhere"
    assert world.invoke("init", str(where), "--no-input").exit == 0
    where.rename(world.root / "moved")

    ran = world.invoke("status", env={"MENTORLOG_JOURNAL": None})

    assert (ran.exit, ran.out) == (1, "")
    assert "set by mentorlog init" in ran.err


def test_init_makes_and_remembers(world: World) -> None:
    """init PATH makes the folder, remembers it, and says once what does not belong into it."""
    where = world.root / "mine"
    first = world.invoke("init", str(where), "--no-input", env={"MENTORLOG_JOURNAL": None})
    again = world.invoke("init", str(where), "--no-input", env={"MENTORLOG_JOURNAL": None})

    assert (first.exit, first.out) == (0, f"Created a journal in {where}\n")
    assert "not legally privileged" in first.err
    assert (again.exit, again.out, again.err) == (0, f"Using the journal in {where}\n", "")
    assert world.invoke("paths", "--json", env={"MENTORLOG_JOURNAL": None}).data["journal"] == str(where)


def test_init_keeps_the_profile(world: World) -> None:
    """init fills the profile in, and later leaves alone what it is not told."""
    world.found("--name", "Mary Blackwell", "--stage", "resident")
    world.found("--program", "Surgery")

    text = (world.journal / "profile.toml").read_text()
    assert 'name = "Mary Blackwell"' in text
    assert 'stage = "resident"' in text
    assert 'program = "Surgery"' in text


def test_init_refuses_before_it_makes(world: World) -> None:
    """A name that no record can hold is refused, and no folder stays behind."""
    ran = world.invoke("init", str(world.root / "new"), "--stage", "two\nlines", "--no-input")

    assert ran.exit == 1
    assert not (world.root / "new").exists()


def test_init_leaves_other_folders_alone(world: World) -> None:
    """A folder with other things in it does not become a journal."""
    (world.home / "thesis.txt").write_text("x")

    ran = world.invoke("init", str(world.home), "--no-input")

    assert (ran.exit, ran.out) == (1, "")
    assert "is not empty" in ran.err
    assert not (world.home / "journal.toml").exists()


def test_paths_says_where_everything_is(world: World) -> None:
    """paths names the journal and who named it, before it exists too."""
    ran = world.invoke("paths")
    data = world.invoke("paths", "--json").data

    assert ran.exit == 0
    assert f"journal    {world.journal}\nnamed by   MENTORLOG_JOURNAL\nexists     no\n" in ran.out
    assert data["exists"] is False
    assert data["remembered"] == str(world.home / ".config/mentorlog/journal")
