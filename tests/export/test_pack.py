"""A packet as Markdown: the three kinds of the rich journal as they were reviewed, and texts that attack it."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import rich_journal
from factories import CREATED, TODAY, make_goal, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain import audience
from mentorlog.domain.audience import PROGRAM, SELF, Audience
from mentorlog.domain.packet.making import KINDS, SECTIONS
from mentorlog.domain.packet.period import Period
from mentorlog.export.document import Document, Request
from mentorlog.export.formats import maker
from mentorlog.models.profile import Assessment, Figure, Profile, TimeShare
from mentorlog.models.record import Record, view
from mentorlog.models.review import Discussion
from mentorlog.store.format.document import profile_view
from output.payloads import PAYLOADS, acts
from webpage import Page, complaints
from world import NOW

REVIEWED = Path(__file__).parents[1] / "data" / "packets"
GOLDEN = {
    "semiannual": ("semiannual", PROGRAM),
    "ilp": ("ilp", Audience("mentor", "osler")),
    "idp": ("idp", SELF),
}
"""The kind and the audience of each packet that was reviewed."""


def made(views: Any, profile: Any, who: Audience, **options: Any) -> Document:
    """Return the packet of some records."""
    selection = audience.select(profile_view(profile), views, who)
    return maker("pack")(selection, Request(TODAY, datetime.fromisoformat(NOW), audience=who), **options)


@pytest.mark.parametrize("name", GOLDEN)
def test_a_packet_is_as_it_was_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    """Byte for byte; `pytest --update-transcripts` writes the files anew, and the diff is read."""
    kind, who = GOLDEN[name]
    document = made(rich_journal.views(), rich_journal.profile(), who, kind=kind)
    file = REVIEWED / f"{name}.md"
    if request.config.getoption("update_transcripts"):
        file.write_text(document.text, encoding="utf-8")

    assert document.text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [PROGRAM, SELF, Audience("mentor", "osler")], ids=lambda who: who.kind)
def test_no_id_is_printed(kind: str, who: Audience) -> None:
    """On another's desk they are noise; the commands on stderr have them."""
    document = made(rich_journal.views(), rich_journal.profile(), who, kind=kind, also=tuple(SECTIONS))

    assert [record.id for record in rich_journal.records() if record.id in document.text] == []


def test_the_data_names_the_blanks() -> None:
    """For scripts: what is missing, where, and the command that fills it."""
    data = made(rich_journal.views(), rich_journal.profile(), PROGRAM).data

    assert (data["kind"], data["as_of"]) == ("semiannual", "2026-11-23")
    assert data["period"] == {"start": "2026-06-03", "end": "2026-11-20"}
    assert data["sections"] == list(KINDS["semiannual"].sections)
    assert {
        "section": "plan",
        "what": "how I will know “Design a study of my own”",
        "command": "mentorlog set gs5dy measure=-",
        "record": "gs5dy",
    } in data["blanks"]


def test_private_words_are_in_no_packet_for_others() -> None:
    """Neither for the program nor for a mentor, whatever is asked for by name."""
    secrets = (
        "one evening a week",
        "Tired",
        "drafts critically",
        "Every second month",
        "Find an evening",
        "chief year",
    )
    for who in (PROGRAM, Audience("mentor", "osler"), Audience("mentor", "curie")):
        for kind in KINDS:
            text = made(rich_journal.views(), rich_journal.profile(), who, kind=kind, also=tuple(SECTIONS)).text
            assert not [words for words in secrets if words in text], (who, kind)


# Hostile texts


def journal_of(text: str) -> tuple[list[Record], Any]:
    """Return records and a profile with a text in every place that a packet shows."""
    text = text if text.strip() else f"a{text}b"
    line = " ".join(text.split())
    lines = {"strengths": (text,), "growth_areas": (text,), "values": (text,)}
    profile = make_profile(
        name=line, level=line, program=line, institution=line, aims=text, **lines,
        assessments=(Assessment(on=TODAY, area=line, rating=3, comment=text),),
        numbers=(Figure(on=TODAY, name=line, value=3),), time=(TimeShare(area=line, percent=3),),
    )  # fmt: skip
    answers = dict.fromkeys(("worked", "did_not", "changed", "wellbeing", "asks"), text)
    talk = Discussion(mentor="osler", on=TODAY, comment=text)
    early = {"created": CREATED}
    return [
        make_mentor(name=line),
        make_goal(
            id="g2222", title=line, horizon="long", why=text, measure=text, support=text, asked_by="osler", **early
        ),
        make_goal(id="g3333", title=line, status="paused", competency="PC", **early),
        make_task(id="t2222", title=line, goal="g2222", due=date(2026, 12, 1)),
        make_note(id="n2222", kind="win", text=text, competency="PC", goal="g2222"),
        make_note(id="n3333", kind="feedback", text=text, mentors=("osler",), status="closed", outcome=text),
        make_note(id="n4444", kind="feedback", text=text),
        make_review(id="r2222", kind="semiannual", discussed=(talk,), **answers),
    ], profile


