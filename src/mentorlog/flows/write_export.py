"""Write an export to a file or stdout, without overwriting anything unasked."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG
from typing import Any

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain import audience
from mentorlog.domain.audience import Selection
from mentorlog.errors import MentorlogError, Unchanged
from mentorlog.export import json_backup
from mentorlog.export.document import Document, Request
from mentorlog.export.formats import maker
from mentorlog.models.profile import Profile
from mentorlog.models.record import view
from mentorlog.models.views import counted
from mentorlog.output.messages import export as messages
from mentorlog.store.disk import files
from mentorlog.store.format.document import profile_view
from mentorlog.store.layout import belongs_to_journal
from mentorlog.store.snapshot import Contents


def write_export(app: App, format: str, path: str | None, request: Request, *, yes: bool, **options: Any) -> None:
    """Write what goes to an audience in a format, with options of that format; see `write`."""
    file = target(app, path, yes=yes)  # a question about a file that exists comes before all work
    selection = selected(app.journal.contents(), request)
    document = maker(format)(selection, request, **options)
    data = {"left_out": messages.left_out_data(selection), **document.data}
    write(app, format, file, document._replace(note=_notes(document, selection), data=data))


def _notes(document: Document, selection: Selection) -> str | None:
    return "\n".join(filter(None, (document.note, messages.left_out(selection)))) or None


def write_backup(app: App, path: str | None, *, yes: bool) -> None:
    """Write the whole journal as JSON; see `write`."""
    file = target(app, path, yes=yes)
    write(app, "json", file, json_backup.make(app.journal.contents()))


def selected(contents: Contents, request: Request) -> Selection:
    """Return what goes to the audience of a request."""
    profile = profile_view(contents.profile or Profile())
    views = [view(found.record) for found in contents.records]
    return audience.select(profile, views, request.audience, request.about, request.added)


def target(app: App, path: str | None, *, yes: bool) -> Path | None:
    """Return the file to write, None for stdout; an existing one is overwritten with `yes`, or if the user agrees."""
    if path in (None, "-"):
        return None
    file = places.full(str(path), "The name of the file", "for example: -o journal.md")
    status = files.look(file)
    if status is not None and not S_ISREG(status.st_mode):
        raise MentorlogError(f"Cannot write {file}: it is {files.kind_of(status.st_mode)}.", "use a file")
    real, root = Path(os.path.realpath(file)), Path(os.path.realpath(app.journal.root))
    if real.is_relative_to(root) and belongs_to_journal(real.relative_to(root)):
        raise MentorlogError(f"{file} belongs to the journal itself.", "use a file outside its folders")
    if status is not None and not yes and not app.prompt.confirm(f"{file} already exists. Overwrite it?"):
        raise Unchanged("Nothing was written.")
    return file


def write(app: App, format: str, file: Path | None, document: Document) -> None:
    """Write a document to a private file, atomically, or to stdout, and its remark to stderr."""
    data = {"record_count": document.records, **document.data}
    if file is not None:
        files.put(file, document.text.encode())
        app.out.say(f"Wrote {counted(document.records, 'record')} to {file}", {"path": str(file), **data})
    elif app.json and not document.is_json:
        app.out.say("", {format: document.text, **data})
    else:
        app.out.raw(document.text)
    if document.note:
        app.out.note(*document.note.split("\n"))
