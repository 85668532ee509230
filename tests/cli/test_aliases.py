"""Familiar words that are other names of commands: `goal ls`, `task rm`, `note done`, `reopen`."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from copies import Copy
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_review, make_task
from mentorlog.cli import groups, table
from mentorlog.vocabulary import RECORD_KINDS
from reviewed import open_journal
from world import Ran, World

Invoke = Callable[..., Ran]

IDS = {"mentor": "osler", "goal": "g7k3q", "task": "t4m2x", "meeting": "m4k2p", "note": "n5k3w", "review": "r4k2m"}
PAIRS = [
    *((f"{kind} ls --json", f"{kind} list --json") for kind in RECORD_KINDS),
    *((f"{kind} {verb} {id}", f"show {id}") for kind, id in IDS.items() for verb in ("view", "show")),
    *(
        (f"{kind} {verb} {id} --yes --json", f"delete {id} --yes --json")
        for kind, id in IDS.items()
        for verb in ("rm", "delete")
    ),
    *((f"{kind} edit {id} --toml", f"edit {id} --toml") for kind, id in IDS.items()),
    *((f"{kind} share {id} -w open --json", f"share {id} -w open --json") for kind, id in IDS.items()),
    ("view g7", "show g7"),
    ("rm t4", "delete t4"),
    ("mentor view William", "show osler"),
    ("goal view G7", "show g7"),
    ("profile ls", "profile show"),
    ("profile view --json", "profile show --json"),
    ("profile edit --toml", "edit profile --toml"),
    ("goal done g7k3q -m Accepted", "goal achieve g7k3q -m Accepted"),
    ("goal done --partly g7 -m 'The draft'", "goal achieve --partly g7 -m 'The draft'"),
    ("goal reopen g2n5t", "goal resume g2n5t"),
    ("mentor reopen curie", "mentor activate curie"),
    ("note done n5 -m 'It works' --json", "note close n5 -m 'It works' --json"),
    ("done t4 t9 --json", "task done t4 t9 --json"),
    ("done -m Accepted g7k3q", "goal achieve -m Accepted g7k3q"),
    ("done n5k3w", "note close n5k3w"),
    ("reopen g2n5t -m Again", "goal resume g2n5t -m Again"),
    ("reopen t6d4x", "task reopen t6d4x"),
    ("reopen n6h7j --json", "note reopen n6h7j --json"),
    ("reopen curie", "mentor activate curie"),
]
"""An alias as it is typed, and the command that does the same."""
DONE = "mentorlog goal achieve --help, mentorlog task done --help, mentorlog note close --help"
EDITOR = "sed -i '$a # seen'"


@pytest.fixture(autouse=True)
def records(world: World, journal_root: Path) -> None:
    """One record of each kind, and one of some that can be reopened."""

    def fill() -> None:
        journal = open_journal(journal_root)
        for record in (
            make_mentor(),
            make_mentor(id="curie", name="Marie Curie", status="paused"),
            make_goal(id="g7k3q"),
            make_goal(id="g2n5t", status="achieved", closed_on=TODAY),
            make_task(id="t4m2x"),
            make_task(id="t9k2m", title="Draft abstract"),
            make_task(id="t6d4x", status="done", done_on=TODAY),
            make_meeting(id="m4k2p"),
            make_note(id="n5k3w", kind="advice", status="open"),
            make_note(id="n6h7j", kind="question", status="closed", closed_on=TODAY, outcome="Yes"),
            make_review(id="r4k2m"),
        ):
            journal.add(record, name="fill")
        world.invoke("profile", "set", "name=Mary Blackwell")
        world.invoke("edit", "profile", env={"EDITOR": EDITOR})  # what is said of an unknown editor is said once

    world.filled("aliases", fill)


def files(root: Path) -> dict[str, bytes]:
    """Return every record file with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.toml"))}


@pytest.mark.parametrize(("alias", "command"), PAIRS, ids=[alias for alias, _ in PAIRS])
def test_an_alias_does_what_its_command_does(alias: str, command: str, world: World, journal_root: Path) -> None:
    """The same output, the same files, the same name in the history."""
    before = Copy(world.root, ("journal", "home"))
    outcomes = []
    for typed in (alias, command):
        for folder in (journal_root, world.home):  # in the home, too, is what was last seen of the journal
            shutil.rmtree(folder)
        before.write(world.root)
        ran = world.invoke(*shlex.split(typed), env={"EDITOR": EDITOR})
        assert ran.exit == 0, ran
        outcomes.append((ran, files(journal_root), world.invoke("history", "--json").out))

    assert outcomes[0] == outcomes[1]
    assert files(journal_root) != {} and outcomes[0][0].out != ""


