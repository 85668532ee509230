"""Undo and redo pass over syncs: what another machine wrote stays, and what is undone is exactly one's own."""

from __future__ import annotations

import itertools
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults.inject import injected, snapshot
from mentorlog.errors import ChangedSince, MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo as plans
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.merged_undo import Merged, key_of
from mentorlog.store.oplog.operation import Change, Operation, Sync
from mentorlog.store.oplog.undo import Plan

AT = "2027-01-03T10:00:00+01:00"
SYNC = Sync("1f" * 20, "git.example.org:journal.git", {})
A, B, C = "goals/g2222-a.toml", "tasks/t2222-b.toml", "mentors/osler.toml"
RENAMED = "goals/g2222-renamed.toml"
PATHS = (A, B, C)


def text(words: set[str]) -> bytes:
    """Return a record of these words; one that begins with `title ` is its title."""
    return "".join(f"{word}\n" for word in sorted(words)).encode()


def words_of(data: bytes | None) -> set[str]:
    """Return the words of a record."""
    return {*(data or b"").decode().split("\n")} - {""}


def title_of(words: set[str]) -> set[str]:
    """Return the title among the words."""
    return {word for word in words if word.startswith("title ")}


def merge(path: str, base: bytes, one: bytes, two: bytes) -> Merged | None:
    """Merge records of words: each is there or not; two new titles are a choice; another birth is another record."""
    was, ours, theirs = map(words_of, (base, one, two))
    if {word for word in was ^ ours if word.startswith("born ")}:
        return None
    merged = (ours | theirs - was) - (was - theirs)
    titles = title_of(was), title_of(ours), title_of(theirs)
    both = titles[0] != titles[1] != titles[2] != titles[0]
    return Merged(text(merged), ("title",) if both else ())


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """The log of a new journal."""
    return Log(Layout(tmp_path))


def change(log: Log, after: dict[str, str | None], kind: str = "do", sync: Sync | None = None) -> Operation:
    """Commit one operation that gives files these words, separated with commas."""
    changes = [
        Change(path, files.content(log.layout.root / path), None if words is None else text({*words.split(",")}))
        for path, words in after.items()
    ]
    return log.commit(kind, changes, AT, kind=kind, sync=sync).operation


def do(log: Log, **after: str | None) -> Operation:
    """Change records on this machine."""
    return change(log, {dict(zip("abc", PATHS, strict=True))[key]: words for key, words in after.items()})


def sync(log: Log, **after: str | None) -> Operation:
    """Let a sync bring changes."""
    after = {dict(zip("abcr", (*PATHS, RENAMED), strict=True))[key]: words for key, words in after.items()}
    return change(log, after, "sync", SYNC)


def commit(log: Log, plan: Plan, kind: str) -> Plan:
    """Commit a plan as the journal does, if there is something to do."""
    if not plan.unchanged:
        log.commit(kind, plan.changes, AT, kind=kind, undoes=plan.undoes)
    return plan


def undo(log: Log, steps: int = 1) -> Plan:
    """Undo as the journal does."""
    return commit(log, plans.undo(log.history, steps, merge), "undo")


def redo(log: Log, steps: int = 1) -> Plan:
    """Redo as the journal does."""
    return commit(log, plans.redo(log.history, steps, merge), "redo")


def revert(log: Log, number: int) -> Plan:
    """Undo one operation as the journal does."""
    return commit(log, plans.revert(log.history, number, merge), "revert")


def undo_sync(log: Log) -> Plan:
    """Undo the last sync as the journal does."""
    return commit(log, plans.revert_sync(log.history, merge), "revert")


def now(log: Log) -> dict[str, str]:
    """Return the words of each record, by its path."""
    return {path: ",".join(sorted(words_of(data))) for path, data in snapshot(log.layout.root).items()}


@contextmanager
def refused(log: Log, said: str) -> Iterator[None]:
    """Expect that something is refused with a sentence, and nothing changes."""
    before = snapshot(log.layout.root), log.history.last()
    with pytest.raises(ChangedSince) as caught:
        yield
    assert caught.value.sentence == said
    assert (snapshot(log.layout.root), log.history.last()) == before


