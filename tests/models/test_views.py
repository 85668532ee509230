"""What a record is about, in one line: the first words of prose, and the subject of a meeting."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.models import prose
from mentorlog.models.views import about, first_words, heading

CHOSE = "We chose the journal"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CHOSE, CHOSE),
        (f"\n\n  {CHOSE}\nand more", CHOSE),
        (f"---\ndate: 2026-11-20\ntags: [x]\n---\n# Fri 20 Nov 2026\n\n{CHOSE}", CHOSE),
        (f"\ufeff---\r\ndate: 2026-11-20\r\n---\r\n{CHOSE}", CHOSE),
        (f"+++\ndate = 2026-11-20\n+++\n{CHOSE}", CHOSE),
        (f"---\n{CHOSE}\n---", CHOSE),
        (f"---\ntitle: Club\nno end\n{CHOSE}", "title: Club"),
        (f"# 2026-11-20\n{CHOSE}", CHOSE),
        (f"## Meeting notes, Friday the 20th of November 2026, 14:00 ##\n{CHOSE}", CHOSE),
        (f"Fri 20 Nov 2026\n===============\n{CHOSE}", CHOSE),
        (f"20/11/2026:\n\n{CHOSE}", CHOSE),
        (f"## Agenda\n\n- {CHOSE}", CHOSE),
        ("# Journal club", "Journal club"),
        ("# Case 12 of Nov", "Case 12 of Nov"),
        (f"<!-- a comment\nof two lines -->\n{CHOSE}", CHOSE),
        (f"<!-- one --> {CHOSE}", CHOSE),
        (f"<!-- This comment is not saved.\n\nWhat I owe\n-->\n{CHOSE}", CHOSE),
        (f"[//]: # (a comment)\n{CHOSE}", CHOSE),
        (f"[paper]: https://example.org/a\n{CHOSE}", CHOSE),
        ("[Osler]: he reads the draft", "[Osler]: he reads the draft"),
        (f"```text\n{CHOSE}\n```", CHOSE),
        (f"> - [x] {CHOSE}", CHOSE),
        (f"1. {CHOSE}", CHOSE),
        (f"---\n***\n{CHOSE}", CHOSE),
        ("20 drafts to read", "20 drafts to read"),
        ("Monitor the 3 new cases", "Monitor the 3 new cases"),
        ('[/b] =1+1 "x" \\ é 日本 🩺', '[/b] =1+1 "x" \\ é 日本 🩺'),
        ("日本の論文", "日本の論文"),
        (f"{CHOSE} \t\nmore", CHOSE),
        ("<!-- never ends", ""),
        ("# 2026-11-21", ""),
        ("", ""),
    ],
)
def test_first_words_of_prose(text: str, words: str) -> None:
    """Neither front matter, nor a comment, nor a line that says only the day is what a text is about.

    Others of the kind: the address of a link, a fence, a rule, the marks of headings, quotes, items and boxes.
    """
    assert first_words(text) == words


@given(st.text(alphabet="-+<!>#[]:= \n\r\u2028ab1🩺", max_size=60))
def test_first_words_are_one_line_of_the_text(text: str) -> None:
    """Whatever a text holds, its first words are a part of it, and the short way finds the same as the long one."""
    words = first_words(text)

    assert words in text and len(words.splitlines()) <= 1
    assert words == prose.first_words(text)


def meeting(**more: Any) -> Any:
    """Make a view of a meeting."""
    return {"decisions": [], "agenda": [{"text": "Submit case report", "goal": "g7k3q"}], "notes": None, **more}


@pytest.mark.parametrize(
    ("view", "subject"),
    [
        (meeting(decisions=["Journal A", "B"], notes=CHOSE), "Journal A"),
        (meeting(notes=CHOSE), CHOSE),
        (meeting(notes=f"Moved from Fri 27 Nov 2026: On call\n\n{CHOSE}"), CHOSE),
        (meeting(notes="Moved from Fri 27 Nov 2026: On call"), "Submit case report"),
        (meeting(notes="Moved from Fri 27 Nov 2026: On call", agenda=[]), "Moved from Fri 27 Nov 2026: On call"),
        (meeting(notes="---\ndate: 2026-11-20\n---\n# Fri 20 Nov\n<!-- x -->"), "Submit case report"),
        (meeting(), "Submit case report"),
        (meeting(notes="# 2026-11-21", agenda=[]), ""),
    ],
)
def test_what_a_meeting_is_about(view: Any, subject: str) -> None:
    """The decision, else the first words of prose, else the goal; never a heading that says only the day."""
    assert about(view) == subject


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Fri 20 Nov\n\n{CHOSE}", CHOSE),
        (f"<!-- x -->\n{CHOSE}", CHOSE),
        ("# 2026-11-21", "# 2026-11-21"),
        ("🩺", "🩺"),
    ],
)
def test_a_note_is_called_by_its_first_words(text: str, title: str) -> None:
    """A note always has a name: where no line says anything, its first."""
    assert heading({"record": "note", "text": text}) == title
