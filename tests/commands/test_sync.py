"""`mentorlog sync` and `init --from` over a real git repository: two machines, what is asked, what is refused."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from plain_machines import Machines
from store.sync.exchanged import bare
from terminal import Terminal
from world import Ran, World

Run = Callable[..., Ran]
Start = Callable[..., Terminal]
HOSTILE = '[/b] =1+1 "x" \\ é 日本 🩺'


@pytest.fixture
def two(world: World) -> Machines:
    """A desktop with a journal that was sent, and a laptop that has it from the remote."""
    made = Machines(world)
    made.begin()
    return made


def test_there_and_back(two: Machines) -> None:
    """What one machine changes the other one has after two syncs; a third says that there is nothing to do."""
    goal = two.id("laptop", "goal", "add", HOSTILE)

    assert two.run("laptop", "sync").out == "Sent 1: 1 new.\n"
    assert two.run("laptop", "history", "--json").data[0]["name"] == "sync: 1 record to send"  # said before it was sent
    assert two.run("desktop", "sync").out == "Received 1: 1 new.\n"
    assert two.run("desktop", "show", goal, "--json").data["title"] == HOSTILE
    assert two.run("desktop", "sync").out == f"Up to date with {two.remote}; nothing to send or to receive.\n"
    assert two.files("laptop") == two.files("desktop")


def test_one_file_imported_on_both_machines(two: Machines) -> None:
    """The records are there twice; `doctor` names them until one of the two imports is undone."""
    file = two.world.home / "todo.txt"
    file.write_text("2026-11-19 Order the Harrison\n2026-11-19 Read the paper\n")
    for machine in ("desktop", "laptop"):
        assert two.run(machine, "import", "todotxt", str(file)).exit == 0
    for machine in ("desktop", "laptop", "desktop"):
        two.run(machine, "sync")

    named = two.run("desktop", "doctor")
    history = two.run("laptop", "history", "--json").data
    number = next(one["seq"] for one in history if one["name"].startswith("import"))
    assert two.run("laptop", "undo", "--no", str(number), "--yes").exit == 0

    assert (named.exit, named.out.count("it was imported twice, as t")) == (0, 2)
    for machine in ("laptop", "desktop"):
        two.run(machine, "sync")
        assert "imported" not in two.run(machine, "doctor").out
        assert two.run(machine, "task", "list", "--json").out.count("Order the Harrison") == 1


def test_for_scripts(two: Machines) -> None:
    """Every key is always there; a dry run says the same and changes nothing."""
    goal = two.id("laptop", "goal", "add", "Learn statistics")
    before = two.files("laptop")

    dry = two.run("laptop", "sync", "--dry-run", "--json").data
    assert two.files("laptop") == before
    status = two.run("laptop", "sync", "--status", "--json").data
    done = two.run("laptop", "sync", "--json").data

    assert status["unsent"] == {"new": [goal], "changed": [], "deleted": []}
    assert (status["remote"], status["encrypted"], status["held"]) == (str(two.remote), False, [])
    assert done == {
        **{"remote": str(two.remote), "first": False, "encrypted_again": False, "dry_run": False},
        "received": {"new": [], "changed": [], "deleted": []},
        "sent": {"new": [goal], "changed": [], "deleted": []},
        **{key: [] for key in ("merged", "conflicts", "kept", "renamed", "held", "erased", "comments")},
    }
    assert dry == {**done, "dry_run": True}


def test_what_forget_does_not_reach(two: Machines) -> None:
    """The remote's history, and what is kept of it here; the next sync deletes the record everywhere else."""
    before = two.run("laptop", "forget", "osler", "--yes", "--json").data["not_reached"]
    ran = two.run("desktop", "forget", two.goal, "--yes")

    assert (
        before[0] == f"the history of {two.remote}; the next sync deletes the record there and on your other machines"
    )
    assert "- what mentorlog keeps of that history on this machine (to erase it in both: mentorlog sync" in ran.out
    assert (two.run("desktop", "sync").exit, two.run("laptop", "sync").exit) == (0, 0)
    assert two.run("laptop", "show", two.goal).exit == 1
    two.run("laptop", "sync", "--leave")
    left = two.run("laptop", "forget", two.goal, "--yes", "--json").data["not_reached"]
    assert left[0] == "the git history"


