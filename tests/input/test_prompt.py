"""Questions: what is written, which answers are taken, and what they cost."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence

import pytest

from mentorlog.errors import AnswerNeeded, BadValue
from mentorlog.input import prompt
from mentorlog.output.output import Output
from mentorlog.output.page import Page
from output.payloads import PAYLOADS, acts
from terminal import Terminal
from world import World

Say = Callable[[str], None]
PIPE = Page()


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Type lines."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def screen(columns: int, *, colour: bool = False) -> Page:
    """A terminal of so many columns."""
    return Page(columns, terminal=True, colour=colour)


def asked(
    question: str, default: str | None = None, choices: Sequence[str] | None = None, page: Page = PIPE
) -> tuple[str, str]:
    """Ask; return the answer and what was written."""
    stream = io.StringIO()
    return prompt.read_line(question, default, choices, None, stream, page), stream.getvalue()


def confirmed(question: str, default: bool = False, page: Page = PIPE) -> tuple[bool, str]:
    """Ask for yes or no; return the answer and what was written."""
    stream = io.StringIO()
    return prompt.read_yes_or_no(question, default, stream, page), stream.getvalue()


def test_an_empty_answer_is_the_default(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    """The question goes to the stream alone; an answer loses the spaces around it."""
    say(" Submit \n\n\n  \n")

    assert asked("Title?") == ("Submit", "Title? ")
    assert asked("Title?", "Draft") == ("Draft", "Title? (Draft): ")
    assert asked("Name (of the person)") == ("", "Name (of the person) ")
    assert asked("Title", "Draft") == ("", "Title (Draft): ")
    assert capsys.readouterr() == ("", "")


def test_a_choice_is_one_of_the_words_or_a_beginning_of_one(say: Say) -> None:
    """A beginning that fits one word is enough; anything else is asked again."""
    say("p\nmaybe\n\nPAR\n")
    answer, written = asked("Verdict?", choices=["keep", "partly", "pause"])

    assert answer == "partly"
    assert written.count("Please enter one of the words in brackets.\n") == 3
    assert "Verdict? [keep/partly/pause]: " in written


def test_a_whole_word_is_no_beginning(say: Say) -> None:
    """A choice that begins another one can be chosen."""
    say("NO\n\n")

    assert asked("Which?", choices=["not_good", "no"])[0] == "no"
    assert asked("Which?", "no", ["not_good", "no"])[0] == "no"


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_questions_and_choices_are_text(text: str, shown: str, say: Say) -> None:
    """User text in a question is no markup and no control; the choice comes back as it is."""
    say("\n\n\n")
    answer, written = asked(text, text, [text, "no"])
    agreed, also = confirmed(text, True)

    assert (answer, agreed) == (text, True)
    assert acts(written + also) == []
    assert (written + also).count(shown) == 4


def test_a_question_wider_than_the_terminal_breaks_between_words(say: Say) -> None:
    """No word is torn, the mark and the choices stay whole; where it fits it is one line."""
    question = "Does this mentorship work for you?"
    say("\n\n\n")

    assert asked(question, "skip", page=screen(40))[1] == "Does this mentorship work for you?\n(skip): "
    assert asked(question, "skip", page=screen(52))[1] == f"{question} (skip): "
    assert confirmed("Edit it again?", page=screen(20))[1] == "Edit it again?\n[y/N]: "


def test_choices_without_room_stand_above(say: Say) -> None:
    """Where the words do not fit beside the question they are listed first, and a beginning is enough still."""
    say("x\npau\n")
    answer, written = asked("Verdict", "skip", ["keep", "partly", "pause", "skip"], screen(30))

    assert answer == "pause"
    assert written == (
        "  keep / partly / pause / skip\nVerdict (skip): Please enter one of these words.\nVerdict (skip): "
    )


def test_choices_and_default_have_their_colours(say: Say) -> None:
    """What can be answered is cyan, what an empty answer means is dim."""
    say("\n")

    written = asked("Fits?", "yes", ["yes", "no"], screen(80, colour=True))[1]
    assert written == "Fits? \x1b[36m[yes/no]\x1b[0m \x1b[2m(yes)\x1b[0m: "


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), ("YES\n", True), ("n\n", False), ("No\n", False), ("\n", False), ("x\ny\n", True)],
)
def test_confirm_takes_yes_and_no(typed: str, answer: bool, say: Say) -> None:
    """y, n, yes, no in any case; empty is the default; the rest is asked again."""
    say(typed)

    assert confirmed("Delete?")[0] is answer


@pytest.mark.parametrize("question", [asked, confirmed])
def test_the_end_of_input_is_for_the_caller(question: Callable[[str], object], say: Say) -> None:
    """EOFError travels up."""
    say("")

    with pytest.raises(EOFError):
        question("Title?")


def test_ctrl_c_is_for_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """KeyboardInterrupt travels up."""

    class Interrupting(io.StringIO):
        def readline(self, *_: object) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupting())
    with pytest.raises(KeyboardInterrupt):
        asked("Title?")


# Questions of a run


def test_nobody_is_asked_on_a_pipe(say: Say) -> None:
    """Where nobody can answer the option is named, and stdin is left alone."""
    say("yes\n")
    questions = prompt.Prompt(Output(environ={}), interactive=False)

    for option, ask in (
        ("--message", lambda: questions.ask("Why? (a word)", option="--message")),
        ("--yes", lambda: questions.confirm("Why?")),
    ):
        with pytest.raises(AnswerNeeded, match=r"An answer is needed: Why\?") as needed:
            ask()
        assert needed.value.hint == f"pass {option}, or run in a terminal"
    given = {"name": None, "stage": "x"}
    assert questions.fill(given, {"name": "Name", "stage": "Stage"}) == given
    assert sys.stdin.read() == "yes\n"


def test_an_answer_that_is_refused_is_asked_for_again(say: Say) -> None:
    """One typing mistake costs one answer; what is given already is not asked for."""
    say("soon\n3\n\n")
    stderr = io.StringIO()
    questions = prompt.Prompt(Output(environ={}, stderr=stderr), interactive=True)

    def number(text: str) -> int:
        if not text.isdigit():
            raise BadValue("days", "That is not a number.", "write a number")
        return int(text)

    assert questions.ask_value("How many?", number) == 3
    assert questions.fill({"why": None, "stage": "x"}, {"why": "Why?", "stage": "Stage?"}) == {
        "why": None,
        "stage": "x",
    }
    assert stderr.getvalue() == ("How many? error: That is not a number.\nhint: write a number\nHow many? Why? ")


def test_a_terminal_is_asked(terminal: Callable[..., Terminal], world: World) -> None:
    """On a terminal init asks for what was not said; Enter skips."""
    where = world.root / "new"
    asked = terminal("init", str(where), "--stage", "resident")
    asked.answer("Your name", "Mary Blackwell")
    asked.answer("Your program", "")

    assert asked.end() == 0
    assert (where / "profile.toml").read_text() == 'name = "Mary Blackwell"\nstage = "resident"\n'


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_a_question_can_be_left(key: str, terminal: Callable[..., Terminal], world: World) -> None:
    """Ctrl-C or Ctrl-D at a question changes nothing, says so in one line, and exits 130."""
    where = world.root / "new"
    asked = terminal("init", str(where))
    asked.wait_for("Your name").press(key)

    assert asked.end() == 130
    assert "Interrupted; nothing changed." in asked.text
    assert "Traceback" not in asked.text
    assert not where.exists()
