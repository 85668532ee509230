"""Whole syncs with an encrypted remote: two machines, a new key, a lost key, recipients, a machine that joins."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from encrypted_machines import Host, plain_label
from factories import make_goal, make_mentor
from mentorlog.domain.syncing import AGE, PLAIN, Remote, SyncRequest
from mentorlog.errors import AnotherHistory, MentorlogError, NeedsDoctor
from mentorlog.store import age, keys
from mentorlog.store.journal import Journal
from mentorlog.store.keys import FOLDER, Key, KeyRing, NoKey
from mentorlog.store.sync.label import UntrustedRemote
from sync_machines import NOW, Desk

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

WORDS = (b"Osler", b"osler", b"Submit", b"goldfinch", b"g2222", b"n2222", b"notes/")


class Laptop(Desk):
    """A machine whose user has a folder for keys."""

    @property
    def config(self) -> Path:
        """The user's configuration folder."""
        return self.folder / f"{self.name}-config"

    @property
    def journal(self) -> Journal:
        """The journal, as a command opens it."""
        return Journal(self.root, now=NOW, state=self.state, config=self.config, may_create=True)

    @property
    def ring(self) -> KeyRing:
        """The user's keys."""
        return KeyRing(self.config / FOLDER)

    @property
    def key(self) -> Key:
        """The key of the journal."""
        return self.ring.get(self.id)

    @property
    def id(self) -> str:
        """The id of the journal."""
        return self.journal.remotes.journal_id()

    def remote(self, cipher: str = AGE) -> Remote:
        """The remote, encrypted."""
        return Remote(self.url, cipher)


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """The remote."""
    return Host(tmp_path / "remote.git")


@pytest.fixture
def one(tmp_path: Path, host: Host) -> Laptop:
    """A machine that has sent a mentor, a goal and two notes."""
    desk = Laptop(tmp_path, "one")
    desk.journal.add(make_mentor(id="osler", name="William Osler"), name="mentor add")
    desk.journal.add(make_goal(id="g2222", title="Submit case report"), name="goal add")
    desk.add("n2222", "The goldfinch sings at night.")
    desk.add("n2223", "Another note.")
    desk.sync(to=desk.remote())
    return desk


@pytest.fixture
def two(tmp_path: Path, one: Laptop) -> Laptop:
    """A machine that got the journal from the remote, with the exported key."""
    desk = Laptop(tmp_path, "two")
    desk.journal.remotes.sync(_begin(desk), one.key)
    return desk


def _begin(desk: Laptop) -> SyncRequest:
    return SyncRequest(to=Remote(desk.url), begin=True)


def test_two_machines_meet_and_the_host_learns_nothing(one: Laptop, two: Laptop, host: Host) -> None:
    """The remote and both git directories hold ciphertext only, and so does what is remembered."""
    one.write("n2222", "The goldfinch sings at night.\n\nOne was here.")
    two.write("n2222", "The goldfinch sings at night.\n\nTwo was here.")
    two.add("n2224", "Two was here.")
    two.delete("n2223")
    for desk in (one, two, one):
        desk.sync()

    assert one.files == two.files
    assert "One was here." in two.says("n2222") and "Two was here." in one.says("n2222")
    assert one.says("n2224") == "Two was here."
    assert two.key == one.key
    everything = host.objects() + "".join(host.names()).encode()
    for desk in (one, two):
        everything += _objects(desk.place.git)
        assert desk.place.remote() == Remote(desk.url, AGE)
        known = desk.place.folder / "known.age"
        assert stat.S_IMODE(known.stat().st_mode) == 0o600
        everything += known.read_bytes()
    assert [word for word in WORDS if word in everything] == []


def _objects(git_dir: Path) -> bytes:
    """Return every object of a git directory, and all its other files, with their names."""
    listed = ["git", f"--git-dir={git_dir}", "cat-file", "--batch-all-objects", "--batch"]
    found = subprocess.run(listed, capture_output=True, check=True).stdout
    return found + b"".join(str(path).encode() + path.read_bytes() for path in git_dir.rglob("*") if path.is_file())


