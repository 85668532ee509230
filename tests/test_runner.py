"""The transcript engine, tried on commands of the shell that print toy ids."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcript import Names, Outcome, Player, Step, check, needed, parse, play, takes_part, unfinished, wants_journal
from world import World

NO_JOURNAL = "<!-- transcript: no journal -->\n"


def written(world: World, body: str) -> Path:
    """A transcript that needs no mentorlog."""
    path = world.work / "toy.md"
    path.write_text(NO_JOURNAL + body, encoding="utf-8")
    return path


def block(*lines: str) -> str:
    """A console block."""
    return "\n".join(["```console", *lines, "```", ""])


def printing(world: World, *texts: str) -> None:
    """A program `add` that prints one of the texts at each call."""
    for number, text in enumerate(texts):
        (world.work / f"{number}.txt").write_text(text + "\n", encoding="utf-8")
    program = world.root / "bin" / "add"
    program.write_text('#!/bin/sh\nn=$(cat n 2>/dev/null || echo 0)\necho $((n + 1)) > n\ncat "$n.txt"\n')
    program.chmod(0o755)


# What is a transcript


def test_blocks_become_steps() -> None:
    """Each `$` line of a console block is a step, what follows is expected; other blocks are not read."""
    text = "Words.\n\n" + block("$ echo a", "a", "", "$ false", "[exit 1]") + "\n```sh\n$ rm -r /\n```\n"

    steps = parse(text)

    assert [(step.command, step.expected) for step in steps] == [("echo a", ("a",)), ("false", ("[exit 1]",))]
    assert [step.line for step in steps] == [4, 7]


def test_indented_and_longer_fences() -> None:
    """A block in a list is indented; a longer fence lets an output hold a fence."""
    text = "1. Do:\n\n   ````console\n   $ cat x\n   ```\n     code\n   ```\n   ````\n"

    (step,) = parse(text)

    assert step.expected == ("```", "  code", "```")
    assert step.indent == "   "


def test_a_command_goes_on() -> None:
    """`> ` goes on with a command only where a shell would ask for more; else it is output."""
    steps = parse(block("$ cat - <<'END'", "> It's", ">", "> END", "It's", "$ echo '> a'", "> a", "$ echo b \\", "> c"))

    assert [step.command for step in steps] == ["cat - <<'END'\nIt's\n\nEND", "echo '> a'", "echo b \\\nc"]
    assert [step.expected for step in steps] == [("It's",), ("> a",), ()]


@pytest.mark.parametrize(
    ("command", "more"),
    [("echo 'a", True), ("echo a", False), ("cat <<E\na", True), ("cat <<E\na\nE", False), ("a \\", True)],
)
def test_unfinished(command: str, more: bool) -> None:
    """A command is unfinished exactly where a shell would ask for more."""
    assert more is unfinished(command)


@pytest.mark.parametrize("lines", [["output first"], ["$ echo 'a"]])
def test_a_broken_block_is_an_error(lines: list[str]) -> None:
    """Output without a command, or half a command, is a mistake in the transcript, named by its line."""
    with pytest.raises(ValueError, match="line 2: "):
        parse(block(*lines))


def test_marks() -> None:
    """A page takes part by its mark; the mark can say that there is no journal at the beginning."""
    assert takes_part("# Title\n<!-- transcript -->\n")
    assert not takes_part("# Title\nsays `<!-- transcript -->`\n")
    assert wants_journal("<!-- transcript -->")
    assert wants_journal("no mark at all")
    assert not wants_journal(NO_JOURNAL)
    assert [needed(text) for text in ("<!-- transcript: needs pyrage -->", NO_JOURNAL, "")] == ["pyrage", None, None]


def test_a_transcript_that_needs_a_library_is_skipped_without_it(world: World) -> None:
    """What an extra brings is not there everywhere."""
    page = world.work / "toy.md"
    page.write_text("<!-- transcript: needs nosuchlibrary -->\n```console\n$ false\n```\n", encoding="utf-8")

    with pytest.raises(pytest.skip.Exception):
        check(page, world)


# What is right


@pytest.mark.parametrize(
    ("expected", "printed", "right"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["a", "[…]"], ["a", "b", "c"], True),
        (["a", "[…]"], ["a"], True),
        (["a", "[…]", "d"], ["a", "b", "c", "d"], True),
        (["[…]", "d"], ["a", "c"], False),
        (["a.c"], ["abc"], False),
        ([], [], True),
    ],
)
def test_comparison(expected: list[str], printed: list[str], right: bool) -> None:
    """Lines are compared as they are; `[…]` stands for any number of lines."""
    step = Step(1, "x", tuple(expected), 0, 0)

    assert right is Outcome(step, tuple(printed)).right


def test_a_whole_transcript(world: World) -> None:
    """Pipes, here-documents, exit status, stderr and files work as in a shell."""
    path = written(
        world,
        block(
            "$ printf 'one\\ntwo\\n' | tail -n 1",
            "two",
            "$ cat > notes.md <<'END'",
            "> Osler's words",
            "> END",
            "$ cat notes.md",
            "Osler's words",
            "$ echo bad >&2; exit 3",
            "bad",
            "[exit 3]",
        ),
    )

    check(path, world)


def test_settings_last(world: World) -> None:
    """`export`, `unset` and `cd` hold for the commands below; the clock is a variable like any other."""
    path = written(
        world,
        block(
            "$ echo $MENTORLOG_NOW",
            "2026-11-23T09:00:00+00:00",
            "$ export MENTORLOG_NOW=2026-12-01 WHERE=~/here",
            "$ echo $MENTORLOG_NOW $WHERE",
            "2026-12-01 HOME/here",
            "$ MENTORLOG_NOW=2027-01-01 sh -c 'echo $MENTORLOG_NOW'",
            "2027-01-01",
            "$ unset WHERE",
            "$ echo [$WHERE]",
            "[]",
            "$ mkdir inner",
            "$ cd inner",
            "$ pwd",
            "WORK/inner",
        ),
    )

    check(path, world)


def test_a_difference_is_shown_with_its_place(world: World) -> None:
    """A failing transcript names file, line and command, shows both texts, and goes on to the next step."""
    path = written(world, block("$ echo b", "a", "$ echo d", "c"))

    with pytest.raises(AssertionError) as failure:
        check(path, world)

    said = str(failure.value)
    assert f"{path}:3: $ echo b" in said
    assert "-a\n+b" in said
    assert "-c\n+d" in said


def test_hidden_commands_run(world: World) -> None:
    """`<!-- run: … -->` runs unseen; that it fails is seen."""
    check(written(world, "<!-- run: echo hello > x -->\n" + block("$ cat x", "hello")), world)

    with pytest.raises(AssertionError, match="exit 1"):
        check(written(world, "<!-- run: false -->\n"), world)


def test_folders_have_names(world: World) -> None:
    """The folders of the world are shown by name, the same everywhere."""
    world.journal.mkdir()
    path = written(world, block("$ echo $JOURNAL/goals ~/x", "JOURNAL/goals HOME/x", "$ echo JOURNAL | wc -l", "1"))

    check(path, world)


# Ids


def test_ids_are_bound_in_order_of_appearance(world: World) -> None:
    """The written id is bound to the real one that comes in its place, in outputs and in commands."""
    printing(world, "Added goal gb2b2: One.", "Added goal gc3c3: Two.", "gc3c3 before gb2b2")
    path = written(
        world,
        block(
            "$ add",
            "Added goal g7k3q: One.",
            "$ add",
            "Added goal g4m2x: Two.",
            "$ add",
            "g4m2x before g7k3q",
            "$ echo show g7k3q g4m2x",
            "show g7k3q g4m2x",
            "$ echo g7k3q | tr b B",
            "gB2B2",
        ),
    )

    check(path, world)


def test_swapped_ids_are_a_difference(world: World) -> None:
    """Once bound, an id is that record: the other one in its place is wrong."""
    printing(world, "gb2b2 gc3c3", "gb2b2 gc3c3")
    path = written(world, block("$ add", "g7k3q g4m2x", "$ add", "g4m2x g7k3q"))

    with pytest.raises(AssertionError, match=r"-g4m2x g7k3q\n.g7k3q g4m2x"):
        check(path, world)


def test_a_new_line_does_not_shift_the_others(world: World) -> None:
    """Ids are bound line by line: a line too much is a difference, but its id takes no other's name."""
    printing(world, "extra gf6f6\nadded gb2b2")
    path = written(world, block("$ add", "added g7k3q", "$ echo g7k3q", "g7k3q"))

    (first, second), _ = play(path, world)

    assert first.printed == ("extra gf6f6", "added g7k3q")
    assert second.right


