"""Passphrases: where they come from, what is refused, and where they are not."""

from __future__ import annotations

import os
import resource
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import AnswerNeeded, BadValue, MentorlogError
from mentorlog.input.passphrase import Passphrases
from mentorlog.input.prompt import Prompt
from mentorlog.output.output import Output
from terminal import Terminal

LONG = "osler röntgen curie"
HINT = "try the command in a terminal: its first line must be the passphrase"

ASKING = """
import os
from datetime import UTC, datetime
from mentorlog.app import App
from mentorlog.input.passphrase import Passphrases
app = App(datetime.now(UTC))
passphrases = Passphrases(app.prompt, {command!r})
print("Result:", ascii(passphrases.{what}), os.path.exists("/proc/self/environ"))
"""


def from_command(command: str, *, patience: float = 60.0) -> Passphrases:
    """Passphrases of a command, without a terminal."""
    return Passphrases(Prompt(Output(environ={}), False), command, no_input=True, patience=patience)


def printing(text: str | bytes, then: str = "") -> str:
    """Return a command that prints this."""
    data = text.encode() if isinstance(text, str) else text
    code = f"import sys, os, time; sys.stdout.buffer.write({data!r}); sys.stdout.flush(); {then}"
    return shlex.join([sys.executable, "-S", "-c", code])


@pytest.fixture
def asking(world: object) -> Callable[..., Terminal]:
    """Ask for a passphrase on a terminal, in a program of its own."""
    opened: list[Terminal] = []

    def ask(what: str, command: str | None = None) -> Terminal:
        code = ASKING.format(command=command, what=what)
        opened.append(Terminal([sys.executable, "-P", "-c", code], env=dict(os.environ)))
        return opened[-1]

    yield ask
    for one in opened:
        one.close()


def test_a_new_passphrase_is_typed_twice_and_never_shown(asking: Callable[..., Terminal]) -> None:
    """The terminal shows the questions only."""
    terminal = asking("new()")
    terminal.answer("New passphrase (at least 12 characters)", LONG)
    terminal.answer("The same passphrase again", LONG)

    assert terminal.end() == 0
    assert f"Result: {LONG!a}" in terminal.text
    assert "osler" not in terminal.text.partition("Result:")[0]


def test_what_differs_or_is_short_is_asked_again(asking: Callable[..., Terminal]) -> None:
    """Each refusal says why."""
    terminal = asking("new()")
    terminal.answer("New passphrase (at least 12 characters)", "short")
    terminal.wait_for("error: The passphrase has fewer than 12 characters: whoever has the file could guess it.")
    terminal.answer("New passphrase (at least 12 characters)", "")
    terminal.wait_for("error: The passphrase is empty.")
    terminal.answer("New passphrase (at least 12 characters)", LONG)
    terminal.answer("The same passphrase again", LONG + "!")
    terminal.wait_for("error: The two passphrases differ.")
    terminal.answer("New passphrase (at least 12 characters)", LONG)
    terminal.answer("The same passphrase again", LONG)

    assert terminal.end() == 0
    assert f"Result: {LONG!a}" in terminal.text


def test_an_existing_passphrase_is_typed_once_and_may_be_short(asking: Callable[..., Terminal]) -> None:
    """A file of another program may have any passphrase; blanks are part of it."""
    terminal = asking("existing('my.age')").answer("Passphrase of my.age", " pw ")

    assert terminal.end() == 0
    assert "Result: ' pw '" in terminal.text


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_whoever_gives_up_has_a_terminal_that_shows_what_is_typed(key: str, asking: Callable[..., Terminal]) -> None:
    """The terminal is as it was before the question."""
    terminal = asking("existing('my.age')")
    terminal.wait_for_question("Passphrase of my.age")
    terminal.press(key)

    assert terminal.end() == 1
    assert "Interrupted: Interrupted; nothing changed." in terminal.text
    assert terminal._program.getecho()


def test_without_a_terminal_the_option_is_named() -> None:
    """A question that nobody can answer is an error in the usual form."""
    nobody = Passphrases(Prompt(Output(environ={}), False), None)
    for ask in (nobody.new, lambda: nobody.existing("my.age")):
        with pytest.raises(AnswerNeeded) as needed:
            ask()
        assert needed.value.exit_code == 2
        assert needed.value.hint == "pass --passphrase-command, or run in a terminal"


