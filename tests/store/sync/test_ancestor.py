"""Which commit counts as the ancestor: every situation in which a sync could lose what somebody wrote."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.inject import injected
from mentorlog.domain.reports import KeptRecord, SyncedRecords
from mentorlog.domain.syncing import Remote
from mentorlog.errors import AnotherHistory, ManyDeletions, MentorlogError, ReadFailure, RemoteFailure, Unreadable
from mentorlog.store.disk import files
from mentorlog.store.sync import ancestor
from mentorlog.store.sync.state import Known, State
from sync_machines import Desk, Pair, note_id, pair

FIRST, SECOND, THIRD = (note_id(number) for number in range(3))
TEN, TWELVE = ([note_id(number) for number in range(count)] for count in (10, 12))
BASE, LOGGED = (Known(letter * 40, {}) for letter in "ab")
STATE = State(BASE, 7, "mark", "")

pytestmark = pytest.mark.slow


@pytest.fixture
def two(tmp_path: Path) -> Pair:
    """Two machines that have synced."""
    return pair(tmp_path)


def backup(two: Pair, *, with_log: bool) -> Callable[[], None]:
    """Copy the journal of `a` now, and return how to bring it back."""
    kept = two.root / "backup"
    shutil.copytree(two.a.root, kept)

    def restore() -> None:
        shutil.rmtree(two.a.root)
        shutil.copytree(kept, two.a.root)
        if not with_log:
            shutil.rmtree(two.a.root / ".mentorlog")

    return restore


@pytest.mark.parametrize(
    ("state", "stands", "logged", "expected"),
    [
        (STATE, True, None, BASE),
        (STATE, True, LOGGED, LOGGED),  # killed after the operation, before the state was written
        (STATE, False, LOGGED, LOGGED),  # a backup came back, or another log lies there
        (STATE, False, None, None),
        (None, False, LOGGED, LOGGED),
        (None, False, None, None),
    ],
)
def test_the_state_counts_only_beside_its_log(
    state: State | None, stands: bool, logged: Known | None, expected: Known | None
) -> None:
    """The state is believed while the log it was written beside is there and has no newer sync."""
    assert ancestor.known(state, stands, logged) == expected


# The rows of the table


def test_a_remote_that_was_rolled_back_moves_forward_again(two: Pair) -> None:
    """Nothing is taken for deleted, and what the remote lost is sent again."""
    old = two.tip
    two.a.write(FIRST, "Changed by a.")
    two.a.add("n9999", "New on a.")
    two.a.delete(SECOND)
    two.a.sync()
    two.git("update-ref", "refs/heads/mentorlog", old)
    before = two.a.files

    report = two.a.sync()

    assert report.sent == SyncedRecords(("n9999",), (FIRST,), (SECOND,))
    assert two.a.files == before
    two.git("merge-base", "--is-ancestor", old, two.tip)
    two.settle()
    assert two.b.says(FIRST) == "Changed by a."


def test_a_branch_that_is_gone_is_made_again(two: Pair) -> None:
    """All that is here is sent; it follows from what the others know, so for them what was deleted is deleted."""
    two.git("update-ref", "-d", "refs/heads/mentorlog")
    two.a.delete(FIRST)
    before = two.a.files

    report = two.a.sync()

    assert (report.received.count, len(report.sent.new), two.a.files) == (0, len(before) - 1, before)
    two.b.write(SECOND, "Changed by b.")
    assert two.b.sync().received == SyncedRecords(deleted=(FIRST,))
    two.settle()


def test_a_remote_with_another_history_is_refused(two: Pair) -> None:
    """It is put together only when that is asked for, and then nothing is deleted on either side."""
    two.b.write(FIRST, "Changed by b.")
    two.b.delete(SECOND)
    tree = two.git("rev-parse", "refs/heads/mentorlog^{tree}")
    command = ["-c", "user.name=x", "-c", "user.email=x", "commit-tree", "-m", "another", tree]
    two.git("update-ref", "refs/heads/mentorlog", two.git(*command))
    tip, before = two.tip, two.b.files

    with pytest.raises(AnotherHistory, match="another history") as refused:
        two.b.sync()
    assert "--rejoin" in str(refused.value.hint) and "deleted" in str(refused.value.hint)
    assert (two.tip, two.b.files) == (tip, before)

    report = two.b.sync(rejoin=True)

    assert report.received == SyncedRecords(new=(SECOND,), changed=(FIRST,))
    assert report.sent == SyncedRecords(changed=(FIRST,))
    with pytest.raises(AnotherHistory):  # the history that was replaced has not come back
        two.a.sync()
    two.a.sync(rejoin=True)
    two.settle()


@pytest.mark.parametrize("with_log", [True, False])
def test_a_folder_that_came_back_from_a_backup_gets_the_later_work(two: Pair, with_log: bool) -> None:
    """The log's own commit is the ancestor, or there is none: later work comes back; without one, deletions do too."""
    two.b.add("n7777", "So that a receives something, which is in its log.")
    two.b.sync()
    two.a.sync()
    restore = backup(two, with_log=with_log)
    two.a.write(FIRST, "Later on a.")
    two.a.delete(SECOND)
    two.a.sync()
    two.b.write(THIRD, "Later on b.")
    two.b.sync()
    two.a.sync()
    restore()
    two.a.add("n9999", "After the restore.")

    report = two.a.sync()

    assert "Later on b." in two.a.says(THIRD)
    assert "n9999" in report.sent.new
    assert "Later on a." in two.a.says(FIRST)
    assert (SECOND in report.sent.new, two.a.says(THIRD) != "Later on b.") == (not with_log, not with_log)
    two.settle()


