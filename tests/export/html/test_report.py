"""The report as a page: it runs nothing, fetches nothing, names no ids, and says in words what it draws."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest

import sampled
from factories import TODAY, make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain import audience
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience
from mentorlog.export.document import Request
from mentorlog.export.html import report
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.profile import Assessment
from mentorlog.models.record import view
from mentorlog.models.review import Verdict
from mentorlog.store.format.document import profile_view
from output.payloads import PAYLOADS, acts
from webpage import Page, complaints
from world import NOW

AUDIENCES = [OTHERS, SELF, PROGRAM, Audience("mentor", "osler")]
REQUEST = Request(TODAY, datetime.fromisoformat(NOW))
HOSTILE = {
    "tag": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "quotes": "'\"` onload=alert(1) x='",
    "comment": "<!-- --><!doctype x>]]>",
    "style": "</style><style>*{background:url(http://evil.example/x)}</style>",
    "svg": "</text></svg><svg onload=alert(1)>",
    "entity": "&lt;b&gt; &#60;script&#62; &amp;",
    "Markdown": "![x](http://evil.example/x.png) [y](javascript:alert(1)) [z](data:text/html,x)\n# One\n\n<iframe>",
    "link": "<http://good.example/> [a](//evil.example) [b](/etc/passwd) [c][d]\n\n[d]: vbscript:x",
    "table": "| a | b |\n|---|--:|\n| <b>1 | `</td>` |",
    "rubbish": '[/b] =1+1 "x" \\ é 日本 🩺',
}


def made(to: Audience, profile: Any, views: list[Any]) -> str:
    """Return the page of some records."""
    selection = audience.select(profile, views, to)
    return report.make(selection, REQUEST._replace(audience=to)).text


def sample(to: Audience) -> str:
    """Return the page of the sample year, of which the programme may see everything."""
    profile, views = sampled.views()
    return made(to, profile, [{**one, "visibility": "open"} for one in views] if to == PROGRAM else views)


@pytest.mark.parametrize("to", AUDIENCES, ids=lambda to: to.kind)
def test_the_page_is_inert_and_readable(to: Audience) -> None:
    """No script, no style attribute, no handler, no address to fetch, one heading, captions and scopes."""
    html = sample(to)

    assert complaints(html) == []
    assert html == sample(to)
    assert len(html.encode()) < 60_000


@pytest.mark.parametrize("to", AUDIENCES, ids=lambda to: to.kind)
def test_the_page_names_no_ids(to: Audience) -> None:
    """Not in the words, not in an attribute: names and titles stand for records."""
    html = sample(to)

    assert [one["id"] for one in sampled.views()[1] if re.search(rf"\b{one['id']}\b", html)] == []


def test_an_empty_journal_has_a_page() -> None:
    """It has the counts, says that there is nothing else, and has no empty section."""
    html = made(SELF, profile_view(make_profile(name=None, stage=None)), [])

    assert complaints(html) == []
    assert Page(html).text.startswith("Mentorship report 24 Aug 2026 to 23 Nov 2026 Facts and the")
    assert Page(html).text.endswith("Nothing to show in this period.")
    assert "<section" not in html


@pytest.mark.parametrize(
    "payload", [*HOSTILE.values(), *(text for text, _ in PAYLOADS.values())], ids=[*HOSTILE, *PAYLOADS]
)
@pytest.mark.parametrize("to", (SELF, PROGRAM), ids=lambda to: to.kind)
def test_hostile_texts_in_every_field(to: Audience, payload: str) -> None:
    """Whatever a field holds, the page has only its own elements, and nothing acts or hides."""
    text = payload.replace("\ud800", "\\ud800")  # refused when a record is made
    text = text if text.strip() else f"x{text}"
    line = " ".join(text.split())
    day, all_ = date(2026, 11, 1), {"visibility": "open", "notes": text}
    records = (
        make_mentor(name=line, roles=(line[:40],), domains=(line,), purpose=text, **all_),
        make_goal(
            id="g2222",
            title=line,
            why=text,
            measure=text,
            domain=line[:40],
            progress=(Progress(on=day, percent=1, text=text),),
            history=(HistoryEntry(on=day, field="by", old="2026-12-01", new="2026-12-02", reason=text),),
            **all_,
        ),
        make_task(title=line, assigned_by="osler", goal="g2222", outcome=text, **all_),
        make_meeting(decisions=(text,), **all_),
        *(make_note(kind=kind, text=text, mentors=("osler",), outcome=text, **all_) for kind in ("win", "feedback")),
        make_review(
            worked=text, changed=text, verdicts=(Verdict(goal="g2222", verdict="revise", reason=text),), **all_
        ),
    )
    rated = (Assessment(on=day, area=line, rating=2, comment=text),)
    profile = make_profile(name=line, stage=line[:40], program=line, institution=line, assessments=rated)
    html = made(to, profile_view(profile), [view(one) for one in records])

    assert complaints(html) == []
    assert acts(html) == acts("\u00ad" * html.count("\u00ad"))
    assert "evil.example/x.png" not in " ".join(str(one) for one in Page(html).all("img", "use"))


def test_prose_is_read_as_markdown_without_its_dangers() -> None:
    """Links to the web stay, images become their links, headings become bold lines, boxes become signs."""
    notes = "# Plan\n\n- [x] Cut\n- [ ] Send **today**\n\n<b>x</b> ![fig](http://e.example/x.png) "
    notes += "[a](https://a.example) [b](/etc)"
    html = made(SELF, profile_view(make_profile()), [view(make_mentor()), view(make_meeting(notes=notes))])

    assert "<p><strong>Plan</strong></p>" in html
    assert "<li>☑ Cut</li>" in html and "<li>☐ Send <strong>today</strong></li>" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html and "<img" not in html
    assert '<a href="https://a.example" rel="noreferrer">a</a>' in html
    assert "/etc" not in html


def test_the_words_say_what_the_strips_draw() -> None:
    """The drawings are hidden from a screen reader: every day that they mark stands in the words of its row."""
    html = sample(SELF)
    text = Page(html).text

    for words in (
        "11 Nov 2026 progress: 100%, Ten of ten",
        "17 Oct 2026 meeting",
        "24 May 2026 verdict",
        "held",
        "cancelled by them",
    ):
        assert words in text, words
    _, views = sampled.views()
    held = [one["on"] for one in views if one["record"] == "meeting"]
    assert [day for day in held if f'datetime="{day}"' not in html] == []
