"""How finds are laid out: marks, cuts, and what is data for scripts."""

from __future__ import annotations

import pytest

from mentorlog.domain.reports import SearchHit
from mentorlog.output.output import Page
from mentorlog.output.screens import search as screen
from mentorlog.output.text import width


def hit(title: str, snippet: str = "", id: str = "t4m2x") -> SearchHit:
    """A find of a task; [found] words stand in brackets."""
    marks = str.maketrans({"[": screen.START, "]": screen.END})
    return SearchHit({"record": "task", "id": id}, title.translate(marks), snippet.translate(marks))


def lines(*hits: SearchHit, columns: int = 80, terminal: bool = True, colour: bool = False) -> list[str]:
    """The lines of finds."""
    return screen.lines(hits, Page(columns, colour=colour, terminal=terminal), "asked")


def test_only_a_find_in_the_text_shows_text() -> None:
    """A find in the title has one line."""
    assert lines(hit("[Consent] form", "nothing here")) == ["t4m2x  task     Consent form"]
    assert lines(hit("Board", "bring the [consent] form")) == ["t4m2x  task     Board", "       bring the consent form"]


def test_found_words_are_marked() -> None:
    """Where there is colour, and nothing else is."""
    title, text = lines(hit("a [a] b", "x [a]"), colour=True)

    assert title.endswith("a \x1b[1;33ma\x1b[0m b")
    assert text.endswith("x \x1b[1;33ma\x1b[0m")


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("word", ["word ", "日本", "é́ ", "x" * 50 + " "])
def test_lines_are_cut_to_the_terminal(columns: int, word: str) -> None:
    """And the first found word is in sight, however far behind it stands."""
    shown = lines(hit("Board", f"{word * 20}[consent] {word * 20}"), columns=columns)

    assert all(width(line) <= max(columns, 23) for line in shown)
    assert "cons" in "".join(shown)


def test_a_pipe_is_not_cut() -> None:
    """What is piped is whole."""
    assert "consent" in lines(hit("Board", f"{'word ' * 40}[consent]"), terminal=False)[1]


def test_hostile_marks_and_controls() -> None:
    """Marks in a text of the user are no way around the sanitiser."""
    shown = lines(hit("a [b\x1b[31m c", "[[\x07] [x"), colour=True)

    assert "\x1b[31m" not in "".join(shown)
    assert "\x07" not in "".join(shown)


def test_ids_share_a_column() -> None:
    """The longest id makes it wide."""
    assert lines(hit("One"), hit("Two", id="nightingale")) == [
        "t4m2x        task     One",
        "nightingale  task     Two",
    ]


def test_nothing_is_said() -> None:
    """What was asked for is repeated, but not a page of it."""
    assert screen.lines([], Page(80), "no \x1b such") == ["No results for 'no \\x1b such'."]
    assert len(screen.lines([], Page(80), "x" * 9999)[0]) < 100


def test_data() -> None:
    """For scripts: the record, and the words around the find without marks."""
    assert screen.data(hit("Board", "the\n [form]")) == {"record": "task", "id": "t4m2x", "snippet": "the form"}
    assert screen.data(hit("[Board]", "the form"))["snippet"] == "Board"
