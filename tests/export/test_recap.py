"""The recap of a meeting as text: its parts, its names, its lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mentorlog.domain.recap import gather
from mentorlog.export import recap
from mentorlog.export.plain_text import check
from mentorlog.export.recap import BUILT_IN, make
from mentorlog.export.templates import Template, TemplateFault
from mentorlog.output.text import width
from output.payloads import PAYLOADS, acts

TODAY = date(2026, 11, 30)
RECAP = Template("recap", BUILT_IN)
PEOPLE = {"osler": "William Osler, MD", "curie": "Curie, Marie"}


def meeting(**fields: Any) -> dict[str, Any]:
    """A held meeting with William Osler."""
    known = {"record": "meeting", "id": "mb9st", "on": "2026-10-23", "at": None, "status": "held"}
    return {**known, "mentors": ["osler"], "decisions": [], **fields}


def task(id: str, title: str, **fields: Any) -> dict[str, Any]:
    """A task of mine from the meeting."""
    known = {"record": "task", "id": id, "title": title, "owner": "me", "status": "todo", "due": None}
    return {**known, "meeting": "mb9st", **fields}


def text(of: dict[str, Any], *others: dict[str, Any], template: Template = RECAP, me: str | None = None) -> str:
    """The recap of a meeting, where everybody may see everything."""
    every = {one["id"]: one for one in (of, *others)}
    return make(gather(of, every, every.values(), TODAY), PEOPLE, me, template)  # type: ignore[arg-type]


def test_a_whole_recap() -> None:
    """Decisions, my tasks and theirs by date, and the next meeting; no id, no degree."""
    made = text(
        meeting(decisions=["Annals first"]),
        task("t2222", "Ask the editor"),
        task("t3333", "Send the abstract", due="2026-12-06"),
        task("t4444", "Read it", owner="osler", status="done"),
        meeting(id="m2222", on="2026-12-02", at="14:00", status="planned"),
        me="Elizabeth Blackwell, MD",
    )

    assert (
        made
        == """\
Subject: Our meeting on Fri 23 Oct 2026

Dear William Osler,

Thank you for your time on Fri 23 Oct. Here is what I noted; please
correct me where I am wrong.

What we decided:
- Annals first

I will:
- Send the abstract, by Sun 6 Dec 2026
- Ask the editor

You kindly offered to:
- Read it (done)

Our next meeting is on Wed 2 Dec 2026 at 14:00.

Elizabeth Blackwell
"""
    )


def test_several_mentors() -> None:
    """All are addressed, and each promise says whose it is."""
    made = text(
        meeting(mentors=["osler", "curie"], decisions=["Annals first"]),
        task("t4444", "Read it", owner="curie", due="2026-12-06"),
    )

    assert "Dear William Osler and Marie Curie,\n" in made
    assert "- Read it, by Sun 6 Dec 2026 (Marie Curie)\n" in made
    assert "I will" not in made and "next meeting" not in made


def test_lines_have_at_most_72_cells() -> None:
    """Long texts are wrapped by their width on a screen, items hang, and only an address stays whole."""
    address = f"https://example.org/{'a' * 90}"
    made = text(
        meeting(decisions=["word " * 40, "日本" * 60, f"See {address} before we meet, and bring the second table too"])
    )
    lines = made.splitlines()

    assert f"  {address}" in lines
    assert max(width(line) for line in lines if address not in line) <= 72
    assert all(line == line.rstrip() for line in lines)
    assert all(line.startswith("  ") for line in lines if line.lstrip().startswith("word"))
    assert [line for line in lines if line.startswith("- 日本")]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=list(PAYLOADS))
def test_hostile_texts(payload: tuple[str, str]) -> None:
    """What a title or decision contains can neither act on a terminal nor add a line to the recap."""
    hostile = payload[0]
    made = text(meeting(decisions=[hostile]), task("t2222", hostile), task("t3333", hostile, owner="osler"))

    assert not acts(made.replace("\u00ad", "").replace("\n", ""))
    assert len([line for line in made.splitlines() if line.startswith("-")]) in (2, 3)
    assert made.splitlines()[0] == "Subject: Our meeting on Fri 23 Oct 2026"


def test_a_text_that_looks_like_a_template() -> None:
    """It is printed as it is."""
    hostile = "{{ to.__class__ }}{% include 'x' %}{{ 7 * 7 }}"

    assert f"- {hostile}\n" in text(meeting(decisions=[hostile]))


def test_line_ends_of_a_template() -> None:
    """A line of tags alone leaves no line; one with other text keeps its end, even if a tag is last in it."""
    template = (
        "{% if to %}\na{% if me %}b{% endif %}\nc {# remark #}\n{% endif %}\n\n\n\nd{% if to -%}\n e{% endif %}\n"
    )

    assert text(meeting(), template=Template("short", template)) == "a\nc\n\nde\n"


def test_a_template_that_makes_nothing() -> None:
    """A recap without a word is a fault of its template."""
    with pytest.raises(TemplateFault, match=r"^Template empty: it makes no text\.$"):
        text(meeting(), template=Template("empty", "{% if false %}x{% endif %}\n \n"))


def test_the_check_uses_a_full_and_a_bare_example() -> None:
    """A mistake in any branch is found; the built-in template has none."""
    check(RECAP, recap.RECAP)
    for wrong in ("{% if next %}{{ next.nope }}{% endif %}x", "{% if not next %}{{ next.date }}{% endif %}x"):
        with pytest.raises(TemplateFault, match="there is no"):
            check(Template("recap", wrong), recap.RECAP)