def test_nothing_to_do_makes_no_commit(one: Laptop, two: Laptop, host: Host) -> None:
    """Though every encryption of the same bytes is another one."""
    tip = host.tip
    for desk in (one, two):
        report = desk.sync()
        assert (report.received.count, report.sent.count) == (0, 0)
        assert host.tip == tip


def test_a_new_key_keeps_the_ancestor(one: Laptop, two: Laptop, host: Host) -> None:
    """A machine that knows a replaced commit merges as ever: a deletion is one, and nothing needs a rejoin."""
    old = one.key
    one.write("n2222", "Changed by one.")
    one.sync()
    two.write("n2223", "Changed by two.")
    one.delete("g2222")
    _, new = one.journal.remotes.new_key(SyncRequest())

    assert one.key == new != old
    assert [former.identity for former in one.ring.former(one.id)] == [old.identity]
    assert host.git("rev-list", "--count", "mentorlog") == "1"
    with pytest.raises(UntrustedRemote, match="another key"):
        two.sync()
    two.ring.put(new)
    two.sync()
    one.sync()
    assert one.files == two.files
    assert two.says("n2222") == "Changed by one." and one.says("n2223") == "Changed by two."
    assert "goals/g2222-submit-case-report.toml" not in two.files
    assert old.public != one.key.public and _is_unreadable(host, old)


def _is_unreadable(host: Host, key: Key) -> bool:
    """Tell whether a key decrypts nothing of the newest commit."""
    cipher = age.Cipher(key.identity, ())
    for name in host.names():
        if name.startswith("v1/"):
            with pytest.raises(age.NotForThisKey):
                cipher.decrypt(host.blob(name), name)
    return True


@pytest.mark.slow
def test_a_replaced_history_does_not_come_back(one: Laptop, two: Laptop, host: Host) -> None:
    """Not with a machine that still has it, nor with one that has made a commit which never arrived."""
    one.write("n2222", "Changed by one.")
    _, new = one.journal.remotes.new_key(SyncRequest())
    two.ring.put(new)
    two.write("n2223", "Changed by two.")
    two.sync()

    assert host.git("rev-list", "--count", "mentorlog") == "2"
    one.journal.remotes.new_key(SyncRequest())
    two.ring.put(one.key)
    two.sync()
    assert host.git("rev-list", "--count", "mentorlog") == "1"
    assert one.files == two.files


@pytest.mark.slow
def test_a_lost_key_loses_nothing(one: Laptop, two: Laptop, host: Host) -> None:
    """Any machine makes a new one and sends again; the others put their histories together."""
    two.add("n2224", "Never sent.")
    one.ring.path(one.id).unlink()
    one.write("n2222", "Changed by one.")
    with pytest.raises(NoKey):
        one.sync()
    with pytest.raises(NoKey):
        one.journal.remotes.new_key(SyncRequest())
    one.journal.remotes.new_key_unread(SyncRequest())

    one.sync()
    two.ring.put(one.key)
    two.sync()
    one.sync()
    assert one.files == two.files
    assert one.says("n2224") == "Never sent."


@pytest.mark.slow
def test_a_machine_that_was_killed_while_it_changed_the_key_goes_on(one: Laptop, two: Laptop, host: Host) -> None:
    """Between the push and the end, the next sync finds the new key beside the old one, and the ancestor."""
    old, place = one.key, one.place.folder
    one.write("n2222", "Changed by one.")
    one.sync()
    before = {path: path.read_bytes() for path in (place / "state.json", place / "files.json")}
    shutil.copytree(one.place.git, one.folder / "git then")
    _, new = one.journal.remotes.new_key(SyncRequest())
    shutil.rmtree(one.place.git)  # it has dropped what was replaced
    shutil.move(one.folder / "git then", one.place.git)
    for path, data in before.items():
        path.write_bytes(data)
    one.ring.path(one.id, ".new").write_bytes(new.text())
    one.ring.path(one.id).write_bytes(old.text())
    one.delete("g2222")

    report = one.sync()

    assert (report.sent.deleted, report.received.count) == (("g2222",), 0)
    assert one.key == new
    assert not one.ring.path(one.id, ".new").exists()
    assert host.git("rev-list", "--count", "mentorlog") == "2"


