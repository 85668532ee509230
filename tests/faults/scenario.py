"""One change of five files, its ends, and what must be true of the journal after each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from copies import Copy
from faults.inject import KILL_AFTER, injected, snapshot
from mentorlog.errors import DiskFailure, Unfinished, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change

AT = "2027-01-03T10:00:00+01:00"
GOAL, TASK, NOTE, PROFILE = "goals/g7k3q-cv.toml", "tasks/t4m2x-draft.toml", "notes/n2b3c-win.toml", "profile.toml"
OLD = {GOAL: b'title = "CV"\n', NOTE: b"text = '''\r\nR\xf6ntgen'''\n", PROFILE: b'name = "Curie"\n'}
NEW = {GOAL: b'title = "Revise the CV"\n', TASK: b'title = "Draft"\n', PROFILE: b'name = "Marie Curie"\n'}


def changes(old: dict[str, bytes], new: dict[str, bytes]) -> list[Change]:
    """Return what leads from one set of files to another."""
    paths = dict.fromkeys([*old, *new])
    return [Change(path, old.get(path), new.get(path)) for path in paths if old.get(path) != new.get(path)]


def seen_by_a_reader(root: Path) -> dict[str, bytes]:
    """Return the records as somebody sees them who holds no lock and reads through an unfinished operation."""
    seen = snapshot(root)
    for path, source in Log(Layout(root)).history.overlay().items():
        if source is None:
            del seen[path]
        else:
            seen[path] = source.read_bytes()
    return seen


def change(root: Path) -> str:
    """Make the change that the tests are about; return how it ended."""
    try:
        operation = Log(Layout(root)).commit("second", changes(OLD, NEW), AT).operation
    except Unfinished:
        return "unfinished"
    except KeyboardInterrupt:
        return "interrupted"
    except (DiskFailure, Unreadable):
        return "failed"
    assert operation.seq == 2
    return "done"


ALLOWED = {"done": [NEW], "failed": [OLD], "interrupted": [OLD], "unfinished": [OLD, NEW], "killed": [OLD, NEW]}


def check_recovered(root: Path, ended: str) -> None:
    """Check that the journal opens to wholly old or wholly new, as the end allows, and that its log fits."""
    reader = seen_by_a_reader(root)
    log = Log(Layout(root))
    recovery = log.recover()
    now = snapshot(root)

    assert now == reader
    assert now in ALLOWED[ended]
    assert recovery.conflicts == ()
    assert [operation.name for operation in log.history.listing().operations] == ["second", "first"][now == OLD :]
    assert log.history.listing().damaged == []
    plan = undo.undo(log.history)
    assert {change.path: change.before for change in plan.changes} == {
        change.path: now.get(change.path) for change in plan.changes
    }
    log.sweep()
    assert log.history.leftovers() == []
    assert not any(files.is_staged(name) for _, _, names in os.walk(root) for name in names)
    assert log.recover().finished is None


def count_calls(root: Path) -> int:
    """Return how many calls the change makes."""
    with injected() as faulty:
        assert change(root) == "done"
    return len(faulty.log)


def crashed(fresh: Callable[[], Path], after: str, number: int = 1) -> Path:
    """Return a journal whose change was killed right after a call of that name that follows the commit point."""
    with injected() as faulty:
        change(fresh())
    names = [name for name, _ in faulty.log]
    point = next(i for i, (name, args) in enumerate(faulty.log) if name == "rename" and "pending" in str(args[1]))
    found = [i for i in range(point, len(names)) if names[i] == after]
    root = fresh()
    with injected(found[number - 1] + 1, KILL_AFTER) as faulty:
        change(root)
    assert faulty.dead
    return root


def copies(template: Path) -> Iterator[tuple[int, Path]]:
    """Yield the number of each call of a recovery, with a journal of its own to be recovered."""
    calls, copy = 0, Copy(template)
    for at in range(1000):
        root = template.with_name(f"{template.name}-{at}")
        copy.write(root)
        if at == 0:
            with injected() as faulty:
                Log(Layout(root)).recover()
            calls = len(faulty.log)
        elif at <= calls:
            yield at, root
        else:
            break
