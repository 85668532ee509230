"""The configuration of khal with one calendar, for the tests that write or read calendars with it."""

from __future__ import annotations

from pathlib import Path

_KHAL = """
[calendars]
[[{name}]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Athens
default_timezone = Europe/Athens
[sqlite]
path = {work}/khal.db
"""


def khal_settings(work: Path, name: str, folder: Path) -> str:
    """Return the text of the file: the calendar `name` is a folder, khal's own files are below `work`."""
    return _KHAL.format(work=work, name=name, folder=folder)
