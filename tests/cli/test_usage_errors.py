"""What the parser refuses: one sentence and one hint of ours, and an exit status by one rule."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from world import World


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (["gaol", "list"], "Unknown command 'gaol'.", "did you mean: mentorlog goal list"),
        (["xyzzy"], "Unknown command 'xyzzy'.", "see: mentorlog --help"),
        (["goal", "lst"], "Unknown command 'goal lst'.", "did you mean: mentorlog goal list"),
        (["goal", "xyzzy"], "Unknown command 'goal xyzzy'.", "see: mentorlog goal --help"),
        (["init", "--nmae", "x y"], "Unknown option: --nmae.", "did you mean: mentorlog --json init --name 'x y'"),
        (["init", "--nmae=x"], "Unknown option: --nmae.", "did you mean: mentorlog --json init --name=x"),
        (["init", "--xyzzy"], "Unknown option: --xyzzy.", "see: mentorlog init --help"),
        (["show"], "Missing argument: ID.", "usage: mentorlog show [OPTIONS] ID"),
        (
            ["init", "my", "new journal"],
            "Unexpected argument: new journal.",
            "quote text that contains spaces; see: mentorlog init --help",
        ),
        (["init", "--name"], "--name needs a value.", "see: mentorlog init --help"),
        (["goal", "--json"], "Missing command.", "see: mentorlog goal --help"),
        (["status", "--plain=yes"], "--plain takes no value.", "see: mentorlog status --help"),
    ],
)
def test_wrong_words_are_told(words: list[str], error: str, hint: str, world: World) -> None:
    """What typer rejects is one sentence and one hint of ours, exit status 2, and nothing on stdout."""
    ran = world.invoke("--json", *words)

    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {error}")
    assert f"\nhint: {hint}" in ran.err
    assert ran.err.count("\n") == 2


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["undo", "-n", "3"], "see: mentorlog undo --help"),
        (["task", "wait", "t4m2x", "-m", "x"], "see: mentorlog task wait --help"),
        (["goal", "add", "-x"], "put -- before text that begins with -: mentorlog goal add -- -x"),
        (["task", "list", "--late"], "see: mentorlog task list --help"),
    ],
)
def test_an_option_that_is_not_there(world: World, journal_root: Path, words: list[str], hint: str) -> None:
    """In our words; a text is only thought of where the command takes one."""
    ran = world.invoke(*words)

    assert ran.exit == 2
    assert ran.err.splitlines()[0] in (f"error: Unknown option: {word}." for word in words)
    assert ran.err.splitlines()[1] == f"hint: {hint}"


@pytest.mark.parametrize(
    "words",
    [
        ["undo", "x"],
        ["undo", "0"],
        ["history", "--limit", "0"],
        ["history", "--limit", "many"],
        ["goal", "progress", "g7k3q", "140"],
        ["profile", "assess", "suturing", "9"],
        ["profile", "assess", "suturing", "well"],
        ["due", "--within", "soon"],
        ["goal", "list", "--until", "2027-02-30"],
        ["goal", "list", "--status", "nosuch"],
        ["show", "g2222"],
    ],
    ids=" ".join,
)
def test_a_value_that_is_none_has_status_1(words: list[str], world: World, journal_root: Path) -> None:
    """A number, a date, a word or an id that cannot be taken is 1, whoever finds out: the parser or the program."""
    (journal_root / "goals").mkdir(exist_ok=True)
    (journal_root / "goals/g7k3q.toml").write_text(
        'id = "g7k3q"\ntitle = "Aim"\nstatus = "active"\ncreated = 2026-11-20T09:00:00+00:00\n'
    )
    ran = world.invoke(*words)

    assert (ran.exit, ran.out) == (1, "")


@pytest.mark.parametrize(
    "words",
    [
        ["undo", "1", "2"],
        ["history", "--limit"],
        ["goal", "progress"],
        ["gaol"],
        ["goal", "gaol"],
        ["goal", "--json"],
        ["status", "--nosuch"],
        ["review", "--form", "--resume"],
        ["goal", "add", "--no-input"],
    ],
    ids=" ".join,
)
def test_words_that_make_no_command_have_status_2(words: list[str], world: World, journal_root: Path) -> None:
    """What is missing, unknown, too much or does not go together is 2."""
    ran = world.invoke(*words)

    assert (ran.exit, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("words", "pasted"),
    [
        (["- Read", "--due", "fri", "--private"], "--due fri --private -- '- Read'"),
        (["--due=fri", "- Read", "--tag=ward"], "--due=fri --tag=ward -- '- Read'"),
        (["- Read", "--deliverable", "- a list"], "--deliverable '- a list' -- '- Read'"),
        (["- Read", "-d", "fri", "--json"], "-d fri --json -- '- Read'"),
    ],
)
def test_text_that_begins_with_a_hyphen_goes_behind_the_options(
    world: World, journal_root: Path, words: list[str], pasted: str
) -> None:
    """After -- every word is an argument: the hint moves the options before it, with values and flags, and works."""
    ran = world.invoke("task", "add", *words)

    advised = f"mentorlog task add {pasted}"
    assert ran.err.splitlines()[1] == f"hint: put -- before text that begins with -: {advised}"
    again = world.invoke(*shlex.split(advised)[1:])
    assert again.exit == 0, again.err
    assert "- Read" in again.out
