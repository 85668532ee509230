"""The whole journal as JSON, to keep or to import elsewhere."""

from __future__ import annotations

from mentorlog.export.document import Document, Request
from mentorlog.output.json_document import envelope
from mentorlog.store import transfer
from mentorlog.store.snapshot import Contents


def make(contents: Contents, request: Request) -> Document:
    """Return everything that the journal holds, whatever is asked for."""
    data = transfer.document(contents)
    count = len(contents.records) + (contents.profile is not None)
    note = "It holds everything, private records too: keep it where only you can read it."
    return Document(envelope(data), count, note, is_json=True)
