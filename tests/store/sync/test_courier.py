"""The courier with real git and a remote that is a folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorlog.errors import MentorlogError, RemoteFailure
from mentorlog.store.disk import files
from mentorlog.store.sync.courier import Courier, Damaged, blob_id
from mentorlog.store.sync.exchange import TRIES
from mentorlog.store.sync.git_folder import BRANCH
from store.sync.exchanged import AT, committed, git, over_ssh
from world import World

Make = Callable[..., Courier]

GOAL = "goals/g7k3q-submit-case-report.toml"
CONTENTS = {GOAL: b'title = "[/b] =1+1 \\u00e9"\n', "journal.toml": b"format = 1\n"}


def started(courier: Courier) -> str:
    """A first commit, pushed."""
    courier.create()
    assert courier.fetch() is None
    commit = courier.commit(CONTENTS, onto=None, parents=[], at=AT)
    assert courier.push(commit)
    return commit


def test_what_one_machine_pushes_the_other_fetches(courier: Make) -> None:
    """A commit arrives with the bytes of every file."""
    first = started(courier("desktop"))
    laptop = courier("laptop")
    laptop.create()

    assert laptop.fetch() == first
    entries = laptop.entries(first)
    assert {path: entry.id for path, entry in entries.items()} == {
        path: blob_id(data) for path, data in CONTENTS.items()
    }
    assert all(entry.is_file for entry in entries.values())
    assert laptop.blobs(entry.id for entry in entries.values()) == {blob_id(data): data for data in CONTENTS.values()}


def test_a_commit_says_nothing_of_its_author(courier: Make, remote: Path) -> None:
    """Author, subject and time are the same for everybody, and in UTC."""
    commit = started(courier())

    said = git(remote, "log", "-1", "--format=%an %ae %ad%n%cn %ce %cd%n%B", "--date=raw", commit)

    who = f"mentorlog mentorlog@localhost {int(AT.timestamp())} +0000"
    assert said.split("\n") == [who, who, "mentorlog sync"]


def test_changes_are_made_on_a_tree(courier: Make) -> None:
    """Files are added, changed and removed, and the commit says what it was made from."""
    one = courier()
    first = started(one)
    odd = 'notes/n4m2x-"é \\ 日 🩺.toml'.replace("\\ ", "")
    second = one.commit({odd: b"", GOAL: None}, onto=first, parents=[first], at=AT)
    third = one.commit({GOAL: b"again"}, onto=first, parents=[second, first], at=AT)

    assert set(one.entries(second)) == {odd, "journal.toml"}
    assert one.read(third).parents == (second, first)
    assert one.read(third).at == AT
    assert set(one.entries(third)) == set(CONTENTS)
    assert one.blobs([one.entries(third)[GOAL].id]) == {blob_id(b"again"): b"again"}


def test_a_message_can_be_made_from_the_tree(courier: Make) -> None:
    """What seals a commit is told its tree."""
    one = courier()
    first = started(one)

    sealed = one.commit({GOAL: b"x"}, onto=first, parents=[first], at=AT, message=lambda tree: f"sync\n\nseal: {tree}")
    alone = one.commit({GOAL: b"x"}, onto=first, parents=[], at=AT, message=lambda tree: f"sync\n\nseal: {tree}")

    assert one.read(sealed).message == f"sync\n\nseal: {one.read(sealed).tree}"
    assert one.read(sealed).parents == (first,)
    assert one.read(alone).parents == ()
    assert one.read(alone).tree == one.read(sealed).tree


def test_histories_are_compared(courier: Make) -> None:
    """Two lines of commits meet where they parted; one that is not here is in no history."""
    one = courier()
    first = started(one)
    here = one.commit({GOAL: b"here"}, onto=first, parents=[first], at=AT)
    there = one.commit({GOAL: b"there"}, onto=first, parents=[first], at=AT)
    alone = one.commit(CONTENTS, onto=None, parents=[], at=datetime(2020, 1, 1, tzinfo=UTC))

    assert one.merge_base(here, there) == first
    assert one.merge_base(here, here) == here
    assert one.merge_base(here, alone) is None
    assert one.contains(here, first) and not one.contains(first, here)
    assert one.has(here)
    assert not any(one.has(odd) for odd in ("0" * 40, "HEAD", "--help", "", one.read(here).tree))


def test_the_branch_moves_forward_only(courier: Make, remote: Path) -> None:
    """Whoever is slower is told, and a lease alone replaces what is there."""
    desktop, laptop = courier("desktop"), courier("laptop")
    first = started(desktop)
    laptop.create()
    laptop.fetch()
    ours = desktop.commit({GOAL: b"1"}, onto=first, parents=[first], at=AT)
    theirs = laptop.commit({GOAL: b"2"}, onto=first, parents=[first], at=AT)

    assert laptop.push(theirs)
    assert not desktop.push(ours)
    assert not desktop.push(ours, lease=first)
    assert desktop.push(ours, lease=theirs)
    assert git(remote, "rev-parse", "mentorlog") == ours
    assert laptop.fetch() == ours  # although it is no descendant


def test_foreign_branches_and_entries_stay(courier: Make, remote: Path) -> None:
    """What is not a plain file is seen as it is, neither read nor written, and stays in the tree."""
    one = courier()
    first = started(one)
    blob = git(remote, "hash-object", "-w", "--stdin", stdin=b"target")
    tree = git(
        remote,
        "mktree",
        stdin=f"120000 blob {blob}\tlink\n160000 commit {first}\tmodule\n100755 blob {blob}\trun.sh\n".encode(),
    )
    deep = git(remote, "mktree", stdin=f"040000 tree {tree}\tc\n".encode())
    deep = git(remote, "mktree", stdin=f"040000 tree {deep}\tb\n".encode())
    root = git(remote, "mktree", stdin=f"040000 tree {tree}\tgoals\n040000 tree {deep}\ta\n".encode())
    foreign = git(remote, "-c", "user.name=x", "-c", "user.email=x", "commit-tree", "-m", "x", root)
    git(remote, "update-ref", "refs/heads/mentorlog", foreign)
    git(remote, "update-ref", "refs/heads/mentorlog-too", foreign)

    assert one.fetch() == foreign
    assert {path: (entry.mode, entry.kind) for path, entry in one.entries(foreign).items()} == {
        "goals/link": ("120000", "blob"),
        "goals/module": ("160000", "commit"),
        "goals/run.sh": ("100755", "blob"),
        "a/b/c": ("40000", "tree"),
    }
    assert not any(entry.is_file for entry in one.entries(foreign).values())

    second = one.commit({GOAL: b"x"}, onto=foreign, parents=[foreign], at=AT)
    assert one.push(second)
    assert {*one.entries(second)} - {*one.entries(foreign)} == {GOAL}
    assert git(remote, "rev-parse", "mentorlog:a") == deep
    for path in ("goals/link", "a/b/c", "goals/run.sh", "goals/module/x"):
        with pytest.raises(RemoteFailure, match="holds something that is no file in the place of"):
            one.commit({path: b""}, onto=foreign, parents=[], at=AT)


def test_a_branch_that_goes_is_gone(courier: Make, remote: Path) -> None:
    """A remote without the branch is as a new one, also after it had one."""
    one = courier()
    first = started(one)
    git(remote, "update-ref", "-d", "refs/heads/mentorlog")

    assert one.fetch() is None
    assert one.push(first)
    assert one.fetch() == first


def test_a_file_larger_than_a_record_is_left_out(courier: Make) -> None:
    """What no journal could hold is not even read, wherever it stands among the files that are asked for."""
    one = courier()
    started(one)
    contents = {f"notes/n{number}.toml": b"%d" % number for number in range(5)}
    contents["notes/n2.toml"] = bytes(files.LIMIT + 1)
    contents["notes/n4.toml"] = bytes(files.LIMIT)
    commit = one.commit(contents, onto=None, parents=[], at=AT)

    found = one.blobs(blob_id(data) for data in contents.values())

    assert found == {blob_id(data): data for data in contents.values() if len(data) <= files.LIMIT}
    assert len(one.entries(commit)) == 5


@pytest.mark.slow
def test_a_directory_that_is_lost_is_made_again(courier: Make, world: World) -> None:
    """Whatever of it is missing, altered or of somebody else: it is made anew, and holds nothing but ours."""
    first = started(courier())
    folder = world.root / "desktop" / "git"
    elsewhere = world.root / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "keep").touch()

    def replaced(name: str, text: str) -> Callable[[], object]:
        def make() -> None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)

        return make

    spoiled: list[Callable[[], object]] = [
        lambda: (folder / "HEAD").unlink(),
        lambda: (folder / "refs").rename(folder / "refs.old"),
        lambda: (folder / "objects").rename(elsewhere / "objects"),
        lambda: (folder / "config").write_text("[core]\n\tsshCommand = touch /tmp/x\n"),
        lambda: (folder / "config").write_text("[include]\n\tpath = /tmp/x\n"),
        lambda: (folder / "config").write_bytes(b"\xff\0"),
        lambda: folder.rename(elsewhere / "git"),
        lambda: (folder.rename(elsewhere / "git2"), folder.symlink_to(elsewhere)),
        lambda: (folder.rename(elsewhere / "git3"), folder.write_text("a file")),
        replaced("objects/info/alternates", str(elsewhere)),
        replaced("commondir", str(elsewhere)),
        replaced("shallow", first),
        replaced("info/grafts", first),
    ]
    for spoil in spoiled:
        spoil()
        one = courier()
        one.create()
        assert one.fetch() == first
        assert set(one.entries(first)) == set(CONTENTS)
        assert not files.is_open_to_others(folder)
        assert sorted(name for name in files.names(folder)) == ["HEAD", "config", "objects", "refs"]
    assert (elsewhere / "keep").exists()


def test_damage_is_found_where_it_is_met(courier: Make, world: World) -> None:
    """A damaged object is an error once, and the directory is whole when the command is run again."""
    first = started(courier())
    folder = world.root / "desktop" / "git"
    for damage in (b"", b"rubbish" * 40):
        courier("laptop").create()
        for pack in (folder / "objects" / "pack").glob("*"):
            pack.chmod(0o600)
            pack.write_bytes(damage)
        one = courier()
        one.create()
        with pytest.raises(Damaged, match=re.escape("The git directory of sync was damaged, and is new now.")):
            one.entries(first)
        assert one.fetch() == first
        assert set(one.entries(first)) == set(CONTENTS)


def test_what_a_killed_git_left_is_swept(courier: Make, world: World) -> None:
    """Locks, temporary files and reports of a crash go; all else stays, and git works again."""
    one = courier()
    first = started(one)
    folder = world.root / "desktop" / "git"
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    left = ["refs/remote/mentorlog.lock", "refs/offered.lock", "HEAD.lock", "packed-refs.lock", "config.lock"]
    left += ["fast_import_crash_123", "gc.pid", "objects/pack/tmp_pack_x", "objects/pack/tmp_idx_x"]
    left += ["objects/pack/pack-1.keep", "objects/12/tmp_obj_x", "objects/tmp_objdir-incoming-x.lock"]
    for name in left:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()

    one.sweep()

    assert {str(path.relative_to(folder)) for path in folder.rglob("*")} - {"objects/12"} == kept
    assert one.fetch() == first


@pytest.mark.slow
def test_many_packs_become_one(courier: Make, world: World) -> None:
    """After fifty syncs the packs are put together, and everything is still there."""
    one = courier()
    last = first = started(one)
    packs = world.root / "desktop" / "git" / "objects" / "pack"
    one.pack()
    for number in range(51):
        last = one.commit({GOAL: b"%d" % number}, onto=last, parents=[last], at=AT)
    one.push(last)
    assert len(list(packs.glob("*.pack"))) > 50

    one.pack()

    assert len(list(packs.glob("*.pack"))) == 1
    assert one.contains(last, first)
    assert one.blobs([one.entries(last)[GOAL].id]) == {blob_id(b"50"): b"50"}


def test_only_ids_and_paths_of_ours_are_taken(courier: Make) -> None:
    """What is no id is no argument of git, and what is no path of ours is never written."""
    one = courier()
    first = started(one)
    for odd in ("HEAD", "--upload-pack=x", first[:39], first + "\n", first.upper()):
        with pytest.raises(ValueError, match="is not the id of an object"):
            one.push(odd)
        with pytest.raises(ValueError, match="is not the id of an object"):
            one.merge_base(first, odd)
    for path in ("", "..", "../x", "a//b", "/x", ".git/config", "a/.git", "a/b/c/d", "a\nb", "a\\b", "a/", "a\0"):
        with pytest.raises(ValueError, match="is not the path of a file of ours"):
            one.commit({path: b""}, onto=None, parents=[], at=AT)


def test_the_error_names_what_git_met(courier: Make, world: World) -> None:
    """Each reason is a sentence of ours with its hint; what git prints is not shown."""
    absent = courier("absent", str(world.root / "absent.git"))
    absent.create()
    with pytest.raises(RemoteFailure) as caught:
        absent.fetch()
    assert caught.value.sentence == f"There is no git repository at {world.root}/absent.git."
    assert caught.value.hint == f"check the path; to create one: git init --bare {world.root}/absent.git"
    assert caught.value.exit_code == 5


def test_a_hook_in_a_folder(courier: Make, remote: Path) -> None:
    """It does not run: a stick may come from anybody."""
    _hook(remote, "pre-receive", "exit 1")
    started(courier("desktop"))


def _hook(remote: Path, name: str, script: str) -> None:
    hook = remote / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{script}\n")
    hook.chmod(0o700)


def _set(remote: Path, name: str, value: str) -> None:
    git(remote, "config", name, value)


def _sha256(remote: Path) -> None:
    shutil.rmtree(remote)
    subprocess.run(["git", "init", "-q", "--bare", "--object-format=sha256", str(remote)], check=True)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (
            lambda remote: _hook(remote, "pre-receive", "echo '[rejected] secret: timeout of tls' >&2; exit 1"),
            "A hook of git.example.org refused the branch mentorlog.",
        ),
        (
            lambda remote: _hook(remote, "update", "echo 'secret invalid certificate' >&2; exit 1"),
            "A hook of git.example.org refused the branch mentorlog.",
        ),
        (
            lambda remote: _hook(remote, "reference-transaction", '[ "$1" != prepared ]'),
            "A hook of git.example.org refused the branch mentorlog.",
        ),
        (
            lambda remote: _hook(remote, "update", "echo 'error: GH006: Protected branch update failed' >&2; exit 1"),
            "The branch mentorlog is protected at git.example.org.",
        ),
        (
            lambda remote: _set(remote, "receive.maxInputSize", "100"),
            "What was sent is larger than git.example.org allows.",
        ),
        (
            lambda remote: _set(remote, "receive.hideRefs", "refs/heads/mentorlog"),
            "git.example.org does not accept a branch named mentorlog.",
        ),
        (
            lambda remote: committed(remote, git(remote, "mktree"), f"{BRANCH}/x"),
            "A branch at git.example.org has a name that begins with mentorlog/: no branch mentorlog can be beside it.",
        ),
        (_sha256, "The repository uses sha256 names, which mentorlog does not know."),
    ],
)
def test_a_host_that_refuses_the_branch(
    prepare: Callable[[Path], object],
    sentence: str,
    courier: Make,
    world: World,
    remote: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sentence says why, as git gave the reason, and once: nothing that the host prints is shown or believed."""
    prepare(remote)
    one = courier("laptop", over_ssh(world, monkeypatch, remote))
    one.create()
    commit = one.commit(CONTENTS, onto=None, parents=[], at=AT)

    with pytest.raises(MentorlogError) as refused:
        one.push(commit)

    assert (refused.value.sentence, refused.value.exit_code) == (sentence, 5)
    assert "secret" not in str(refused.value.hint)


