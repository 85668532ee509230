"""What anybody can see of git while a journal is exchanged, which is no word of it; when git runs, and who waits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from mentorlog.errors import Busy
from mentorlog.store.disk.files import is_open_to_others
from mentorlog.store.disk.lock import lock
from mentorlog.store.sync.courier import Courier
from store.sync.exchanged import Trap, bare, git
from sync_machines import note_id, pair
from world import Ran, World

SECRET = "Quecksilber"
"""A word in every text, title, name and tag."""
# What two machines do one after the other: `a` and `b`; ID is the goal of both.
WORKFLOWS: Sequence[tuple[str, ...]] = [
    ("a", "init", "JOURNAL-a", "--name", f"Mary {SECRET}"),
    ("a", "mentor", "add", f"William {SECRET}", "--every", "4 weeks", "--institution", SECRET),
    ("a", "goal", "add", f"Submit {SECRET}", "--with", f"William {SECRET}", "--tag", SECRET),
    ("a", "note", "add", f"He draws {SECRET} first."),
    ("a", "sync", "--to", "REMOTE", "--plain"),
    ("b", "init", "JOURNAL-b", "--from", "REMOTE"),
    ("a", "set", "ID", f"title=Present {SECRET}"),
    ("b", "set", "ID", f"title=Publish {SECRET}"),
    ("b", "sync", "--dry-run"),
    ("b", "sync"),
    ("a", "sync", "--status"),
    ("a", "sync"),
    ("a", "undo", "--sync", "--yes"),
    ("a", "undo"),
    ("a", "sync", "--json"),
    ("b", "task", "add", f"Call {SECRET}"),
    ("b", "sync", "--quiet", "--no-input"),
    ("b", "delete", "ID", "--yes"),
    ("b", "sync"),
    ("a", "note", "add", f"Again {SECRET}."),
    ("a", "sync"),
    ("BREAK", "b"),
    ("b", "sync"),
    ("a", "sync", "--to", "/nowhere/journal.git", "--plain"),
    ("LOSE", "a"),
    ("a", "sync"),
    ("b", "note", "add", f"Late {SECRET}."),
    ("RIVAL", "b"),
    ("b", "sync"),
    ("b", "sync", "--json"),
    ("FREE", "b"),
    ("b", "sync"),
    ("a", "mentor", "edit", SECRET.lower(), "--nothing"),
    ("a", "profile", "set", f"specialty={SECRET}"),
    ("a", "sync", "--deleted", "keep", "--yes"),
    ("b", "sync", "--status", "--json"),
    ("a", "forget", "ID", "--yes"),
    ("a", "sync"),
    ("a", "sync", "--leave"),
    ("a", "sync", "--to", "REMOTE", "--plain", "--join"),
    ("b", "sync", "--rejoin"),
]


class Watched:
    """Two machines whose git is watched: its words, its variables, and what it prints as an error."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self._world = world
        self.remote = bare(world.root / "remote.git")
        self._seen, self._errors = world.root / "seen", world.root / "errors"
        real = shutil.which("git")
        program = world.root / "watching" / "git"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\n(echo "$@"; env; pwd) >> {self._seen}\n{real} "$@" 2> {self._errors}.$$\n'
            f"status=$?\ncat {self._errors}.$$ >> {self._errors}\ncat {self._errors}.$$ >&2\n"
            f"rm {self._errors}.$$\nexit $status\n"
        )
        program.chmod(0o700)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    def words(self) -> str:
        """The words and variables of each git since this was asked last."""
        found = self._seen.read_text() if self._seen.exists() else ""
        self._seen.write_text("")
        return found

    def run(self, machine: str, *words: str, **variables: str) -> Ran:
        """Run mentorlog on a machine, with some variables."""
        home = self._world.root / machine
        places = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "state", "data")}
        return self._world.invoke(*words, env={**places, "MENTORLOG_JOURNAL": str(self.journal(machine)), **variables})

    def journal(self, machine: str) -> Path:
        """The journal of a machine."""
        return self._world.root / machine / "journal"

    @property
    def everything(self) -> str:
        """All that could be seen, and the names in the folders of the state."""
        found = self._seen.read_text() + self._errors.read_text()
        directories = [*self._world.root.glob("*/state/mentorlog/sync/*/git"), self.remote]
        assert len(directories) > 1
        for one in directories:
            found += git(one, "for-each-ref") + git(one, "log", "--all", "--format=%B %an %ae %cn %ce")
            found += "".join(f"{path}\n" for path in one.rglob("*")) + (one / "config").read_text()
        return found


