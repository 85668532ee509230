"""`sync --encrypt`, `init --from --key`, `key new` and `sync --forget`: two machines, and what the host sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from encrypted_machines import Host
from mentorlog.store import age
from mentorlog.store.keys import Key
from world import Ran, World

pytest.importorskip("pyrage", reason="the extra dev brings what encrypts")

Run = Callable[..., Ran]


class Machines:
    """Two machines of one user, and a host."""

    def __init__(self, world: World) -> None:
        self.world, self.host = world, Host(world.home / "journal.git")
        self.url, self.key = str(self.host.folder), world.work / "key.txt"

    def run(self, machine: str, *words: str) -> Ran:
        """Run mentorlog on a machine."""
        home = self.world.home / machine
        folders = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "state")}
        return self.world.invoke(*words, env={**folders, "MENTORLOG_JOURNAL": str(self.journal(machine))})

    def journal(self, machine: str) -> Path:
        """Return the journal of a machine."""
        return self.world.home / machine / "journal"

    def take_key(self) -> None:
        """Write the key of the desktop into a file."""
        self.key.write_text(self.run("desktop", "key", "show", "--json").data["key"])


@pytest.fixture
def machines(world: World) -> Machines:
    """A desktop with a goal, a mentor and a note."""
    made = Machines(world)
    made.run("desktop", "init", str(made.journal("desktop")))
    made.run("desktop", "mentor", "add", "William Osler")
    made.run("desktop", "goal", "add", "Submit case report", "--with", "osler")
    return made


@pytest.fixture
def two(machines: Machines) -> Machines:
    """The desktop has sent its journal, and a laptop has begun with it."""
    assert machines.run("desktop", "sync", "--to", machines.url, "--encrypt").exit == 0
    machines.take_key()
    began = machines.run(
        "laptop", "init", str(machines.journal("laptop")), "--from", machines.url, "--key", str(machines.key)
    )
    assert began.exit == 0, began
    return machines


def test_the_first_sync_makes_a_key_and_says_where_it_goes(machines: Machines) -> None:
    """The second one says nothing of it."""
    first = machines.run("desktop", "sync", "--to", machines.url, "--encrypt")

    assert first == (
        0,
        "Sent 2 records.\n",
        "Made a key for this journal; without it nobody can read what is on the remote.\n"
        "Take the key to your other machine: mentorlog key export journal-key.age\n"
        f"Then, on that machine: mentorlog init ~/mentorship --from {machines.url} --key journal-key.age\n",
    )
    assert machines.run("desktop", "sync").out.startswith("Up to date")
    assert "(encrypted)" in machines.run("desktop", "sync", "--status").out
    assert b"Osler" not in machines.host.objects()


def test_the_first_sync_of_an_empty_journal_says_the_same(world: World) -> None:
    """A key was made, and the other machine can begin, though no record was sent yet."""
    machines = Machines(world)
    machines.run("desktop", "init", str(machines.journal("desktop")))
    first = machines.run("desktop", "sync", "--to", machines.url, "--encrypt")

    assert first.out == f"Up to date with {machines.url}; nothing to send or to receive.\n"
    assert [line.partition(":")[0] for line in first.err.splitlines()] == [
        "Made a key for this journal; without it nobody can read what is on the remote.",
        "Take the key to your other machine",
        "Then, on that machine",
    ]
    assert machines.run("desktop", "sync", "--to", machines.url, "--encrypt").err == ""


def test_a_second_machine_needs_the_key(machines: Machines) -> None:
    """Without it, or with another one, nothing is made there; the hint names the option."""
    machines.run("desktop", "sync", "--to", machines.url, "--encrypt")
    laptop = str(machines.journal("laptop"))

    assert machines.run("laptop", "init", laptop, "--from", machines.url) == (
        1,
        "",
        "error: The remote is encrypted, and this machine has no key for it.\n"
        "hint: export the key on the other machine, then add here: --key journal-key.age\n",
    )
    machines.key.write_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
    wrong = machines.run("laptop", "init", laptop, "--from", machines.url, "--key", str(machines.key))
    assert wrong.exit == 3
    assert wrong.err == (
        "error: The remote is encrypted with another key than this one.\n"
        "hint: export its key on a machine that syncs with it, then add here: --key journal-key.age\n"
    )
    missing = machines.run("laptop", "init", laptop, "--from", machines.url, "--key", "no.age")
    assert missing.err.endswith("hint: for example: mentorlog init --from URL --key journal-key.age\n")
    assert not machines.journal("laptop").exists()
    assert machines.run("laptop", "init", laptop, "--key", str(machines.key)).exit == 2
    machines.take_key()
    began = machines.run("laptop", "init", laptop, "--from", machines.url, "--key", str(machines.key))
    assert began.out == f"Created a journal in {laptop} with 2 records from {machines.url}\n"
    assert machines.run("laptop", "key", "show").out == machines.run("desktop", "key", "show").out


def test_both_machines_change_and_meet(two: Machines) -> None:
    """What one sends the other receives, as on any remote."""
    two.run("laptop", "note", "add", "A quiet week.")
    assert two.run("laptop", "sync").out == "Sent 1: 1 new.\n"
    assert two.run("desktop", "sync").out == "Received 1: 1 new.\n"
    assert "A quiet week." in two.run("desktop", "note", "list").out


def test_a_new_key_locks_the_other_machine_out_until_it_has_it(two: Machines) -> None:
    """Nothing is lost there meanwhile."""
    two.run("laptop", "note", "add", "Written without the new key.")
    assert two.run("desktop", "key", "new").exit == 0

    refused = two.run("laptop", "sync")
    assert refused.exit == 3
    assert refused.err.startswith("error: The remote is encrypted with another key than the one of this machine.\n")
    two.take_key()
    assert two.run("laptop", "key", "import", str(two.key), "--yes").exit == 0
    assert two.run("laptop", "sync").out == "Sent 1: 1 new.\n"
    assert two.run("desktop", "sync").out == "Received 1: 1 new.\n"


def test_what_the_host_changes_is_refused(two: Machines) -> None:
    """With exit status 3 and nothing changed, whether the remote is remembered or new."""
    before = {path: path.read_bytes() for path in two.journal("laptop").rglob("*.toml")}
    (name, *_) = [name for name in two.host.names() if name.startswith("v1/")]
    two.host.commit({name: None}, "mentorlog sync")

    for words in (("sync",), ("sync", "--to", two.url, "--encrypt"), ("sync", "--dry-run")):
        refused = two.run("laptop", *words)
        assert refused.exit == 3
        assert refused.err.startswith("error: The newest state of the remote has no seal: mentorlog did not write it.")
    assert {path: path.read_bytes() for path in two.journal("laptop").rglob("*.toml")} == before
    assert two.run("laptop", "sync", "--to", two.url, "--plain").exit == 3


@pytest.mark.parametrize("how", ["add-recipient", "import"])
def test_the_next_sync_lets_a_recipient_decrypt_the_remote(how: str, two: Machines) -> None:
    """Also where several syncs had nothing to do, whether its key was added here or came with a file; and says so."""
    spouse = Key("", age.new_identity())
    for _ in range(3):
        two.run("desktop", "sync")
    if how == "import":
        own = two.run("desktop", "key", "show", "--json").data["key"]
        two.key.write_bytes(Key("", own, (spouse.public,)).text())
    words = ["add-recipient", spouse.public] if how == "add-recipient" else ["import", str(two.key)]
    assert two.run("desktop", "key", *words).exit == 0

    synced = two.run("desktop", "sync")

    assert synced.out == "Encrypted everything on the remote again, so that all recovery recipients can read it.\n"
    reader = age.Cipher(spouse.identity, ())
    names = [name for name in two.host.names() if name.startswith("v1/")]
    assert names and all(reader.decrypt(two.host.blob(name), name) for name in names)
    assert two.run("desktop", "sync").out.startswith("Up to date")


def test_a_key_of_another_remote_is_noticed_by_the_next_sync(two: Machines) -> None:
    """Even if nothing has changed since the last one."""
    for _ in range(3):
        two.run("desktop", "sync")
    two.key.write_text(age.new_identity())
    assert two.run("desktop", "key", "import", str(two.key), "--yes").exit == 0

    assert two.run("desktop", "sync").exit == 3


def test_a_machine_that_replaced_the_remote_needs_no_rejoin(two: Machines) -> None:
    """What it has sent is what it had in common with the remote, whatever key it had before."""
    assert two.run("desktop", "key", "new").exit == 0
    assert two.run("desktop", "key", "import", str(two.key), "--yes").exit == 0
    assert two.run("desktop", "key", "new", "--replace").exit == 0

    assert two.run("desktop", "sync").exit == 0


@pytest.mark.parametrize(("first", "then"), [("--plain", "--encrypt"), ("--encrypt", "--plain")])
def test_a_remote_of_another_kind_begins_without_history(first: str, then: str, machines: Machines) -> None:
    """What was sent in plain text to one remote does not follow the journal to an encrypted one, nor the reverse."""
    other = Host(machines.world.home / "other.git")
    machines.run("desktop", "note", "add", "Deleted since, but in the history", "--json")
    machines.run("desktop", "sync", "--to", str(other.folder), first)
    key = []
    if first == "--encrypt":
        machines.take_key()
        key = ["--key", str(machines.key)]
    machines.run("laptop", "init", str(machines.journal("laptop")), "--from", str(other.folder), *key)
    note = machines.run("desktop", "note", "list", "--json").data[0]["id"]
    machines.run("desktop", "delete", note, "--yes")

    assert machines.run("desktop", "sync", "--to", machines.url, then).exit == 0

    machines.host.git("fsck", "--strict")
    assert machines.host.git("rev-list", "--count", "mentorlog") == "1"
    assert b"Deleted since" not in machines.host.objects()
    assert (b"Submit case report" in machines.host.objects()) is (then == "--plain")
    machines.take_key()
    machines.run("laptop", "key", "import", str(machines.key))
    refused = machines.run("laptop", "sync", "--to", machines.url, then)
    assert refused.err.startswith("error: The remote holds another history.\nhint: add --rejoin")
    assert machines.run("laptop", "sync", "--to", machines.url, then, "--rejoin").exit == 0
    assert machines.run("desktop", "sync").exit == 0
    assert machines.run("desktop", "show", note, "--json").data == machines.run("laptop", "show", note, "--json").data


@pytest.mark.parametrize("how", ["--encrypt", "--plain"])
def test_what_is_forgotten_leaves_the_remote(how: str, machines: Machines) -> None:
    """One commit stays there; the other machine deletes the record, and is told how to erase it from its history."""
    note = machines.run("desktop", "note", "add", "Never to be read", "--json").data["id"]
    machines.run("desktop", "sync", "--to", machines.url, how)
    key = []
    if how == "--encrypt":
        machines.take_key()
        key = ["--key", str(machines.key)]
    machines.run("laptop", "init", str(machines.journal("laptop")), "--from", machines.url, *key)
    before = machines.run("desktop", "sync", "--forget", "--yes")
    assert "may keep what was removed" in before.err and "erased" not in before.out + before.err
    assert machines.run("desktop", "forget", note, "--yes").exit == 0

    assert machines.run("desktop", "sync", "--forget").exit == 2
    forgot = machines.run("desktop", "sync", "--forget", "--yes")
    assert forgot.exit == 0
    assert forgot.out == f"Removed all earlier versions from {machines.url} (erased: {note})\n"
    assert "Your other machines delete what was erased" in forgot.err
    assert machines.host.git("rev-list", "--count", "mentorlog") == "1"
    told = machines.run("laptop", "sync")
    assert told.out.splitlines() == [
        "Received 1: 1 deleted.",
        f"{note} was erased on another machine, and is deleted here.",
        f"  To erase it from the history here, too: mentorlog forget {note}",
    ]
    machines.host.git("reflog", "expire", "--expire=now", "--all")
    machines.host.git("gc", "-q", "--prune=now")
    assert b"Never to be read" not in machines.host.objects()
    assert note.encode() in machines.host.objects() or how == "--encrypt"
