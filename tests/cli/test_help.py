"""What the program says of itself: help with examples and few options first, completion, answers to strange words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.cli import suggestions, table
from offered import commands, own_params
from world import Ran, World

Invoke = Callable[..., Ran]
AT_FIRST = 6


@pytest.mark.parametrize("words", [words for words, _ in commands()], ids=" ".join)
def test_every_help_has_an_example(words: tuple[str, ...], world: World) -> None:
    """Of nouns too: a line that can be copied."""
    ran = world.invoke(*words, "--help")

    assert (ran.exit, ran.err) == (0, "")
    assert "\n  Example: mentorlog " in ran.out


def test_a_few_options_come_first() -> None:
    """Not more than six stand in the first panel, whatever the command; the others are in the second."""
    many = {}
    for words, command in commands():
        first = [one for one in own_params(command) if one.param_type_name == "option" and not one.rich_help_panel]
        many[" ".join(words)] = len(first)

    assert {words: count for words, count in many.items() if count > AT_FIRST} == {}


# The completion of a shell


@pytest.mark.parametrize(
    ("words", "script"),
    [
        (["fish"], "complete --command mentorlog"),
        (["zsh"], "#compdef mentorlog"),
        (["bash"], "complete -o default"),
    ],
)
def test_completion_is_shown_for_the_shell_that_is_named(words: list[str], script: str, world: World) -> None:
    """The word behind the option counts, not the shell that the program happens to run in."""
    ran = world.run("--show-completion", *words)

    assert ran.exit == 0
    assert script in ran.out
    assert world.run(f"--show-completion={words[0]}").out == ran.out


def test_completion_is_installed_for_the_shell_that_is_named(world: World) -> None:
    """It lands in the home where that shell looks."""
    ran = world.run("--install-completion", "fish")

    assert ran.exit == 0
    assert "fish completion installed" in ran.out
    assert [path.name for path in world.home.rglob("*.fish")] == ["mentorlog.fish"]


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_another_shell_is_refused(option: str, world: World) -> None:
    """What has no completion is told so, and nothing is printed or installed in its place."""
    ran = world.run(option, "tcsh")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == (
        "error: There is no completion for tcsh.\nhint: name one of: bash, zsh, fish, powershell, pwsh\n"
    )
    assert list(world.home.rglob("*completion*")) == []


def test_the_journal_is_no_record(world: World, journal_root: Path) -> None:
    """Its own entry is neither completed nor shown; a mentor of that name is."""
    asked = {"_MENTORLOG_COMPLETE": "complete_bash", "COMP_WORDS": "mentorlog show ", "COMP_CWORD": "2"}
    world.invoke("goal", "add", "Aim")

    offered = world.run(env=asked).out.split()
    shown = world.invoke("show", "journal")

    assert [len(id) for id in offered] == [5]
    assert (shown.exit, shown.err.splitlines()[0]) == (1, "error: There is no record 'journal'.")
    assert world.invoke("mentor", "add", "Ada Journal").exit == 0
    assert world.invoke("show", "journal", "--json").data["name"] == "Ada Journal"


# Strange words


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("GOAL list", "goal list"),
        ("Task add 'Draft abstract'", "task add 'Draft abstract'"),
        ("STATUS", "status"),
        ("goals --with osler", "goal list --with osler"),
        ("goals add Aim", "goal add Aim"),
        ("tasks done t4m2x", "task done t4m2x"),
        ("goals done g7k3q", "goal achieve g7k3q"),
        ("goals g7k3q", "show g7k3q"),
        ("meetings osler", "meeting prep osler"),
        ("list goals", "goal list"),
    ],
)
def test_nouns_in_other_forms(typed: str, answer: str) -> None:
    """Another case and the plural mean the noun; what stands behind it is kept, once."""
    import shlex

    assert suggestions.instead(shlex.split(typed), None, list(table.COMMANDS)) == answer


def test_verbs_in_another_case_and_people() -> None:
    """`goal LIST` is list; `meeting osler` is the screen before a meeting with him."""
    verbs = ["plan", "log", "list", "prep"]

    assert suggestions.instead(["LIST", "--all"], "goal", ["list"]) == "goal list --all"
    assert suggestions.instead(["osler"], "meeting", verbs) == "meeting prep osler"
    assert suggestions.instead(["plna", "osler"], "meeting", verbs) == "meeting plan osler"


@pytest.mark.parametrize("verb", ["show", "edit", "delete"])
def test_the_name_of_a_mentor_is_answered_with_the_id(verb: str, invoke: Invoke) -> None:
    """Names find nobody where any record is meant, and the id that is likely is said."""
    invoke("mentor", "add", "William Osler")

    ran = invoke(verb, "Will", env={"EDITOR": "true"})

    assert ran.err == "error: There is no record 'Will'.\nhint: did you mean osler (William Osler)?\n"


# Where an export goes


def test_an_export_names_its_own_option(invoke: Invoke) -> None:
    """An empty -o is no empty journal."""
    ran = invoke("export", "markdown", "-o", "")

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == "error: The name of the file is empty.\nhint: name a file, like: -o journal.md\n"


@pytest.mark.parametrize("yes", [[], ["--yes"]])
@pytest.mark.parametrize("what", ["folder", "pipe", "device"])
def test_an_export_writes_over_files_only(what: str, yes: list[str], invoke: Invoke, world: World) -> None:
    """What is none is refused at once: nobody is asked whether to write over it."""
    place = world.work / "place"
    if what == "folder":
        place.mkdir()
    elif what == "pipe":
        os.mkfifo(place)
    else:
        place = Path(os.devnull)

    ran = invoke("export", "markdown", "-o", str(place), *yes)

    assert (ran.exit, ran.out) == (1, "")
    named = {"folder": "a folder", "pipe": "a named pipe", "device": "a device"}[what]
    assert ran.err == f"error: Cannot write {place}: it is {named}.\nhint: name a file\n"


def test_an_export_through_a_file(invoke: Invoke, world: World) -> None:
    """A path that leads through a file is told, with what to do."""
    (world.work / "file").write_text("x")

    ran = invoke("export", "markdown", "-o", "file/journal.md")

    assert ran.exit == 5
    assert ran.err.endswith("hint: name a path whose folders are folders\n")
