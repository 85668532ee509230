"""Markdown on a terminal, and prompts."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import grows
from mentorlog.output.terminal_markdown import confirm, markdown, prompt
from mentorlog.output.text import width
from output.payloads import ANY_TEXT, PAYLOADS, acts, bare

HOSTILE = st.lists(
    st.sampled_from(
        [
            *("#", "> ", "- ", "1. ", "`", "```\n", "**", "_", "[", "](", "x)", "![", "<b>", "<http://e>", "---\n"),
            *("&#27;", "&#8238;", "\x1b[31m", "\x9b", "\u202e", "日本", "🩺", "e\u0301", "word ", "\\"),
            *("|", "|--|--|\n", "\n", "    ", "\t"),
        ]
    ),
    max_size=40,
).map("".join)

DOCUMENT = """# Aim

Some **bold**, some *soft*, some `code`, a [link](https://example.org/x).

- one
- two

> said

| who | what |
|---|---|
| Röntgen | 日本 |

```python
print("[/b]")
```
---
<b>raw</b> ![picture](p.png) <https://example.org>
"""


def test_a_document_is_laid_out_calmly() -> None:
    """Headings on the left, links with their address, HTML and pictures as text, code as typed."""
    assert bare(markdown(DOCUMENT, 80, True)) == (
        "Aim\n\nSome bold, some soft, some code, a link (https://example.org/x).\n\n"
        " • one\n • two\n\n▌ said\n\n"
        "who      what\n─────────────\nRöntgen  日本\n\n"
        '    print("[/b]")\n\n---\n\n'
        "<b>raw</b> !picture (p.png) https://example.org\n"
    )


def test_without_colour_there_is_no_escape() -> None:
    """The same layout without styles has no control character at all."""
    assert markdown(DOCUMENT, 80, False) == bare(markdown(DOCUMENT, 80, True))


def test_no_hyperlink_is_made_of_text() -> None:
    """No OSC 8: where a link leads is always read, never hidden."""
    for text in (
        "[a](https://evil.example)",
        "<https://evil.example>",
        "![a](https://evil.example)",
        "https://evil.example",
    ):
        shown = markdown(text, 80, True)

        assert "\x1b]" not in shown
        assert bare(shown).count("https://evil.example") == 1


def test_entities_cannot_bring_controls_in() -> None:
    """&#27; and &#8238; are decoded by the parser; what comes out is made safe after it."""
    assert acts(bare(markdown("&#27;[2J &#x202e; [a](&#8238;) `&#27;`\n\n    &#27;", 80, True))) == []


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_payloads_are_shown(text: str, shown: str) -> None:
    """Prose is shown, never obeyed."""
    assert acts(bare(markdown(text, 80, True))) == []


@given(HOSTILE | ANY_TEXT, st.sampled_from([20, 40, 80]))
def test_every_document_is_laid_out_within_its_width(text: str, columns: int) -> None:
    """Whatever is typed, there are lines, they fit, and nothing in them acts."""
    shown = bare(markdown(text, columns, True))

    assert shown.endswith("\n")
    assert acts(shown) == []
    assert [line for line in shown.split("\n") if width(line) > columns] == []


def test_short_lines_keep_their_ends_and_long_ones_flow() -> None:
    """A line ended by a person stays; a paragraph wrapped by an editor is one paragraph."""
    long = "This line was wrapped by an editor at some seventy-two columns and"

    assert markdown("Labs\nCV\n**Abstract**", 80, False) == "Labs\nCV\nAbstract\n"
    assert markdown(f"{long}\ngoes on.", 100, False) == f"{long} goes on.\n"


def test_a_table_too_wide_is_shown_row_by_row() -> None:
    """Where columns would be a few letters wide, each row is a list of heading and cell."""
    table = "| mentor | what was said |\n|---|---|\n| Osler | Write it down at once |\n| Curie | Measure |\n"

    assert markdown(table, 26, False) == (
        "mentor: Osler\nwhat was said: Write it\ndown at once\n\nmentor: Curie\nwhat was said: Measure\n"
    )
    assert markdown(table, 80, False).startswith("mentor  what was said\n")


@pytest.mark.slow
def test_ten_pages_are_quick_and_nothing_is_endless() -> None:
    """Long minutes cost what their pages cost; documents made to be slow end as well."""
    assert grows(lambda size: markdown(DOCUMENT * size, 80, True), 120) < 2.2
    for part, size in ((">", 5000), ("[", 20000), ("*a ", 20000), ("`", 20000), ("[a](b", 5000), ("x", 150_000)):
        assert grows(lambda size, part=part: markdown(part * size, 80, True), size) < 2.5, part


Say = Callable[[str], None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Type lines."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_prompt_asks_on_the_stream_given(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    """The question goes to stderr, never to stdout; an empty answer is the default."""
    stream = io.StringIO()
    say("Submit\n\n\n")

    assert prompt("Title?", stream=stream) == "Submit"
    assert prompt("Title?", "Draft", stream=stream) == "Draft"
    assert prompt("Title?", stream=stream) == ""
    assert stream.getvalue() == "Title? Title? (Draft): Title? "
    say("x\n")
    prompt("Title?")
    assert capsys.readouterr() == ("", "Title? ")


def test_a_choice_is_one_of_the_words_or_a_beginning_of_one(say: Say) -> None:
    """A beginning that fits one word is enough; anything else is asked again."""
    stream = io.StringIO()
    say("p\nmaybe\n\nPAR\n")

    assert prompt("Verdict?", choices=["keep", "partly", "pause"], stream=stream) == "partly"
    assert stream.getvalue().count("Please answer with one of the words in brackets.") == 3
    assert "Verdict? [keep/partly/pause]: " in stream.getvalue()


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
def test_questions_and_choices_are_text(text: str, shown: str, say: Say) -> None:
    """User text in a question is no markup and no control; the choice comes back as it is."""
    stream = io.StringIO()
    say("\n\n\n")

    assert prompt(text, text, [text, "no"], stream=stream) == text
    assert confirm(text, True, stream=stream) is True
    assert acts(stream.getvalue()) == []
    assert stream.getvalue().count(shown) == 4


def test_a_question_wider_than_the_terminal_breaks_between_words(say: Say) -> None:
    """No word is torn, the mark and the choices stay whole; where it fits it is one line."""
    narrow, wide = io.StringIO(), io.StringIO()
    said = "Does it fit: productive, friendly, of use?"
    say("\n\n\n")

    prompt(said, "skip", stream=narrow, columns=40)
    assert narrow.getvalue() == "Does it fit: productive, friendly, of \nuse? (skip): "
    prompt(said, "skip", stream=wide, columns=52)
    assert wide.getvalue() == f"{said} (skip): "
    confirm("Edit it again?", stream=narrow, columns=20)
    assert narrow.getvalue().endswith("Edit it again? \n[y/n] (n): ")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), ("YES\n", True), ("n\n", False), ("No\n", False), ("\n", False), ("x\ny\n", True)],
)
def test_confirm_takes_yes_and_no(typed: str, answer: bool, say: Say) -> None:
    """y, n, yes, no in any case; empty is the default; the rest is asked again."""
    say(typed)

    assert confirm("Delete?", stream=io.StringIO()) is answer


def test_the_end_of_input_is_for_the_caller(say: Say) -> None:
    """EOFError travels up."""
    for question in (prompt, confirm):
        say("")
        with pytest.raises(EOFError):
            question("Title?", stream=io.StringIO())


def test_ctrl_c_is_for_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    """KeyboardInterrupt travels up."""

    class Interrupting(io.StringIO):
        def readline(self, *_: object) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupting())
    with pytest.raises(KeyboardInterrupt):
        prompt("Title?", stream=io.StringIO())
