"""Keys: derivation by RFC 5869, the file that age reads, and a key ring that loses no key."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mentorlog.errors import BadValue, MentorlogError, NeedsDoctor
from mentorlog.store import age, keys
from mentorlog.store.keys import Key, KeyRing, Secrets, hkdf

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
ID = "0123456789abcdef"
IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
"""The key of 32 bytes 0x42, from the test vectors of age."""

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """A key ring without keys; its folder does not exist yet."""
    return KeyRing(tmp_path / "config" / "mentorlog" / "keys")


@pytest.mark.parametrize(
    ("secret", "salt", "info", "derived"),
    [
        (
            "0b" * 22,
            bytes(range(0x0D)).hex(),
            bytes(range(0xF0, 0xFA)).hex(),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            bytes(range(0x50)).hex(),
            bytes(range(0x60, 0xB0)).hex(),
            bytes(range(0xB0, 0x100)).hex(),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        ),
        (
            "0b" * 22,
            "",
            "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_derivation_follows_rfc_5869(secret: str, salt: str, info: str, derived: str) -> None:
    """The test cases 1 to 3 of the RFC, which are those with SHA-256."""
    size = len(derived) // 2

    assert hkdf(bytes.fromhex(secret), bytes.fromhex(info), bytes.fromhex(salt), size).hex() == derived


def test_names_and_seals_come_from_different_keys() -> None:
    """They are fixed: another version must find the files of this one."""
    secrets = Secrets(IDENTITY)

    assert secrets.name("goals/g7k3q-submit-case-report.toml") == NAME
    assert secrets.seal(b"tree") == SEAL
    assert secrets.id == KEY_ID
    assert secrets.is_sealed(b"tree", SEAL)
    assert not any(secrets.is_sealed(b"tree", seal) for seal in ("", SEAL[:-1], SEAL.upper(), "é" * 64))
    assert not Secrets(age.new_identity()).is_sealed(b"tree", SEAL)


NAME = "2b11fb63f3aa0701a8ed5f6dcaab9f68"
SEAL = "ac662540e64b9fbd60ca40be0ba7f29bcef215165e3680d572d6d5e8deb142c0"
KEY_ID = "710b07a645cc5372"


def test_a_key_is_a_file_of_age_and_private(ring: KeyRing) -> None:
    """Its folder and file are the user's alone; what it says of itself is in comments."""
    key = keys.made(ring, ID, NOW)

    path = ring.path(ID)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text() == (
        f"# created: 2026-11-30T09:00:00+00:00\n# public key: {key.public}\n# mentorlog journal: {ID}\n{key.identity}\n"
    )
    assert ring.get(ID) == key == keys.made(ring, ID, NOW)
    assert repr(key) == f"Key('{ID}')"


def test_a_file_that_others_may_read_becomes_private(ring: KeyRing) -> None:
    """As one that was copied from a stick."""
    keys.made(ring, ID, NOW)
    ring.path(ID).chmod(0o644)

    assert ring.find(ID) is not None
    assert stat.S_IMODE(ring.path(ID).stat().st_mode) == 0o600


def test_without_a_key_the_error_says_where_it_is(ring: KeyRing) -> None:
    """The other machine has it."""
    with pytest.raises(MentorlogError, match="This machine has no key for this journal") as refused:
        ring.get(ID)
    assert "mentorlog key import" in (refused.value.hint or "")


@pytest.mark.parametrize("journal", ["../../../etc/passwd", "/etc/passwd", "", "a/b", "x" * 65, "é", "a\nb"])
def test_no_journal_leads_out_of_the_folder(ring: KeyRing, journal: str) -> None:
    """The id of a journal is a text that somebody may have planted."""
    assert ring.path(journal).parent == ring.folder
    assert keys.made(ring, journal, NOW) == ring.get(journal)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "k contains no key."),
        ("# public key: age1\n", "k contains no key."),
        (f"{IDENTITY}\n{IDENTITY}\n", "k contains more than one line that is not a comment."),
        ("AGE-PLUGIN-YUBIKEY-1QYQSZQGPQYQSZQGP\n", "k contains a key of a plugin, which is not supported."),
        ("mentorlog\n", "k does not contain a secret key of age."),
        ("\0\xff\n", "k does not contain a secret key of age."),
        (IDENTITY.replace("YYSJ", "YYSK", 1), "k contains a key with a wrong character: its checksum does not match."),
        (IDENTITY[:-1], "k does not contain a secret key of age."),
    ],
)
def test_what_is_no_key_is_said_without_the_key(text: str, sentence: str) -> None:
    """A key that was typed from paper may have a wrong letter; no error shows a part of it."""
    with pytest.raises(BadValue) as refused:
        keys.parse(text.encode("latin-1"), "k")

    assert refused.value.sentence == sentence
    assert not any(part in f"{refused.value.sentence}{refused.value.hint}" for part in ("GFPYY", "QYQSZ"))


def test_a_key_may_be_typed_in_groups_and_in_lower_case() -> None:
    """As it was written down."""
    typed = " ".join([IDENTITY[at : at + 4] for at in range(0, len(IDENTITY), 4)]).lower()

    assert keys.parse(typed.encode(), "k") == Key("", IDENTITY)