def test_another_record_is_undone_as_ever(log: Log) -> None:
    """What a sync did to other records stays as it is; how many syncs were passed over is said."""
    do(log, a="one")
    sync(log, b="theirs")
    change(log, {}, "sync", SYNC)  # it only sent something
    sync(log, c="theirs too")

    assert (undo(log).passed, now(log)) == ((4, 2), {B: "theirs", C: "theirs too"})
    sync(log, b="theirs,more")
    assert (redo(log).passed, now(log)) == ((6,), {A: "one", B: "more,theirs", C: "theirs too"})
    assert undo(log).passed == (6, 4, 2)
    with pytest.raises(MentorlogError, match="nothing to undo") as caught:
        undo(log)
    assert caught.value.hint == "to undo the last sync: mentorlog undo --sync"


def test_the_same_record_is_merged(log: Log) -> None:
    """One's own words go and the sync's stay, over several changes and syncs; redo gives the bytes of before."""
    do(log, a="one")
    do(log, a="one,two,title mine")
    sync(log, a="one,two,title mine,theirs")
    do(log, a="one,two,title mine,theirs,three")
    sync(log, a="two,title mine,theirs,three,more")
    whole = now(log)

    assert undo(log, 2).merged == ("g2222",)
    assert now(log) == {A: "more,theirs"}
    redo(log)
    assert now(log) == {A: "more,theirs,title mine,two"}
    redo(log)
    assert now(log) == whole
    undo(log)
    undo(log)
    assert now(log) == {A: "more,theirs"}
    sync(log, a="more,theirs,last")
    assert redo(log, 2).merged == ("g2222",)
    assert now(log) == {A: whole[A].replace("more", "last,more")}


def test_one_change_is_merged_by_its_number(log: Log) -> None:
    """Only where nothing but syncs changed the record since; what was undone in between does not count."""
    do(log, a="one")
    do(log, a="one,two")
    sync(log, a="one,two,theirs")
    do(log, a="one,two,theirs,three")
    sync(log, a="one,two,theirs,three,more")

    with pytest.raises(MentorlogError, match="g2222 was changed later by change 4") as caught:
        revert(log, 2)
    assert caught.value.hint == "undo the later change first: mentorlog undo --no 4"
    revert(log, 4)
    assert now(log) == {A: "more,one,theirs,two"}
    revert(log, 2)
    assert now(log) == {A: "more,one,theirs"}
    assert revert(log, 2).unchanged == "Change 2 is already undone (by change 7); nothing changed."
    undo(log)
    assert now(log) == {A: "more,one,theirs,two"}


def test_a_choice_is_refused(log: Log) -> None:
    """Where both changed one thing, nothing is undone; the sync is named."""
    do(log, a="title old", b="one")
    do(log, a="title mine", b="two")
    sync(log, a="title theirs")

    with refused(log, "Change 2 cannot be undone: a sync has also changed the title of g2222 (change 3)."):
        undo(log)
    with refused(log, "Changes 2 and 1 cannot be undone: a sync has also changed the title of g2222 (change 3)."):
        undo(log, 2)
    sync(log, a="title mine")
    assert (undo(log).changes and now(log)) == {A: "title old", B: "one"}


def test_a_record_that_a_sync_deleted(log: Log) -> None:
    """A change of it cannot be undone, but its creation can: it is not there."""
    do(log, a="one")
    do(log, a="one,two")
    sync(log, a=None)

    with refused(log, "Change 2 cannot be undone: a sync has deleted g2222 (change 3)."):
        undo(log)
    assert (undo(log, 2).changes, now(log)) == ((), {})
    redo(log, 2)
    assert now(log) == {}


