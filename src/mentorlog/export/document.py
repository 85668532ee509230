"""What an export is asked for, and the document that a format makes of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from mentorlog.domain.query import About


class Request(NamedTuple):
    """Which records go out, and whether private records and fields do."""

    about: About = About()
    include_private: bool = False


class Document(NamedTuple):
    """A document, how many records it holds, a note beside it, and its data for scripts."""

    text: str
    records: int
    note: str | None = None
    data: dict[str, Any] = {}
    is_json: bool = False
