"""`mentorlog key`: show, export, import, recipients; where the key is, and where it is not."""

from __future__ import annotations

import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import age_format
from mentorlog.domain.syncing import AGE, Remote, SyncRequest
from mentorlog.store import age
from mentorlog.store.journal import Journal
from store.sync.exchanged import bare
from sync_machines import NOW
from terminal import Terminal
from world import Ran, World

pyrage = pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

Run = Callable[..., Ran]
KEY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
PUBLIC = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
PASSPHRASE = "kanarienvogel im käfig"
FROM_COMMAND = (
    "--passphrase-command",
    shlex.join([sys.executable, "-S", "-c", f"print({PASSPHRASE[::-1]!r}[::-1])"]),
)

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the program age is not installed")


def new_identity() -> str:
    """Return a new secret key."""
    return str(pyrage.x25519.Identity.generate())


@pytest.fixture
def key(journal_root: Path, invoke: Run, world: World) -> Path:
    """A journal with a key; returns the file of the key."""
    assert invoke("key", "import", "-", stdin=KEY).exit == 0
    (file,) = (world.home / ".config/mentorlog/keys").iterdir()
    return file


NEEDING_A_KEY = (("show",), ("export", "k.age"), ("add-recipient", PUBLIC))


def test_without_a_key(journal_root: Path, invoke: Run) -> None:
    """What needs one says how a journal gets its first one, and makes none."""
    for words in NEEDING_A_KEY:
        assert invoke("key", *words) == (
            1,
            "",
            "error: This journal has no key yet.\nhint: a key is made by: mentorlog sync --to URL --encrypt\n",
        )


def test_without_the_key_of_an_encrypted_remote(synced: Journal, invoke: Run, world: World) -> None:
    """What needs it says where to get it, and makes no other."""
    (key,) = (world.home / ".config/mentorlog/keys").iterdir()
    key.unlink()

    for words in NEEDING_A_KEY:
        assert invoke("key", *words) == (
            1,
            "",
            "error: This machine has no key for this journal.\n"
            "hint: export it where you have it, then: mentorlog key import journal-key.age\n",
        )


def test_show(key: Path, invoke: Run) -> None:
    """The key, its public half, who else can decrypt, and a remark on who may not see it."""
    shown = invoke("key", "show")

    assert shown.out == f"Key:\n  {KEY}\nPublic key:\n  {PUBLIC}\nRecovery recipients:\n  none\n"
    assert shown.err == "Whoever has this key can read everything on the encrypted remote.\n"
    data = invoke("key", "show", "--json").data
    assert data == {
        "journal": key.stem,
        "public": PUBLIC,
        "recipients": [],
        "created": None,
        "key": KEY,
    }


@pytest.mark.slow
def test_on_a_terminal_show_says_who_could_read_it(key: Path, terminal: Callable[..., Terminal]) -> None:
    """Somebody behind, a shared screen, the lines above."""
    shown = terminal("key", "show")

    assert shown.end() == 0
    words = " ".join(shown.everything)
    assert KEY in words and "Whoever sees this screen" in words and "scrolls back in this terminal" in words


@pytest.mark.slow
def test_export_and_import(key: Path, invoke: Run, world: World) -> None:
    """A private file that only the passphrase opens; on another machine it is the same key."""
    exported = invoke("key", "export", "k.age", *FROM_COMMAND)
    file = world.work / "k.age"

    assert exported.exit == 0
    assert exported.out.startswith(f"Exported the key of this journal to {file} (encrypted with a passphrase")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert KEY.encode() not in file.read_bytes() and age.is_encrypted(file.read_bytes())
    before = key.read_bytes()
    key.unlink()
    assert invoke("key", "import", "k.age", *FROM_COMMAND).out == f"Imported the key of this journal ({PUBLIC})\n"
    assert key.read_bytes() == before
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    (world.work / "k.txt").write_text(KEY)
    assert invoke("key", "import", "k.txt").err == "This journal already uses this key; nothing changed.\n"


def test_for_scripts(key: Path, invoke: Run, world: World) -> None:
    """Import and recipients say the same of a key as show, without the key itself."""
    shown = invoke("key", "show", "--json").data
    (world.work / "k.txt").write_text(KEY)
    del shown["key"]

    assert invoke("key", "import", "k.txt", "--json").data == shown
    key.unlink()
    assert invoke("key", "import", "k.txt", "--json").data == shown
    other = age.recipient_of(new_identity())
    assert invoke("key", "add-recipient", other, "--json").data == {**shown, "recipients": [other]}


