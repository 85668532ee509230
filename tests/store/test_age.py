"""Encryption by passphrase: the age format, what is refused, and in which words."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import age_format
from mentorlog.errors import MentorlogError
from mentorlog.store import age
from terminal import Terminal

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

PASSPHRASE = "osler röntgen curie"
PLAIN = bytes(range(256)) * 300  # two chunks
CHEAP = age_format.encrypt(PLAIN, PASSPHRASE)

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")


def refusal(data: bytes, passphrase: str = PASSPHRASE) -> tuple[str, str | None]:
    """Decrypt what cannot be decrypted; return the sentence and the hint."""
    with pytest.raises(MentorlogError) as refused:
        age.decrypt(data, "b.age", passphrase)
    return refused.value.sentence, refused.value.hint


@pytest.mark.slow
def test_what_is_encrypted_follows_the_specification() -> None:
    """A second implementation of the format reads it."""
    encrypted = age.encrypt(PLAIN, PASSPHRASE)

    assert age_format.decrypt(encrypted, PASSPHRASE) == PLAIN
    assert age.is_encrypted(encrypted[:32])
    assert 15 <= age_format.work_of(encrypted) <= age.MOST_WORK
    assert PLAIN[:16] not in encrypted


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537])
def test_what_follows_the_specification_is_decrypted(size: int) -> None:
    """Files of others are decrypted, to the byte, at every edge of a chunk."""
    plain = PLAIN[:size]

    assert age.decrypt(age_format.encrypt(plain, PASSPHRASE), "b.age", PASSPHRASE) == plain


def test_an_armored_file_is_the_same() -> None:
    """`age --armor` writes text: it is recognised and decrypted too."""
    text = age_format.armored(CHEAP)

    assert age.is_encrypted(text[:64])
    assert age.decrypt(text, "b.age", PASSPHRASE) == PLAIN
    assert age.decrypt(text.replace(b"\n", b"\r\n"), "b.age", PASSPHRASE) == PLAIN


@pytest.mark.parametrize("data", [b"", b"age", b"PK\x03\x04", b"backup.toml", CHEAP[1:], CHEAP[100:]])
def test_other_files_are_not_encrypted(data: bytes) -> None:
    """What does not begin as a file of age is none."""
    assert not age.is_encrypted(data)
    assert refusal(data)[0] == "b.age is damaged or incomplete: it cannot be decrypted."


def test_a_wrong_passphrase() -> None:
    """It is a sentence of its own, and nothing of it is in the sentence."""
    assert refusal(CHEAP, "another passphrase") == (
        "Wrong passphrase for b.age.",
        "try again; if the passphrase is right, the file is damaged: use another backup",
    )


@pytest.mark.parametrize("form", [bytes, age_format.armored], ids=["binary", "armored"])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            age_format.with_work(CHEAP, 30),
            "b.age asks for a work factor of 2^30 to decrypt it; at most 2^22 is accepted.",
        ),
        (age_format.with_work(CHEAP, 23), "b.age asks for a work factor of 2^23 to decrypt it; at most"),
        (age_format.with_work(CHEAP, "9" * 900), "b.age asks for a work factor of 2^9999"),
        (age_format.to_key(CHEAP), "b.age is encrypted to a key, not with a passphrase."),
        (CHEAP.replace(b"/v1\n", b"/v2\n"), "b.age has a version of the age format that is not supported."),
        (age_format.with_work(CHEAP, "-1"), "b.age is damaged or incomplete"),
        (age_format.with_work(CHEAP, "02"), "b.age is damaged or incomplete"),
        (CHEAP[:30], "b.age is damaged or incomplete"),
        (CHEAP[:100], "b.age is damaged or incomplete"),
        (CHEAP[:-1], "b.age is damaged or incomplete"),
        (CHEAP[: CHEAP.index(b"\n---") + 70 + age_format.CHUNK], "b.age is damaged or incomplete"),
        (CHEAP.replace(b"\n---", b"\n-> scrypt YWJj 2\nYWJj\n---"), "b.age is damaged or incomplete"),
    ],
)
def test_what_cannot_be_decrypted_is_said_before_a_passphrase_is_stretched(
    form: type[bytes], data: bytes, sentence: str
) -> None:
    """Each has its own sentence; a work factor that would take minutes and gigabytes is never tried."""
    assert sentence in refusal(form(data))[0]


def test_a_limit_of_pyrage_itself_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine accepts less than the program age: pyrage says so, in its words."""
    monkeypatch.setattr(age, "MOST_WORK", 64)
    monkeypatch.setattr(age, "_must_fit", lambda work, size, what: None)

    assert refusal(age_format.with_work(CHEAP, 60)) == (
        "b.age asks for more work to decrypt it than this machine can do in a few seconds.",
        "use a faster machine, or: age -d b.age > backup.tar",
    )


