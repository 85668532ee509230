"""The verification of a journal: what each file and operation is, and what to do about it. It changes no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote

from mentorlog.domain.reports import FileState, Finding, OperationFlaw, Verified
from mentorlog.errors import DiskFailure, Unreadable
from mentorlog.store import layout
from mentorlog.store.checkup import damage, own_files, records, states
from mentorlog.store.checkup.damage import BitSearch
from mentorlog.store.checkup.earlier import BACKUP
from mentorlog.store.checkup.verification import Verification, is_rubbish
from mentorlog.store.disk import files
from mentorlog.store.drafts import Drafts
from mentorlog.store.index.soundness import Inspection, Soundness
from mentorlog.store.layout import CONFLICTS, DRAFTS, INDEX, JOURNAL, KINDS, OPERATIONS, PRIVATE, id_of, shown
from mentorlog.store.oplog import chain
from mentorlog.store.oplog.history import History
from mentorlog.store.oplog.operation import LIMIT
from mentorlog.store.seen import Seen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.snapshot import Progress

_MOST_HASHED = 256 << 20
"""The bytes that the search for one wrong bit in files which can be read hashes at most: a second."""
_LONGEST = 30


def verify(root: Path, history: History, seen: Seen, progress: Progress = None) -> Verified:
    """Read every byte that the log vouches for, and return what each file and operation is."""
    if files.look(root) is None:
        return _result((), Verification(root, history), ())
    done = Verification(root, history, progress)
    if not done.closed.keys().isdisjoint((PRIVATE, OPERATIONS)):  # without the log nothing is known
        return _result(own_files.places(root, done.closed), done, ())
    inspection = Inspection(root)
    done.run()
    index = inspection.result(done.hashes())
    found = [_rotten(one) if shown(one.path) in index.silent else one for one in done.states()]
    result = _result([*_findings(done, found, index), *own_files.missing(history, seen)], done, found)
    return result.but(backup=_backup(root, seen))


def _result(findings: Iterable[Finding], done: Verification, found: Collection[FileState]) -> Verified:
    counts = Counter(one.state for one in found)
    counts[states.AS_LEFT] += len(done.as_left)
    read = [*done.as_left, *(one.path for one in found if one.state in states.READ)]
    return Verified(
        findings=tuple(sorted(findings, key=lambda one: (one.level != "error", one.category))),
        records=sum(path.partition("/")[0] in KINDS and not done.copied(path) for path in read),
        counts={state: counts[state] for state in states.STATES},
        files=tuple(one.but(path=shown(one.path)) for one in found if one.state != states.AS_LEFT),
        operations=done.operations,
        flaws=tuple(map(_flaw, done.flaws)),
        bytes=done.bytes + sum(one.size for one in done.found.values()),
        first=done.first,
    )


def _backup(root: Path, seen: Seen) -> tuple[str, str, str] | None:
    """Return the last backup that was made here, if its file is still there, and the command that restores it."""
    backup = seen.backup()
    with suppress(DiskFailure):
        if backup is not None and files.look(Path(backup.path)) is not None:
            beside = root.with_name(f"{root.name}-restored")
            return backup.path, backup.at, f"mentorlog backup restore {quote(backup.path)} {quote(str(beside))}"
    return None


def _rotten(one: FileState) -> FileState:
    """Return the state of a file that holds other bytes than the index has read, though its stamp is the same."""
    if one.state not in (states.CHANGED, states.ROLLED_BACK, states.UNKNOWN):
        return one
    return one.but(state=states.DAMAGED, message=damage.ROTTEN)


# What is not well


def _findings(done: Verification, found: Iterable[FileState], index: Soundness) -> Iterator[Finding]:
    """Yield what is not well: in the files, in the log, in the index, and in what is in the place of any."""
    yield from own_files.places(done.root, done.closed)
    if done.is_interrupted():
        yield from own_files.unfinished(done.history)
    for flaw in done.flaws:
        yield own_files.flaw(flaw, done.root)
    for stranger in own_files.strange_operations(done.history):
        yield stranger.but(level="warning")
    journal = done.found.get(JOURNAL)
    if journal is not None and journal.wrong is not None:
        yield records.unreadable(journal.wrong, done.root)
    restorable = done.restorable(one.path for one in found if one.state == states.DAMAGED)
    bits = BitSearch(_MOST_HASHED)
    for one in found:
        yield from _finding(done, one, restorable.get(one.path), bits)
    if index.message and not index.heals:
        yield Finding("error", "index", INDEX, None, index.message, "run: mentorlog doctor --fix", True)
    yield from _unsaved(done)


def _finding(done: Verification, one: FileState, is_exact: bool | None, bits: BitSearch) -> Iterator[Finding]:
    """Yield what to say of a file that is not as the log left it; an edit by hand is nothing to mention."""
    path, found = shown(one.path), done.found[one.path]
    if original := done.copied(one.path):
        remedy = "see what to do with: mentorlog doctor"
        yield Finding("warning", "copy", path, None, f"a copy of {shown(original)} made by a sync program", remedy)
    elif found.wrong is not None:
        finding = records.unreadable(found.wrong, done.root, is_exact).but(category=one.state)
        if one.state == states.DAMAGED and is_exact is None and "backup" not in finding.remedy:
            finding = finding.but(remedy=finding.remedy + BACKUP)
        yield finding
    elif one.state == states.DAMAGED:
        remedy = f"restore it from a backup, or repair it with: {_editing(one.path)}"
        remedy = "restore it exactly with: mentorlog doctor --fix" if is_exact else remedy
        line, words = _bit(done, one, bits) or (None, "")
        yield Finding("error", one.state, path, line, one.message + words, remedy)
    elif one.state == states.ROLLED_BACK:
        remedy = "if you did not restore it, restore the newer version from a backup"
        if done.past(one.path).after is None:
            remedy = f"if you did not restore it, delete it with: mentorlog delete {shown(id_of(one.path))}"
        yield Finding("warning", one.state, path, None, one.message, remedy)
    elif one.state == states.MISSING:
        remedy = "if you did not delete it, restore it from a backup"
        yield Finding("warning", one.state, path, None, one.message, remedy)
    elif one.state == states.CHANGED and (wrong := _bit(done, one, bits)):
        message = f"only one bit is not as change {one.change} left it{wrong[1]}"
        remedy = f"if you did not change it, correct it with: {_editing(one.path)}"
        yield Finding("warning", one.state, path, wrong[0], message, remedy)


def _bit(done: Verification, one: FileState, bits: BitSearch) -> tuple[int, str] | None:
    """Return the line of the one bit in which a readable file differs from what was left, and what was there."""
    data = None
    with suppress(Unreadable):
        data = done.history.present(one.path)
    past = done.known.pasts.get(one.path)
    whole = bits.corrected(one.path, data, past.after) if data and past else None
    if data is None or whole is None:
        return None
    at = next(place for place, pair in enumerate(zip(data, whole, strict=True)) if pair[0] != pair[1])
    now, before = (_word(text, at) for text in (data, whole))
    return data.count(b"\n", 0, at) + 1, f": “{now}” was “{before}”"


def _word(data: bytes, at: int) -> str:
    """Return the word at a place, made short."""
    start = max(data.rfind(mark, 0, at) for mark in (b" ", b"\n", b'"')) + 1
    ends = (data.find(mark, at + 1) for mark in (b" ", b"\n", b'"'))
    end = min((end for end in ends if end > at), default=len(data))
    return data[max(start, at - _LONGEST) : min(end, at + _LONGEST)].decode("utf-8", "replace")


def _editing(path: str) -> str:
    name = layout.template_at(path)
    return f"mentorlog template edit {name}" if name else f"mentorlog edit {shown(id_of(path))}"


def _unsaved(done: Verification) -> Iterator[Finding]:
    """Yield the drafts and the saved copies that cannot be read, or hold what no editor writes."""
    for folder in (DRAFTS, CONFLICTS):
        if folder in done.closed or not files.is_folder(done.root / folder):
            continue
        for name in Drafts(done.root / folder).list():
            path = f"{folder}/{name}"
            try:
                data = files.content(done.root / path, LIMIT, shown(path)) or b""
            except Unreadable as wrong:
                yield Finding("error", "unreadable", shown(path), None, wrong.message, "move it elsewhere")
                continue
            done.bytes += len(data)
            if folder == DRAFTS and is_rubbish(data):  # a copy may be that of a damaged file
                remedy = "copy what you need from it, then delete it"
                yield Finding("error", states.DAMAGED, shown(path), None, "it holds NUL characters", remedy)


def _flaw(flaw: chain.Flaw) -> OperationFlaw:
    name = flaw.error.path.rpartition("/")[2]
    return OperationFlaw(layout.operation_number(name), shown(flaw.error.path), flaw.error.message, flaw.is_damage)
