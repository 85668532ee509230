"""The packet for a review with the program or a mentor, in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from mentorlog.domain.audience import Selection
from mentorlog.domain.packet.making import packet
from mentorlog.domain.packet.period import Period
from mentorlog.export import pack_markdown
from mentorlog.export.document import Document, Request
from mentorlog.models.views import counted
from mentorlog.output.messages import packet as messages


def make(
    selection: Selection,
    request: Request,
    *,
    kind: str = "semiannual",
    as_of: date | None = None,
    period: Period | None = None,
    also: Sequence[str] = (),
) -> Document:
    """Return the packet of a kind, and its blanks with the commands that fill them."""
    made = packet(selection, kind, as_of=as_of or request.today, period=period, also=also)
    blanks = [
        {"section": section, "what": blank.what, "command": blank.command, "record": blank.record}
        for section, blank in made.blanks
    ]
    data: dict[str, Any] = {
        "kind": kind,
        "period": {"start": made.start, "end": made.end},
        "as_of": made.as_of,
        "sections": [section.name for section in made.sections],
        "without_content": list(made.missing),
        "blanks": blanks,
    }
    remarks = messages.remarks(made)
    text, wrote = pack_markdown.text(made), counted(len(made.sections), "section")
    return Document(text, len(selection.views), remarks=remarks, data=data, wrote=wrote, counts=True)