@pytest.mark.slow
def test_no_word_of_a_journal_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is synced, and whatever goes wrong with it."""
    watched = Watched(world, monkeypatch)
    id, exits = "", set[int]()
    for machine, *words in WORKFLOWS:
        if machine == "BREAK":
            next((watched.journal("b") / "tasks").iterdir()).write_text(f"text = {SECRET}\n")
        elif machine == "LOSE":
            shutil.rmtree(next(world.root.glob("a/state/mentorlog/sync/*/git")) / "objects")
        elif machine == "RIVAL":
            (watched.remote / "refs" / "heads" / "mentorlog.lock").touch()
            monkeypatch.setattr("mentorlog.store.sync.exchange.TRIES", 1)
            monkeypatch.setattr("mentorlog.store.sync.exchange._PAUSE", 0)
        elif machine == "FREE":
            (watched.remote / "refs" / "heads" / "mentorlog.lock").unlink()
        else:
            filled = [word.replace("REMOTE", str(watched.remote)).replace("ID", id) for word in words]
            filled = [word.replace(f"JOURNAL-{machine}", str(watched.journal(machine))) for word in filled]
            ran = watched.run(machine, *filled)
            exits.add(ran.exit)
            if words[:2] == ["goal", "add"]:
                id = next((watched.journal("a") / "goals").iterdir()).name.partition("-")[0]

    everything = watched.everything.casefold()
    assert "fast-import" in everything
    assert everything.count("mentorlog sync") > 5
    assert SECRET.casefold() not in everything
    assert {0, 3, 4, 5} <= exits
    for folder in world.root.glob("*/state/mentorlog/sync/*"):
        assert not is_open_to_others(folder)


SETTINGS = {
    *("core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "core.fsync=all"),
    *("core.alternateRefsCommand=", "protocol.ext.allow=never", "transfer.fsckObjects=true"),
    *("transfer.credentialsInUrl=die", "gc.auto=0", "maintenance.auto=false", "push.gpgSign=false"),
    *("fetch.recurseSubmodules=false", "push.recurseSubmodules=no"),
}
"""What every git is told, whatever the settings of the user are."""
GIVEN = ("GIT_SSL_CAINFO", "GIT_HTTP_USER_AGENT", "GIT_ASKPASS", "GIT_SSH_COMMAND", "GIT_SSH", "GIT_CONFIG_NOSYSTEM")
"""What every git is given of its own variables, if the user has them."""
KEPT_BACK = (
    "GIT_TRACE",
    "GIT_PROXY_COMMAND",
    "GIT_NAMESPACE",
    "GIT_CONFIG_PARAMETERS",
    "GIT_EXTERNAL_DIFF",
    "GIT_PAGER",
)
"""Some of its variables that no git is given."""
SET = {
    *("GIT_ALLOW_PROTOCOL=file:https:ssh", "GIT_NO_REPLACE_OBJECTS=1", "GIT_NO_LAZY_FETCH=1"),
    *("GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"),
}
"""What every git is given besides; without a terminal it asks nothing on one."""


def test_what_every_git_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its settings, which of the user's variables are kept, and which are set."""
    watched = Watched(world, monkeypatch)
    own = {**dict.fromkeys(GIVEN, "1"), **dict.fromkeys(KEPT_BACK, f"/{SECRET}"), "GIT_ALLOW_PROTOCOL": "ext:git"}
    watched.run("a", "init", str(watched.journal("a")), "--name", "Mary Blackwell")

    assert watched.run("a", "sync", "--to", str(watched.remote), "--plain", **own).exit == 0

    seen = watched.words()
    calls = [line for line in seen.splitlines() if line.startswith("--git-dir=")]
    assert len(calls) > 4
    assert all({*call.split(" -c ")} >= SETTINGS for call in calls)
    variables = [line for line in seen.splitlines() if line.startswith(("GIT_", "LC_"))]
    assert {*variables} == {f"{name}=1" for name in GIVEN} | SET
    assert all(variables.count(one) == len(calls) for one in SET)
    assert all("--template=" in call for call in calls if " init " in call)


