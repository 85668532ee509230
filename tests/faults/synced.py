"""Commands that meet a remote: what must be true of the journal and the remote after anything that may happen.

The machine that is struck is in the harness; the remote, and what the machine knows of it, lie beside its journal.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from faults import decrypted
from faults.every_call import Tally, strike_at, struck_at
from faults.flows import Words
from faults.harness import Ended, Harness, Tree, is_journal, records_of
from faults.inject import Fault, injected
from faults.power import Disk
from faults.power_cuts import recording
from mentorlog.errors import MentorlogError
from mentorlog.store.keys import Key
from store.sync.exchanged import bare

BRANCH = "refs/heads/mentorlog"
PARTS = ("remote.git", "home/state/mentorlog/sync", "home/.config/mentorlog/keys")
"""What is put back beside the journal, below the folder of the harness."""
KEY = "key.txt"
"""The key of an encrypted remote, which the user brings to another machine."""
SETTLED = 16
"""After every so manieth case the other machine syncs too, and must have the same."""


class Flow(NamedTuple):
    """A command that meets the remote, and the commands that ran before it, here and on another machine."""

    name: str
    argv: Words
    here: tuple[Words, ...] = ()
    there: tuple[Words, ...] = ()
    fresh: bool = False  # no journal here yet
    twice: bool = False  # it sends twice
    encrypted: bool = False
    new_key: bool = False  # the key that was in use reads nothing afterwards


FIRST = ("sync", "--to", "remote.git", "--plain")
ENCRYPTED = (*FIRST[:3], "--encrypt")
CHANGED_THERE = (
    ("goal", "progress", "g7k3q", "40"),
    ("set", "osler", "phone=555 0199"),
    ("note", "add", "A quiet week."),
    ("delete", "t9k2m", "--yes"),
    ("sync",),
)
CHANGED_HERE = (("task", "start", "t4m2x"), ("set", "osler", "email=osler@example.org"), ("delete", "n2b3c", "--yes"))
FLOWS = [
    Flow("sync", ("sync",), here=CHANGED_HERE, there=CHANGED_THERE),
    Flow("sync --to", (*FIRST, "--join"), here=CHANGED_HERE),
    Flow("sync --forget", ("sync", "--forget", "--yes"), here=(("forget", "n6h7j", "--yes"),), twice=True),
    Flow("sync, encrypted", ("sync",), here=CHANGED_HERE, there=CHANGED_THERE, encrypted=True),
    Flow("key new", ("key", "new"), here=CHANGED_HERE, there=CHANGED_THERE, encrypted=True, new_key=True),
    Flow("init --from", ("init", "journal", "--from", "remote.git"), fresh=True),
    Flow(
        "init --from, encrypted",
        ("init", "journal", "--from", "remote.git", "--key", "key.txt"),
        fresh=True,
        encrypted=True,
    ),
]
BY_NAME = {flow.name: flow for flow in FLOWS}


class Case(NamedTuple):
    """A command ready to run: the journal before it, its records before and after, the remote before and after."""

    flow: Flow
    before: Tree
    old: Tree
    new: Tree
    remote: str
    sent: str
    index: bytes

    def run(self, harness: Harness, seed: int = 1) -> Ended:
        """Run the command."""
        return run(harness, self.flow.argv, seed)

    def restore(self, harness: Harness) -> None:
        """Put the journal back, with an index of it, the remote, and what is known of it here."""
        harness.restore(self.before)
        shutil.rmtree(harness.folder / "home" / ".config", ignore_errors=True)  # the journal that was remembered
        if self.index:
            harness.put_index(self.index)
        _copy(harness.folder / "kept", harness.folder)


def run(harness: Harness, words: Words, seed: int = 1) -> Ended:
    """Run a command, with the paths of the journal and the remote for their names."""
    paths = {"journal": harness.root, **{name: harness.folder / name for name in ("remote.git", KEY)}}
    return harness.run(*(str(paths.get(word, word)) for word in words), seed=seed)


@contextmanager
def elsewhere(harness: Harness) -> Iterator[Harness]:
    """Be on the other machine, which has a journal and a home of its own."""
    folder = harness.folder / "there"
    kept = dict(os.environ)
    other = Harness(folder)
    os.environ.update(
        HOME=str(folder / "home"),
        XDG_STATE_HOME=str(folder / "home/state"),
        XDG_CONFIG_HOME=str(folder / "home/.config"),
        MENTORLOG_JOURNAL=str(other.root),
    )
    try:
        yield other
    finally:
        os.environ.clear()
        os.environ.update(kept)


def prepared(harness: Harness, flow: Flow, beginning: Tree) -> Case:
    """Make a command ready to run, and run it once where nothing fails."""
    for name in (*PARTS, "kept", "there"):
        shutil.rmtree(harness.folder / name, ignore_errors=True)
    (harness.folder / KEY).unlink(missing_ok=True)
    remote = bare(harness.folder / "remote.git")
    harness.restore(beginning)
    is_first = flow.argv[:2] == FIRST[:2]
    if not is_first:
        _done(harness, (ENCRYPTED if flow.encrypted else FIRST,))
        key = shutil.copy(_key_file(harness), harness.folder / KEY) if flow.encrypted else None
        (harness.folder / "there" / "home" / "state").mkdir(parents=True)
        with elsewhere(harness) as other:
            ended = other.run("init", str(other.root), "--from", str(remote), *(("--key", str(key)) if key else ()))
            assert ended.exit == 0, ended
            _done(other, flow.there, 17)
    _done(harness, flow.here, 27)
    if flow.fresh:
        harness.restore({})
        for name in PARTS[1:]:
            shutil.rmtree(harness.folder / name, ignore_errors=True)
    _copy(harness.folder, harness.folder / "kept")
    before = harness.tree()
    index = b"" if flow.fresh else harness.index()
    old = held(harness, flow)
    ended = run(harness, flow.argv)
    assert ended.exit == 0, ended
    return Case(flow, before, records_of(before), records_of(harness.tree()), old, held(harness, flow), index)


def _done(harness: Harness, commands: Iterable[Words], seed: int = 7) -> None:
    for number, words in enumerate(commands, seed):
        ended = run(harness, words, number)
        assert ended.exit == 0, (words, ended)


def _copy(source: Path, target: Path) -> None:
    for name in PARTS:
        shutil.rmtree(target / name, ignore_errors=True)
        if (source / name).is_dir():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source / name, target / name)


def held(harness: Harness, flow: Flow) -> str:
    """Return what tells apart what the remote holds: its tree, decrypted if it is encrypted; empty without a commit."""
    kind = "commit" if flow.encrypted else "tree"
    words = ["git", f"--git-dir={harness.folder}/remote.git", "rev-parse", "-q", "--verify", f"{BRANCH}^{{{kind}}}"]
    found = subprocess.run(words, capture_output=True, check=False, text=True).stdout.strip()
    return decrypted.held(harness.folder / "remote.git", found, _keys(harness))[0] if flow.encrypted else found


def _keys(harness: Harness) -> list[Key]:
    """Return the keys of this machine, the one in use first; one that has none yet has that which it was brought."""
    return decrypted.keys_in(harness.folder / PARTS[2]) or decrypted.keys_in(harness.folder)


def _key_file(harness: Harness) -> Path:
    """Return the file of the key that this machine uses."""
    (path,) = (harness.folder / PARTS[2]).glob("????????????????.txt")
    return path


def strike(
    harness: Harness, case: Case, faults: Iterable[Fault], *, every: int = 1, first: int = 0, most: int = 0
) -> Tally:
    """Do each fault at every so manieth call of the command; `most`: stop after so many violations."""
    case.restore(harness)
    with injected() as faulty:
        case.run(harness)
    count = iter(range(1, 1_000_000))

    def judge(ended: Ended, call: str) -> list[str]:
        return find_violations(harness, case, ended, thorough=next(count) % SETTLED == 0)

    places = ((fault, at) for fault in faults for at in struck_at(faulty.log, fault)[first::every])
    run_it = partial(case.run, harness)
    return strike_at(case.flow.name, places, lambda at: case.restore(harness), run_it, judge, lasting=False, most=most)


def cut(harness: Harness, case: Case, *, every: int = 1) -> Tally:
    """Open every so manieth state of the journal that a power cut during the command may leave.

    The remote, and what is known of it, are as before: nothing is sent or recorded until the change is durable.
    """
    start = time.perf_counter()
    case.restore(harness)
    with recording(harness, Disk(case.before, harness.folders())) as recorder:
        assert case.run(harness).exit == 0
        recorder.collect("the end")
    cuts, violations = [*recorder.cuts.values()][::every], list[str]()
    for one in cuts:
        case.restore(harness)
        harness.restore(one.tree)
        wrong = find_violations(harness, case, Ended(None, "", ""))
        violations += [f"{case.flow.name}: power cut after {one.event}: {said}" for said in wrong]
    return Tally(len(cuts), violations, time.perf_counter() - start)


def find_violations(harness: Harness, case: Case, ended: Ended, *, thorough: bool = False) -> list[str]:
    """Return what is wrong with the journal and the remote after a run that ended so; then all goes on."""
    wrong = _words(ended)
    tree, sent = harness.tree(), held(harness, case.flow)
    if is_journal(tree):
        try:
            harness.journal().change("look", lambda transaction: None)
        except MentorlogError as error:
            wrong.append(f"the next change was refused: {error}")
    records = records_of(harness.tree())
    begun = case.flow.fresh and all(case.new.get(path) == data for path, data in records.items())
    is_held = ended.exit == 3 and "Not synced: " in ended.err  # what could not be read stays, on both sides
    if is_held and any(
        records.get(path) not in (case.old.get(path), case.new.get(path)) for path in records | case.old
    ):
        wrong.append(f"neither old nor new: {_differing(records, case.new)}")
    if records not in (case.old, case.new) and not (begun or is_held):
        wrong.append(f"neither old nor new: {_differing(records, case.new)}")
    if sent not in (case.remote, case.sent) and not (is_held or case.flow.twice):
        wrong.append("the remote has another tree than before or after")
    if sent == case.sent != case.remote and records != case.new and not is_held:
        wrong.append("it was sent before it was applied")
    if ended.exit == 0 and (records, sent) != (case.new, case.sent):
        wrong.append("it ended well, and is not done")
    wrong += _goes_on(harness, case, is_held=is_held)
    return wrong + (_settled(harness, case) if thorough and not is_held else [])


def _words(ended: Ended) -> list[str]:
    """A failure is a sentence and one of the statuses for failures of the disk, the journal or the remote."""
    if ended.exit in (None, 0) or (ended.exit == 3 and "Not synced: " in ended.err):
        return []
    wrong = [] if ended.exit in (3, 4, 5, 130) else [f"exit {ended.exit}: {ended.out}{ended.err.strip()}"]
    if "Traceback" in ended.err or not any(line.startswith("error: ") for line in ended.err.splitlines()):
        wrong.append(f"not a sentence: {ended.err!r}")
    return wrong


def _differing(one: Tree, two: Tree) -> list[str]:
    return sorted(path for path in {*one, *two} if one.get(path) != two.get(path))


def _goes_on(harness: Harness, case: Case, *, is_held: bool) -> list[str]:
    """The next sync does what is left to do, with nothing to repair by hand; one more has nothing to do.

    A record that was held back while a new key ended the history may come back, though it was deleted elsewhere: its
    ancestor is gone, and nothing is taken for deleted without one.
    """
    again = case.run(harness, seed=3)
    if case.flow.fresh and again.exit == 1 and records_of(harness.tree()) == case.new:
        again = run(harness, ("sync",), 3)  # it was made already
    if again.exit != 0:
        return [f"run again, it fails: {again.err.strip()}"]
    records = records_of(harness.tree())
    if case.flow.new_key and not _has_new_key(harness):
        return ["the key that was in use still reads the remote"]
    came_back = {path for path in records if case.flow.new_key and is_held and path not in case.new}
    left = {path: data for path, data in records.items() if path not in came_back}
    if left != case.new or (held(harness, case.flow) != case.sent and not came_back):
        return [f"run again, it gives something else: {_differing(records, case.new)}"]
    last = harness.journal().history.last()
    quiet = run(harness, ("sync",), 4)
    wrong = [] if (quiet.exit, harness.journal().history.last()) == (0, last) else [f"no quiet: {quiet}"]
    folder = harness.folder / PARTS[1]
    left = [str(path) for path in folder.rglob("*") if path.name.endswith((".lock", ".new")) or "tmp_" in path.name]
    wrong += [f"left behind: {left}"] if left else []
    opened = [str(path) for path in (folder, *folder.glob("*")) if path.lstat().st_mode & 0o077]
    return wrong + ([f"others can read {opened}"] if opened else [])


def _has_new_key(harness: Harness) -> bool:
    """Return whether only the key that this machine uses now reads the remote."""
    used, *others = _keys(harness)
    words = ["git", f"--git-dir={harness.folder}/remote.git", "rev-parse", BRANCH]
    found = subprocess.run(words, capture_output=True, check=True, text=True).stdout.strip()
    read = [decrypted.held(harness.folder / "remote.git", found, ones)[1] for ones in ([used], others)]
    return bool(others) and read == [used, None]


def _settled(harness: Harness, case: Case) -> list[str]:
    """The other machine syncs, and has the same records then."""
    if not (harness.folder / "there").is_dir():
        return []
    kept = harness.folder / "there-kept"
    shutil.copytree(harness.folder / "there", kept)
    try:
        with elsewhere(harness) as other:
            if case.flow.encrypted:
                other.run("key", "import", str(_key_file(harness)), "--yes", seed=6)
            ended = other.run("sync", seed=5)
            records = records_of(other.tree())
    finally:
        shutil.rmtree(harness.folder / "there")
        kept.rename(harness.folder / "there")
    if ended.exit != 0 or records != case.new:
        return [f"the other machine has something else: {ended}, {_differing(records, case.new)}"]
    return []
