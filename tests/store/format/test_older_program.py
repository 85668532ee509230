"""What the version before sync does with the log of a journal that is synced: it leaves the sync alone, and goes on."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from mentorlog.store.journal import Journal
from mentorlog.store.oplog.operation import Change, Sync
from world import NOW, Ran, World

REPOSITORY = Path(__file__).resolve().parents[3]
BEFORE_SYNC = "3ee1d8ef9908ad84a3a51e458bdaa8b15ac37c15"
"""The last commit that knows no sync."""


@pytest.fixture
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of that version."""
    folder = tmp_path_factory.mktemp("older")
    packed = subprocess.run(["git", "-C", REPOSITORY, "archive", BEFORE_SYNC, "src"], capture_output=True, check=False)
    if packed.returncode:
        pytest.skip("this clone does not have the commit")
    subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)
    return folder / "src"


@pytest.mark.slow
@pytest.mark.exhaustive
def test_only_the_sync_is_refused(world: World, older: Path) -> None:
    """It lists, changes and undoes all else; undo stops at the sync, and nothing that it wrote is lost to this one."""
    world.found()
    world.invoke("goal", "add", "Submit case report")
    journal = Journal(world.journal, now=datetime.fromisoformat(NOW))
    path = next(str(one.relative_to(world.journal)) for one in world.journal.glob("goals/*.toml"))
    before = (world.journal / path).read_bytes()
    after = before.replace(b"Submit case report", b"Submit the case report")
    sync = Sync("1f" * 20, "git.example.org:journal.git", {})
    with journal._locked():
        journal._commit("sync: 1 record came", [Change(path, before, after)], kind="sync", sync=sync)
    operation = journal.layout.operation(2)
    kept = operation.read_bytes()

    def run(*words: str) -> Ran:
        variables = world.variables({"PYTHONPATH": str(older)})
        ran = subprocess.run(
            [sys.executable, "-P", "-m", "mentorlog", *words],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    newer = "it was written by a newer version of mentorlog"
    assert "Submit the case report" in run("goal", "list").out
    assert newer in run("undo").err
    assert newer in run("undo", "--no", "1").err + run("undo", "--no", "2").err
    assert f"{newer}; upgrade mentorlog" in run("doctor").out
    added = run("task", "add", "Draft abstract")
    assert (added.exit, run("undo").exit, run("redo").exit) == (0, 0, 0), added.err
    history = run("history")
    assert "000002.json" in history.err and "task add: Draft abstract" in history.out
    assert operation.read_bytes() == kept

    said = world.invoke("history").out
    assert [name in said for name in ("redo: task add", "undo: task add", "sync: 1 record came")] == [True] * 3
    assert (world.invoke("doctor").exit, world.invoke("doctor", "--verify").exit) == (0, 0)
