"""The registry of formats: each makes a document from the contents of a journal and a request."""

from __future__ import annotations

import json

import pytest

from factories import make_goal, make_note
from mentorlog.export.document import Request
from mentorlog.export.formats import FORMATS
from mentorlog.store.snapshot import Contents, Found

GOAL, NOTE = make_goal(id="g7k3q", title="Submit case report"), make_note(id="n4x2k", text="Nobody knows of it")
CONTENTS = Contents(None, None, (Found("goals/g7k3q.toml", GOAL), Found("notes/n4x2k.toml", NOTE)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_the_same_document_of_the_same_journal(name: str) -> None:
    """A document depends on the contents and the request alone."""
    document = FORMATS[name](CONTENTS, Request())

    assert document == FORMATS[name](CONTENTS, Request())
    assert "Submit case report" in document.text


def test_markdown_leaves_out_what_is_private() -> None:
    """What stays is counted in the note and in the data, and none of its words are in the text."""
    document = FORMATS["markdown"](CONTENTS, Request())

    assert (document.records, "Nobody knows" in document.text) == (1, False)
    assert document.data == {"left_out": {"counts": {"note": 1}, "field_count": 0}}
    assert document.note is not None and document.note.startswith("Left out as private: 1 note ")


def test_markdown_holds_what_is_private_where_that_is_asked_for() -> None:
    """With private records nothing is left out, and nothing is said."""
    document = FORMATS["markdown"](CONTENTS, Request(include_private=True))

    assert (document.records, document.note) == (2, None)
    assert "Nobody knows of it" in document.text


def test_json_holds_everything() -> None:
    """A backup leaves nothing out, and says so."""
    document = FORMATS["json"](CONTENTS, Request())

    assert document.is_json
    assert [record["id"] for record in json.loads(document.text)["data"]["records"]] == ["g7k3q", "n4x2k"]
    assert document.note is not None and "includes private records" in document.note
