"""What an export is asked for, and the document that a format makes of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from mentorlog.domain.query import About


class Request(NamedTuple):
    """Which records go out, and whether private records and fields do."""

    about: About = About()
    include_private: bool = False


class Document(NamedTuple):
    """A document: its text, how many records it holds, and what is said of it beside that.

    `data` is for scripts; a document that is JSON itself is printed as it is where they ask for JSON.
    """

    text: str
    records: int
    note: str | None = None
    data: dict[str, Any] = {}
    is_json: bool = False