def test_a_journal_at_a_path_that_another_had_is_not_believed(two: Pair) -> None:
    """The place is known by the journal's id as well: what was kept for another one is not used."""
    shutil.rmtree(two.a.root)
    two.a.journal.create()
    with pytest.raises(MentorlogError, match="has no remote") as refused:
        two.a.sync()
    assert "mentorlog sync" in str(refused.value.hint)


@pytest.mark.parametrize(("deleted", "stays"), [("keep", True), ("send", False)])
def test_many_records_that_are_gone_here_are_asked_about(two: Pair, deleted: str, stays: bool) -> None:
    """What no command deleted may be an unmounted disk: it is brought back or sent, as the user says."""
    for id in TWELVE:
        two.a.path(id).unlink()
    before, tip = two.a.files, two.tip

    with pytest.raises(ManyDeletions) as asked:
        two.a.sync()
    assert (asked.value.exit_code, asked.value.here, sorted(asked.value.ids)) == (2, True, TWELVE)
    assert (two.a.files, two.tip) == (before, tip)
    assert two.a.sync(dry_run=True).sent.deleted == tuple(TWELVE)

    report = two.a.sync(deleted=deleted)

    assert (report.received.new if stays else report.sent.deleted) == tuple(TWELVE)
    two.b.sync(yes=True)
    two.settle()
    assert all((len([*two.b.root.glob(f"notes/{id}*")]) == 1) == stays for id in TWELVE)


def test_many_records_that_a_command_deleted_go_without_a_question(two: Pair) -> None:
    """Only the other machine is asked; there, it is one operation that undo takes back."""
    two.a.delete(*TWELVE)
    assert two.a.sync().sent.deleted == tuple(TWELVE)
    before = two.b.files

    with pytest.raises(ManyDeletions) as asked:
        two.b.sync()
    assert (asked.value.here, sorted(asked.value.ids), two.b.files) == (False, TWELVE, before)

    last = two.b.last
    assert two.b.sync(yes=True).received.deleted == tuple(TWELVE)
    assert two.b.last == last + 1
    two.settle()


def test_ten_records_are_not_many(two: Pair) -> None:
    """Up to ten records are never asked about."""
    for id in TEN:
        two.a.path(id).unlink()
    assert two.a.sync().sent.deleted == tuple(TEN)
    assert two.b.sync().received.deleted == tuple(TEN)


