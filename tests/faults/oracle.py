"""What must be true of a journal after anything that may happen to it while a command runs."""

from __future__ import annotations

import os
from typing import NamedTuple

from faults import sample_journal
from faults.flows import Flow
from faults.harness import HIDDEN, Ended, Harness, Tree, is_journal, records_of, seeded
from mentorlog.errors import Forgotten, MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Sync

RECORDED = f"{HIDDEN}operations/"


class Case(NamedTuple):
    """A workflow that is ready to run: the files before it, its records before and after, and the verdicts so far.

    `index` is the index of the files before it, `seen` what the machine had recorded of them.
    """

    flow: Flow
    before: Tree
    old: Tree
    new: Tree
    verdicts: dict[frozenset[tuple[str, bytes]], tuple[Tree, list[str]]]
    index: bytes
    seen: bytes | None

    def run(self, harness: Harness, seed: int = 1) -> Ended:
        """Run the workflow's command."""
        return harness.run(*self.flow.argv, stdin=self.flow.stdin, seed=seed)


def prepared(harness: Harness, flow: Flow, beginning: Tree) -> Case:
    """Make a workflow ready to run: what it needs before it, and what it leaves where nothing fails."""
    if flow.sent:
        harness.restore(beginning)
        _all(harness, flow.sent)
        flow = flow._replace(stdin=harness.run("export", "json").out)
    harness.restore({} if flow.fresh else beginning)
    _all(harness, flow.before)
    if flow.came:
        _came(harness, flow.came)
    if flow.copied:
        harness.restore({**harness.tree(), flow.copied.replace(".toml", " (copy).toml"): beginning[flow.copied]})
    if flow.edited:
        (harness.folder / "edited").write_bytes(beginning[flow.edited] + b"# by hand\n")
        os.environ["EDITOR"] = f"cp {harness.folder}/edited"
    if flow.damaged:
        whole = harness.tree()
        harness.restore({**whole, flow.damaged: _half(whole[flow.damaged])})
    before = harness.tree()
    index = b"" if flow.fresh else harness.index()
    seen = harness.recorded()
    ended = harness.run(*flow.argv, stdin=flow.stdin)
    assert ended.exit == 0, ended
    new = records_of(harness.tree())
    assert new != records_of(before), f"{flow.name} changed nothing"
    return Case(flow, before, records_of(before), new, {}, index, seen)


def _came(harness: Harness, path: str) -> None:
    """Let a sync change a record, after which it is changed here too."""
    journal, before = harness.journal(), (harness.root / path).read_bytes()
    after = before.replace(b"\ntitle = ", b'\ninstructions = "Short."\ntitle = ')
    with seeded(5), journal._locked():
        sync = Sync("1f" * 20, "git.example.org:journal.git", {})
        journal._commit("sync: 1 record came", [Change(path, before, after)], kind="sync", sync=sync)
    _all(harness, (("task", "start", path[6:11]),))


def _half(data: bytes) -> bytes:
    """Return what a disk leaves of a file that it did not write to its end: it cannot be read."""
    return data[: data.index(b"title") + 9]


def _all(harness: Harness, commands: tuple[tuple[str, ...], ...]) -> None:
    for seed, argv in enumerate(commands, 7):
        ended = harness.run(*argv, seed=seed)
        assert ended.exit == 0, ended


def put_index(harness: Harness, case: Case, number: int) -> None:
    """Put an index beside the files: mostly that of the files before, else what a case before has left, or none.

    What the machine had seen of them is put back too.
    """
    harness.put_seen(case.seen)
    if number % 50 == 0:
        harness.forget_index()
    elif number % 8 and case.index:
        harness.put_index(case.index)


def beginning(harness: Harness) -> Tree:
    """Write the sample journal in the harness and return its files."""
    sample_journal.write(harness.root)
    return harness.tree()


def find_violations(harness: Harness, case: Case, ended: Ended, *, again: bool = True) -> list[str]:
    """Return what is wrong with the journal as it lies in the harness, after a run of the case that ended so.

    `again`: where nothing came of the command, it is run again and must succeed.
    """
    checkup = case.flow.argv[0] == "doctor"  # it tells what it finds, and exits 3 for that
    wrong = [] if checkup else _words(ended)
    tree = harness.tree()
    if not is_journal(tree):
        if not case.flow.fresh or ended.acknowledged:
            return [*wrong, "the journal is gone"]
        return wrong + _goes_on(harness, case, {})
    wrong += _seen(harness, tree, ended)
    told = harness.index_answers()
    key = frozenset(tree.items())
    if key not in case.verdicts:
        case.verdicts[key] = _recovered(harness, case, again)
    after, complaints = case.verdicts[key]
    wrong += complaints
    if (after in (case.old, case.new) or _begun(case, after)) and told != harness.expected_answers(after):
        wrong.append("a reader was told something else than the files say")
    if ended.acknowledged and after != case.new:
        wrong.append("acknowledged and lost")
    if ended.exit and after == case.new and not checkup and "saved" not in ended.err:
        wrong.append("failed, but the change is there, and nothing was said of it")
    return wrong