ATTACKS = {
    **{name: text for name, (text, _) in PAYLOADS.items() if name not in ("lone surrogate", "line ends")},
    "all at once": '[/b] =1+1 "x" \\ é 日本 🩺',
    "html": "<script>alert(1)</script> <img src=x onerror=y> <!--",
    "heading": "# One\n\n## Two\n\ntext\n===",
    "table": "a | b |\n|---|\n| c |",
    "fence": "```\nopen",
    "image": "![x](https://example.org/x.png)",
    "definition": "[x]: https://example.org\n\n[x]",
    "rule": "________\n\n---\n\n***",
    "blank": "________",
    "list": "- a\n- [ ] b\n1. c",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_no_text_leaves_its_place(name: str) -> None:
    """The headings and tables are ours, there is no HTML and no image, whatever the records say."""
    records, profile = journal_of(ATTACKS[name])
    views = [view(one) for one in records]
    period = Period(date(2026, 6, 1), TODAY)
    plain, plain_profile = journal_of("words")
    parser = MarkdownIt("commonmark").enable("table")

    def shape(text: str) -> list[tuple[str, str]]:
        tokens = parser.parse(text)
        wanted = ("heading_open", "tr_open", "td_open", "th_open", "table_open", "hr")
        top = [(one.type, one.tag) for one in tokens if one.type in wanted and (one.level < 6 and one.tag not in DEEP)]
        return [one for one in top if one[0] != "heading_open" or one[1] in ("h1", "h2", "h3")]

    options = {"kind": "semiannual", "period": period, "also": tuple(SECTIONS)}
    text = made(views, profile, SELF, **options).text
    expected = made([view(one) for one in plain], plain_profile, SELF, **options).text
    tokens = parser.parse(text)

    assert not [one for one in tokens if one.type == "html_block"]
    assert not [child for one in tokens for child in one.children or () if child.type in ("html_inline", "image")]
    assert [one for one in shape(text) if one[0] == "heading_open"] == [
        one for one in shape(expected) if one[0] == "heading_open"
    ]
    assert "\x1b" not in text and "\x9b" not in text


DEEP = ("h4", "h5", "h6")


# As a page


def page_of(who: Audience, **options: Any) -> str:
    """Return the page of the rich journal."""
    return made(rich_journal.views(), rich_journal.profile(), who, layout="html", **options).text


@pytest.mark.parametrize("name", GOLDEN)
def test_a_page_says_what_the_markdown_says(name: str) -> None:
    """The same titles, cells, answers and steps."""
    kind, who = GOLDEN[name]
    options = {"kind": kind, "also": tuple(SECTIONS)}
    shown = " ".join(Page(page_of(who, **options)).text.split())
    markdown = made(rich_journal.views(), rich_journal.profile(), who, **options).text
    _, *lines = [one for one in MarkdownIt("commonmark").enable("table").parse(markdown)[1:] if one.type == "inline"]
    for one in lines:
        words = "".join(" " if child.type == "softbreak" else child.content for child in one.children or ())
        pieces = (piece.strip(" :") for piece in re.split(r"_{8}|\[ \]| · |: ", words))
        assert [piece for piece in pieces if piece not in shown] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [PROGRAM, SELF, Audience("mentor", "osler")], ids=lambda who: who.kind)
def test_a_page_is_inert_and_readable(kind: str, who: Audience) -> None:
    """No script, no style attribute, no address to fetch, one heading, captions and scopes; and no ids."""
    html = page_of(who, kind=kind, also=tuple(SECTIONS))

    assert complaints(html) == []
    assert len(html.encode()) < 40_000
    assert not [one.id for one in rich_journal.records() if one.KIND != "mentor" and one.id in html]


@pytest.mark.parametrize("name", ATTACKS)
def test_no_text_acts_in_a_page(name: str) -> None:
    """Whatever the records say, the page has only its own elements, and nothing hides."""
    records, profile = journal_of(ATTACKS[name])
    options = {"period": Period(date(2026, 6, 1), TODAY), "also": tuple(SECTIONS), "layout": "html"}
    html = made([view(one) for one in records], profile, SELF, **options).text

    assert complaints(html) == []
    assert acts(html) == acts("\u00ad" * html.count("\u00ad"))
    assert not Page(html).all("img", "script", "iframe")


def test_an_empty_journal_has_a_page() -> None:
    """A heading with lines to write on, a sentence, and where to sign."""
    html = made([], Profile(), PROGRAM, layout="html").text

    assert complaints(html) == []
    assert "Nothing is recorded in this period." in html
    assert html.count('class="blank"') == 5 + 3 + 4


def test_a_title_with_every_sign_is_in_its_cell() -> None:
    """It does not end the row, and reads as it was typed."""
    records, profile = journal_of('a | b [x] <i> *c* _d_ `e` \\ "f" 日本 🩺')
    text = made([view(one) for one in records], profile, SELF, period=Period(date(2026, 6, 1), TODAY)).text
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells = [after.content for one, after in pairwise(tokens) if one.type == "td_open"]
    shown = {"".join(child.content for child in MarkdownIt().parseInline(cell)[0].children or ()) for cell in cells}

    assert 'a | b [x] <i> *c* _d_ `e` \\ "f" 日本 🩺' in shown
