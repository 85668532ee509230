"""Where an import is read from."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.input import stdin


def read_source(app: App, file: str) -> bytes:
    """Return what is to be imported: a file, or stdin for `-`."""
    from mentorlog.exchange import json_backup

    hint = "name the file that export json has written"
    return app.stdin.whole().encode() if file == "-" else stdin.file(file, json_backup.LIMIT, hint)
