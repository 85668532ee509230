"""Where an import is read from."""

from __future__ import annotations

from mentorlog.app import App


def read_source(app: App, file: str) -> bytes:
    """Return what is to be imported: a file, or stdin for `-`."""
    from mentorlog.exchange import json_backup

    return app.texts.source(file, json_backup.LIMIT, "name the file that export json has written")
