"""What a command is given: the journal on first use, days, texts from stdin, and questions."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mentorlog.app import App
from mentorlog.errors import AnswerNeeded, BadDate, BadValue, MentorlogError, NoJournal, Usage
from mentorlog.models.profile import Profile
from terminal import Terminal
from world import World

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def app() -> App:
    """A context without options."""
    return App(NOW)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Give the process these bytes to read."""

    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))

    return give


# The journal


def test_a_journal_is_opened_once(app: App, journal_root: Path) -> None:
    """Two questions of one command read through the same door."""
    app.settle("journal", str(journal_root))

    assert app.journal is app.journal
    assert app.journal.root == journal_root


def test_a_journal_that_was_named_must_be_there(app: App, tmp_path: Path) -> None:
    """Opening a named journal that is gone is an error at once, not an empty list."""
    app.settle("journal", str(tmp_path / "gone"))

    with pytest.raises(NoJournal):
        _ = app.journal


def test_a_journal_that_lost_its_first_file_is_no_empty_one(app: App, journal_root: Path) -> None:
    """Records without journal.toml are a journal still: whatever is said of it, not that it is not there."""
    (journal_root / "journal.toml").unlink()
    app.settle("journal", str(journal_root))

    try:
        _ = app.journal
    except MentorlogError as told:
        assert not isinstance(told, NoJournal)


def test_the_default_journal_is_empty_until_the_first_change(world: World) -> None:
    """Where nobody named a journal reading finds nothing, says where the first change makes one, and makes nothing."""
    ran = world.invoke("status", env={"MENTORLOG_JOURNAL": None})

    assert ran.exit == 0
    default = world.home / ".local/share/mentorlog/journal"
    assert f"There is no journal yet; the first change makes one in {default}" in ran.err
    assert not default.exists()


def test_the_first_change_makes_the_default_journal(app: App, world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """The first change says where the new journal is, and once what does not belong into it."""
    for name in ("Nightingale", "Curie"):
        app.journal.change("init", lambda transaction, name=name: transaction.put_profile(Profile(name=name)))

    err = capsys.readouterr().err
    assert err.count(f"Made a new journal in {world.home / '.local/share/mentorlog/journal'}\n") == 1
    assert err.count("not legally privileged") == 1


# Days


def test_what_happened_is_today_or_before(app: App) -> None:
    """A backward date is today where nothing is said, and never to come."""
    assert app.day_before(None) == date(2026, 11, 23)
    assert app.day_before("fri") == date(2026, 11, 20)
    with pytest.raises(BadDate):
        app.day_before("tomorrow")


def test_what_is_to_come_looks_forward(app: App) -> None:
    """A forward date is none where nothing is said."""
    assert app.day_ahead(None) is None
    assert app.day_ahead("fri") == date(2026, 11, 27)
    assert app.say_day("2027-01-03") == "Sun 3 Jan 2027"


# Texts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"plain", "plain"),
        (b"\xef\xbb\xbfR\xc3\xb6ntgen\r\nCurie\r\n", "Röntgen\nCurie\n"),
        (b"old mac\rlines", "old mac\nlines"),
        (b"- [ ] @me [x] | `a`\n\n\n", "- [ ] @me [x] | `a`\n\n\n"),
    ],
)
def test_prose_comes_from_stdin(typed: bytes, expected: str, app: App, stdin: Callable[[bytes], None]) -> None:
    """`-` reads UTF-8 whatever the locale is; line ends become LF, a byte order mark goes, nothing else changes."""
    stdin(typed)

    assert app.prose("-") == expected


def test_a_line_from_stdin_has_no_end(app: App, stdin: Callable[[bytes], None]) -> None:
    """What echo prints is a title."""
    stdin(b"Submit case report\n")

    assert app.text("-") == "Submit case report"


def test_stdin_that_is_no_text_is_refused(app: App, stdin: Callable[[bytes], None]) -> None:
    """Bytes that are no UTF-8 are never guessed at; the line is named and the text is not quoted."""
    stdin(b"one\ntwo R\xf6ntgen\n")

    with pytest.raises(BadValue, match="line 2") as told:
        app.prose("-")
    assert "ntgen" not in told.value.sentence


def test_stdin_is_read_once(app: App, stdin: Callable[[bytes], None]) -> None:
    """Two options cannot both take what comes from one pipe."""
    stdin(b"x")
    app.prose("-")

    with pytest.raises(Usage, match="Only one option"):
        app.prose("-")


def test_words_are_taken_as_they_are(app: App) -> None:
    """Nothing said is nothing; anything else is the text."""
    assert app.prose(None) is None
    assert app.prose("") == ""
    assert app.prose("a\r\nb") == "a\r\nb"
    assert app.text("--") == "--"


def test_no_input_opens_no_editor(app: App) -> None:
    """--edit with --no-input is a contradiction."""
    app.settle("no_input", True)

    with pytest.raises(Usage):
        app.prose(None, edit=True)


# Questions


def test_nobody_is_asked_on_a_pipe(app: App, stdin: Callable[[bytes], None]) -> None:
    """Where nobody can answer the option is named, and stdin is left alone."""
    stdin(b"yes\n")

    for option, ask in (
        ("--message", lambda: app.ask("Why? (a word)", option="--message")),
        ("--yes", lambda: app.confirm("Why?")),
    ):
        with pytest.raises(AnswerNeeded, match=r"Why\? An answer is needed\.") as asked:
            ask()
        assert asked.value.hint == f"give it as {option}, or run in a terminal"
    assert app.fill({"name": None, "stage": "x"}, {"name": "Name", "stage": "Stage"}) == {
        "name": None,
        "stage": "x",
    }
    assert sys.stdin.read() == "yes\n"


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
    assert "Interrupted; nothing was changed." in asked.text
    assert "Traceback" not in asked.text
    assert not where.exists()


# The shell's completion


def test_titles_for_the_shell_are_harmless(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """typer's scripts evaluate what they are given: no quote, backslash or dollar is in it; odd ids are left out."""

    class Hostile:
        @property
        def reading(self) -> Hostile:
            return self

        def completions(self, start: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
            return [
                ("g7k3q", "\\$(touch /tmp/x) `id` \"a\" 'b'; \x1b[2J\na:b"),
                ("$(id)", "x"),
                ("-rf", "y"),
            ]

    monkeypatch.setattr(app, "_journal", Hostile())

    ((id, title),) = app.completions("", ())
    assert id == "g7k3q"
    assert not set(title) & set("\\$`\"'\n\x1b:")


def test_completion_never_fails(app: App, tmp_path: Path) -> None:
    """No journal, no answer."""
    app.settle("journal", str(tmp_path / "gone"))

    assert app.completions("g", ("goal",)) == []
