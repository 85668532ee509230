"""Write an export to a file or stdout, without overwriting anything unasked."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG

from mentorlog import places
from mentorlog.app import App
from mentorlog.errors import MentorlogError, Unchanged
from mentorlog.export.document import Request
from mentorlog.export.formats import FORMATS
from mentorlog.models.views import counted
from mentorlog.store.disk import files
from mentorlog.store.layout import belongs_to_journal


def _target(app: App, path: str, yes: bool) -> Path:
    """Return the file to write; an existing one is overwritten with `yes`, or if the user agrees."""
    file = places.full(path, "The name of the file", "for example: -o journal.md")
    status = files.look(file)
    if status is not None and not S_ISREG(status.st_mode):
        raise MentorlogError(f"Cannot write {file}: it is {files.kind_of(status.st_mode)}.", "use a file")
    real, root = Path(os.path.realpath(file)), Path(os.path.realpath(app.journal.root))
    if real.is_relative_to(root) and belongs_to_journal(real.relative_to(root)):
        raise MentorlogError(f"{file} belongs to the journal itself.", "use a file outside its folders")
    if status is not None and not yes and not app.prompt.confirm(f"{file} already exists. Overwrite it?"):
        raise Unchanged("Nothing was written.")
    return file


def write_export(app: App, format: str, path: str | None, request: Request, *, yes: bool) -> None:
    """Write the journal in a format to a private file, atomically, or to stdout."""
    # A question about a file that exists comes before all work.
    file = None if path in (None, "-") else _target(app, path, yes)
    document = FORMATS[format](app.journal.contents(), request)
    data = {"record_count": document.records, **document.data}
    if file is not None:
        files.put(file, document.text.encode())
        app.out.say(f"Wrote {counted(document.records, 'record')} to {file}", {"path": str(file), **data})
    elif app.json and not document.is_json:
        app.out.say("", {format: document.text, **data})
    else:
        app.out.raw(document.text)
    if document.note:
        app.out.note(document.note)
