"""`mentorlog backup` with `--encrypt`: what is on the disk, who can read it, and where the passphrase is not."""

from __future__ import annotations

import json
import random
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import age_format
from mentorlog.errors import MentorlogError
from mentorlog.store import age
from mentorlog.store.backup.verify import verify
from mentorlog.store.disk import syscalls
from terminal import Terminal
from trust.canary import flown, watched
from world import Ran, World

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

Run = Callable[..., Ran]
PASSPHRASE = "kanarienvogel im käfig"
SECRET = "The goldfinch sings at night"
MUTATIONS = 1000
BACKWARDS = shlex.join([sys.executable, "-S", "-c", f"print({PASSPHRASE[::-1]!r}[::-1])"])
"""A command that prints the passphrase, which is not in it."""
FROM_COMMAND = ("--passphrase-command", BACKWARDS)


@pytest.fixture
def journal(journal_root: Path, invoke: Run) -> Path:
    """A journal with a few records."""
    invoke("profile", "set", "name=Röntgen [/b] 日本 🩺")
    invoke("mentor", "add", "William Osler", "--every", "4 weeks")
    invoke("goal", "add", SECRET, "--with", "osler")
    return journal_root


@pytest.fixture
def plain(journal: Path, invoke: Run, world: World) -> bytes:
    """The bytes of a backup that is not encrypted; its file is gone."""
    invoke("backup", "make", "plain.tar", "--with-log")
    file = world.work / "plain.tar"
    data = file.read_bytes()
    file.unlink()
    return data


@pytest.fixture
def cheap(plain: bytes, world: World) -> Path:
    """An encrypted backup that is decrypted at once."""
    path = world.work / "b.age"
    path.write_bytes(age_format.encrypt(plain, PASSPHRASE))
    return path


class Writes:
    """The system calls of the store, and every byte that they write."""

    def __init__(self) -> None:
        self.real = syscalls.calls
        self.written = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def write(self, descriptor: int, data: bytes) -> int:
        self.written += bytes(data)
        return self.real.write(descriptor, data)


def files_of(root: Path) -> dict[str, bytes]:
    """The files of a journal that a backup with the log holds."""
    own = {"index.sqlite", "index.seal", "lock", "drafts"}
    paths = [path for path in root.rglob("*") if path.is_file() and not own & {*path.relative_to(root).parts}]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


