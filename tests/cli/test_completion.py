"""The completion of a shell: how it is installed, and what is offered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from world import Ran, World


def completed(world: World, shell: str, line: str, **more: str) -> Ran:
    """What the shell is told for a line that ends at the cursor."""
    words = line.split(" ")
    variables = {
        "_MENTORLOG_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return world.run(env={**variables, **more})


def test_commands_are_completed(world: World) -> None:
    """bash gets words; zsh and fish get them with their line of help."""
    assert completed(world, "bash", "mentorlog hi").out == "history\n"
    assert completed(world, "fish", "mentorlog hi").out.startswith("history\tShow the change history")
    assert '"history":"Show the change history' in completed(world, "zsh", "mentorlog hi").out
    assert "--journal" in completed(world, "bash", "mentorlog paths --").out.split()


def test_ids_are_completed(world: World, journal_root: Path) -> None:
    """Ids come first, titles are their help; a title acts on no shell."""
    (journal_root / "goals").mkdir(exist_ok=True)
    for id, title in (("g7k3q", "Submit [case] report"), ("g7k9z", "$(touch pwned) `x` \\\" ; '")):
        (journal_root / "goals" / f"{id}.toml").write_text(
            f"id = '{id}'\ntitle = {json.dumps(title)}\nstatus = 'active'\ncreated = 2026-11-20T09:00:00+00:00\n"
        )

    assert sorted(completed(world, "bash", "mentorlog show g7").out.split()) == ["g7k3q", "g7k9z"]
    assert "g7k3q\tSubmit [case] report\n" in completed(world, "fish", "mentorlog show g7k3").out
    zsh = completed(world, "zsh", "mentorlog show g7k9").out
    assert not set("$`\\") & set(zsh)


def test_mentors_are_completed_by_name(world: World, journal_root: Path) -> None:
    """A word of a name is completed as it was begun, with or without its accents; ids come first."""
    for name in ("Renée Laennec", "Grace Chen", "Grace Hopper"):
        assert world.invoke("mentor", "add", name).exit == 0

    words = {"ren": "renee", "Ren": "Renee", "rené": "renée", "la": "laennec", "gra": "grace", "hop": "hopper"}
    for typed, offered in words.items():
        for line in ("mentorlog meeting prep ", "mentorlog goal list --with "):
            assert completed(world, "bash", line + typed).out.split() == [offered]
    told = completed(world, "fish", "mentorlog meeting prep gra").out
    assert told == "grace\tGrace Chen (chen), Grace Hopper (hopper)\n"
    assert completed(world, "bash", "mentorlog set ren").out.strip() == ""


def test_the_journal_is_no_record(world: World, journal_root: Path) -> None:
    """Its own entry is neither completed nor shown; a mentor of that name is."""
    asked = {"_MENTORLOG_COMPLETE": "complete_bash", "COMP_WORDS": "mentorlog show ", "COMP_CWORD": "2"}
    world.invoke("goal", "add", "Aim")

    offered = world.run(env=asked).out.split()
    shown = world.invoke("show", "journal")

    assert [len(id) for id in offered] == [5]
    assert (shown.exit, shown.err.splitlines()[0]) == (1, "error: No record matches 'journal'.")
    assert world.invoke("mentor", "add", "Ada Journal").exit == 0
    assert world.invoke("show", "journal", "--json").data["name"] == "Ada Journal"


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        *[
            ("bash", "mentorlog xyzzy "),
            ("zsh", "mentorlog show "),
            ("fish", "mentorlog 'open quote "),
            ("rubbish", "mentorlog "),
        ],
        *(
            pytest.param(shell, line, marks=pytest.mark.slow)
            for shell in ("bash", "zsh", "fish", "rubbish")
            for line in ("mentorlog ", "mentorlog xyzzy ", "mentorlog show ", "mentorlog 'open quote ")
        ),
    ],
)
def test_completion_never_complains(shell: str, line: str, world: World) -> None:
    """No journal, an unknown word, a shell nobody knows: nothing on stderr."""
    ran = completed(world, shell, line, MENTORLOG_JOURNAL="/nowhere", MENTORLOG_NOW="rubbish")

    assert ran.err == ""


def test_completion_can_be_shown(world: World) -> None:
    """--show-completion prints the script of the shell it runs in."""
    ran = world.shell("exec 2>&1; mentorlog --show-completion; true")

    assert "_MENTORLOG_COMPLETE=complete_bash" in ran[1]


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

    assert (ran.exit, ran.out) == (1, "")
    assert ran.err == ("error: Unknown shell 'tcsh'.\nhint: one of: bash, zsh, fish, powershell, pwsh\n")
    assert list(world.home.rglob("*completion*")) == []
