"""A journal that an older version made opens, says what it said, and changes only where its records are changed.

tests/keep_journal.py keeps one, with the answers of the version that made it (CONTRIBUTING.md, "Change the format").
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from keep_journal import ANSWERS, KEPT, copy, keep, kept_files, used
from mentorlog import vocabulary
from mentorlog.store.format.upgrade import upgrade
from mentorlog.store.journal import Journal
from mentorlog.store.layout import operation_path
from mentorlog.store.oplog import chain
from world import NOW, Ran, World

Invoke = Callable[..., Ran]
NAMES = sorted(path.name for path in KEPT.iterdir())
COPY = "mentors/osler (conflicted copy).toml"
STATES = {
    "mentor": vocabulary.MENTOR_STATUSES,
    "goal": vocabulary.GOAL_STATUSES,
    "task": vocabulary.TASK_STATUSES,
    "meeting": vocabulary.MEETING_STATUSES,
    "note": vocabulary.NOTE_STATUSES,
}


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest) -> Path:
    """The folder of a kept journal and the answers to it."""
    return KEPT / str(request.param)


@pytest.fixture
def old(kept: Path, world: World) -> Path:
    """A copy of a kept journal, as its version left it."""
    copy(kept, world.journal)
    return world.journal


def answers(kept: Path) -> dict[str, Any]:
    """Return what its version said of a journal, by the name of the answer."""
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (kept / "answers").iterdir()}


def contents(root: Path) -> dict[str, bytes]:
    """Return the bytes of the files of a journal that say something."""
    return {str(path.relative_to(root)): path.read_bytes() for path in kept_files(root)}


def differences(then: Any, now: Any, place: str = "") -> list[str]:
    """Return the places at which an answer lacks what was in an older one; later versions may add to it."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        then = upgrade(then["record"], then) if "record" in then else then
        return [found for key in then for found in differences(then[key], now.get(key, "missing"), f"{place}.{key}")]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = enumerate(zip(then, now, strict=True))
        return [found for at, pair in pairs for found in differences(*pair, f"{place}.{at}")]
    return [] if then == now else [f"{place}: {then!r} is now {now!r}"]


def test_it_says_what_it_said(kept: Path, old: Path, world: World) -> None:
    """Lists, the history and an export have all that they had; reading writes no byte."""
    before = contents(old)

    for name, then in answers(kept).items():
        if name in ANSWERS:
            now = json.loads(world.invoke(*ANSWERS[name]).out)
            assert differences(then, now) == [], name

    assert contents(old) == before


def test_nothing_is_wrong_with_it(old: Path, world: World) -> None:
    """`doctor` names what was left unfinished, and nothing else; every byte is as its version left it."""
    before = contents(old)
    world.invoke("doctor", "--fix")
    ran, verified = world.invoke("doctor", "--json"), world.invoke("doctor", "--verify", "--json")

    assert (ran.exit, {one["category"] for one in ran.data["findings"]} - {"draft"}) == (0, set())
    assert (verified.exit, verified.data["findings"]) == (0, [])
    assert {state for state, count in verified.data["verified"]["counts"].items() if count} <= {"as_left", "unknown"}
    assert contents(old) == before


def test_a_change_writes_one_record(old: Path, world: World) -> None:
    """All other files stay to the byte, older changes too; the chain begins or goes on; undo gives the old bytes."""
    before = contents(old)
    history = Journal(old, now=datetime.fromisoformat(NOW)).history
    named = history.link_of(history.last())  # None in a log from before the chain
    world.invoke("set", "osler", "phone=555 0199")
    after, last = contents(old), history.last()
    world.invoke("undo")

    assert {path for path in before if after[path] != before[path]} == {"mentors/osler.toml"}
    assert after.keys() - before.keys() == {operation_path(last)}
    assert before.items() <= contents(old).items()
    first, second = (history.entry(seq).link for seq in (last, last + 1))
    assert first and second and (first.previous, second.previous) == (named, first.own)
    assert [checked.flaws for checked in chain.check(history) if checked.flaws] == []


def test_a_backup_restores_it(old: Path, world: World) -> None:
    """All that it says is restored to the byte, and is as whole as it was; drafts are no part of a backup."""
    made = world.invoke("backup", "make", "backup.tar", "--with-log")
    restored = world.work / "restored"

    assert (made.exit, world.invoke("backup", "restore", "backup.tar", str(restored)).exit) == (0, 0), made.err
    assert contents(restored) == {path: data for path, data in contents(old).items() if "/drafts/" not in path}
    assert world.invoke("doctor", "--verify", "--journal", str(restored)).exit == 0


def test_undo_goes_back_to_the_first_change(old: Path, world: World) -> None:
    """Every change since the last erasure is undone in one step, and the first one by its number: nothing is left."""
    log = world.invoke("history", "--all", "--json").data
    gone: dict[int, bool] = {}
    for one in log:  # newest first: the newest undo or redo of a change decides
        for number in one["undoes"] if one["operation"] in ("undo", "redo") else ():
            gone.setdefault(number, one["operation"] == "undo")
    erased = max(one["seq"] for one in log if one["operation"] == "forget")
    steps = [one for one in log if one["seq"] > erased and one["operation"] in ("do", "revert")]
    steps = [one for one in steps if not gone.get(one["seq"])]

    undone = world.invoke("undo", str(len(steps)), "--yes")
    refused = world.invoke("undo", "--yes")
    first = world.invoke("undo", "--no", "1")

    assert (undone.exit, first.exit) == (0, 0), undone.err + first.err
    assert "its content was erased" in refused.err
    by_hand = {path for path in contents(old) if path[0] != "."}
    assert by_hand <= {"journal.toml", "goals/gh4nd-by-hand.toml", "notes/nz9zz-latin.toml", COPY}


def test_it_has_every_field_of_its_time(kept: Path) -> None:
    """Each journal since the one before the chain uses every field of its version, and records of every status."""
    said = answers(kept)
    if "fields.json" not in said:
        pytest.skip("kept to be upgraded, not to be complete")
    data = said["export.json"]["data"]

    assert {*said["fields.json"]} - used(data) == set()
    for kind, states in STATES.items():
        assert {one["status"] for one in data["records"] if one["record"] == kind} >= {*states}, kind


@pytest.mark.slow
def test_this_version_can_keep_one(world: World, tmp_path: Path) -> None:
    """The commands of every_field.py run, use every field of today, and leave a journal that is whole."""
    keep(tmp_path / "kept", world)

    assert world.invoke("doctor").exit == 0
