"""The files of a backup are those of one moment, whoever changes the journal meanwhile."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from faults import sample_journal
from faults.concurrent_writer import Interrupting
from faults.inject import KILL_AFTER, injected, installed
from faults.scenario import AT, GOAL, NEW, NOTE, OLD, TASK, changes, crashed
from mentorlog.errors import DiskFailure, NeedsDoctor, Reason
from mentorlog.store import snapshot
from mentorlog.store.backup.gather import Moment, moment
from mentorlog.store.disk import syscalls
from mentorlog.store.journal import Journal
from mentorlog.store.layout import OPERATIONS, Layout
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Forget

Fresh = Callable[[], Path]


def journal_at(root: Path) -> Journal:
    """Return the journal in a folder."""
    return Journal(root, now=datetime.fromisoformat(AT))


def seen(root: Path, *, with_log: bool = True) -> Moment:
    """Return the files of a journal at one moment."""
    return moment(journal_at(root), with_log=with_log)


def records(found: Moment) -> dict[str, bytes]:
    """Return the records among the files of a backup."""
    return {path: data for path, data in found.contents.items() if not path.startswith(OPERATIONS)}


def after(found: Moment) -> dict[str, str | None]:
    """Return the sha256 of each file as the operations in a backup left it."""
    shas: dict[str, str | None] = {}
    for path in sorted(path for path in found.contents if path.startswith(OPERATIONS)):
        for file in json.loads(found.contents[path])["files"]:
            shas[file["path"]] = file["after_sha"]
    return {path: sha for path, sha in shas.items() if sha}


def agree(found: Moment) -> bool:
    """Return whether the records of a backup are what the operations in it left."""
    from mentorlog.store.disk.files import fingerprint

    return after(found) == {path: fingerprint(data) for path, data in records(found).items()}


def test_the_last_operation_names_the_moment(fresh: Fresh) -> None:
    """Its number, its time and its link are in the manifest, also without the log."""
    root = fresh()
    last = Log(Layout(root)).commit("second", changes(OLD, NEW), AT)

    found = seen(root, with_log=False)

    assert records(found) == found.contents == NEW
    assert (found.manifest.change, found.manifest.changed_at) == (2, datetime.fromisoformat(AT))
    entry = Log(Layout(root)).history.entry(2)
    assert entry.link is not None
    assert (found.manifest.link, last.operation.seq) == (entry.link.own, 2)


def test_an_unfinished_operation_is_the_last(fresh: Fresh) -> None:
    """Its records are as they will be, and its bytes are those that join the log."""
    root = crashed(fresh, "rename")
    pending = Layout(root).pending.read_bytes()

    found = seen(root)

    assert records(found) == NEW
    assert found.contents[f"{OPERATIONS}/000002.json"] == pending
    assert seen(root, with_log=False).contents == NEW  # nor is the one before it there
    assert agree(found)
    Log(Layout(root)).recover()
    assert Layout(root).operation(2).read_bytes() == pending
    assert seen(root).contents == found.contents


def test_an_unfinished_change_of_a_template(fresh: Fresh) -> None:
    """A template is as it will be, too."""
    path, old, new = "templates/recap.txt", b"Dear {{ to }},", b"Hello {{ to }},"
    root = fresh()
    (root / "templates").mkdir()
    (root / path).write_bytes(old)
    with injected() as faulty:
        Log(Layout(root)).commit("template edit", changes({path: old}, {path: new}), AT)
    point = next(i for i, (name, args) in enumerate(faulty.log) if name == "rename" and "pending" in str(args[1]))
    Layout(root).operation(2).unlink()
    (root / path).write_bytes(old)
    with injected(point + 1, KILL_AFTER):
        Log(Layout(root)).commit("template edit", changes({path: old}, {path: new}), AT)
    assert (root / path).read_bytes() == old

    assert seen(root).contents[path] == new


@pytest.mark.parametrize("writer", ["commit", "recover"])
def test_somebody_writes_between_any_two_calls(fresh: Fresh, writer: str) -> None:
    """Records and log are those before the change or those after it, and agree."""
    ends = []
    for at in range(1, 10_000):
        root = fresh() if writer == "commit" else crashed(fresh, "rename")
        log = Log(Layout(root))
        work = (lambda log=log: log.commit("second", changes(OLD, NEW), AT)) if writer == "commit" else log.recover
        faulty = Interrupting(at, work)
        with installed(faulty):
            found = seen(root)
        assert agree(found), at
        assert records(found) in (OLD, NEW)
        ends.append(found.manifest.change)
        if at > len(faulty.log):
            break

    assert len(ends) > 20
    assert set(ends) == ({1, 2} if writer == "commit" else {2})


def test_who_is_never_left_alone_takes_the_lock(fresh: Fresh) -> None:
    """Where others change the journal without a pause, the backup holds the lock while it reads."""
    root = fresh()
    (root / "journal.toml").write_text("format = 1\n")
    log, numbers = Log(Layout(root)), iter(range(1000))

    class Restless(Interrupting):
        locked = False

        def flock(self, descriptor: int) -> None:
            self.locked = True

        def _call(self, name, function, args, kwargs):  # type: ignore[no-untyped-def]
            if name == "listdir" and str(args[0]).endswith("goals") and not self.locked:
                syscalls.calls = self.real
                number = next(numbers)
                title = [b'title = "%d"\n' % (number + one) if number + one else OLD[GOAL] for one in (0, 1)]
                log.commit("more", changes({GOAL: title[0]}, {GOAL: title[1]}), AT)
                syscalls.calls = self
            return super()._call(name, function, args, kwargs)

    faulty = Restless(0, None)
    with installed(faulty):
        found = seen(root)

    del found.contents["journal.toml"]
    assert agree(found)
    assert found.manifest.change == next(numbers) + 1


def test_what_is_being_erased_is_gone_first(fresh: Fresh) -> None:
    """An interrupted `forget` is finished, so that no word of it is in the backup."""

    def erase(root: Path) -> None:
        plan = Forget(NOTE.removesuffix("-win.toml"))
        Log(Layout(root)).commit("forget: note n2b3c", changes({NOTE: OLD[NOTE]}, {}), AT, kind="forget", forget=plan)

    root = fresh()
    (root / "journal.toml").write_text("format = 1\n")
    with injected() as faulty:
        erase(root)
    point = next(i for i, (name, args) in enumerate(faulty.log) if name == "rename" and "pending" in str(args[1]))
    root = fresh()
    (root / "journal.toml").write_text("format = 1\n")
    with injected(point + 1, KILL_AFTER):
        erase(root)
    assert Layout(root).pending.exists()

    found = seen(root)

    assert not Layout(root).pending.exists()
    assert not any(b"ntgen" in data for data in found.contents.values())
    assert found.manifest.change == 2


def test_what_cannot_be_read_is_named(fresh: Fresh) -> None:
    """A link, a placeholder, a folder that is none, a name that is not valid everywhere; all else is there."""
    root = fresh()
    (root / "tasks").mkdir()
    (root / TASK).symlink_to(root / GOAL)
    (root / "goals" / ".g2222-x.toml.icloud").touch()
    (root / "goals" / "g2222-\\..\\x.toml").touch()
    (root / os.fsdecode(b"goals/g2223-\xff.toml")).touch()
    (root / "reviews").symlink_to(root / "goals")

    found = seen(root)

    assert records(found) == OLD
    reasons = {error.path: error.reason for error in found.unreadable}
    assert reasons == {
        TASK: Reason.NOT_A_FILE,
        "reviews": Reason.NOT_A_FILE,
        "goals/.g2222-x.toml.icloud": Reason.ELSEWHERE,
        "goals/g2222-\\..\\x.toml": Reason.WRONG_NAME,
        "goals/g2223-\\udcff.toml": Reason.WRONG_NAME,
    }
    assert found.manifest.left_out == tuple(sorted(reasons))


def test_what_is_no_record_goes_in_as_it_is(fresh: Fresh) -> None:
    """Damaged records and operations, copies beside the profile, templates; other files of the folder do not."""
    root = fresh()
    more = {"goals/g2222.toml": b"\xff\0", "profile 2.toml": b"x", "templates/recap.txt": b"Dear", "notes/x.toml": b""}
    others = ["README.md", "other.toml", "goals/x.txt", "templates/x.md", ".mentorlog/drafts/x.toml"]
    for path, data in {**more, **dict.fromkeys(others, b"x")}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(data)
    Layout(root).operation(2).write_bytes(b"{damaged")

    found = seen(root)

    assert records(found) == {**OLD, **more}
    assert found.contents[f"{OPERATIONS}/000002.json"] == b"{damaged"
    assert (found.manifest.change, found.manifest.changed_at, found.manifest.link) == (2, None, None)


def test_a_newer_mentorlog_has_left_a_change(fresh: Fresh) -> None:
    """What it does to the files is not known: the backup is refused."""
    root = fresh()
    (root / "journal.toml").write_text("format = 1\n")
    Layout(root).pending.write_text('{"version": 99}')

    with pytest.raises(NeedsDoctor, match="newer version"):
        seen(root)


def test_a_failing_disk_is_named(fresh: Fresh) -> None:
    """An operation that the disk refuses is left out by name; so is a folder that cannot be listed."""
    root = fresh()

    class Failing(Interrupting):
        def _call(self, name, function, args, kwargs):  # type: ignore[no-untyped-def]
            if (name == "open" and str(args[0]).endswith("000001.json")) or (
                name == "listdir" and str(args[0]).endswith("notes")
            ):
                raise OSError(5, os.strerror(5))
            return super()._call(name, function, args, kwargs)

    faulty = Failing(0, None)
    with installed(faulty):
        found = seen(root)

    assert found.manifest.left_out == (f"{OPERATIONS}/000001.json", "notes")
    assert {error.exit_code for error in found.unreadable} == {DiskFailure.exit_code}


def test_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many files a caller is told how many were read, at the latest at the end; of few nothing."""
    sample_journal.write(tmp_path / "journal")
    calls: list[tuple[int, int]] = []

    def look() -> int:
        found = moment(journal_at(tmp_path / "journal"), with_log=True, progress=lambda *both: calls.append(both))
        return len(found.contents)

    look()
    assert calls == []
    monkeypatch.setattr(snapshot, "_STEP", 10)
    count = look()
    assert calls == [(10, count), (20, count), (count, count)]