@pytest.mark.slow
def test_nothing_unencrypted_is_written_and_the_passphrase_is_nowhere(
    plain: bytes, journal: Path, invoke: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tar is in memory alone; the passphrase is in no file, and no argument or variable of what is started."""
    seen = world.root / "seen"
    code = f"import os; open({str(seen)!r}, 'w').write(repr(os.environ))"
    command = shlex.join([sys.executable, "-S", "-c", f"{code}; print({PASSPHRASE[::-1]!r}[::-1])"])
    writes = Writes()
    monkeypatch.setattr(syscalls, "calls", writes)
    with watched() as watch:
        made = invoke("backup", "make", "b.age", "--with-log", "--encrypt", "--passphrase-command", command)
    data = (world.work / "b.age").read_bytes()

    assert made.exit == 0, made
    assert made.out == (
        f"Backed up 2 records, your profile and 3 changes of the history to {world.work}/b.age "
        f"(up to change 3, Mon 23 Nov 2026, {round(len(data) / 1000)} kB, encrypted, read back)\n"
    )
    assert made.err == (
        "Nobody can read this backup without its passphrase, which mentorlog stores nowhere: keep it in a safe place.\n"
    )
    assert data in writes.written
    assert not [word for word in (b"goldfinch", b"osler", b"backup.toml", b"ustar") if word in writes.written]
    assert age.decrypt(data, "b.age", PASSPHRASE) == plain
    assert [path.name for path in world.work.iterdir()] == ["b.age"]

    assert "PATH" in seen.read_text() and len(watch.started) == 1 and not watch.sockets
    assert PASSPHRASE not in repr([watch.started, made])
    assert flown(world.root, PASSPHRASE) == []
    assert flown(world.root, "goldfinch", but=journal) == []


def test_it_is_verified_restored_and_listed(cheap: Path, journal: Path, invoke: Run, world: World) -> None:
    """Every verb knows an encrypted file by its beginning, whatever its name, and asks; a list does not ask."""
    file = cheap.rename(world.work / "any-name.tar")
    size = file.stat().st_size
    verified = invoke("backup", "verify", "any-name.tar", *FROM_COMMAND, "--json").data
    (closed,) = invoke("backup", "list", ".", "--json").data
    (opened,) = invoke("backup", "list", ".", *FROM_COMMAND, "--json").data
    dry = invoke("backup", "restore", "any-name.tar", "again", "--dry-run", *FROM_COMMAND)
    assert not (world.work / "again").exists()
    restored = invoke("backup", "restore", "any-name.tar", "again", *FROM_COMMAND)

    assert (verified["encrypted"], verified["size"], verified["change"], verified["unreadable"]) == (True, size, 3, [])
    assert (closed["encrypted"], closed["size"], closed["change"], closed["problem"]) == (True, size, None, None)
    assert opened == {key: value for key, value in verified.items() if key != "unreadable"} | {"problem": None}
    assert (dry.exit, restored.exit) == (0, 0)
    own = {".mentorlog/machine"}  # of this machine alone
    assert files_of(world.work / "again") == {path: data for path, data in files_of(journal).items() if path not in own}


def test_the_list_says_what_is_encrypted(cheap: Path, plain: bytes, invoke: Run, world: World) -> None:
    """Without a passphrase their size is all that is known; another passphrase is a problem of that file alone."""
    (world.work / "other.age").write_bytes(age_format.encrypt(plain, "another passphrase"))
    (world.work / "note.age").write_bytes(age_format.encrypt(b"Dear diary", PASSPHRASE))

    assert [line.split()[:2] for line in invoke("backup", "list", ".").out.splitlines()[1:]] == [
        ["b.age", "encrypted"],
        ["note.age", "encrypted"],
        ["other.age", "encrypted"],
    ]
    opened = invoke("backup", "list", ".", *FROM_COMMAND)
    assert [line.split()[:2] for line in opened.out.splitlines()[1:]] == [
        ["b.age", "Mon"],
        ["note.age", "cannot"],
        ["other.age", "cannot"],
    ]
    problems = [one["problem"] for one in invoke("backup", "list", ".", *FROM_COMMAND, "--json").data]
    assert problems[:1] == [None]
    assert "is not a backup of mentorlog" in problems[1]
    assert problems[2] == f"Wrong passphrase for {world.work}/other.age."
    assert invoke("backup", "list", ".", "--passphrase-command", "false").exit == 1


@pytest.mark.parametrize("words", [("verify", "b.age"), ("restore", "b.age", "again")])
def test_what_cannot_be_decrypted(words: tuple[str, ...], cheap: Path, invoke: Run, world: World) -> None:
    """A wrong passphrase, a key, a work factor of 2^30, a cut file: a sentence, and nothing is written."""
    data = cheap.read_bytes()
    wrong = invoke("backup", *words, "--passphrase-command", "echo twelve or more")
    assert wrong == (
        1,
        "",
        f"error: Wrong passphrase for {cheap}.\n"
        "hint: try again; if the passphrase is right, the file is damaged: use another backup\n",
    )
    cheap.write_bytes(age_format.with_work(data, 30))
    assert invoke("backup", *words).exit == 1  # nobody is asked for a passphrase that would not help
    for damaged, sentence in [
        (age_format.with_work(data, 30), "asks for a work factor of 2^30 to decrypt it; at most 2^22 is accepted."),
        (age_format.to_key(data), "is encrypted to a key, not with a passphrase."),
        (data[:-1], "is damaged or incomplete: it cannot be decrypted."),
        (data[:4096], "is damaged or incomplete: it cannot be decrypted."),
        (data[:25], "is damaged or incomplete: it cannot be decrypted."),
    ]:
        cheap.write_bytes(damaged)
        ran = invoke("backup", *words, *FROM_COMMAND)
        assert (ran.exit, ran.out) == (1, ""), ran
        assert f"error: {cheap} {sentence}\n" in ran.err
    assert f"use another backup; to list them: mentorlog backup list {world.work}\n" in ran.err
    assert [path.name for path in world.work.iterdir()] == ["b.age"]


def test_a_huge_file_is_not_read(cheap: Path, invoke: Run) -> None:
    """A file of a tebibyte that begins like an encrypted one is refused before a passphrase is asked for."""
    with cheap.open("ab") as file:
        file.truncate(1 << 40)
    ran = invoke("backup", "verify", "b.age")

    assert ran.exit == 1
    assert ran.err.startswith(f"error: Decrypting {cheap} needs 3,145,729 MiB of memory, which is not available here.")


@pytest.mark.parametrize(
    "words",
    [("make", "new.age", "--encrypt"), ("verify", "b.age"), ("restore", "b.age", "again")],
)
@pytest.mark.parametrize("no_input", [("--no-input",), ()])
def test_without_a_terminal_the_option_is_named(
    words: tuple[str, ...], no_input: tuple[str, ...], cheap: Path, invoke: Run, world: World
) -> None:
    """Nobody can answer in a pipe."""
    ran = invoke("backup", *words, *no_input, stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")

    assert ran.exit == 2
    assert ran.err.endswith("hint: pass --passphrase-command, or run in a terminal\n")
    assert [path.name for path in world.work.iterdir()] == ["b.age"]


@pytest.mark.parametrize(
    ("words", "sentence", "status"),
    [
        (("--encrypt", "--passphrase-command", "echo elevenchars"), "The passphrase has fewer than 12 characters", 1),
        (("--encrypt", "--passphrase-command", "true"), "The passphrase command true printed no passphrase.", 1),
        (("--encrypt", "--passphrase-command", "false"), "The passphrase command false exited with status 1.", 1),
        (("--encrypt", "--passphrase-command", ""), "--passphrase-command is empty.", 1),
        (("--passphrase-command", BACKWARDS), "--passphrase-command needs --encrypt.", 2),
    ],
)
def test_no_backup_without_a_good_passphrase(
    words: tuple[str, ...], sentence: str, status: int, journal: Path, invoke: Run, world: World
) -> None:
    """Each refusal says why; nothing is written."""
    ran = invoke("backup", "make", "b.age", *words)

    assert (ran.exit, ran.out) == (status, "")
    assert ran.err.startswith(f"error: {sentence}")
    assert not [*world.work.iterdir()]


def test_without_the_extra(cheap: Path, invoke: Run, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked, and the hint is the command that installs it; plain backups need it not."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    for words in (
        ("make", "new.age", "--encrypt"),
        ("verify", "b.age"),
        ("restore", "b.age", "again"),
        ("list", ".", *FROM_COMMAND),
    ):
        assert invoke("backup", *words) == (
            1,
            "",
            "error: Encrypted backups need pyrage, which is not installed.\n"
            f"hint: install it: {sys.executable} -m pip install 'pyrage>=1.4'\n",
        )
    assert invoke("backup", "list", ".").exit == 0
    assert invoke("backup", "make", "plain.tar").exit == 0


@pytest.mark.slow
def test_a_disk_that_returns_other_bytes(
    journal: Path, invoke: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An encrypted backup that cannot be decrypted again is none, and leaves nothing."""

    class Rotten(Writes):
        def write(self, descriptor: int, data: bytes) -> int:
            if bytes(data[:3]) == b"age":
                data = bytes(data[:200]) + bytes([data[200] ^ 1]) + bytes(data[201:])
            return super().write(descriptor, data)

    monkeypatch.setattr(syscalls, "calls", Rotten())
    ran = invoke("backup", "make", "b.age", "--encrypt", *FROM_COMMAND)

    assert ran.exit == 5
    assert ran.err.startswith(
        f"error: Cannot write {world.work}/b.age: the disk returns other bytes than were written."
    )
    assert not [*world.work.iterdir()]


# No mutation is accepted


def mutations(data: bytes, other: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield damaged files: bits flipped, cut, bytes missing, swapped, repeated and appended, parts of another file."""
    chance = random.Random(13)
    header = data.index(b"\n", data.index(b"\n---") + 1) + 1
    for number in range(2 * MUTATIONS):
        end = header + 16 if number % 3 else len(data)  # two of three in the header and the nonce
        at, to = sorted(chance.sample(range(end), 2))
        flipped = bytes([data[at] ^ 1 << chance.randrange(8)])
        kinds = {
            "flip": data[:at] + flipped + data[at + 1 :],
            "cut": data[:at],
            "hole": data[:at] + data[to:],
            "swap": data[:at] + data[to : to + 1] + data[at + 1 : to] + data[at : at + 1] + data[to + 1 :],
            "append": data + chance.randbytes(1 + number % 40),
            "repeat": data[:to] + data[at:],
            "header": other[:at] + data[at:] if at > 22 else b"",
            "body": data[:header] + other[header:],
            "chunk": data[: -age_format.TAG - number % 500] + other[-age_format.TAG - number % 500 :],
        }
        name = [*kinds][number % len(kinds)]
        if kinds[name] not in (data, other):
            yield f"{name} at {at}, {to}", kinds[name]


def test_no_mutation_is_accepted(plain: bytes, world: World) -> None:
    """Of 1,000 damaged backups none is verified, and each is an error in words of ours, with what to do."""
    data, other = (age_format.encrypt(plain, PASSPHRASE, work=1, seed=seed) for seed in (b"one", b"other"))
    path = world.work / "b.age"
    accepted, sentences, count = [], set(), 0
    for what, damaged in mutations(data, other):
        path.write_bytes(damaged)
        try:
            verify(path, partial(age.decrypt, passphrase=PASSPHRASE))
            accepted.append(what)
        except MentorlogError as refused:
            assert refused.hint, what
            sentences.add(refused.sentence.replace(str(path), "FILE"))
        count += 1
        if count == MUTATIONS:
            break

    assert (count, accepted) == (MUTATIONS, [])
    assert {
        "FILE is damaged or incomplete: it cannot be decrypted.",
        "FILE is encrypted to a key, not with a passphrase.",
        "FILE is empty.",
        "FILE is not a backup of mentorlog.",
        "Wrong passphrase for FILE.",
    } <= sentences


@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_a_bug_does_not_print_the_passphrase(
    debug: tuple[str, ...], cheap: Path, invoke: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in no crash report and no traceback."""

    def broken(data: bytes, name: str, passphrase: str) -> bytes:
        local = passphrase
        raise RuntimeError(f"made up: {len(local)}")

    monkeypatch.setattr(age, "decrypt", broken)
    ran = invoke("backup", "verify", "b.age", *FROM_COMMAND, *debug)

    assert ran.exit == 70
    assert PASSPHRASE not in ran.out + ran.err
    assert flown(world.root, PASSPHRASE) == []
    assert debug or [*world.home.rglob("crash-*.txt")]


# On a terminal


@pytest.mark.slow
def test_a_passphrase_is_typed_twice(cheap: Path, terminal: Callable[..., Terminal]) -> None:
    """To encrypt it is asked for twice, to decrypt once; the screen never shows it."""
    making = terminal("backup", "make", "new.age", "--encrypt", columns=40)
    making.answer("New passphrase (at least 12 characters)", PASSPHRASE)
    making.answer("The same passphrase again", PASSPHRASE)
    assert making.end() == 0, making.picture()
    assert "encrypted, read back" in " ".join(making.text.split())

    restoring = terminal("backup", "restore", "b.age", "again")
    restoring.answer(f"Passphrase of {cheap}", PASSPHRASE)
    assert restoring.end() == 0, restoring.picture()
    assert "Restored 2 records" in restoring.text
    assert PASSPHRASE.encode() not in making.raw + restoring.raw


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_write_of_the_process_has_a_word_of_the_journal(journal: Path, world: World, tmp_path: Path) -> None:
    """The same as the system sees it: whatever is written to whatever file, by any library."""
    log = tmp_path / "log"
    call = ["strace", "-f", "-qq", "-e", "trace=write,pwrite64,writev,sendto", "-s", "1000000", "-o", str(log)]
    program = [sys.executable, "-P", "-m", "mentorlog", "backup", "make", "b.age", "--encrypt", *FROM_COMMAND]
    subprocess.run([*call, *program], cwd=world.work, env=world.variables(), check=True, capture_output=True)
    trace = log.read_text(errors="replace")

    assert "age-encryption.org" in trace
    assert "goldfinch" not in trace and "backup.toml" not in trace
    passphrase_writes = [line for line in trace.splitlines() if "kanarienvogel" in line]
    assert len(passphrase_writes) == 1  # by the command, into its pipe


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")
def test_age_and_tar_are_enough(journal: Path, invoke: Run, world: World) -> None:
    """Without mentorlog the backup is decrypted, unpacked and checked."""
    assert invoke("backup", "make", "b.age", "--encrypt", *FROM_COMMAND).exit == 0
    unpacked = world.work / "unpacked"
    unpacked.mkdir()
    line = "age -d b.age | tar x -C unpacked && cd unpacked && sha256sum -c SHA256SUMS"
    decrypting = Terminal(["sh", "-c", line], cwd=world.work)
    decrypting.wait_for("passphrase").type(PASSPHRASE).press("enter")
    assert decrypting.end() == 0, decrypting.picture()
    goals = invoke("goal", "list", "--json", env={"MENTORLOG_JOURNAL": str(unpacked)})
    assert [goal["title"] for goal in json.loads(goals.out)["data"]] == [SECRET]