@pytest.mark.slow
def test_a_new_key_that_never_arrived_is_made_once(one: Laptop, host: Host) -> None:
    """The remote refuses: the old key stays in use, and the next try takes the same new one."""
    old = one.key
    host.git("config", "receive.denyNonFastForwards", "true")
    with pytest.raises(MentorlogError, match="does not let the branch mentorlog be replaced"):
        one.journal.remotes.new_key(SyncRequest())
    waiting = one.ring.path(one.id, ".new").read_text()
    assert one.key == old and one.sync().received.count == 0

    host.git("config", "receive.denyNonFastForwards", "false")
    _, new = one.journal.remotes.new_key(SyncRequest())
    assert new.identity in waiting and one.key == new


@pytest.mark.slow
def test_a_recipient_is_added_with_the_next_sync(one: Laptop, two: Laptop, host: Host) -> None:
    """Though no record has changed; once."""
    spouse = Key("", age.new_identity())
    one.ring.put(keys.with_recipients(one.key, [spouse.public]))
    one.journal.remotes.recheck()
    before = host.tip
    assert one.sync().sent.count == 0
    after = host.tip

    assert before != after
    reader = age.Cipher(spouse.identity, ())
    assert all(reader.decrypt(host.blob(name), name) for name in host.names() if name.startswith("v1/"))
    two.sync()
    one.sync()
    assert host.tip == after
    assert two.key.recipients == (spouse.public,)


@pytest.mark.slow
@pytest.mark.parametrize("cipher", [PLAIN, AGE])
def test_plain_and_encrypted_do_not_mix(cipher: str, one: Laptop, tmp_path: Path, host: Host) -> None:
    """Whoever asks for the other way is refused, and nothing is sent or remembered."""
    if cipher == AGE:
        host.commit({"mentorlog.toml": plain_label()}, "x")
    before = host.tip

    with pytest.raises(NeedsDoctor, match="The remote is"):
        one.sync(to=one.remote(cipher))

    assert host.tip == before
    assert one.place.remote() == one.remote(AGE)


def test_a_machine_without_the_key_begins_nothing(one: Laptop, tmp_path: Path) -> None:
    """No journal, no folder of a sync; with a key that is not the right one, neither."""
    three = Laptop(tmp_path, "three")
    for key, refused in ((None, NoKey), (Key("", age.new_identity()), UntrustedRemote)):
        with pytest.raises(refused):
            three.journal.remotes.sync(_begin(three), key)
        assert not three.root.exists()
        assert not [*three.state.rglob("remote.toml")]


@pytest.mark.slow
def test_two_journals_become_one(one: Laptop, tmp_path: Path) -> None:
    """With --join the remote's journal stays, and the key is that of the one journal."""
    three = Laptop(tmp_path, "three")
    three.add("n2229", "Of another journal.")
    three.ring.put(one.key.but(journal=three.id))
    with pytest.raises(AnotherHistory):
        three.sync(to=three.remote())
    three.sync(to=three.remote(), join=True)
    one.sync()

    assert three.id == one.id
    assert three.files == one.files
    assert three.sync().sent.count == 0
    assert three.key == one.key


def test_without_pyrage_the_extra_is_named(one: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is changed."""
    one.write("n2222", "Changed by one.")
    monkeypatch.setitem(sys.modules, "pyrage", None)

    with pytest.raises(MentorlogError, match="pyrage, which is not installed") as refused:
        one.sync()
    assert "pip install" in (refused.value.hint or "")
