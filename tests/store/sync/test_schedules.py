"""Whatever two to four machines do, no word is lost and all end alike; and a fault in any rule is seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import pytest

import sync_schedules
from figures import Counted
from mentorlog.domain.merging import records, sequences
from mentorlog.models.fields import class_of
from mentorlog.models.record import as_data
from mentorlog.store import layout
from mentorlog.store.format import document, merged, toml
from mentorlog.store.oplog.operation import Change
from mentorlog.store.sync import ancestor, decide, exchange, plan
from mentorlog.store.sync.state import Known, State
from sync_memory import Files, Machine, Remote

Patch = pytest.MonkeyPatch
MERGE = cast(dict[str, Any], Machine.sync.__kwdefaults__)
"""The merge that machines in memory use."""


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost(seed: int) -> None:
    """A few schedules: kills before every step, races, restores of backups, files that cannot be read."""
    assert sync_schedules.problems(seed) == []


@pytest.mark.slow
@pytest.mark.exhaustive
def test_nothing_is_lost_in_ten_thousand(counted: Counted) -> None:
    """10,000 schedules."""
    start = time.perf_counter()
    counts, found = sync_schedules.total(0, 10_000)
    counted("22 schedules", counts["schedules"], len(found), time.perf_counter() - start)

    assert found == []
    assert min(counts[name] for name in ("kills", "races", "restores", "merged", "conflicts", "renamed", "held")) > 100


# Faults


def unreadable_is_absent(patch: Patch) -> None:
    """A file that cannot be read is taken for deleted."""

    def readable(side: plan.Version | None) -> plan.Version | None:
        return None if side is None or plan.unreadable(side) else side

    def absent(threes: Collection[plan.Three], **rest: Any) -> plan.Plan:
        return real([one.but(here=readable(one.here), there=readable(one.there)) for one in threes], **rest)

    real = plan.plan
    patch.setattr(plan, "plan", absent)


def a_held_record_loses_its_ancestor(patch: Patch) -> None:
    """A record that was held back is compared with the newest ancestor, which it never followed from."""
    patch.setattr(decide.Decision, "_held", lambda *_: {})


def a_deletion_beats_an_edit(patch: Patch) -> None:
    """What one side deleted is deleted, whatever the other wrote."""

    def settle(result: plan.Plan, one: plan.Three, *rest: Any) -> None:
        gone = one.base is not None and (one.here is None or one.there is None)
        real(result, one.but(base=one.here or one.there) if gone else one, *rest)

    real = plan._settle
    patch.setattr(plan, "_settle", settle)


def the_ancestor_moves_before_the_files(patch: Patch) -> None:
    """What the remote has is recorded as the ancestor before the files are changed."""
    fetch, apply = Machine.fetch, exchange.Exchange._apply

    def fetched(self: Machine) -> str | None:
        self.tip = fetch(self)  # type: ignore[attr-defined]
        return self.tip  # type: ignore[attr-defined,no-any-return]

    def applied(self: exchange.Exchange, *rest: Any) -> exchange.Round:
        own: Any = self._own
        base = Known(own.tip, {}) if own.tip else None
        self._reached = lambda: own.write(State(base, own.last(), own.mark(own.last()) or "", "then"))
        return apply(self, *rest)

    patch.setattr(Machine, "fetch", fetched)
    patch.setattr(exchange.Exchange, "_apply", applied)


def the_later_side_wins(patch: Patch) -> None:
    """Of two versions the one that came last is taken whole."""
    patch.setitem(MERGE, "merge", lambda path, base, one, two: merged.MergedFile(two))


def a_push_is_forced(patch: Patch) -> None:
    """The branch of the remote is set to what is pushed last."""

    def push(self: Remote, commit: str, commits: Mapping[str, Any]) -> bool:
        self.commits |= commits
        self.tip = commit
        return True

    patch.setattr(Remote, "push", push)


def a_choice_is_dropped(patch: Patch) -> None:
    """The value that is not shown is kept nowhere."""

    def without(path: str, base: bytes | None, one: bytes, two: bytes) -> merged.MergedFile:
        result = merged.merged_file(path, base, one, two)
        data = as_data(document.checked(path, result.data), full=False)
        data.pop("conflicts", None)
        return merged.MergedFile(toml.dump(merged.exact.validated(class_of(layout.kind_of(path)), data)))

    patch.setitem(MERGE, "merge", without)


def the_longer_list_wins(patch: Patch) -> None:
    """Of two lists the one with more entries is taken."""

    def longer(self: Any, field: Any, name: str, sides: Sequence[list[Any]], at: str) -> list[Any]:
        return max(sides[1:], key=lambda side: (len(side), str(side)))

    patch.setattr(records._Merge, "entries", longer)


def one_of_two_lines_is_taken(patch: Patch) -> None:
    """Of what both wrote into one place only the greater one stays."""

    def combined(one: list[Any], two: list[Any], key: Any) -> tuple[list[Any], list[Any], list[Any]]:
        return max(one, two), [], []

    patch.setattr(sequences, "combined", combined)


def files_are_read_before_the_fetch(patch: Patch) -> None:
    """What is written while git fetches is not seen, and is overwritten."""
    fetch = Machine.fetch

    def fetched(self: Machine) -> str | None:
        self.early = Files(self.folder)  # type: ignore[attr-defined]
        return fetch(self)

    @contextmanager
    def opened(self: Machine) -> Iterator[Files]:
        yield self.early  # type: ignore[attr-defined]

    def log(self: Machine, changes: Sequence[Change], sync: Any) -> None:
        logged(self, [one.but(before=self.folder.get(one.path)) for one in changes], sync)

    logged = Machine._log
    patch.setattr(Machine, "fetch", fetched)
    patch.setattr(Machine, "opened", opened)
    patch.setattr(Machine, "_log", log)


def the_state_of_another_log_is_believed(patch: Patch) -> None:
    """What the last sync left counts, although a backup came back."""
    known = ancestor.known
    patch.setattr(ancestor, "known", lambda state, stands, logged: known(state, True, None if state else logged))


FAULTS = [
    *(unreadable_is_absent, a_held_record_loses_its_ancestor, a_deletion_beats_an_edit),
    *(the_ancestor_moves_before_the_files, the_later_side_wins, a_push_is_forced, a_choice_is_dropped),
    *(the_longer_list_wins, one_of_two_lines_is_taken, files_are_read_before_the_fetch),
    the_state_of_another_log_is_believed,
]


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_seen(fault: Callable[[Patch], None], monkeypatch: Patch) -> None:
    """A small change of one rule, and the same schedules find words that are lost, or a remote that went back."""
    fault(monkeypatch)
    first = next((found for found in map(sync_schedules.problems, range(60)) if found), [])

    assert first, "nothing was found in 60 schedules"
    assert {problem.partition(" on ")[0] for problem in first} <= {"lost", "the remote went back", "apart"}
    assert any("the remote went back" in one if fault is a_push_is_forced else "lost" in one for one in first)
