"""The export formats by name; a new one is a file in this folder and a line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from mentorlog.export.document import Document

FORMATS = {
    "csv": "csv",
    "cv": "cv",
    "html": "html.report",
    "ics": "ics",
    "markdown": "markdown",
    "pack": "pack",
}
"""The module of each format that is cut for an audience; the backup of the whole journal is `json_backup`."""


def maker(format: str) -> Callable[..., Document]:
    """Return the function that makes the document of a selection and a request, importing that format alone.

    Options of one format are further arguments.
    """
    make: Callable[..., Document] = import_module(f"mentorlog.export.{FORMATS[format]}").make
    return make