def test_a_lock_that_stays_in_a_folder(courier: Make, remote: Path) -> None:
    """One that no living git can hold is named, and never removed; a new one may be that of a faster machine."""
    one = courier()
    first = started(one)
    late = one.commit({GOAL: b"late"}, onto=first, parents=[first], at=AT)
    lock = remote / f"{BRANCH}.lock"
    lock.touch()

    assert not one.push(late)
    os.utime(lock, (0, 0))
    with pytest.raises(MentorlogError) as refused:
        one.push(late)

    assert refused.value.sentence == f"An interrupted git has left a lock in {remote}."
    assert str(refused.value.hint).startswith("if no git runs there: rm ") and lock.exists()
    lock.unlink()
    assert one.push(late)


def test_a_lock_that_stays_on_a_host(
    courier: Make, world: World, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How old it is cannot be seen; where it is met at several pushes it is named, too."""
    lock = remote / f"{BRANCH}.lock"
    one = courier("laptop", over_ssh(world, monkeypatch, remote))
    one.create()
    commit = one.commit(CONTENTS, onto=None, parents=[], at=AT)
    lock.touch()

    assert not one.push(commit)
    with pytest.raises(MentorlogError, match=re.escape("has left a lock in git.example.org")) as refused:
        for _ in range(TRIES):
            one.push(commit)

    assert "mentorlog.lock" in str(refused.value.hint)
    lock.unlink()
    assert one.push(commit)


def test_what_a_replaced_history_held_goes(courier: Make, world: World, remote: Path) -> None:
    """After the remote's history was replaced, nothing of the old one stays on a machine that has synced."""
    one, two = courier("desktop"), courier("laptop")
    first = started(one)
    two.create()
    two.fetch()
    late = two.commit({GOAL: b"late"}, onto=first, parents=[first], at=AT)
    alone = one.commit({GOAL: b"erased"}, onto=first, parents=[], at=AT)
    assert one.push(alone, lease=first)

    assert one.fetch() == two.fetch() == alone
    merged = two.commit({GOAL: b"merged"}, onto=alone, parents=[alone], at=AT)
    assert two.push(merged)
    for machine in (one, two):
        machine.pack()

    assert [one.has(id) for id in (first, alone)] == [False, True]
    assert [two.has(id) for id in (first, late, alone, merged)] == [False, False, True, True]
    assert two.fetch() == merged
    assert set(two.entries(merged)) == set(CONTENTS)