@pytest.mark.parametrize("verb", ["rm", "delete", "view", "show", "edit"])
@pytest.mark.parametrize("noun", RECORD_KINDS)
def test_an_alias_of_a_noun_takes_only_its_records(noun: str, verb: str, invoke: Invoke, journal_root: Path) -> None:
    """`goal rm t4m2x` names the kind, what the id is, and changes nothing; so does the beginning of an id."""
    other = "t4m2x" if noun == "goal" else "g7k3q"
    before = files(journal_root)

    ran = invoke(noun, verb, other, env={"EDITOR": "false"})
    by_prefix = invoke(noun, verb, other[:2], env={"EDITOR": "false"})

    assert (ran.exit, ran.out, by_prefix.exit, files(journal_root)) == (1, "", 1, before)
    assert f" {noun} " in ran.err.splitlines()[0]
    assert (
        ran.err.splitlines()[1]
        == f"hint: {other} is a {'task' if noun == 'goal' else 'goal'}; see: mentorlog show {other}"
    )


def test_only_what_shows_takes_names(invoke: Invoke) -> None:
    """`mentor view` finds a person by name, as every MENTOR argument does; `mentor rm` and `mentor edit` do not."""
    assert invoke("mentor", "view", "Marie").exit == 0
    assert invoke("mentor", "rm", "Marie").exit == invoke("mentor", "edit", "Marie", env={"EDITOR": "true"}).exit == 1


def test_an_unreadable_record_is_deleted_and_edited_behind_its_noun(invoke: Invoke, journal_root: Path) -> None:
    """As by `delete` and `edit`: only a file of that kind."""
    (journal_root / "goals" / "g7k3q-submit-case-report.toml").write_text("title = ", encoding="utf-8")

    assert invoke("task", "rm", "g7k3q").exit == 1
    assert invoke("goal", "view", "g7k3q").exit == 3
    assert invoke("goal", "edit", "g7k3q", env={"EDITOR": "false"}).err.startswith("error: The editor")
    assert invoke("goal", "rm", "g7k3q").exit == 0


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("done m4k2p", "did you mean: mentorlog set m4k2p status=held"),
        ("done osler", "did you mean: mentorlog mentor end osler"),
        ("done", f"did you mean one of: {DONE}"),
        ("done 3", f"did you mean one of: {DONE}"),
        ("reopen m4k2p", "did you mean: mentorlog set m4k2p status=planned"),
        ("review done r4k2m", "see: mentorlog review --help"),
        ("export ls", "see: mentorlog export --help"),
    ],
)
def test_a_word_of_several_meanings_is_answered(typed: str, hint: str, invoke: Invoke) -> None:
    """Where an alias could mean several things, or nothing here, the hint names the command."""
    ran = invoke(*typed.split())

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.splitlines()[1] == f"hint: {hint}"


def test_an_alias_is_no_command_and_leads_to_one() -> None:
    """Another name never hides a command, and what it stands for is there, for every kind of record."""
    for alias, command in table.ALIASES.items():
        for kind in RECORD_KINDS:
            noun, _, word = alias.replace("NOUN", kind).rpartition(" ")
            assert word not in (table.VERBS[noun] if noun else table.COMMANDS) or alias in ("NOUN reopen", "NOUN done")
            first, *rest = table.ALIASES.get(command, command).replace("NOUN", kind).split()
            assert first in table.COMMANDS, alias
            assert noun == "" or not rest or rest == ["profile"] or rest[0] in table.VERBS[first], alias


@pytest.mark.parametrize(
    ("command", "also"),
    [
        ("goal list", "goal ls"),
        ("goal achieve", "done, goal done"),
        ("task done", "done"),
        ("note reopen", "reopen"),
        ("mentor activate", "reopen, mentor reopen"),
        ("profile show", "profile ls, profile view"),
        ("show", "view, NOUN view, NOUN show"),
        ("delete", "rm, NOUN rm, NOUN delete"),
        ("edit", "NOUN edit, profile edit"),
    ],
)
def test_the_help_of_the_command_names_its_aliases(command: str, also: str, invoke: Invoke) -> None:
    """In one line, and in the data of `--json`; no list of commands has them."""
    assert f"\n  Also: {also}\n" in invoke(*command.split(), "--help").out
    assert invoke("help", *command.split(), "--json").data["aliases"] == also.split(", ")


@pytest.mark.parametrize("noun", ["", *table.VERBS])
def test_no_alias_is_listed(noun: str, invoke: Invoke) -> None:
    """Help and completion name the commands alone."""
    root = groups.Root()
    listed = list((root.build(noun) if noun else root).commands)

    assert listed == list(table.VERBS[noun] if noun else table.COMMANDS)
    assert "Also:" not in invoke(*filter(None, [noun]), "--help").out


def test_the_help_of_an_alias_is_that_of_the_command(invoke: Invoke) -> None:
    """`help goal done` and `help rm` show what will be run."""
    assert invoke("help", "goal", "done").out == invoke("help", "goal", "achieve").out
    assert invoke("help", "goal", "rm").out.startswith("Usage: mentorlog goal delete [OPTIONS] ID\n")


@pytest.mark.parametrize(("words", "found"), [("goal view ", {"g7k3q", "g2n5t"}), ("task rm t4", {"t4m2x"})])
def test_an_alias_completes_ids_of_its_kind(words: str, found: set[str], run: Invoke) -> None:
    """Behind `goal view` a shell offers goals."""
    ran = run(f"mentorlog {words}", env={"_MENTORLOG_COMPLETE": "zsh"})

    assert {line.partition("\t")[0] for line in ran.out.splitlines()[1:]} == found
