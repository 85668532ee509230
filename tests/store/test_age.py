"""Encryption by passphrase: the age format, what is refused, and in which words."""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import age_format
from mentorlog.errors import MentorlogError
from mentorlog.store import age
from terminal import Terminal

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

PASSPHRASE = "osler röntgen curie"
PLAIN = bytes(range(256)) * 300  # two chunks
CHEAP = age_format.encrypt(PLAIN, PASSPHRASE)
MUTATIONS = 1000

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")


def refusal(data: bytes, passphrase: str = PASSPHRASE) -> tuple[str, str | None]:
    """Decrypt what cannot be decrypted; return the sentence and the hint."""
    with pytest.raises(MentorlogError) as refused:
        age.decrypt(data, passphrase, "b.age")
    return refused.value.sentence, refused.value.hint


@pytest.fixture(scope="module")
def encrypted() -> bytes:
    """The text as mentorlog encrypts it, which takes a second."""
    return age.encrypt(PLAIN, PASSPHRASE)


def test_what_is_encrypted_follows_the_specification(encrypted: bytes) -> None:
    """A second implementation of the format reads it, and its work factor is at least that of age."""
    assert age_format.decrypt(encrypted, PASSPHRASE) == PLAIN
    assert age.is_encrypted(encrypted[:32])
    assert 15 <= age_format.work_of(encrypted) <= age.MOST_WORK
    assert PLAIN[:16] not in encrypted


@pytest.mark.slow
def test_the_same_text_is_never_encrypted_to_the_same_bytes(encrypted: bytes) -> None:
    """Whoever sees two backups does not see that they are equal."""
    assert age.encrypt(PLAIN, PASSPHRASE)[:80] != encrypted[:80]


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537])
def test_what_follows_the_specification_is_decrypted(size: int) -> None:
    """Files of others are decrypted, to the byte, at every edge of a chunk."""
    plain = PLAIN[:size]

    assert age.decrypt(age_format.encrypt(plain, PASSPHRASE), PASSPHRASE, "b.age") == plain


def test_an_armored_file_is_the_same() -> None:
    """`age --armor` writes text: it is recognised and decrypted too."""
    text = age_format.armored(CHEAP)

    assert age.is_encrypted(text[:64])
    assert age.decrypt(text, PASSPHRASE, "b.age") == PLAIN
    assert age.decrypt(text.replace(b"\n", b"\r\n"), PASSPHRASE, "b.age") == PLAIN


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
        (age_format.with_work(CHEAP, 30), "a work factor of 2^30, and at most 2^22 is accepted"),
        (age_format.with_work(CHEAP, 23), "a work factor of 2^23, and at most 2^22 is accepted"),
        (age_format.with_work(CHEAP, "9" * 900), "a work factor of 2^9999, and at most"),
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
    monkeypatch.setattr(age, "_must_fit", lambda work, what: None)

    assert refusal(age_format.with_work(CHEAP, 60))[0] == (
        "Decrypting b.age takes too much work: it asks for more work than this machine does in a few seconds."
    )


def test_too_little_memory_is_an_error_and_no_abort() -> None:
    """The library would end the process where its memory cannot be had."""
    kept = resource.getrlimit(resource.RLIMIT_AS)
    in_use = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    if not in_use:
        pytest.skip("there is no /proc here")
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 2**28, kept[1]))
    try:
        sentence = refusal(age_format.with_work(CHEAP, 22))[0]
        with pytest.raises(MentorlogError, match="Encryption needs 1024 MiB of memory"):
            age.encrypt(PLAIN, PASSPHRASE)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, kept)

    assert sentence == "Decrypting b.age needs 4096 MiB of memory, which is not available here."