def test_what_cannot_be_read_here_is_held(two: Pair) -> None:
    """It is neither sent nor replaced nor taken for absent, and once mended it is merged with its own ancestor."""
    path = two.a.path(FIRST)
    good = path.read_bytes()
    broken = good.replace(b"text = ", b"text ")
    path.write_bytes(broken)
    two.b.write(FIRST, "Note number0. Added by b.")
    two.b.sync()
    two.a.write(SECOND, "Sent all the same.")

    for _ in range(2):
        report = two.a.sync()
        assert [problem.path for problem in report.held] == [f"notes/{path.name}"]
        assert path.read_bytes() == broken
    two.b.sync()
    assert two.b.says(SECOND) == "Sent all the same." and two.b.says(FIRST).endswith("Added by b.")

    path.write_bytes(good.replace(b"Note number0.", b"Note number0. Added by a."))
    report = two.a.sync()
    assert not report.held and report.merged == (FIRST,)
    assert {"Added by a.", "Added by b."} <= set(two.a.says(FIRST).replace("\n", " ").replace(". ", ".|").split("|"))
    two.settle()


@pytest.mark.parametrize("word", ["a newer kind of value", "a file that is no TOML", "more than a record may be"])
def test_what_cannot_be_read_there_is_held(two: Pair, word: str) -> None:
    """A newer mentorlog, or a hand, has written what this one cannot read: both sides keep what they have."""
    path = two.b.path(FIRST)
    old = path.read_bytes()
    new = old.replace(b'kind = "note"', b'kind = "vision"') if "newer" in word else b"[["
    if word.startswith("more"):
        new = old + b"# long\n" * (files.LIMIT // 7)
    _put(two, f"notes/{path.name}", new)
    two.a.write(FIRST, "Changed by a.")
    ours = two.a.files

    report = two.a.sync()

    assert [problem.path for problem in report.held] == [f"notes/{path.name}"]
    assert "on the remote" in report.held[0].message
    assert two.a.files == ours
    assert two.git("show", f"mentorlog:notes/{path.name}").encode() == new.strip()

    _put(two, f"notes/{path.name}", old)
    assert two.a.sync().sent.changed == (FIRST,)
    two.settle()


@pytest.mark.exhaustive
def test_a_record_that_would_be_too_large_is_held(two: Pair) -> None:
    """Both texts together are more than a file may hold: each side keeps its own."""
    for desk in (two.a, two.b):
        lines = "\n".join(f"{desk.name} {number}" for number in range(60_000))
        two_thirds = lines[: files.LIMIT * 2 // 3]
        desk.write(FIRST, two_thirds)
    two.a.sync()

    report = two.b.sync()

    assert "larger" in report.held[0].message and report.held[0].path.startswith(f"notes/{FIRST}")
    assert (two.a.says(FIRST)[0], two.b.says(FIRST)[0]) == ("a", "b")
    assert two.b.sync().held == report.held


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("journal.toml", "format = 1", "format = 99"),
        ("mentorlog.toml", "format = 1", "format = 2"),
        ("mentorlog.toml", '"none"', '"age-2"'),
    ],
)
def test_a_newer_format_is_refused_whole(path: str, old: str, new: str, two: Pair) -> None:
    """Nothing changes on either side, and the exit status says that something must be done."""
    data = two.git("show", f"mentorlog:{path}").replace(old, new)
    _put(two, path, f"{data}\n".encode())
    two.a.write(FIRST, "Changed by a.")
    tip, before = two.tip, two.a.files

    with pytest.raises(Unreadable, match=r"newer|unknown") as refused:
        two.a.sync()
    assert (refused.value.exit_code, two.tip, two.a.files) == (3, tip, before)


def test_another_journal_is_refused_and_joined_when_asked(two: Pair) -> None:
    """The two become one with the remote's id; nothing is deleted."""
    c = Desk(two.root, "c")
    c.add(FIRST, "Another note of c.")
    c.add("n8888", "Only on c.")
    tip = two.tip

    with pytest.raises(AnotherHistory, match="another journal") as refused:
        c.sync(to=True)
    assert (refused.value.exit_code, two.tip, len(c.files)) == (4, tip, 3)
    assert "--join" in str(refused.value.hint)

    report = c.sync(to=True, join=True)

    assert (report.first, report.received.deleted, report.sent.deleted) == (True, (), ())
    assert "n8888" in report.sent.new
    assert c.files["journal.toml"] == two.a.files["journal.toml"]
    assert not c.sync().received.count
    two.settle()
    assert c.sync().received.count == 0 and c.files == two.a.files


