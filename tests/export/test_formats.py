"""The registry of formats: each makes a document from a selection and a request."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest

from factories import make_goal, make_note
from mentorlog.domain.audience import SELF, Audience
from mentorlog.export import json_backup
from mentorlog.export.document import Document, Request
from mentorlog.export.formats import FORMATS, maker
from mentorlog.flows.write_export import selected
from mentorlog.models.cv import Cv
from mentorlog.store.snapshot import Contents, Found

GOAL = make_goal(id="g7k3q", title="Submit case report", by=date(2027, 1, 4))
NOTE = make_note(id="n4x2k", text="Nobody knows of it")
WIN = make_note(id="n5x2k", kind="win", cv=Cv(section="award", title="Submit case report"))
FOUND = (Found("goals/g7k3q.toml", GOAL), Found("notes/n4x2k.toml", NOTE), Found("notes/n5x2k.toml", WIN))
CONTENTS = Contents(None, None, FOUND)
NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


def made(name: str, audience: Audience) -> Document:
    """The document of the journal for an audience."""
    request = Request(date(2026, 11, 23), NOW, audience=audience)
    return maker(name)(selected(CONTENTS, request), request)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_the_same_document_of_the_same_journal(name: str) -> None:
    """A document depends on the selection and the request alone."""
    document = made(name, SELF)

    assert document == made(name, SELF)
    assert "Submit case report" in document.text


def test_markdown_leaves_out_what_is_private() -> None:
    """None of the words of what stays are in the text."""
    document = made("markdown", Audience())

    assert (document.records, "Nobody knows" in document.text) == (1, False)


def test_markdown_holds_what_is_private_where_that_is_asked_for() -> None:
    """For oneself nothing is left out."""
    document = made("markdown", SELF)

    assert (document.records, "Nobody knows of it" in document.text) == (3, True)


def test_json_holds_everything() -> None:
    """A backup leaves nothing out, and says so."""
    document = json_backup.make(CONTENTS)

    assert document.is_json
    assert [record["id"] for record in json.loads(document.text)["data"]["records"]] == ["g7k3q", "n4x2k", "n5x2k"]
    assert document.note is not None and "includes private records" in document.note