def test_a_record_that_a_sync_brought_back(log: Log) -> None:
    """Undoing the deletion leaves it as the sync brought it, also under another name; redoing it is refused."""
    for name in ("a", "r"):
        do(log, a="one")
        do(log, a=None)
        sync(log, **{name: "one,theirs"})
        number = log.history.last()
        undo(log)
        assert now(log) == {A if name == "a" else RENAMED: "one,theirs"}
        redo(log)
        assert now(log) == {A if name == "a" else RENAMED: "one,theirs"}
        undo(log)
        with refused(log, f"Change {number - 2} cannot be undone: a sync has changed g2222 since (change {number})."):
            undo(log)
        sync(log, **{name: None})


def test_a_record_that_a_sync_renamed(log: Log) -> None:
    """It is undone in the file where it is now; undoing the sync gives back the old name."""
    do(log, a="one")
    do(log, a="one,two")
    sync(log, a=None, r="one,two,theirs")
    change(log, {RENAMED: "one,two,theirs,three"})

    assert (undo(log, 2).merged, now(log)) == (("g2222",), {RENAMED: "one,theirs"})
    redo(log)
    assert now(log) == {RENAMED: "one,theirs,two"}
    assert (undo_sync(log).merged, now(log)) == ((), {A: "one,two"})
    undo(log)
    undo(log)
    assert now(log) == {RENAMED: "one,theirs"}
    assert (revert(log, 3).merged, now(log)) == (("g2222",), {A: "one"})


def test_another_record_with_the_same_id(log: Log) -> None:
    """Where a sync gave the id to another record, that one is not changed."""
    do(log, a="born here,one")
    do(log, a="born here,one,two")
    sync(log, a="born there,one")

    with refused(log, "Change 2 cannot be undone: a sync has given the id g2222 to another record (change 3)."):
        undo(log)


def test_a_change_by_hand_is_never_merged(log: Log) -> None:
    """The log does not know what it was, before the sync or after it."""
    for by_hand_first in (True, False):
        do(log, a="one")
        if by_hand_first:
            (log.layout.root / A).write_bytes(text({"by hand"}))
        sync(log, a="theirs")
        if not by_hand_first:
            (log.layout.root / A).write_bytes(text({"by hand"}))
        with refused(log, f"{A} has changed since; nothing was overwritten."):
            undo(log)
        if not by_hand_first:
            with refused(log, f"{A} has changed since; nothing was overwritten."):
                undo_sync(log)
        (log.layout.root / A).unlink()


def test_the_last_sync_is_undone(log: Log) -> None:
    """It is a change of one's own: undo and redo know it; a second time the sync before it is undone, then none."""
    do(log, a="one")
    sync(log, a="one,first", b="first")
    sync(log, a="one,first,second", c="second")
    change(log, {}, "sync", SYNC)
    do(log, a="one,first,second,mine")

    plan = undo_sync(log)
    assert (plan.undoes, plan.merged, now(log)) == ((3,), ("g2222",), {A: "first,mine,one", B: "first"})
    undo(log)
    assert now(log) == {A: "first,mine,one,second", B: "first", C: "second"}
    redo(log)
    assert (undo_sync(log).undoes, now(log)) == ((2,), {A: "mine,one"})
    with pytest.raises(MentorlogError, match="There is no sync to undo"):
        undo_sync(log)
    assert revert(log, 2).unchanged == "Change 2 is already undone (by change 9); nothing changed."
    assert undo(log, 3).changes  # both syncs are back, and one's own change is not
    assert now(log) == {A: "first,one,second", B: "first", C: "second"}
    assert undo_sync(log).undoes == (3,)


def test_a_sync_of_several_parts(log: Log) -> None:
    """They are undone together; those of a sync that was killed before its end are one of their own."""
    change(log, {A: "killed"}, "sync")
    do(log, a="killed,mine")
    change(log, {B: "part"}, "sync")
    change(log, {C: "part"}, "sync")
    change(log, {}, "sync", SYNC)

    assert (undo_sync(log).undoes, now(log)) == ((5, 4, 3), {A: "killed,mine"})
    with refused(log, "Change 1 cannot be undone: a later change has changed g2222 since (change 2)."):
        undo_sync(log)
    undo(log)
    assert undo(log).passed == (4, 3)
    assert now(log) == {A: "killed", B: "part", C: "part"}
    assert (undo_sync(log).undoes, undo_sync(log).undoes, now(log)) == ((5, 4, 3), (1,), {})
    undo(log, 2)
    assert now(log) == {A: "killed", B: "part", C: "part"}