def test_a_kind_never_takes_the_name_of_another(world: World) -> None:
    """A task's id is never bound to a goal's."""
    printing(world, "Added tb2b2")
    path = written(world, block("$ add", "Added g7k3q"))

    with pytest.raises(AssertionError, match=r"\+Added tb2b2"):
        check(path, world)


@pytest.mark.parametrize("word", ["nymph", "myths", "tests", "notes", "goals", "tasks", "m2345"])
def test_words_stay_words(world: World, word: str) -> None:
    """A word that looks like an id is itself when it is printed as it was written."""
    check(written(world, block(f"$ echo {word}", word, f"$ echo again {word}", f"again {word}")), world)


def test_beginnings_of_ids() -> None:
    """A beginning of a written id becomes as long a beginning of the real one, or longer if two fit."""
    names = Names([])
    names.learn(["g7k3q t4m2x"], ["gb2b2 tc3c3"])

    assert names.to_real("show g7") == "show gb"
    assert names.to_real("show t4m") == "show tc3"
    assert names.to_real("show g8 my 7k") == "show g8 my 7k"
    assert names.to_real("--goal=g7") == "--goal=gb"

    names.learn(["g9999"], ["gb2bb"])
    assert names.to_real("show g7") == "show gb2b2"


# The update


def test_update_writes_what_was_printed(world: World) -> None:
    """An update changes wrong expectations only: words, right ones, `[…]` that fit, names of ids stay."""
    printing(world, "Added gb2b2.", "gb2b2 was told\nand more")
    path = written(
        world,
        "Before.\n\n"
        + block("$ add", "Made g7k3q.", "$ echo a; echo b", "[…]", "b", "", "$ add", "$ false", "")
        + "\nAfter g7k3q.\n",
    )

    check(path, world, updating=True)

    assert (
        NO_JOURNAL
        + "Before.\n\n"
        + block(
            "$ add",
            "Added g7k3q.",
            "$ echo a; echo b",
            "[…]",
            "b",
            "",
            "$ add",
            "g7k3q was told",
            "and more",
            "$ false",
            "[exit 1]",
            "",
        )
        + "\nAfter g7k3q.\n"
    ) == path.read_text(encoding="utf-8")


def test_update_of_a_transcript_of_commands_only(world: World) -> None:
    """Where nothing is expected yet, a new id takes the name that later commands use for it."""
    printing(world, "Added gb2b2 and tc3c3.")
    path = written(world, block("$ add", "$ echo g7k3q t4m2x"))

    check(path, world, updating=True)

    assert NO_JOURNAL + block("$ add", "Added g7k3q and t4m2x.", "$ echo g7k3q t4m2x", "g7k3q t4m2x") == path.read_text(
        encoding="utf-8"
    )


def test_update_keeps_the_indent(world: World) -> None:
    """An indented block stays indented."""
    path = written(world, "- Do\n\n  ```console\n  $ echo a\n  b\n  ```\n")

    check(path, world, updating=True)

    assert path.read_text(encoding="utf-8") == NO_JOURNAL + "- Do\n\n  ```console\n  $ echo a\n  a\n  ```\n"


def test_player_starts_where_it_is_told(world: World) -> None:
    """Without a journal at the beginning none is named to the program."""
    outcome = Player(world, journal=False).play(Step(1, "echo [$MENTORLOG_JOURNAL]", ("[]",), 0, 0))

    assert outcome.right