def test_both_changed_one_title(two: Machines) -> None:
    """The sync succeeds and names the record with the command that ends it; with --quiet, too, and nothing else."""
    goal = two.goal
    two.run("desktop", "set", goal, "title=Case report for JHM")
    two.run("laptop", "set", goal, f"title={HOSTILE}")
    two.run("desktop", "sync")

    said = two.run("laptop", "sync", "--quiet")

    assert (said.exit, said.err) == (0, "")
    assert said.out.splitlines()[0].startswith(f"Two values for title of {goal}: ")
    assert said.out.splitlines()[1:] == [f"  Choose with: mentorlog resolve {goal}"]


def test_a_choice_is_made_for_both_machines(two: Machines) -> None:
    """What is decided on one arrives on the other: nobody is asked again, and all have the same files."""
    two.run("desktop", "set", two.goal, "title=Case report for JHM")
    two.run("laptop", "set", two.goal, "title=Write the case report")
    waiting = []
    for words in (["sync"], ["resolve", two.goal, "--take"]):
        two.run("laptop", *words)
        for machine in ("desktop", "laptop", "desktop"):
            two.run(machine, "sync")
        waiting.append([len(two.run(machine, "resolve", "--json").data) for machine in ("desktop", "laptop")])

    assert waiting == [[1, 1], [0, 0]]
    assert two.files("desktop") == two.files("laptop")


def test_undo_passes_over_a_sync(two: Machines) -> None:
    """What was done here last is undone, what came stays; the last sync is undone by its own command, and sent."""
    two.run("laptop", "set", two.goal, "priority=high", "notes=Who signs the form?")
    two.run("laptop", "sync")
    two.run("desktop", "set", two.goal, "title=Case report")
    assert two.run("desktop", "sync").exit == 0

    first, *rest = two.run("desktop", "undo").out.splitlines()
    assert first == "Passed over a sync. Undone: set: Submit case report (just now)"
    assert rest[-1] == f"Merged with later changes: {two.goal}"
    shown = two.run("desktop", "show", two.goal, "--json").data
    assert (shown["title"], shown["priority"], shown["notes"]) == (
        "Submit case report",
        "high",
        "Who signs the form?",
    )
    two.run("desktop", "sync")
    two.run("laptop", "sync")
    assert two.files("laptop") == two.files("desktop")
    ran = two.run("desktop", "undo", "--sync", "--yes")
    assert ran.out.startswith("Undone: sync: ")
    assert "priority is back to normal (was high)" in ran.out
    two.run("desktop", "sync")
    two.run("laptop", "sync")
    assert two.run("laptop", "show", two.goal, "--json").data["priority"] == "normal"
    assert two.files("laptop") == two.files("desktop")


def test_a_machine_that_was_interrupted_while_it_began(two: Machines) -> None:
    """`init --from` goes on in a folder that it has made and not filled; a journal with a change is left alone."""
    root = two.journal("second")
    for folder in (".mentorlog", "goals", "mentors"):
        (root / folder).mkdir(parents=True)
    (root / ".profile.toml.12345678.new").write_bytes(b"stage =")
    words = ("init", str(root), "--from", str(two.remote))

    assert two.run("second", *words).exit == 0
    assert two.files("second") == two.files("desktop")
    ran = two.run("second", *words)
    assert (ran.exit, ran.err.splitlines()[0]) == (1, f"error: {root} is already a journal.")


def test_quiet_is_quiet(two: Machines) -> None:
    """Nothing is printed for what needs nobody."""
    two.id("laptop", "goal", "add", "Learn statistics")

    assert two.run("laptop", "sync", "--quiet") == (0, "", "")
    assert two.run("desktop", "sync", "--quiet") == (0, "", "")