def test_what_undo_sync_leaves(log: Log) -> None:
    """journal.toml stays: it says to which journal the remote belongs."""
    path = "journal.toml"
    change(log, {path: "mine", A: "one"})
    change(log, {path: "joined", A: "one,theirs"}, "sync", SYNC)

    revert(log, 2)
    assert now(log) == {path: "joined", A: "one"}
    undo(log)
    undo_sync(log)
    assert now(log) == {path: "joined", A: "one"}
    change(log, {path: "again"}, "sync", SYNC)
    with pytest.raises(MentorlogError, match="There is no sync to undo"):
        undo_sync(log)
    assert revert(log, 6).unchanged == "Change 6 changed no records; nothing changed."


def test_many_syncs_in_between(log: Log) -> None:
    """A hundred syncs are passed over like one."""
    with injected():
        do(log, a="one")
        do(log, a="one,mine", b="mine")
        for number in range(100):
            sync(log, a=",".join(["one", "mine", *map(str, range(number + 1))]))
        assert len(undo(log).passed) == 100
        assert now(log) == {A: ",".join(sorted(["one", *map(str, range(100))]))}
        redo(log)
        assert now(log) == {A: ",".join(sorted(["mine", "one", *map(str, range(100))])), B: "mine"}


EDITS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["do", "sync"]), st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=1)
        ),
        st.tuples(st.sampled_from(["undo", "redo"]), st.integers(1, 3)),
        st.tuples(st.just("revert"), st.integers(1, 20)),
        st.tuples(st.sampled_from(["undo sync", "rename", "by hand"]), st.none()),
    ),
    min_size=4,
    max_size=16,
)
State = dict[str, set[str]]


