"""The request for an export, and the document that a format makes."""

from __future__ import annotations

from typing import Any, NamedTuple

from mentorlog.domain.query import About


class Request(NamedTuple):
    """Which records to export, and whether to include private records and fields."""

    about: About = About()
    include_private: bool = False


class Document(NamedTuple):
    """A document, its number of records, a remark for the user, and its data for scripts."""

    text: str
    records: int
    note: str | None = None
    data: dict[str, Any] = {}
    is_json: bool = False
