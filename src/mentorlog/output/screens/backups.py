"""The columns of the list of backups."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Any

from mentorlog import dates
from mentorlog.output.phrases import size
from mentorlog.output.table import ALWAYS, Column


def _until(row: dict[str, Any]) -> str:
    """Return the day of the last change in it, or why that is not known."""
    if row["problem"]:
        return "cannot be used"
    if row["change"] is None:
        return "encrypted"
    return dates.say(datetime.fromisoformat(row["changed_at"]).date()) if row["changed_at"] else "no changes"


COLUMNS = (
    Column("file", lambda row: PurePath(row["path"]).name, keep=ALWAYS, shrink=True),
    Column("up to", _until, keep=ALWAYS, style=lambda row: "red" if row["problem"] else None),
    Column("change", "change", align="right", say="{:,}".format, keep=4),
    Column("records", "record_count", align="right", say="{:,}".format, keep=6),
    Column("history", lambda row: "yes" if row["with_log"] else "", keep=5),
    Column("size", "size", align="right", say=size, keep=7),
)