def mutations(data: bytes, other: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many damaged files: bits flipped, cut, bytes swapped and appended, the header of another file."""
    chance = random.Random(13)
    header = data.index(b"\n", data.index(b"\n---") + 1) + 1
    for number in range(count):
        at, to = sorted(chance.sample(range(len(data)), 2))
        if number % 2:  # half of them within the header and its nonce
            at, to = sorted(chance.sample(range(header + 16), 2))
        flipped = bytes([data[at] ^ 1 << chance.randrange(8)])
        kinds = {
            "flip": data[:at] + flipped + data[at + 1 :],
            "cut": data[:at],
            "hole": data[:at] + data[to:],
            "swap": data[:at] + data[to : to + 1] + data[at + 1 : to] + data[at : at + 1] + data[to + 1 :],
            "append": data + chance.randbytes(1 + number % 40),
            "repeat": data[:to] + data[at:],
            "header": other[: other.index(b"\n---") + number % 50] + data[header - 44 + number % 50 :],
            "body": data[:header] + other[header:],
        }
        name = [*kinds][number % len(kinds)]
        if kinds[name] != data:
            yield f"{name} at {at}, {to}", kinds[name]


def test_no_mutation_is_accepted() -> None:
    """Of 1,000 damaged files none is decrypted, and each is an error in words of ours."""
    plain = PLAIN[:3000]
    data = age_format.encrypt(plain, PASSPHRASE, work=1)
    other = age_format.encrypt(plain, PASSPHRASE, work=1, seed=b"other")
    tried = [*mutations(data, other, MUTATIONS + MUTATIONS // 20)][:MUTATIONS]
    wrong, sentences = [], set()
    for what, damaged in tried:
        try:
            age.decrypt(damaged, PASSPHRASE, "b.age")
            wrong.append(what)
        except MentorlogError as refused:
            sentences.add(refused.sentence)
            assert refused.hint, what

    assert (len(tried), wrong) == (MUTATIONS, [])
    assert {sentence.partition(" ")[0] for sentence in sentences} <= {"b.age", "Wrong", "Decrypting"}
    assert "b.age is damaged or incomplete: it cannot be decrypted." in sentences


def test_without_pyrage_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint is a command for the Python that runs mentorlog."""
    monkeypatch.setitem(sys.modules, "pyrage", None)
    sentence, hint = refusal(CHEAP)

    assert sentence == "Encryption needs pyrage, which is not installed."
    assert hint == f"install it: {sys.executable} -m pip install 'pyrage>=1.4'"
    with pytest.raises(MentorlogError, match="needs pyrage"):
        age.encrypt(PLAIN, PASSPHRASE)


@pytest.mark.slow
@needs_age
def test_the_program_age_reads_what_is_written(encrypted: bytes, tmp_path: Path) -> None:
    """`age -d` and the passphrase are all that a reader needs."""
    file = tmp_path / "b.age"
    file.write_bytes(encrypted)
    terminal = Terminal(["age", "-d", "-o", str(tmp_path / "plain"), str(file)], cwd=tmp_path)
    terminal.wait_for("passphrase").type(PASSPHRASE).press("enter")

    assert terminal.end() == 0, terminal.picture()
    assert (tmp_path / "plain").read_bytes() == PLAIN


@pytest.mark.slow
@needs_age
@pytest.mark.parametrize("options", [(), ("--armor",)])
def test_what_the_program_age_writes_is_read(options: tuple[str, ...], tmp_path: Path) -> None:
    """The reverse: a file of `age --passphrase`."""
    (tmp_path / "plain").write_bytes(PLAIN)
    terminal = Terminal(["age", "--passphrase", *options, "-o", "b.age", "plain"], cwd=tmp_path)
    terminal.wait_for("leave empty").type(PASSPHRASE).press("enter")
    terminal.wait_for("Confirm passphrase").type(PASSPHRASE).press("enter")
    assert terminal.end() == 0, terminal.picture()
    data = (tmp_path / "b.age").read_bytes()

    assert age.is_encrypted(data)
    assert age.decrypt(data, PASSPHRASE, "b.age") == PLAIN


@pytest.mark.slow
@needs_age
def test_a_file_to_a_key_of_the_program_age(tmp_path: Path) -> None:
    """A real file for a key is told apart from one with a passphrase."""
    key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    public = next(line.split()[-1] for line in key.splitlines() if "public key" in line)
    data = subprocess.run(["age", "-r", public], input=PLAIN, capture_output=True, check=True).stdout

    assert refusal(data)[0] == "b.age is encrypted to a key, not with a passphrase."