def test_a_remote_out_of_reach_is_told_once_a_day(two: Machines) -> None:
    """Cron does not send the same error every hour, until a sync succeeds; the exit status is that of a failure."""
    away = two.world.home / "stick" / "journal.git"
    away.parent.mkdir()
    two.remote.rename(away)
    kept = next((two.world.home / "laptop").rglob("remote.toml"))
    kept.write_text(kept.read_text().replace(str(two.remote), str(away)))
    quiet = ("sync", "--quiet", "--no-input")

    assert two.run("laptop", *quiet) == (0, "", "")
    away.parent.rename(two.world.home / "in a pocket")
    first = two.run("laptop", *quiet)
    assert (first.exit, first.out) == (5, "") and "connect the disk that has it" in first.err
    assert two.run("laptop", *quiet) == (5, "", "")
    assert two.run("laptop", "sync") == two.run("laptop", "sync", "--no-input") == first
    for day, said in (("2026-11-24T08:59", ""), ("2026-11-24T09:00", first.err), ("2026-11-24T10:00", "")):
        laptop = two.env("laptop") | {"MENTORLOG_NOW": f"{day}:00+00:00"}
        assert two.world.invoke(*quiet, env=laptop) == (5, "", said)
    (two.world.home / "in a pocket").rename(away.parent)
    assert two.run("laptop", *quiet) == (0, "", "")
    away.parent.rename(two.world.home / "in a pocket")
    assert two.run("laptop", *quiet) == first


def test_a_file_that_cannot_be_read(two: Machines) -> None:
    """Everything else is synced; it is named with what to do, and the exit status is 3."""
    two.id("laptop", "goal", "add", "Learn statistics")
    (two.journal("laptop") / "goals" / "g2222-x.toml").write_bytes(b"title =")

    ran = two.run("laptop", "sync")

    assert (ran.exit, ran.out) == (3, "Sent 1: 1 new.\n")
    assert ran.err.startswith("Not synced: goals/g2222-x.toml, line 1: ")
    assert "hint: run: mentorlog doctor" in ran.err
    held = two.run("laptop", "sync", "--json")
    assert (held.exit, [one["path"] for one in held.data["held"]]) == (3, ["goals/g2222-x.toml"])


@pytest.mark.slow
def test_how_to_send_is_never_guessed(two: Machines, terminal: Start, world: World) -> None:
    """Without a terminal the options are named; on one it is asked, with what the host can see."""
    two.run("desktop", "sync", "--leave")
    bare(world.work / "new.git")

    refused = two.run("desktop", "sync", "--to", "new.git")
    assert (refused.exit, refused.out) == (2, "")
    assert "hint: pass --encrypt or --plain, or run in a terminal" in refused.err

    asked = terminal("sync", "--to", "new.git", columns=40, env=two.env("desktop"))
    asked.wait_for("can read and change everything").answer("Encrypt what is sent to", "plain")
    assert asked.end() == 0
    assert "Sent 3 records." in asked.text


