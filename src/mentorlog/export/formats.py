"""The export formats by name; a new one is a file in this folder and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mentorlog.export import json_backup, markdown
from mentorlog.export.document import Document, Request
from mentorlog.store.snapshot import Contents

FORMATS: Mapping[str, Callable[[Contents, Request], Document]] = {
    "json": json_backup.make,
    "markdown": markdown.make,
}