def test_recipients_are_in_the_file_and_never_the_own_key(ring: KeyRing) -> None:
    """Each once, in the order in which they came."""
    one, two = (age.recipient_of(age.new_identity()) for _ in range(2))
    key = keys.with_recipients(keys.made(ring, ID, NOW), [one, two, one])
    key = keys.with_recipients(key, [key.public, one])

    assert key.recipients == (one, two)
    assert keys.parse(key.text(), "k") == key
    for wrong in ("age1yubikey1q", "", IDENTITY, "ssh-ed25519 AAAA", one[:-1]):
        with pytest.raises(BadValue):
            keys.with_recipients(key, [wrong])


def test_a_key_that_another_replaces_is_kept(ring: KeyRing) -> None:
    """Every former key stays, once, the newest first."""
    made = [Key(ID, age.new_identity()) for _ in range(3)]
    for key in (*made, made[0], made[2]):
        ring.put(key)

    assert ring.get(ID) == made[2]
    assert [key.identity for key in ring.former(ID)] == [made[0].identity, made[1].identity]
    assert stat.S_IMODE(ring.path(ID, ".old").stat().st_mode) == 0o600


def test_a_new_key_is_used_once_the_remote_has_it(ring: KeyRing) -> None:
    """Before, it lies beside the one in use, with the same recipients, and is not made twice."""
    recipient = age.recipient_of(age.new_identity())
    used = keys.with_recipients(keys.made(ring, ID, NOW), [recipient])
    ring.put(used)
    coming = ring.coming(ID, NOW)

    assert coming == ring.coming(ID, NOW) != used
    assert coming.recipients == (recipient,)
    assert ring.get(ID) == used
    assert ring.arrived(ID, Secrets(used.identity).id) is None
    assert ring.arrived(ID, Secrets(coming.identity).id) == coming == ring.get(ID)
    assert ring.arrived(ID, Secrets(coming.identity).id) is None
    assert [key.identity for key in ring.former(ID)] == [used.identity]


def test_a_damaged_key_is_named(ring: KeyRing) -> None:
    """It is never taken for missing, and never overwritten by a new one."""
    keys.made(ring, ID, NOW)
    ring.path(ID).write_text("rubbish")

    for use in (ring.get, ring.find, lambda id: keys.made(ring, id, NOW)):
        with pytest.raises(NeedsDoctor, match="does not contain a secret key"):
            use(ID)
    ring.path(ID).unlink()
    ring.path(ID).symlink_to("/etc/passwd")
    with pytest.raises(NeedsDoctor, match="symbolic link"):
        ring.get(ID)


def test_without_pyrage_the_error_says_how_to_install_it(ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint is a command for the Python that runs mentorlog; no file is left."""
    monkeypatch.setitem(sys.modules, "pyrage", None)

    with pytest.raises(MentorlogError, match="Keys need pyrage, which is not installed") as refused:
        keys.made(ring, ID, NOW)
    assert refused.value.hint == f"install it: {sys.executable} -m pip install 'pyrage>=1.4'"
    assert not ring.folder.exists()
    with pytest.raises(MentorlogError, match="An encrypted remote needs pyrage"):
        age.Cipher(IDENTITY, [])


@needs_age
def test_the_program_age_uses_the_key_and_we_use_its_keys(ring: KeyRing, tmp_path: Path) -> None:
    """`age -i` decrypts with our file what we encrypt; `age -r` encrypts what we decrypt; age-keygen's file is read."""
    key = keys.made(ring, ID, NOW)
    ours = age.Cipher(key.identity, [key.public])

    def run(*argv: str, stdin: bytes = b"") -> bytes:
        return subprocess.run(argv, input=stdin, capture_output=True, check=True).stdout

    assert run("age", "-d", "-i", str(ring.path(ID)), stdin=ours.encrypt(b"our text")) == b"our text"
    assert ours.decrypt(run("age", "-r", key.public, stdin=b"text"), "f") == b"text"
    assert ours.decrypt(run("age", "-a", "-r", key.public, stdin=b"text"), "f") == b"text"
    assert run("age-keygen", "-y", str(ring.path(ID))).decode().strip() == key.public
    (tmp_path / "theirs").write_bytes(run("age-keygen"))
    theirs = keys.parse((tmp_path / "theirs").read_bytes(), "theirs")
    assert theirs.created and not theirs.journal
    to_both = age.Cipher(key.identity, [key.public, theirs.public]).encrypt(b"for two")
    assert run("age", "-d", "-i", str(tmp_path / "theirs"), stdin=to_both) == b"for two"
    assert ours.decrypt(to_both, "f") == b"for two"


def test_what_is_not_for_a_key_or_is_damaged_has_its_sentence() -> None:
    """Every bit of what is encrypted counts."""
    cipher = age.Cipher(IDENTITY, [age.recipient_of(IDENTITY)])
    data = cipher.encrypt(b"x" * 600)

    with pytest.raises(age.NotForThisKey, match="f is not encrypted to this journal's key"):
        cipher.decrypt(age.Cipher(IDENTITY, [age.recipient_of(age.new_identity())]).encrypt(b"x"), "f")
    for at in (*range(0, len(data), 7), -1):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises((age.Damaged, age.NotForThisKey)):
            cipher.decrypt(bytes(changed), "f")
    for cut in (b"", data[:40], data[:-1], data[:-17], data + b"x", b"title = 1\n"):
        with pytest.raises(age.Damaged, match="f is damaged"):
            cipher.decrypt(cut, "f")
