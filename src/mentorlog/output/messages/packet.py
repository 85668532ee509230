"""The sentences about a packet."""

from __future__ import annotations

from mentorlog.domain.packet.blocks import Packet
from mentorlog.models.views import counted
from mentorlog.output.phrases import shorten


def remarks(packet: Packet) -> list[str]:
    """Return what has no content, and each blank with the command that fills it."""
    lines = [f"No content for: {', '.join(packet.missing)}"] if packet.missing else []
    if packet.remark:
        lines.append(packet.remark)
    if packet.blanks:
        lines.append(f"{counted(len(packet.blanks), 'blank')} to fill in:")
    return [*lines, *(f"  {shorten(blank.what)}: {blank.command}" for _, blank in packet.blanks)]
