"""The one that prints."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import struct
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mentorlog.errors import MentorlogError, Reason, UnknownId
from mentorlog.output.output import Output
from mentorlog.output.table import ID, Column
from mentorlog.output.text import safe
from output.payloads import PAYLOADS, Tty, acts, bare

TITLE = Column("title", lambda view: view["title"], shrink=True)


class Trouble(NamedTuple):
    """A problem as the store gives it."""

    path: str
    message: str = "Not TOML."
    line: int | None = 1
    reason: str = Reason.INVALID


class Screen:
    """An Output and what it printed."""

    def __init__(self, *, terminal: bool = False, json: bool = False, plain: bool = False, **environ: str) -> None:
        self.stdout = Tty() if terminal else io.StringIO()
        self.stderr = Tty() if terminal else io.StringIO()
        self.out = Output(json=json, plain=plain, environ=environ, stdout=self.stdout, stderr=self.stderr)

    @property
    def printed(self) -> str:
        """What is on stdout."""
        return self.stdout.getvalue()

    @property
    def told(self) -> str:
        """What is on stderr."""
        return self.stderr.getvalue()


def test_say_prints_the_sentence_on_stdout() -> None:
    """The result of a change is a sentence."""
    screen = Screen()
    screen.out.say("Told William Osler about goal g7k3q: Submit case report", {"id": "g7k3q"})

    assert (screen.printed, screen.told) == ("Told William Osler about goal g7k3q: Submit case report\n", "")


def test_say_takes_several_lines() -> None:
    """A list is one line each; a line end within a line is shown, not obeyed."""
    screen = Screen()
    screen.out.say(["Added goal g7k3q:", "a\nb"])

    assert screen.printed == "Added goal g7k3q:\na\\nb\n"


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_in_a_record_acts_on_what_is_printed(text: str, shown: str, terminal: bool) -> None:
    """Every way out makes text safe: sentences, lists, pages that forgot, notes, errors."""
    screen = Screen(terminal=terminal, COLUMNS="200")
    screen.out.say(text)
    screen.out.listing([{"record": "goal", "id": "g7k3q", "title": text}], [ID, TITLE])
    screen.out.page(lambda page: [page.style("x", "bold") + text], {})
    screen.out.note(text)
    screen.out.error(MentorlogError(text, text))

    assert acts(bare(screen.printed) + bare(screen.told)) == []
    assert bare(screen.told).count(shown) == 3
    assert bare(screen.printed).count(shown) >= 2


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_json_is_one_document_and_comes_back(text: str, shown: str) -> None:
    """With --json each way out is exactly one document on stdout, and nothing else is."""
    view = {"record": "goal", "id": "g7k3q", "title": text}
    for print_it, data in (
        (lambda out: out.say("Done.", view), view),
        (lambda out: out.listing([view], [ID, TITLE]), [view]),
        (lambda out: out.page(lambda page: ["x"], {"goals": [view]}), {"goals": [view]}),
    ):
        screen = Screen(json=True)
        print_it(screen.out)
        screen.out.note("beside")

        assert json.loads(screen.printed) == {"version": 1, "data": data, "problems": []}
        assert screen.told == "beside\n"


def test_an_empty_list_says_so_or_is_an_empty_list() -> None:
    """For people a sentence, for programs []."""
    screen, scripts = Screen(), Screen(json=True)
    screen.out.listing([], [ID], empty="No goals yet.")
    scripts.out.listing([], [ID], empty="No goals yet.")

    assert screen.printed == "No goals yet.\n"
    assert json.loads(scripts.printed)["data"] == []


def test_unreadable_records_are_counted_and_named() -> None:
    """A list with problems says how many and where on stderr, and holds them in JSON."""
    one, many, scripts = Screen(), Screen(), Screen(json=True)
    troubles = [Trouble(f"goals/{name}.toml") for name in ("a\x1b", "b", "c", "d", "e")]
    one.out.listing([], [ID], problems=troubles[:1])
    many.out.page(lambda page: [], {}, troubles)
    scripts.out.listing([], [ID], problems=troubles[:2])

    assert one.told == "1 record cannot be read (run: mentorlog doctor): goals/a\\x1b.toml\n"
    assert many.told == (
        "5 records cannot be read (run: mentorlog doctor): goals/a\\x1b.toml, goals/b.toml, goals/c.toml and 2 more\n"
    )
    assert json.loads(scripts.printed)["problems"][1] == {"path": "goals/b.toml", "message": "Not TOML."}
    assert scripts.told.startswith("2 records cannot be read")


def test_errors_are_a_sentence_and_a_hint() -> None:
    """error: and hint: on stderr; no hint, no line; a terminal has them in colour."""
    screen, terminal = Screen(), Screen(terminal=True)
    screen.out.error(UnknownId("zz", ["goal"]))
    screen.out.error(MentorlogError("Alone."))
    terminal.out.error(MentorlogError("Alone."))

    assert screen.told == "error: No goal matches 'zz'.\nhint: see: mentorlog goal list\nerror: Alone.\n"
    assert terminal.told == "\x1b[1;31merror:\x1b[0m Alone.\n"
    assert screen.printed == ""


def test_on_a_terminal_sentences_break_between_words() -> None:
    """What is said keeps to the width and its indent, a path stays whole; on a pipe a sentence is one line."""
    long, path = "  by: Mon 17 Aug 2026 → Tue 1 Sep 2026, because", "/home/blackwell/journal-of-mentorships/notes"
    screen, pipe = Screen(terminal=True, COLUMNS="30"), Screen(COLUMNS="30")
    for one in (screen, pipe):
        one.out.say(long)
        one.out.error(MentorlogError(f"There is no journal in {path}.", "look for the folder"))

    assert screen.printed == "  by: Mon 17 Aug 2026 → Tue 1\n  Sep 2026, because\n"
    assert bare(screen.told) == f"error: There is no journal in\n{path}.\nhint: look for the folder\n"
    assert pipe.printed == f"{long}\n"
    assert pipe.told == f"error: There is no journal in {path}.\nhint: look for the folder\n"


@pytest.mark.parametrize(
    ("terminal", "plain", "environ", "colour"),
    [
        (True, False, {}, True),
        (False, False, {}, False),
        (False, False, {"FORCE_COLOR": "1"}, False),
        (True, True, {}, False),
        (True, False, {"NO_COLOR": "1"}, False),
        (True, False, {"NO_COLOR": ""}, True),
        (True, False, {"TERM": "dumb"}, False),
        (True, False, {"TERM": "xterm"}, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    terminal: bool, plain: bool, environ: dict[str, str], colour: bool
) -> None:
    """No colour on a pipe, with --plain, NO_COLOR or a dumb terminal."""
    screen = Screen(terminal=terminal, plain=plain, **environ)
    screen.out.page(lambda page: [page.style("x", "bold")], None)

    assert screen.out.results.colour is colour
    assert screen.printed == ("\x1b[1mx\x1b[0m\n" if colour else "x\n")


@pytest.mark.parametrize(
    ("said", "columns"),
    [({}, 80), ({"COLUMNS": "120"}, 120), ({"COLUMNS": "4"}, 20), ({"COLUMNS": "x"}, 80), ({"COLUMNS": "0"}, 80)],
)
def test_without_a_terminal_columns_gives_the_width(said: dict[str, str], columns: int) -> None:
    """$COLUMNS, else 80; never less than 20."""
    assert Screen(**said).out.results.width == columns


@pytest.fixture
def forty() -> Iterator[Any]:
    """A real terminal of forty columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    with open(theirs, "w", encoding="utf-8") as stream:
        yield stream
    os.close(ours)


