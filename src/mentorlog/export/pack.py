"""The packet for a review with the program or a mentor, in Markdown or as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

from mentorlog.domain.audience import Selection
from mentorlog.domain.packet.making import packet
from mentorlog.domain.packet.period import Period
from mentorlog.export.document import Document, Request
from mentorlog.models.views import counted
from mentorlog.output.messages import packet as messages

LAYOUTS = {"md": "pack_markdown", "html": "pack_html"}
"""The module of each layout; only the one that is asked for is loaded."""


def make(
    selection: Selection,
    request: Request,
    *,
    kind: str = "semiannual",
    layout: str = "md",
    as_of: date | None = None,
    period: Period | None = None,
    also: Sequence[str] = (),
) -> Document:
    """Return the packet of a kind in a layout, and its blanks with the commands that fill them."""
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
    text: str = import_module(f"mentorlog.export.{LAYOUTS[layout]}").text(made)
    wrote = counted(len(made.sections), "section")
    return Document(text, len(selection.views), remarks=remarks, data=data, wrote=wrote, counts=True)
