"""The nine steps of a sync: killed at any of them, beaten to the push, told nothing of it; in memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from factories import make_goal, make_note
from mentorlog.errors import Busy
from mentorlog.store.format import toml
from sync_memory import Machine, Remote

STEPS = ("fetch", "read", "commit", "operation", "state", "push", "state 2")
"""What a sync does that somebody can see, in its order; the state is written before and after the push."""
NOTE, OTHER = "notes/n2222.toml", "notes/n3333.toml"


class Killed(BaseException):
    """The process is gone."""


def killed(machine: Machine, at: str) -> None:
    """Sync a machine, which is killed at a step (`push`) or right after it (`after push`), if it comes so far."""
    states = 0

    def step(name: str) -> None:
        nonlocal states
        states += name == "state"
        number = " 2" if name.endswith("state") and states > 1 else ""
        if f"{name}{number}" == at:
            raise Killed

    machine.step = step
    with suppress(Killed):
        machine.sync()
    machine.step = lambda name: None


def note(id: str = "n2222", **fields: Any) -> bytes:
    """A note, as its file."""
    return toml.dump(make_note(id=id, **{"text": "Common.", **fields}))


def pair(**files: bytes) -> tuple[Machine, Machine]:
    """Two machines that have synced two notes."""
    remote = Remote()
    a, b = Machine("a", remote), Machine("b", remote)
    a.change({NOTE: note(), OTHER: note("n3333")})
    a.sync()
    b.sync()
    return a, b


def settle(*machines: Machine) -> None:
    """Sync all machines until they hold the same; another sync is no operation and no commit."""
    for _ in range(3):
        for machine in machines:
            machine.sync()
    before = machines[0].repository.remote.tip, [len(machine.log) for machine in machines]
    for machine in machines:
        assert machine.folder == machines[0].folder
        report = machine.sync()
        assert not (report.received.count or report.sent.count or report.merged)
    assert (machines[0].repository.remote.tip, [len(machine.log) for machine in machines]) == before


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_a_sync_that_is_killed_is_taken_up_by_the_next(step: str, behind: bool) -> None:
    """Nothing is lost or doubled, and what was changed since is no conflict with what was sent."""
    a, b = pair()
    b.change({NOTE: note(text="Common. From b."), OTHER: None})
    b.sync()
    a.change({NOTE: note(text="Common.", notes="From a.")})

    killed(a, f"after {step}" if behind else step)
    assert set(a.folder) - {NOTE, "journal.toml"} in (set(), {OTHER})  # the operation is whole, or nothing changed
    a.change({NOTE: (a.folder[NOTE] or b"").replace(b"From a.", b"From a again.")})
    report = a.sync()

    assert not report.conflicts
    settle(a, b)
    text = (b.folder[NOTE] or b"").decode()
    assert text.count("From b.") == 1 and "From a again." in text and "From a." not in text
    assert OTHER not in b.folder


@pytest.mark.parametrize("step", STEPS)
def test_two_machines_that_are_killed_at_once_lose_nothing(step: str) -> None:
    """Both wrote into one note, and both are killed at the same step."""
    a, b = pair()
    for machine in (a, b):
        machine.change(
            {NOTE: note(text=f"Common. From {machine.name}."), f"notes/n444{machine.name[0] * 1}x.toml": None}
        )
        machine.change({f"goals/g222{'23'[machine is b]}.toml": toml.dump(make_goal(id=f"g222{'23'[machine is b]}"))})
    killed(a, step)
    b.step = lambda name: None
    killed(b, f"after {step}")

    settle(a, b)

    text = (a.folder[NOTE] or b"").decode()
    assert (text.count("From a."), text.count("From b."), text.count("Common.")) == (1, 1, 1)
    assert {"goals/g2222.toml", "goals/g2223.toml"} <= set(a.folder)


def test_a_faster_machine_is_merged_and_then_the_push_goes_on() -> None:
    """Between fetch and push another machine sends: its work comes first, and both are told as one sync."""
    a, b = pair()
    a.change({NOTE: note(notes="From a.")})
    b.change({OTHER: note("n3333", notes="From b.")})
    raced = _before(a, "push", lambda: b.sync())

    report = a.sync()

    assert raced == ["push", "push"]
    assert (report.received.changed, report.sent.changed) == (("n3333",), ("n2222",))
    settle(a, b)


def test_machines_that_are_always_faster_end_in_an_error() -> None:
    """After eight tries it gives up; all local work is saved, and the next sync sends it."""
    a, b = pair()
    a.change({NOTE: note(notes="From a.")})
    numbers = iter(range(100))

    def faster() -> None:
        b.change({OTHER: note("n3333", notes=f"From b {next(numbers)}.")})
        b.sync()

    tries = _before(a, "push", faster, every=True)
    with pytest.raises(Busy) as gave_up:
        a.sync()
    assert (gave_up.value.exit_code, len(tries)) == (4, 8)
    assert b"From a." in (a.folder[NOTE] or b"") and b"From b 7." not in (a.folder[OTHER] or b"")
    a.step = lambda name: None
    assert a.sync().sent.changed == ("n2222",)
    settle(a, b)


def _before(machine: Machine, step: str, then: Callable[[], object], *, every: bool = False) -> list[str]:
    """Do something before a step of a machine's sync, the first time or every time; return the steps so far."""
    seen: list[str] = []

    def before(name: str) -> None:
        if name == step:
            seen.append(name)
            if every or len(seen) == 1:
                then()

    machine.step = before
    return seen


def test_a_push_that_nobody_answered_makes_no_conflict() -> None:
    """It arrived, and we changed the same sentence again: that is one edit after the other."""
    a, b = pair()
    a.change({NOTE: note(text="First try of a.")})
    killed(a, "after push")
    assert b.sync().received.changed == ("n2222",)
    b.change({OTHER: note("n3333", notes="From b.")})
    b.sync()
    a.change({NOTE: note(text="Second try of a.")})

    report = a.sync()

    assert (report.merged, report.conflicts, report.sent.changed) == ((), (), ("n2222",))
    assert b"First" not in (a.folder[NOTE] or b"")
    settle(a, b)


def test_a_machine_without_a_log_deletes_nothing() -> None:
    """Its state is not believed, as a backup may have come back: both sides are put together."""
    a, b = pair()
    a.log.clear()
    del a.folder[NOTE]
    report = a.sync()
    assert (report.received.new, report.sent.deleted) == (("n2222",), ())
    settle(a, b)


def test_a_log_of_another_state_is_believed_before_the_state() -> None:
    """The folder came back from a backup with its log: its own last sync counts, not the newer state."""
    a, b = pair()
    b.change({OTHER: note("n3333", notes="Once.")})
    b.sync()
    a.sync()
    kept = dict(a.folder), list(a.log)
    b.change({NOTE: note(notes="Later.")})
    b.sync()
    a.sync()
    a.change({OTHER: None})
    a.sync()
    a.folder, a.log = dict(kept[0]), list(kept[1])

    report = a.sync()

    assert report.received.changed == ("n2222",) and not report.merged
    settle(a, b)
    assert b"Later." in (a.folder[NOTE] or b"")