def test_a_busy_machine_makes_no_weaker_file_and_reads_every_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyrage measures the machine each time, and a moment in which others are busy must not count."""
    works = iter([12, 16, 19, 14, 15, 13])
    refusals = iter([True, True, False])

    class Busy:
        @staticmethod
        def encrypt(data: bytes, passphrase: str) -> bytes:
            return age_format.with_work(CHEAP, next(works))

        @staticmethod
        def decrypt(data: bytes, passphrase: str) -> bytes:
            if next(refusals):
                raise ValueError("Excessive work parameter for passphrase.")
            return PLAIN

    monkeypatch.setitem(sys.modules, "pyrage", SimpleNamespace(passphrase=Busy))

    assert age_format.work_of(age.encrypt(PLAIN, PASSPHRASE)) == 19
    assert age_format.work_of(age.encrypt(PLAIN, PASSPHRASE)) == 15
    assert age.decrypt(CHEAP, "b.age", PASSPHRASE) == PLAIN


def test_too_little_memory_is_an_error_and_no_abort() -> None:
    """The library would end the process where its memory cannot be had."""
    sizes = Path("/proc/self/statm")
    if not sizes.exists():
        pytest.skip("there is no /proc here")
    kept = resource.getrlimit(resource.RLIMIT_AS)
    in_use = int(sizes.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 2**28, kept[1]))
    try:
        sentence = refusal(age_format.with_work(CHEAP, 22))[0]
        with pytest.raises(MentorlogError, match="Encryption needs 1,025 MiB of memory"):
            age.encrypt(PLAIN, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, kept)

    assert sentence == "Decrypting b.age needs 4,097 MiB of memory, which is not available here."


def test_without_pyrage_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint is a command for the Python that runs mentorlog."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    sentence, hint = refusal(CHEAP)

    assert sentence == "Encrypted backups need pyrage, which is not installed."
    assert hint == f"install it: {sys.executable} -m pip install 'pyrage>=1.4'"
    with pytest.raises(MentorlogError, match="need pyrage"):
        age.encrypt(PLAIN, PASSPHRASE)


@pytest.mark.slow
@needs_age
def test_what_the_program_age_writes_is_read(tmp_path: Path) -> None:
    """A file of `age --passphrase`; test_backup_encrypted.py has the reverse."""
    (tmp_path / "plain").write_bytes(PLAIN)
    terminal = Terminal(["age", "--passphrase", "--armor", "-o", "b.age", "plain"], cwd=tmp_path)
    terminal.wait_for("leave empty").type(PASSPHRASE).press("enter")
    terminal.wait_for("Confirm passphrase").type(PASSPHRASE).press("enter")
    assert terminal.end() == 0, terminal.picture()
    data = (tmp_path / "b.age").read_bytes()

    assert age.is_encrypted(data)
    assert age.decrypt(data, "b.age", PASSPHRASE) == PLAIN


@pytest.mark.slow
@needs_age
def test_a_file_to_a_key_of_the_program_age(tmp_path: Path) -> None:
    """A real file for a key is told apart from one with a passphrase."""
    key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    public = next(line.split()[-1] for line in key.splitlines() if "public key" in line)
    data = subprocess.run(["age", "-r", public], input=PLAIN, capture_output=True, check=True).stdout

    assert refusal(data)[0] == "b.age is encrypted to a key, not with a passphrase."