def test_a_terminal_knows_its_width(forty: Any) -> None:
    """The terminal's own width goes before $COLUMNS."""
    out = Output(environ={"COLUMNS": "120"}, stdout=forty)

    assert (out.results.terminal, out.results.width) == (True, 40)


def test_plain_may_be_set_later() -> None:
    """The command line is read after Output is made."""
    screen = Screen(terminal=True)
    screen.out.plain = True

    assert screen.out.results.colour is False


def test_pages_let_styles_through_and_nothing_else() -> None:
    """A layout that forgot to make text safe still cannot move the cursor."""
    screen = Screen(terminal=True)
    screen.out.page(lambda page: [page.style("ok", "red") + "\x1b[2J\x1b[mx\x9b1m\x1b]0;t\x07"], None)

    assert screen.printed == "\x1b[31mok\x1b[0m\\x1b[2J\\x1b[mx\\x9b1m\\x1b]0;t\\x07\n"


def test_raw_is_exact_on_a_pipe(tmp_path: Path) -> None:
    """An export keeps its bytes, whatever the stream thinks of encodings and line ends."""
    with open(tmp_path / "out", "w", encoding="ascii", newline="\r\n") as stream:
        Output(environ={}, stdout=stream).raw("é\x1b\r\n日本\n")

    assert (tmp_path / "out").read_bytes() == "é\x1b\r\n日本\n".encode()