def _put(two: Pair, path: str, data: bytes) -> None:
    """Commit a file to the remote by hand."""
    work = two.root / "work"
    two.git("clone", "-q", "-b", "mentorlog", str(two.remote), str(work))
    (work / path).write_bytes(data)
    who = ["-c", "user.name=x", "-c", "user.email=x"]
    two.git("--git-dir", f"{work}/.git", "--work-tree", str(work), *who, "commit", "-qam", "by hand")
    two.git("--git-dir", f"{work}/.git", "push", "-q")
    shutil.rmtree(work)


# Beside the table


def test_an_edit_beats_a_deletion_on_either_side(two: Pair) -> None:
    """Both are told of, there is no conflict, and the record is on both machines."""
    two.a.delete(FIRST)
    two.a.write(SECOND, "Changed by a.")
    two.b.write(FIRST, "Changed by b.")
    two.b.delete(SECOND)
    two.a.sync()

    report = two.b.sync()

    assert report.kept == (KeptRecord(FIRST, "Changed by b.", "there"), KeptRecord(SECOND, "Changed by a.", "here"))
    assert not report.conflicts
    two.settle()
    assert (two.a.says(FIRST), two.a.says(SECOND)) == ("Changed by b.", "Changed by a.")


def test_a_push_that_arrived_unheard_is_no_change_of_another(two: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was offered and is on the remote is the ancestor: an edit made since is no conflict."""
    from mentorlog.store.sync.courier import Courier

    two.a.write(FIRST, "First version.")
    push = Courier.push

    def unheard(self: Courier, commit: str, lease: str | None = None) -> bool:
        push(self, commit, lease)
        raise RemoteFailure("The network is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(Courier, "push", unheard)
        with pytest.raises(RemoteFailure):
            two.a.sync()
    two.a.write(FIRST, "Second version.")

    report = two.a.sync()

    assert (report.merged, report.conflicts, report.sent.changed) == ((), (), (FIRST,))
    assert two.a.says(FIRST) == "Second version."
    two.settle()


def test_a_lost_git_directory_is_made_again(two: Pair) -> None:
    """Without it the log still knows the commit, which is fetched again."""
    for desk in (two.a, two.b):
        shutil.rmtree(desk.place.git)
    two.a.delete(FIRST)
    two.b.write(SECOND, "Changed by b.")
    two.a.sync()
    report = two.b.sync()
    assert report.received.deleted == (FIRST,) and not report.merged
    two.settle()


def test_offline_nothing_changes(two: Pair) -> None:
    """The files are the queue: the next sync with a network sends them."""
    two.a.write(FIRST, "Changed by a.")
    before, away = two.a.files, two.root / "away"
    two.remote.rename(away)
    last = two.a.last
    with pytest.raises(MentorlogError) as failed:
        two.a.sync()
    assert (failed.value.exit_code, two.a.files, two.a.last) == (5, before, last)
    away.rename(two.remote)
    assert two.a.sync().sent.changed == (FIRST,)


def test_a_dry_run_changes_nothing(two: Pair) -> None:
    """It says what a sync would do; neither files nor log, neither the state nor the remote are other after it."""
    two.a.write(FIRST, "Changed by a.")
    two.b.delete(SECOND)
    two.b.write(FIRST, "Changed by b.")
    two.b.sync()
    state = (two.a.place.folder / "state.json").read_bytes()
    before = two.a.files, two.a.last, two.tip

    report = two.a.sync(dry_run=True)

    assert (report.received.deleted, report.merged) == ((SECOND,), (FIRST,))
    assert (two.a.files, two.a.last, two.tip) == before
    assert (two.a.place.folder / "state.json").read_bytes() == state
    real = two.a.sync()
    assert real == report
    c = Desk(two.root, "c")
    c.journal.create()
    assert c.sync(to=True, join=True, dry_run=True).received.count == 25
    assert not c.state.exists() or not [*(c.state / "sync").iterdir()]


def test_what_is_known_of_the_remote(two: Pair) -> None:
    """Without the network: the address, when it was last reached, and what is to be sent."""
    two.a.write(FIRST, "Changed by a.")
    two.a.add("n9999", "New.")
    two.a.delete(SECOND)
    status = two.a.journal.remotes.status()
    assert status is not None
    assert (status.remote, status.cipher, status.synced_at) == (two.a.url, "none", "2026-11-30T09:00:00+00:00")
    assert status.unsent == SyncedRecords(("n9999",), (FIRST,), (SECOND,))

    assert two.a.journal.remotes.leave() == two.a.url
    assert two.a.journal.remotes.status() is None
    assert two.tip and len(two.a.files) == len(two.b.files)


def test_the_remote_says_how_it_is_read(two: Pair) -> None:
    """Two constant files without a word of the user lie beside the records."""
    assert two.git("show", "mentorlog:mentorlog.toml") == 'format = 1\ncipher = "none"'
    readme = two.git("show", "mentorlog:README.md")
    assert "git clone" in readme and "osler" not in readme.lower()
    assert two.git("log", "--format=%an %ae %s", "mentorlog").splitlines() == [
        "mentorlog mentorlog@localhost mentorlog sync"
    ]


def test_a_remote_is_remembered_although_nothing_is_to_do(two: Pair) -> None:
    """The remote has moved, with all that it holds: the new address counts from now on."""
    moved = two.root / "moved.git"
    two.git("clone", "-q", "--mirror", str(two.remote), str(moved))
    report = two.a.sync(to=Remote(str(moved)))
    assert not (report.received.count or report.sent.count)
    assert two.a.place.remote() == Remote(str(moved))


def test_a_remote_that_lies_in_the_journal_is_never_read(two: Pair) -> None:
    """A journal arrives by zip or stick: an address in it may be planted."""
    two.a.journal.remotes.leave()
    planted = b'url = "/elsewhere"\ncipher = "none"\n'
    for folder in (two.a.root, two.a.root / ".mentorlog", two.a.root / ".git", two.a.root / ".mentorlog" / "sync"):
        folder.mkdir(exist_ok=True)
        (folder / "remote.toml").write_bytes(planted)
    (two.a.root / ".git" / "config").write_text('[remote "origin"]\n\turl = /elsewhere\n')
    with pytest.raises(MentorlogError, match="has no remote"):
        two.a.sync()


def test_what_was_erased_here_does_not_come_back(two: Pair) -> None:
    """Erasing rewrites operations of the log; the state that was written beside them is still believed."""
    two.a.write(FIRST, "Changed.")
    two.b.write(SECOND, "Also changed.")
    two.b.sync()
    two.a.sync()
    two.a.journal.forget("note", FIRST, two.a.state / "drafts")
    report = two.a.sync()
    assert (report.sent.deleted, report.received.count) == ((FIRST,), 0)
    assert two.b.sync().received.deleted == (FIRST,)
    two.settle()


def test_only_the_user_may_enter_the_place(two: Pair) -> None:
    """The address may hold a password, and the commits hold the records."""
    for path in (two.a.place.folder, two.a.place.git):
        assert path.stat().st_mode & 0o077 == 0
    for path in two.a.place.folder.glob("*.*"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_record_that_the_index_lost_is_not_deleted(two: Pair) -> None:
    """A bit has flipped in the index: the file is there, so the record is held, not sent as a deletion."""
    two.a.write(SECOND, "Changed.")  # so that there is something to do
    with sqlite3.connect(two.a.root / ".mentorlog" / "index.sqlite") as index:
        index.execute("DELETE FROM records WHERE id = ?", [FIRST])
    report = two.a.sync()
    assert not report.sent.deleted
    two.settle()
    assert two.b.says(FIRST) == "Note number0."


def test_what_was_erased_is_not_left_out_where_the_disk_refuses_to_say_it(two: Pair) -> None:
    """Else `sync --forget` would not name it to other machines, and nobody would notice."""
    two.a.journal.forget("note", FIRST, two.a.state / "drafts")
    own = two.a.journal.remotes._own(two.a.place, True)
    with injected() as calls:
        assert own.erased() == {FIRST}
    operation = two.a.journal.layout.operation(two.a.last)
    at = [number for number, call in enumerate(calls.log, 1) if str(call[1][0]) == str(operation)]

    with injected(at[0], errno.EACCES), pytest.raises(ReadFailure):
        own.erased()
