"""What must be true of a journal after anything that may happen to it while a command runs."""

from __future__ import annotations

import os
from typing import NamedTuple

from faults import autumn
from faults.flows import Flow
from faults.stage import HIDDEN, Ended, Stage, Tree, is_journal, records_of
from mentorlog.errors import Forgotten, MentorlogError
from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import undo
from mentorlog.store.oplog.log import Log

RECORDED = f"{HIDDEN}operations/"


class Play(NamedTuple):
    """A workflow on its stage: the files before it, its records before and after, and what was judged so far.

    `index` is the index of the files before it.
    """

    flow: Flow
    before: Tree
    old: Tree
    new: Tree
    verdicts: dict[frozenset[tuple[str, bytes]], tuple[Tree, list[str]]]
    index: bytes

    def run(self, stage: Stage, seed: int = 1) -> Ended:
        """Run the workflow's command."""
        return stage.run(*self.flow.argv, stdin=self.flow.stdin, seed=seed)


def prepared(stage: Stage, flow: Flow, beginning: Tree) -> Play:
    """Put the workflow on the stage: what it needs before it, and what it makes of it where nothing fails."""
    if flow.sent:
        stage.restore(beginning)
        _all(stage, flow.sent)
        flow = flow._replace(stdin=stage.run("export", "json").out)
    stage.restore({} if flow.fresh else beginning)
    _all(stage, flow.before)
    if flow.copied:
        stage.restore({**stage.tree(), flow.copied.replace(".toml", " (copy).toml"): beginning[flow.copied]})
    if flow.edited:
        (stage.folder / "edited").write_bytes(beginning[flow.edited] + b"# by hand\n")
        os.environ["EDITOR"] = f"cp {stage.folder}/edited"
    before = stage.tree()
    index = b"" if flow.fresh else stage.index()
    ended = stage.run(*flow.argv, stdin=flow.stdin)
    assert ended.exit == 0, ended
    new = records_of(stage.tree())
    assert new != records_of(before), f"{flow.name} changed nothing"
    return Play(flow, before, records_of(before), new, {}, index)


def _all(stage: Stage, commands: tuple[tuple[str, ...], ...]) -> None:
    for seed, argv in enumerate(commands, 7):
        ended = stage.run(*argv, seed=seed)
        assert ended.exit == 0, ended


def put_index(stage: Stage, play: Play, number: int) -> None:
    """Put an index beside the files: mostly that of the files before, else what a case before has left, or none."""
    if number % 50 == 0:
        stage.forget_index()
    elif number % 8 and play.index:
        stage.put_index(play.index)


def beginning(stage: Stage) -> Tree:
    """Write the journal of the autumn on the stage and return its files."""
    autumn.write(stage.root)
    return stage.tree()


def judge(stage: Stage, play: Play, ended: Ended, *, again: bool = True) -> list[str]:
    """Return what is wrong with the journal as it lies on the stage, after a run of the play that ended so.

    `again`: where nothing came of the command, it is run again and must succeed.
    """
    checkup = play.flow.name == "doctor"  # it tells what it finds, and exits 3 for that
    wrong = [] if checkup else _words(ended)
    tree = stage.tree()
    if not is_journal(tree):
        if not play.flow.fresh or ended.acknowledged:
            return [*wrong, "the journal is gone"]
        return wrong + _goes_on(stage, play, {})
    told = stage.told()
    key = frozenset(tree.items())
    if key not in play.verdicts:
        play.verdicts[key] = _recovered(stage, play, again)
    after, complaints = play.verdicts[key]
    wrong += complaints
    if (after in (play.old, play.new) or _begun(play, after)) and told != stage.scanned(after):
        wrong.append("a reader was told something else than the files say")
    if ended.acknowledged and after != play.new:
        wrong.append("acknowledged and lost")
    if ended.exit and after == play.new and not checkup and "saved" not in ended.err:
        wrong.append("failed, but the change is there, and nothing was said of it")
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


def _recovered(stage: Stage, play: Play, again: bool) -> tuple[Tree, list[str]]:
    """Open the journal as the next change does; return its records then, and what is wrong with them."""
    wrong: list[str] = []
    journal = stage.journal()
    try:
        journal.change("look", lambda transaction: None)
    except MentorlogError as error:
        wrong.append(f"the next change was refused: {error}")
    tree = stage.tree()
    after = records_of(tree)
    if after not in (play.old, play.new) and not _begun(play, after):
        differing = sorted(path for path in {*after, *play.new} if after.get(path) != play.new.get(path))
        wrong.append(f"neither old nor new: {', '.join(differing)}")
        return after, wrong
    if not wrong and stage.told(journal) != stage.scanned(after):
        wrong.append("after the recovery the index differs from the files")
    if f"{HIDDEN}pending.json" in tree or any(path.startswith(f"{HIDDEN}conflicts/") for path in tree):
        wrong.append("the recovery left something behind")
    operations = sum(path.startswith(RECORDED) and not files.is_staged(path.rpartition("/")[2]) for path in tree)
    expected = sum(path.startswith(RECORDED) for path in play.before) + (after == play.new)
    if operations != expected:
        wrong.append(f"{operations} operations in the log, not {expected}")
    return after, wrong + (_goes_on(stage, play, after) if again or after == play.new else [])


def _begun(play: Play, after: Tree) -> bool:
    """An empty journal is as good as none."""
    return play.flow.fresh and all(play.new.get(path) == data for path, data in after.items())


def _gone(stage: Stage, words: bytes) -> list[str]:
    """Words that were forgotten are nowhere in the journal, and undo says that there is no way back."""
    wrong = [f"{path} holds what was forgotten" for path, data in stage.tree().items() if words in data]
    try:
        stage.journal().undo()
    except Forgotten:
        return wrong
    return [*wrong, "undo went past what was forgotten"]


def _goes_on(stage: Stage, play: Play, after: Tree) -> list[str]:
    """The same change can be made now where it was not, and taken back where it was."""
    if after == play.new and play.flow.name == "forget":
        return _gone(stage, b"Write the methods first")
    if after == play.new:
        log = Log(Layout(stage.root))
        try:
            plan = undo.redo(log.history) if play.flow.name == "undo" else undo.undo(log.history)
        except MentorlogError as error:
            return [f"it cannot be taken back: {error}"]
        back = {change.path: change.after for change in plan.changes}
        return [] if all(play.old.get(path) == data for path, data in back.items()) else ["undo gives other bytes"]
    again = play.run(stage, seed=3)
    if again.exit != 0:
        return [f"made again, it fails: {again.err.strip()}"]
    return [] if records_of(stage.tree()) == play.new else ["made again, it gives something else"]