def test_an_export_overwrites_nothing_unasked(key: Path, invoke: Run, world: World) -> None:
    """Nor does it go to stdout, into the journal, or out with a short passphrase."""
    (world.work / "k.age").write_text("mine")

    assert invoke("key", "export", "k.age", *FROM_COMMAND).exit == 2
    assert invoke("key", "export", "-", *FROM_COMMAND).exit == 1
    assert invoke("key", "export", "new.age", "--passphrase-command", "echo short").exit == 1
    assert invoke("key", "export", "new.age", "--no-input").exit == 2
    assert [path.name for path in world.work.iterdir()] == ["k.age"]
    assert (world.work / "k.age").read_text() == "mine"


def test_another_key_is_replaced_only_if_the_user_agrees(key: Path, invoke: Run, world: World) -> None:
    """The one that was in use is kept."""
    other = new_identity()
    (world.work / "other.txt").write_text(other)

    refused = invoke("key", "import", "other.txt")
    assert refused.exit == 2
    assert KEY in key.read_text()
    assert invoke("key", "import", "other.txt", "--yes").exit == 0
    assert other in key.read_text()
    assert KEY in key.with_suffix(".old.txt").read_text()


def test_the_key_of_another_journal_is_asked_for(key: Path, invoke: Run, world: World) -> None:
    """A file that we exported says to which journal it belongs."""
    (world.work / "k.txt").write_text(f"# mentorlog journal: 0123456789abcdef\n{new_identity()}\n")

    refused = invoke("key", "import", "k.txt")
    assert refused.exit == 2
    assert "This is the key of another journal." in refused.err
    assert KEY in key.read_text()
    assert invoke("key", "import", "k.txt", "--yes").exit == 0  # before two journals become one


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (age_format.encrypt(KEY.encode(), "another passphrase"), "Wrong passphrase for k."),
        (age_format.with_work(age_format.encrypt(b"", PASSPHRASE), 30), "k asks for a work factor of 2^30"),
        (age_format.encrypt(KEY.encode(), PASSPHRASE)[:-1], "k is damaged or incomplete"),
        (age_format.encrypt(b"", PASSPHRASE), "k contains no key."),
        (b"AGE-PLUGIN-YUBIKEY-1QYQSZQGPQYQSZQGP", "k contains a key of a plugin"),
        (b"title = 'x'", "k does not contain a secret key of age."),
        (KEY.replace("YY", "YX", 1).encode(), "k contains a key with a wrong character"),
    ],
)
def test_what_is_no_key_is_refused(data: bytes, sentence: str, journal_root: Path, invoke: Run, world: World) -> None:
    """Each with its sentence; nothing is written."""
    (world.work / "k").write_bytes(data)

    refused = invoke("key", "import", "k", *FROM_COMMAND)

    assert refused.exit == 1
    assert refused.err.startswith(f"error: {sentence}")
    assert not (world.home / ".config/mentorlog/keys").exists()


def test_a_file_that_contains_no_key(key: Path, invoke: Run) -> None:
    """It is named with what to do, and that works; what was in the file is kept."""
    key.write_text("broken\n")

    refused = invoke("key", "show")
    assert (refused.exit, refused.out) == (3, "")
    assert refused.err.endswith("import the key again: mentorlog key import journal-key.age\n")
    assert invoke("key", "import", "-", stdin=KEY).exit == 0
    assert invoke("key", "show", "--json").data["key"] == KEY
    assert [file.read_text() for file in key.parent.iterdir() if file != key] == ["broken\n"]


def test_recipients(key: Path, invoke: Run) -> None:
    """They are added one by one, shown, and kept when the same key is imported."""
    one = age.recipient_of(new_identity())

    assert invoke("key", "add-recipient", one).out == (
        f"Added a recovery recipient ({one})\n"
        "From the next sync on, its owner can decrypt all records on the remote, but cannot change them unnoticed.\n"
    )
    assert invoke("key", "add-recipient", one).err == f"{one} can already decrypt the remote; nothing changed.\n"
    for wrong in ("age1yubikey1q", "", KEY, f"{one}x"):
        refused = invoke("key", "add-recipient", wrong)
        assert refused.exit == 1 and KEY not in refused.err, wrong
    invoke("key", "import", "-", stdin=KEY)
    assert invoke("key", "show", "--json").data["recipients"] == [one]


@pytest.fixture
def synced(journal_root: Path, invoke: Run, world: World) -> Journal:
    """A journal with an encrypted remote."""
    remote = bare(world.root / "remote.git")
    invoke("goal", "add", "Submit case report")
    folders = {"state": world.home / ".local/state/mentorlog", "config": world.home / ".config/mentorlog"}
    journal = Journal(journal_root, now=NOW, **folders)
    journal.sync(SyncRequest(to=Remote(str(remote), AGE)))
    return journal