# All that may have to do with a remote, but exchanges nothing with it.
AT_HOME: Sequence[tuple[str, ...]] = [
    ("status",),
    ("due",),
    ("show", "ID"),
    ("set", "ID", "measure=Sent"),
    ("sync", "--status"),
    ("sync", "--status", "--json"),
    ("history",),
    ("undo",),
    ("redo",),
    ("undo", "--sync", "--yes"),
    ("resolve",),
    ("search", SECRET),
    ("export", "html", "-o", "report.html"),
    ("backup", "make", "journal.tar", "--with-log"),
    ("backup", "verify", "journal.tar"),
    ("doctor", "--verify"),
    ("doctor", "--fix"),
    ("key", "show"),
    ("paths",),
    ("config",),
    ("forget", "ID", "--yes"),
    ("sync", "--forget", "--no-input"),
    ("sync", "--leave"),
    ("sync",),
    ("init", "elsewhere"),
]


def test_the_network_is_used_by_a_sync_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """git is given the address of the remote by `sync`, `init --from` and `key new`, and by no other command."""
    watched = Watched(world, monkeypatch)
    url = str(watched.remote)
    watched.run("a", "init", str(watched.journal("a")), "--name", "Mary Blackwell")
    id = str(watched.run("a", "goal", "add", f"Submit {SECRET}", "--json").data["id"])
    watched.run("a", "sync", "--to", url, "--plain")
    assert url in watched.words(), "a sync is given it"

    ran = [watched.run("a", *(word.replace("ID", id) for word in words)) for words in AT_HOME]

    assert [one.exit for one in ran].count(0) > 20
    assert url not in watched.words()


def test_git_knows_nothing_of_the_journals_folder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user may keep it in a repository, whose settings may start programs: that is neither read nor written."""
    watched = Watched(world, monkeypatch)
    root, trap = watched.journal("a"), Trap(world)
    watched.run("a", "init", str(root), "--name", "Mary Blackwell")
    own = bare(root / ".git")
    git(own, "config", "core.bare", "false")
    for setting in ("core.fsmonitor", "core.sshCommand", "core.alternateRefsCommand", "core.pager"):
        git(own, "config", setting, str(trap.program))
    before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in own.rglob("*")}
    monkeypatch.chdir(root)

    for words in ("sync --to REMOTE --plain", "note add One", "sync", "sync --status", "undo", "sync", "sync --leave"):
        assert watched.run("a", *words.replace("REMOTE", str(watched.remote)).split()).exit == 0

    assert not (world.root / "EXECUTED").exists()
    assert {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in own.rglob("*")} == before
    words_of_git = watched.words().splitlines()
    assert words_of_git and not [line for line in words_of_git if line.startswith(str(root))]  # the folder it runs in


def test_the_journal_is_free_while_git_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the network does, a command that changes the journal goes on, and its change is not lost."""
    two = pair(tmp_path)
    two.b.write(note_id(1), "Changed by b.")
    two.b.sync()
    two.a.write(note_id(2), "Changed by a.")
    fetch, push = Courier.fetch, Courier.push

    def fetching(self: Courier) -> str | None:
        two.a.add("n8888", "While it fetches.")
        return fetch(self)

    def pushing(self: Courier, commit: str, lease: str | None = None) -> bool:
        two.a.add("n9999", "While it pushes.")
        return push(self, commit, lease)

    with monkeypatch.context() as patch:
        patch.setattr(Courier, "fetch", fetching)
        patch.setattr(Courier, "push", pushing)
        report = two.a.sync()

    assert (report.sent.new, report.sent.changed, report.received.changed) == (("n8888",), (note_id(2),), (note_id(1),))
    assert two.a.sync().sent.new == ("n9999",)
    two.settle()


def test_one_sync_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second one of the same journal waits, and says at last what it waits for."""
    two = pair(tmp_path)
    two.a.write(note_id(1), "Changed by a.")
    fetch = Courier.fetch
    refused: list[Busy] = []

    def fetching(self: Courier) -> str | None:
        monkeypatch.setattr("mentorlog.store.disk.lock.lock", partial(lock, limit=0.1))
        with pytest.raises(Busy, match="Another sync of this journal is running") as caught:
            two.a.sync()
        refused.append(caught.value)
        return fetch(self)

    with monkeypatch.context() as patch:
        patch.setattr(Courier, "fetch", fetching)
        assert two.a.sync().sent.changed == (note_id(1),)

    assert [one.exit_code for one in refused] == [4]