def test_raw_is_safe_on_a_terminal() -> None:
    """What acts in a document is shown where a terminal would obey it."""
    screen = Screen(terminal=True)
    screen.out.raw("a\x1b[2J\nb")

    assert screen.printed == "a\\x1b[2J\nb"


def test_a_stream_that_lacks_characters_gets_escapes(tmp_path: Path) -> None:
    """A terminal without UTF-8 shows escapes; JSON stays JSON."""
    with open(tmp_path / "out", "w", encoding="ascii") as stream:
        Output(environ={}, stdout=stream).say("日 Röntgen")
        Output(environ={}, stdout=stream, json=True).say("", "日🩺\u2028")

    first, _, rest = (tmp_path / "out").read_text(encoding="ascii").partition("\n")
    assert first == "\\u65e5 R\\xf6ntgen"
    assert json.loads(rest)["data"] == "日🩺\u2028"


def test_a_closed_pipe_is_for_the_caller() -> None:
    """BrokenPipeError travels up from the first line that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    stream = open(writing, "w", encoding="utf-8")  # noqa: SIM115

    with pytest.raises(BrokenPipeError):
        Output(environ={}, stdout=stream).say("Nobody listens.")

    with pytest.raises(BrokenPipeError):
        stream.close()


def test_no_stdout_at_all_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program started with stdout closed has none."""
    monkeypatch.setattr("sys.stdout", None)
    out = Output(environ={})
    out.say("Into nothing.")
    out.raw("Into nothing.")

    assert out.results.terminal is False


def test_safe_is_what_say_uses() -> None:
    """One sanitiser: what say prints is what safe returns."""
    screen = Screen()
    screen.out.say("a\tb\u202e")

    assert screen.printed == safe("a\tb\u202e") + "\n"


def test_a_long_reading_shows_how_far_it_is_on_a_terminal_only() -> None:
    """A bar in one line that goes away; a pipe sees nothing, a plain terminal one line."""
    terminal, pipe, plain = Tty(), io.StringIO(), Tty()
    for stream, is_plain in ((terminal, False), (pipe, False), (plain, True)):
        out = Output(environ={"TERM": "xterm"}, plain=is_plain, stderr=stream)
        for done in (500, 750, 1000):
            out.progress(done, 1000)

    assert terminal.getvalue().split("\r\x1b[K") == [
        "",
        "Reading 1,000 files [##########          ] 50%",
        "Reading 1,000 files [###############     ] 75%",
        "",
    ]
    assert (pipe.getvalue(), plain.getvalue()) == ("", "Reading 1,000 files …\n")


def test_the_bar_fits_a_narrow_terminal() -> None:
    """The line of the bar is shorter than the terminal: it would not go away."""
    for columns in range(20, 60):
        narrow = Tty()
        Output(environ={"TERM": "xterm", "COLUMNS": str(columns)}, stderr=narrow).progress(500, 1000)
        assert len(narrow.getvalue().removeprefix("\r\x1b[K")) < max(columns, 29)


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["goals/g7k3q.toml"], "1 record cannot"),
        (["journal.toml"], "1 file cannot"),
        (["tasks"], "1 folder cannot"),
        ([".mentorlog/operations/000001.json"] * 2, "2 files cannot"),
        (["goals/g7k3q.toml", "profile.toml"], "2 files cannot"),
    ],
)
def test_what_cannot_be_read_is_called_what_it_is(paths: list[str], said: str) -> None:
    """Only records are called records."""
    one = Screen()
    one.out.listing([], [ID], problems=[Trouble(path) for path in paths])

    assert one.told.startswith(said)