def test_a_new_key(synced: Journal, invoke: Run) -> None:
    """Everything on the remote is encrypted with it; who had the old one reads only what was there before."""
    old = invoke("key", "show", "--json").data
    renewed = invoke("key", "new")
    new = invoke("key", "show", "--json").data

    assert renewed.out == (
        f"Encrypted everything on the remote with a new key, and removed its history ({new['public']})\n"
    )
    assert renewed.err.splitlines() == [
        "Take it to your other machines before their next sync: mentorlog key export journal-key.age",
        "Old states of the remote that the host or others kept can still be read with the old key.",
    ]
    assert old["key"] != new["key"]
    assert invoke("key", "new", "--json").data["public"] not in (old["public"], new["public"])


def test_what_is_held_back_is_told_by_the_exit_status(synced: Journal, journal_root: Path, invoke: Run) -> None:
    """As by a sync: the key is a new one, and a file that cannot be read is as it was on both sides."""
    invoke("note", "add", "A quiet week.")
    next((journal_root / "notes").iterdir()).write_text("text = \n")

    renewed = invoke("key", "new")

    assert (renewed.exit, renewed.out[:9]) == (3, "Encrypted")
    assert "Not synced: notes/" in renewed.err


def test_a_new_key_keeps_the_recipients_or_ends_them(synced: Journal, invoke: Run) -> None:
    """They are never fewer unless it is asked for."""
    other = age.recipient_of(new_identity())
    invoke("key", "add-recipient", other)
    invoke("sync")

    assert invoke("key", "new", "--json").data["recipients"] == [other]
    assert invoke("key", "show", "--json").data["recipients"] == [other]
    assert invoke("key", "new", "--no-recipients", "--json").data["recipients"] == []
    assert invoke("sync").exit == 0
    assert invoke("key", "show", "--json").data["recipients"] == []


def test_a_lost_key_is_replaced_only_if_the_user_agrees(synced: Journal, invoke: Run, world: World) -> None:
    """Then the records of this machine replace what nobody here can read."""
    old = invoke("key", "show", "--json").data["key"]
    (key,) = (world.home / ".config/mentorlog/keys").iterdir()
    key.unlink()

    assert invoke("key", "new") == (
        1,
        "",
        "error: This machine has no key for this journal.\n"
        "hint: to replace what is there by the records of this machine, add --replace\n",
    )
    assert invoke("key", "new", "--replace").err.splitlines()[-1].startswith("There are no recovery recipients now")
    assert invoke("key", "show", "--json").data["key"] != old


def test_a_file_that_contains_no_key_is_replaced_as_a_lost_key_is(synced: Journal, invoke: Run, world: World) -> None:
    """For whoever has no copy of it."""
    (key,) = (world.home / ".config/mentorlog/keys").iterdir()
    key.write_text("broken\n")

    refused = invoke("key", "new")
    assert (refused.exit, refused.err.splitlines()[-1]) == (
        3,
        "hint: to replace what is there by the records of this machine, add --replace",
    )
    assert invoke("key", "new", "--replace").exit == 0
    assert invoke("sync").exit == 0
    assert key.read_text() != "broken\n"


def test_a_new_key_needs_an_encrypted_remote(journal_root: Path, invoke: Run, world: World) -> None:
    """Without one nothing is made."""
    refused = invoke("key", "new")

    assert refused.exit == 1
    assert refused.err.startswith("error: This journal has no remote.\n")
    assert not (world.home / ".config/mentorlog/keys").exists()


@pytest.mark.slow
def test_a_key_is_typed_unseen(journal_root: Path, terminal: Callable[..., Terminal]) -> None:
    """`key import -` asks on a terminal; what is typed from paper is not shown."""
    importing = terminal("key", "import", "-")
    importing.wait_for("it is not shown").type(KEY.lower()).press("enter")

    assert importing.end() == 0, importing.picture()
    assert KEY.lower().encode() not in importing.raw
    assert f"({PUBLIC})" in "".join(importing.everything)


@needs_age
@pytest.mark.slow
@pytest.mark.exhaustive
def test_the_program_age_opens_an_exported_key_and_we_open_its_own(key: Path, invoke: Run, world: World) -> None:
    """Both ways with a passphrase; the decrypted file is a key file of age."""
    invoke("key", "export", "k.age", *FROM_COMMAND)
    terminal = Terminal(["age", "-d", "-o", "key.txt", "k.age"], cwd=world.work)
    terminal.wait_for("Enter passphrase").type(PASSPHRASE).press("enter")
    assert terminal.end() == 0, terminal.picture()
    printed = subprocess.run(["age-keygen", "-y", world.work / "key.txt"], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == PUBLIC

    terminal = Terminal(["age", "-p", "-a", "-o", "again.age", "key.txt"], cwd=world.work)
    terminal.wait_for("leave empty").type(PASSPHRASE).press("enter")
    terminal.wait_for("Confirm passphrase").type(PASSPHRASE).press("enter")
    assert terminal.end() == 0, terminal.picture()
    key.unlink()
    assert invoke("key", "import", "again.age", *FROM_COMMAND).exit == 0
    assert KEY in key.read_text()