def _seen(harness: Harness, tree: Tree, ended: Ended) -> list[str]:
    """What was recorded outside is never ahead of the log, nor is anybody alarmed."""
    head, wrong = harness.seen.head(), list[str]()
    last = max((int(path[-11:-5]) for path in tree if path.startswith(RECORDED) and path[-11:-5].isdigit()), default=0)
    if head is not None and head.number > last:
        wrong.append(f"operation {head.number} was recorded as seen, and the log ends with {last}")
    if "this machine" in ended.err:
        wrong.append(f"a false alarm: {ended.err.strip()}")
    return wrong


def _words(ended: Ended) -> list[str]:
    """A failure is a sentence and one of the statuses for failures of the disk or the journal."""
    if ended.exit in (None, 0):
        return []
    wrong = []
    if ended.exit not in (3, 4, 5) or ended.out:
        wrong.append(f"exit {ended.exit}: {ended.out}{ended.err.strip()}")
    if "Traceback" in ended.err or not any(line.startswith("error: ") for line in ended.err.splitlines()):
        wrong.append(f"not a sentence: {ended.err!r}")
    return wrong


def _recovered(harness: Harness, case: Case, again: bool) -> tuple[Tree, list[str]]:
    """Open the journal as the next change does; return its records then, and what is wrong with them."""
    wrong: list[str] = []
    journal = harness.journal()
    try:
        journal.change("look", lambda transaction: None)
    except MentorlogError as error:
        wrong.append(f"the next change was refused: {error}")
    tree = harness.tree()
    after = records_of(tree)
    if after not in (case.old, case.new) and not _begun(case, after):
        differing = sorted(path for path in {*after, *case.new} if after.get(path) != case.new.get(path))
        wrong.append(f"neither old nor new: {', '.join(differing)}")
        return after, wrong
    if not wrong and harness.index_answers(journal) != harness.expected_answers(after):
        wrong.append("after the recovery the index differs from the files")
    saved = [data for path, data in tree.items() if path.startswith(f"{HIDDEN}conflicts/")]
    expected_copies = [case.before[case.flow.damaged]] if case.flow.damaged else []
    if f"{HIDDEN}pending.json" in tree or saved not in ([], expected_copies):
        wrong.append("the recovery left something behind")
    if after == case.new and saved != expected_copies:
        wrong.append("the damaged text is not saved")
    operations = sum(path.startswith(RECORDED) and not files.is_staged(path.rpartition("/")[2]) for path in tree)
    expected = sum(path.startswith(RECORDED) for path in case.before) + (after == case.new)
    if operations != expected:
        wrong.append(f"{operations} operations in the log, not {expected}")
    return after, wrong + (_goes_on(harness, case, after) if again or after == case.new else [])


def _begun(case: Case, after: Tree) -> bool:
    """An empty journal is as good as none."""
    return case.flow.fresh and all(case.new.get(path) == data for path, data in after.items())


def _gone(harness: Harness, words: bytes) -> list[str]:
    """Words that were forgotten are nowhere in the journal, and undo says that there is no way back."""
    wrong = [f"{path} holds what was forgotten" for path, data in harness.tree().items() if words in data]
    try:
        harness.journal().undo()
    except Forgotten:
        return wrong
    return [*wrong, "undo went past what was forgotten"]


def _goes_on(harness: Harness, case: Case, after: Tree) -> list[str]:
    """The same change can be made now where it was not, and taken back where it was."""
    if after == case.new and case.flow.name == "forget":
        return _gone(harness, b"Write the methods first")
    if after == case.new:
        log = Log(Layout(harness.root))
        try:
            plan = undo.redo(log.history) if case.flow.name == "undo" else undo.undo(log.history)
        except MentorlogError as error:
            return [f"it cannot be taken back: {error}"]
        back = {change.path: change.after for change in plan.changes}
        return [] if all(case.old.get(path) == data for path, data in back.items()) else ["undo gives other bytes"]
    again = case.run(harness, seed=3)
    if again.exit != 0:
        return [f"made again, it fails: {again.err.strip()}"]
    return [] if records_of(harness.tree()) == case.new else ["made again, it gives something else"]