def test_the_global_option_keeps_its_meaning(two: Machines) -> None:
    """Before the command, or without --to, --plain is about colours: nothing is sent because of it."""
    assert two.run("laptop", "--plain", "sync", "--status").exit == 0
    assert two.run("laptop", "sync", "--plain", "--status").exit == 0
    two.run("laptop", "sync", "--leave")
    assert two.run("laptop", "--plain", "sync", "--to", str(two.remote)).exit == 2


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "x", "--encrypt", "--plain"],
        ["--encrypt"],
        ["--join"],
        ["--status", "--to", "x"],
        ["--status", "--leave"],
        ["--leave", "--dry-run"],
        ["--status", "--deleted", "keep"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_together(words: list[str], two: Machines) -> None:
    """A malformed command is refused before anything is done."""
    refused = two.run("laptop", "sync", *words)

    assert (refused.exit, refused.out) == (2, "")


def test_without_a_remote(world: World) -> None:
    """A sync says how to name one; status and leave say that there is none."""
    world.found()

    ran = world.invoke("sync")
    assert (ran.exit, ran.out) == (1, "")
    assert "no remote" in ran.err
    assert world.invoke("sync", "--status").out == "This journal has no remote (see: mentorlog sync --help)\n"
    assert world.invoke("sync", "--status", "--json").data["remote"] is None
    assert world.invoke("sync", "--leave").out == "This journal has no remote; nothing changed.\n"


def test_leaving(two: Machines) -> None:
    """The address is forgotten, and nothing else; one can come back."""
    before = two.files("laptop")

    left = two.run("laptop", "sync", "--leave")

    assert left.out == f"Left the remote {two.remote}; it stays as it is, and so does this journal.\n"
    assert two.run("laptop", "sync").exit == 1
    assert two.run("laptop", "sync", "--to", str(two.remote), "--plain").exit == 0
    assert two.files("laptop") == before


def test_a_remote_that_is_not_there(two: Machines) -> None:
    """Nothing changes, and the next sync goes on."""
    two.id("laptop", "goal", "add", "Learn statistics")
    two.remote.rename(two.remote.with_name("away"))

    away = two.run("laptop", "sync")
    assert (away.exit, away.out) == (5, "")

    two.remote.with_name("away").rename(two.remote)
    assert two.run("laptop", "sync").out == "Sent 1: 1 new.\n"


def test_what_git_says(two: Machines) -> None:
    """It is shown with --debug alone, without the user's name and without a control sequence."""
    program = two.world.work / "ssh"
    program.write_text("#!/bin/sh\nprintf 'git@git.example.org: \\033[31mno shell today\\n' >&2; exit 255\n")
    program.chmod(0o755)
    env = {**two.env("laptop"), "GIT_SSH_COMMAND": str(program)}
    to = ("sync", "--to", "git@git.example.org:journal.git", "--plain")

    plain, debug = two.world.invoke(*to, env=env), two.world.invoke(*to, "--debug", env=env)

    assert plain.err.splitlines() == [
        "error: git could not exchange with git.example.org.",
        "hint: check the address of the remote; to see what git says, add --debug",
    ]
    assert debug.err.startswith(plain.err)
    assert debug.err.splitlines()[2:4] == ["git says:", r"  git.example.org: \x1b[31mno shell today"]
    assert "git@" not in debug.err and "\033" not in debug.err


def test_a_remote_in_the_journal(two: Machines) -> None:
    """It is refused, and nothing is written there."""
    own = bare(two.journal("laptop") / "sync.git")
    before = sorted(own.rglob("*"))

    refused = two.run("laptop", "sync", "--to", str(own), "--plain")

    assert (refused.exit, refused.err.splitlines()[0]) == (1, f"error: {own} is in the journal itself.")
    assert sorted(own.rglob("*")) == before
    assert two.run("laptop", "sync", "--status", "--json").data["remote"] == str(two.remote)


def test_over_ssh(two: Machines) -> None:
    """The user's ssh carries it; the host is named without the user."""
    program = two.world.work / "ssh"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncd {two.remote.parent}\nexec sh -c "$last"\n')
    program.chmod(0o755)
    env = {**two.env("laptop"), "GIT_SSH_COMMAND": str(program)}
    two.id("laptop", "goal", "add", "Learn statistics")

    sent = two.world.invoke("sync", "--to", "git@git.example.org:journal.git", "--plain", env=env)

    assert (sent.exit, sent.out) == (0, "Sent 1: 1 new.\n")
    again = two.world.invoke("sync", env=env)
    assert again.out == "Up to date with git.example.org; nothing to send or to receive.\n"


@pytest.mark.slow
def test_a_long_sync_shows_how_far_it_is(two: Machines, terminal: Start) -> None:
    """On a terminal: what it waits for, then how many files it has read and saved; nothing of it stays."""
    text = next((two.journal("desktop") / "goals").glob("*.toml")).read_text()
    for at in range(500):
        id = "g" + "".join("bcdfghjkmn"[int(digit)] for digit in f"{at:04}")
        (two.journal("desktop") / "goals" / f"{id}-goal.toml").write_text(text.replace(two.goal, id))
    two.run("desktop", "sync")

    ran = terminal("sync", env=two.env("laptop"))

    assert ran.end() == 0
    assert b"Connecting to " in ran.raw and b"Saving 500 files [" in ran.raw
    assert ran.everything == ["Received 500: 500 new."]


@pytest.mark.slow
def test_an_interrupt_while_it_waits(two: Machines, terminal: Start) -> None:
    """Ctrl-C while git waits for the network: nothing changed, exit 130."""
    program, waiting = two.world.work / "ssh", two.world.work / "waiting"
    program.write_text(f"#!/bin/sh\ntouch {waiting}\nexec sleep 60\n")
    program.chmod(0o755)
    before = two.files("laptop")
    two.run("laptop", "sync", "--leave")
    env = {**two.env("laptop"), "GIT_SSH_COMMAND": str(program)}

    ran = terminal("sync", "--to", "git@git.example.org:journal.git", "--plain", env=env)
    while ran.alive and not waiting.exists():
        ran.rest()
    ran.press("ctrl-c")

    assert ran.end() == 130
    assert "Interrupted; nothing changed." in ran.text
    assert two.files("laptop") == before
    assert two.run("laptop", "sync", "--status", "--json").data["remote"] is None


@pytest.mark.slow
def test_many_files_are_missing(two: Machines, terminal: Start) -> None:
    """Without a terminal nothing is done; on one it is asked what should become of them."""
    for at in range(12):
        two.id("laptop", "goal", "add", f"Goal {at}")
    two.run("laptop", "sync")
    for path in (two.journal("laptop") / "goals").glob("*-goal-*.toml"):
        path.unlink()

    refused = two.run("laptop", "sync")
    assert (refused.exit, refused.out) == (2, "")
    assert "--deleted keep" in refused.err
    dry = two.run("laptop", "sync", "--dry-run").err
    assert dry.startswith("12 records are missing here, and no command deleted them: ")
    assert dry.endswith("\n  A sync asks what to do about them first, or needs --deleted.\n")
    assert two.run("laptop", "sync", "--dry-run", "--deleted", "keep").err == ""

    asked = terminal("sync", env=two.env("laptop"))
    asked.wait_for("12 records are missing here").answer("[keep/send/nothing]", "nothing")
    assert asked.end() == 0 and "Nothing was received or sent." in asked.text
    asked = terminal("sync", env=two.env("laptop"))
    asked.answer("[keep/send/nothing]", "keep")
    assert asked.end() == 0
    assert len(two.run("laptop", "goal", "list", "--json").data) == 13

    two.run("desktop", "sync")
    for path in (two.journal("laptop") / "goals").glob("*-goal-*.toml"):
        path.unlink()
    asked = terminal("sync", env=two.env("laptop"))
    asked.answer("[keep/send/nothing]", "send")
    assert asked.end() == 0 and "Sent 12: 12 deleted." in asked.text
    assert two.run("desktop", "sync", "--yes").out == "Received 12: 12 deleted.\n"


@pytest.mark.slow
def test_many_deletions_elsewhere(two: Machines, terminal: Start) -> None:
    """What the others deleted is asked for, and comes with --yes."""
    for at in range(12):
        two.id("laptop", "goal", "add", f"Goal {at}")
    two.run("laptop", "sync")
    two.run("desktop", "sync")
    for goal in two.run("desktop", "goal", "list", "--json").data:
        two.run("desktop", "delete", goal["id"], "--yes")
    two.run("desktop", "sync")

    assert two.run("laptop", "sync").exit == 2
    dry = two.run("laptop", "sync", "--dry-run").err
    assert dry.startswith("13 records were deleted on another machine: ") and dry.endswith(" or needs --yes.\n")
    assert two.run("laptop", "sync", "--dry-run", "--yes").err == ""
    asked = terminal("sync", env=two.env("laptop"))
    asked.wait_for("13 records were deleted on another machine").answer("Delete them here, too?", "n")
    assert asked.end() == 0 and "Nothing was received or sent." in asked.text
    asked = terminal("sync", env=two.env("laptop"))
    asked.answer("Delete them here, too?", "y")
    assert asked.end() == 0 and "Received 13: 13 deleted." in asked.text
    undone = two.run("laptop", "undo", "--sync", "--yes")
    assert undone.out.startswith("Undone: sync: 13 records received")
    assert len(two.run("laptop", "goal", "list", "--json").data) == 13


def machine(two: Machines) -> tuple[dict[str, str | None], Path]:
    """A third machine."""
    return two.env("third"), two.journal("third")


def test_a_folder_that_is_not_free(two: Machines) -> None:
    """A journal is made in a new or empty folder, and remembered; another one is named and stays as it is."""
    env, root = machine(two)
    again = two.run("laptop", "init", str(two.journal("laptop")), "--from", str(two.remote))
    assert again.exit == 1 and "is already a journal" in again.err

    root.mkdir(parents=True)
    (root / "mine.txt").write_text("mine")
    full = two.run("third", "init", str(root), "--from", str(two.remote))
    assert full.exit == 1 and "is not empty" in full.err
    (root / "mine.txt").unlink()
    assert two.run("third", "init", str(root), "--from", str(two.remote)).exit == 0
    assert two.files("third") == two.files("desktop")
    own = {**env, "MENTORLOG_JOURNAL": None}
    assert two.world.invoke("paths", "--json", env=own).data["journal"] == str(root)


def nothing_left(two: Machines) -> bool:
    """Whether a third machine has no trace of a journal."""
    env, root = machine(two)
    state = Path(str(env["XDG_STATE_HOME"])) / "mentorlog" / "sync"
    remembered = Path(str(env["XDG_CONFIG_HOME"])) / "mentorlog" / "journal"
    return not (root.exists() or remembered.exists() or (state.exists() and [*state.iterdir()]))


@pytest.mark.parametrize("remote", ["missing", "empty", "not ours", "newer", "file"])
def test_a_remote_that_has_no_journal(remote: str, two: Machines) -> None:
    """Each has its sentence and its exit status, and leaves nothing behind."""
    url, statuses = two.remote, {"missing": 5, "empty": 4, "not ours": 4, "newer": 3, "file": 5}
    if remote == "missing":
        url = two.world.work / "nowhere.git"
    elif remote == "file":
        url = two.world.work / "notes.txt"
        url.write_text("mine")
    else:
        url = bare(two.world.work / "other.git")
    if remote in ("not ours", "newer"):
        commit(url, {"readme.md": b"Dear diary"} if remote == "not ours" else newer(two))

    refused = two.run("third", "init", str(two.journal("third")), "--from", str(url))

    assert (refused.exit, refused.out) == (statuses[remote], ""), refused
    assert nothing_left(two)


def newer(two: Machines) -> dict[str, bytes]:
    """What a later version of mentorlog would have sent."""
    listed = git(two.remote, "ls-tree", "-r", "--name-only", "mentorlog").decode().splitlines()
    files = {path: git(two.remote, "show", f"mentorlog:{path}") for path in listed}
    return files | {"journal.toml": files["journal.toml"].replace(b"format = ", b"format = 9")}


def git(repository: Path, *words: str, stdin: bytes = b"") -> bytes:
    """Run git in a bare repository."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    done = subprocess.run(["git", "--git-dir", repository, *who, *words], input=stdin, capture_output=True, check=True)
    return done.stdout


def commit(repository: Path, files: dict[str, bytes]) -> None:
    """Commit files of the top folder to the branch of mentorlog."""
    top = {path: data for path, data in files.items() if "/" not in path}
    blobs = {
        path: git(repository, "hash-object", "-w", "--stdin", stdin=data).decode().strip() for path, data in top.items()
    }
    tree = "".join(f"100644 blob {blob}\t{path}\n" for path, blob in sorted(blobs.items()))
    made = git(repository, "mktree", stdin=tree.encode()).decode().strip()
    new = git(repository, "commit-tree", made, "-m", "x").decode().strip()
    git(repository, "update-ref", "refs/heads/mentorlog", new)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "no_color"), [(80, "1"), (40, None)])
def test_on_a_terminal(columns: int, no_color: str | None, two: Machines, terminal: Start) -> None:
    """Nothing is wider than the terminal, and no text of a record acts on it; NO_COLOR leaves no control sequence."""
    goal = two.goal
    note = two.id("desktop", "note", "add", "\x1b]0;owned\x07 \u202etxt.exe", "--with", "osler")
    two.run("desktop", "set", goal, f"title={HOSTILE} \u202e")
    two.run("desktop", "sync")
    two.run("laptop", "sync")
    two.run("laptop", "set", goal, "title=Submit the case report with two figures and a table")
    two.run("laptop", "delete", note, "--yes")
    two.run("laptop", "sync")
    two.run("desktop", "set", goal, f"title={HOSTILE} \u202e\x1b[31m")
    two.run("desktop", "set", note, "tags=x")

    ran = terminal("sync", columns=columns, env={**two.env("desktop"), "NO_COLOR": no_color})

    assert ran.end() == 0
    assert (b"\x1b[" in ran.raw) is (no_color is None)
    assert all(len(line) <= columns for line in ran.everything)
    assert b"\x1b]0" not in ran.raw and b"\x1b[31m" not in ran.raw
    assert f"Kept {note}" in ran.text and f"mentorlog resolve {goal}" in ran.text


def test_the_document_is_ascii_on_a_pipe(two: Machines) -> None:
    """One JSON document, whatever the titles."""
    two.id("laptop", "goal", "add", HOSTILE)

    ran = two.run("laptop", "sync", "--json", "--quiet")

    assert json.loads(ran.out)["version"] == 1