@pytest.mark.parametrize(
    ("printed", "passphrase"),
    [
        (LONG, LONG),
        (f"{LONG}\n", LONG),
        (f"{LONG}\r\nuser: osler\n", LONG),
        (f" {LONG} \n\n", f" {LONG} "),
        ("パスフレーズは秘密の言葉です\n", "パスフレーズは秘密の言葉です"),
    ],
)
def test_the_first_line_of_a_command(printed: str, passphrase: str) -> None:
    """It is the passphrase, without its line end and with its blanks."""
    assert from_command(printing(printed)).new() == passphrase
    assert from_command(printing(printed)).existing("my.age") == passphrase


@pytest.mark.parametrize(
    ("then", "sentence", "patience"),
    [
        ("sys.exit(3)", "exited with status 3.", 60.0),
        ("os.kill(os.getpid(), 15)", "was killed by signal 15.", 60.0),
        ("sys.stdout.write('x' * 10**7)", "printed more than 64 KiB.", 60.0),
        ("time.sleep(999)", "did not end within 0.5 seconds.", 0.5),
        ("os.fork() or time.sleep(999)", "did not end within 0.5 seconds.", 0.5),
    ],
)
def test_a_command_that_fails(then: str, sentence: str, patience: float) -> None:
    """What it printed is not used, nor shown; what it has started is stopped with it."""
    with pytest.raises(MentorlogError) as refused:
        from_command(printing(LONG, then), patience=patience).new()

    assert refused.value.sentence == f"The passphrase command {sys.executable} {sentence}"
    assert refused.value.hint == HINT


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("true", "The passphrase command true printed no passphrase."),
        (printing("\nsecond line\n"), f"The passphrase command {sys.executable} printed no passphrase."),
        ("cat", "The passphrase command cat printed no passphrase."),  # it reads nothing of ours
        ("nosuch-program --of mine", "Cannot start the passphrase command nosuch-program: no such file or directory."),
        ("/", "Cannot start the passphrase command /: permission denied."),
        (printing(b"\xff" * 20), f"What {sys.executable} printed is not UTF-8."),
        ("", "--passphrase-command is empty."),
        ("  ", "--passphrase-command is empty."),
        ("a\0b", "--passphrase-command is empty."),
        ("echo 'x", "--passphrase-command is not a command: its quotes do not match."),
    ],
)
def test_a_command_that_gives_nothing(command: str, sentence: str) -> None:
    """Silence, another encoding and a command that cannot be started have a sentence each."""
    with pytest.raises(MentorlogError) as refused:
        from_command(command).existing("my.age")

    assert refused.value.sentence == sentence
    assert refused.value.hint


def test_a_short_passphrase_of_a_command() -> None:
    """It opens a file, but encrypts none; blanks at its ends do not make it longer."""
    short = printing("  elevenchars  \n")

    assert from_command(short).existing("my.age") == "  elevenchars  "
    with pytest.raises(BadValue, match="fewer than 12 characters: whoever has the file could guess it"):
        from_command(short).new()


def test_a_command_is_run_without_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it is expanded but `~`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "pw").write_text(f"{LONG}\n")

    assert from_command("cat ~/pw").new() == LONG
    assert from_command("echo '$HOME' '*' ; echo").new() == "$HOME * ; echo"


def test_a_command_may_ask_on_the_terminal(asking: Callable[..., Terminal]) -> None:
    """Its standard input is the terminal, and what it says on stderr is seen."""
    code = "import sys; print('PIN of the key', file=sys.stderr); print(sys.stdin.readline() * 3)"
    terminal = asking("new()", shlex.join([sys.executable, "-c", code]))
    terminal.wait_for("PIN of the key").type("twelve-and-more").press("enter")

    assert terminal.end() == 0
    assert "Result: 'twelve-and-more'" in terminal.text


def test_a_command_that_is_interrupted(asking: Callable[..., Terminal]) -> None:
    """Ctrl-C ends it and us, in the words of a question."""
    terminal = asking("new()", printing("", "print('waiting', file=sys.stderr); time.sleep(99)"))
    terminal.wait_for("waiting").press("ctrl-c")

    assert terminal.end() == 1
    assert "Interrupted: Interrupted; nothing changed." in terminal.text


def test_no_core_dump_of_a_program_that_has_a_passphrase() -> None:
    """The limit is 0 before the command is started, for the command too."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if hard == 0:
        pytest.skip("no core dumps are allowed here")
    kept = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        code = "import resource; print('limit is', resource.getrlimit(resource.RLIMIT_CORE)[0], 'here')"
        assert from_command(shlex.join([sys.executable, "-c", code])).new() == "limit is 0 here"
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, kept)