class Life:
    """A log, and the words of each record before and after each of its operations."""

    def __init__(self, folder: Path) -> None:
        self.log = Log(Layout(folder))
        self.states: dict[int, tuple[State, State]] = {}
        self.met: set[str] = set()
        self._words = itertools.count()

    @property
    def now(self) -> State:
        """The words of each record, by its key."""
        found = snapshot(self.log.layout.root)
        return {key_of(path): words_of(data) for path, data in found.items()}

    def step(self, kind: str, what: Any) -> None:
        """Do one thing; what is refused changes nothing, and what is undone is what its operations did, and no more."""
        before, whole, number = self.now, snapshot(self.log.layout.root), self.log.history.last()
        try:
            plan = self.recorded(lambda: self._do(kind, what))
        except MentorlogError as error:
            assert (snapshot(self.log.layout.root), self.log.history.last()) == (whole, number)
            self.met.add(
                re.sub(r"(change|Change|Changes|only) [0-9].*?(?=:| to|$)|[gt]2222|osler", "…", error.sentence)
            )
            return
        if plan is None or plan.unchanged:
            return
        self.check(plan, kind, before)
        self.met |= {f"{kind} merged"} if plan.merged else set()
        if kind == "undo":
            undone, count = snapshot(self.log.layout.root), len(plan.undoes)
            self.recorded(lambda: redo(self.log, count))
            assert snapshot(self.log.layout.root) == whole
            self.recorded(lambda: undo(self.log, count))
            assert snapshot(self.log.layout.root) == undone

    def recorded(self, work: Callable[[], Plan | None]) -> Plan | None:
        """Do something, and record what it did to the words."""
        before, number = self.now, self.log.history.last()
        plan = work()
        if self.log.history.last() > number:
            self.states[number + 1] = before, self.now
        return plan

    def _do(self, kind: str, what: Any) -> Plan | None:
        if kind in ("do", "sync"):
            paths = self.paths()
            after = {paths[key]: self.edited(paths[key], how) for key, how in what.items()}
            change(self.log, after, kind, SYNC if kind == "sync" else None)
        elif kind == "rename" and (path := self.paths()["a"]) in snapshot(self.log.layout.root):
            words = self.edited(path, 1)
            change(self.log, {path: None, (A if path == RENAMED else RENAMED): words}, "sync", SYNC)
        elif kind == "by hand":
            for path in list(snapshot(self.log.layout.root))[:1]:
                (self.log.layout.root / path).write_bytes(text({f"hand{next(self._words)}"}))
        elif kind in ("undo", "redo"):
            return (undo if kind == "undo" else redo)(self.log, what)
        elif kind == "revert":
            return revert(self.log, what)
        elif kind == "undo sync":
            return undo_sync(self.log)
        return None

    def paths(self) -> dict[str, str]:
        """The file in which each record is now, or would be created."""
        renamed = RENAMED in snapshot(self.log.layout.root)
        return {"a": RENAMED if renamed else A, "b": B, "c": C}

    def edited(self, path: str, how: int) -> str | None:
        """Return new words for a file: one more, one less, another title, or none at all."""
        words = words_of(files.content(self.log.layout.root / path))
        if how == 0:
            return None
        if how in (2, 3) and (plain := sorted(words - title_of(words))):
            words.discard(plain[0 if how == 2 else -1])
        if how == 4:
            words -= title_of(words)
            words.add(f"title {next(self._words)}")
        return ",".join({*words, f"w{next(self._words)}"})

    def check(self, plan: Plan, kind: str, before: State) -> None:
        """Nothing but what the operations of a plan did is undone, or done again."""
        added, removed = set[tuple[str, str]](), set[tuple[str, str]]()
        for number in plan.undoes:
            was, became = map(pairs, self.states[number])
            added |= became - was
            removed |= was - became
        gone, back = (removed, added) if kind == "redo" else (added, removed)
        old, new = pairs(before), pairs(self.now)
        assert old - new <= gone, "a word went that was none of theirs"
        assert new - old <= back, "a word came that was none of theirs"


def pairs(state: State) -> set[tuple[str, str]]:
    """Return each word with its record."""
    return {(key, word) for key, words in state.items() for word in words}


@given(STEPS)
def test_no_word_of_a_sync_is_lost(steps: list[tuple[str, Any]]) -> None:
    """Whatever was done here and on other machines: an undo is exactly that of its operations, or is refused whole."""
    live(steps)


def live(steps: Iterable[tuple[str, Any]]) -> set[str]:
    """Do these things in a new journal; return what was met on the way."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder, injected():
        life = Life(Path(folder))
        for kind, what in steps:
            life.step(kind, what)
        return life.met


@pytest.mark.slow
@pytest.mark.exhaustive
def test_every_short_history() -> None:
    """Every history of up to four things after a record was made and changed, and of five and six at random."""
    things = [
        *(("do", {"a": how}) for how in (0, 1, 2, 4)),
        *(("sync", {"a": how}) for how in (0, 1, 2, 4)),
        *(("undo", steps) for steps in (1, 2)),
        *(("redo", steps) for steps in (1, 2)),
        *(("revert", number) for number in (1, 2, 3)),
        ("undo sync", None),
        ("rename", None),
        ("by hand", None),
    ]
    start = [("do", {"a": 4, "b": 1}), ("do", {"a": 1})]
    chance = random.Random(14)
    histories = [list(rest) for length in (1, 2, 3) for rest in itertools.product(things, repeat=length)]
    histories += [chance.choices(things, k=length) for length in (4, 5, 6, 8, 12) for _ in range(1500)]
    met = Counter(said for rest in histories for said in live([*start, *rest]))

    print(len(histories), *(f"{count:6} {said}" for said, count in met.most_common()), sep="\n")
    for said in ("undo merged", "redo merged", "revert merged", "undo sync merged"):
        assert met[said] > 20, said
