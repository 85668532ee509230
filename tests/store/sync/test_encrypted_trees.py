"""Encrypted trees over real git: what is on the remote, what comes back, and who can read it."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from encrypted_machines import FILES, GOAL, ID, KEY, OSLER, PROFILE, Host, Machine
from mentorlog.store import age, keys
from mentorlog.store.disk import files
from mentorlog.store.keys import Key
from mentorlog.store.sync import encrypted_trees
from mentorlog.store.sync.courier import BRANCH, blob_id
from mentorlog.store.sync.encrypted_trees import packed
from mentorlog.store.sync.label import LABEL, README

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

Machines = Callable[..., Machine]


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """The remote."""
    return Host(tmp_path / "remote")


@pytest.fixture
def machines(tmp_path: Path, host: Host) -> Iterator[Machines]:
    """machines("laptop") -> another machine with the key."""
    made: list[Machine] = []

    def machine(name: str, key: Key = KEY) -> Machine:
        made.append(Machine(tmp_path / name, host.folder, key))
        return made[-1]

    yield machine
    for one in made:
        one.courier.close()


@pytest.fixture
def one(machines: Machines) -> Machine:
    """A machine that has sent the files."""
    machine = machines("one")
    machine.send(dict(FILES), first=True)
    return machine


def test_another_machine_reads_what_one_has_sent(one: Machine, machines: Machines) -> None:
    """To the byte, an empty file and one of a megabyte among them; the ids are those of the plain bytes."""
    large = bytes(range(256)) * (files.LIMIT // 256)
    one.send({"notes/n4m2x.toml": large, OSLER: None, GOAL: b"changed\n"})

    trees, tip = machines("other").opened()
    after = {GOAL: b"changed\n", PROFILE: b"", "journal.toml": b"format = 1\n", "notes/n4m2x.toml": large}
    assert trees.files(tip) == {path: blob_id(data) for path, data in after.items()}
    assert trees.contents(tip, after) == after
    assert trees.contents(tip, [GOAL]) == {GOAL: b"changed\n"}
    assert trees.check(tip) == ()


def test_the_remote_says_nothing(one: Machine, host: Host) -> None:
    """No name, no text, no key; an unchanged file keeps its blob, though nothing is encrypted to the same twice."""
    names, everything = host.names(), host.objects()

    assert {LABEL, README} == {name for name in names if not name.startswith("v1/")}
    assert len(names) == 2 + len(FILES) + 1
    for word in (b"Osler", b"osler", b"Submit", b"submit", b"goals", b"profile", ID.encode(), KEY.public.encode()):
        assert word not in everything
    assert KEY.identity[16:].encode() not in everything
    assert {len(packed(path, data)) for path, data in FILES.items()} == {encrypted_trees.BLOCK}
    before = set(host.git("ls-tree", "-r", BRANCH).splitlines())
    one.send({GOAL: b"changed\n"})
    after = set(host.git("ls-tree", "-r", BRANCH).splitlines())
    assert len(before & after) == len(before) - 1


def test_what_was_decrypted_is_remembered(one: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a private file; without it, or with rubbish in it, the answer is the same."""
    trees, tip = one.opened()
    expected = dict(trees.files(tip))
    assert stat.S_IMODE(one.known.stat().st_mode) == 0o600
    decrypted: list[str] = []
    real = age.Cipher.decrypt

    def counted(self: age.Cipher, data: bytes, name: str) -> bytes:
        decrypted.append(name)
        return real(self, data, name)

    monkeypatch.setattr(age.Cipher, "decrypt", counted)
    assert one.opened()[0].files(tip) == expected
    assert len(decrypted) == 2  # itself, and the settings of the remote
    good = one.known.read_bytes()
    encrypt = age.Cipher(KEY.identity, [KEY.public]).encrypt
    rubbish = [b"", b"{}", *map(encrypt, [b"", b"{", b"[1]", b'{"x": 1}', b'{"x": [1, 2, 3]}', b"[" * 100_000])]
    for data in (None, *rubbish, good[:-9], encrypt(b"{}")):
        one.known.unlink()
        if data is not None:
            one.known.write_bytes(data)
        decrypted.clear()
        assert one.opened()[0].files(tip) == expected, data
        assert len(decrypted) >= len(expected), data


def test_recipients_read_everything_and_are_never_fewer(one: Machine, machines: Machines, host: Host) -> None:
    """A new one can decrypt the old files as well; every machine learns of it and keeps to it."""
    other = machines("other")
    other.read()
    spouse = Key(ID, age.new_identity())
    one.ring.put(keys.with_recipients(one.ring.get(ID), [spouse.public]))
    trees, tip = one.opened()
    assert trees.is_outdated(tip)
    one.send({})

    trees, tip = other.opened()
    assert not trees.is_outdated(tip)
    assert other.ring.get(ID).recipients == (spouse.public,)
    other.send({"notes/n4m2x.toml": b"new\n"})
    reader = age.Cipher(spouse.identity, ())
    names = [name for name in host.names() if name.startswith("v1/")]
    assert len([reader.decrypt(host.blob(name), name) for name in names]) == len(FILES) + 2
    assert one.read() == {**FILES, "notes/n4m2x.toml": b"new\n"}


def test_erased_ids_are_known_to_those_with_the_key(one: Machine, machines: Machines, host: Host) -> None:
    """Also the name of a mentor; they are never fewer."""
    one.send({OSLER: None}, erased=("osler",))
    one.send({GOAL: None}, erased=("g7k3q",))

    trees, tip = machines("other").opened()
    assert trees.check(tip) == ("g7k3q", "osler")
    assert b"osler" not in host.objects()


@pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")
def test_the_readme_on_the_remote_is_enough(one: Machine, host: Host, tmp_path: Path) -> None:
    """Its loops, as they are printed there, with git, age and a shell alone."""
    clone = tmp_path / "clone"
    host.git("clone", "-q", "--branch", "mentorlog", str(host.folder), str(clone))
    (clone / "key.txt").write_bytes(KEY.text())
    loops = [part for part in (clone / README).read_text().split("\n\n") if part.lstrip().startswith("for f in")]
    assert len(loops) == 2

    printed = subprocess.run(["sh", "-c", loops[0]], cwd=clone, capture_output=True, check=True).stdout
    subprocess.run(["sh", "-c", loops[1]], cwd=clone, check=True)

    for path, data in FILES.items():
        assert b"%s %d\n%s" % (path.encode(), len(data), data) in printed
        assert (clone / "journal" / path).read_bytes() == data
