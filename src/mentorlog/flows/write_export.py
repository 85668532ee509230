"""Write an export to a file or stdout, without overwriting anything unasked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain import audience
from mentorlog.domain.audience import Selection
from mentorlog.domain.query import About
from mentorlog.errors import BadValue, MentorlogError, Unchanged, UnknownId, shortened
from mentorlog.export import json_backup
from mentorlog.export.document import Document, Request
from mentorlog.export.formats import maker
from mentorlog.models.views import counted, first_of
from mentorlog.output.messages import export as messages
from mentorlog.output.screens import preview as screen
from mentorlog.store.disk import files
from mentorlog.store.layout import belongs_to_journal
from mentorlog.store.snapshot import Contents

AUDIENCES = {"self": audience.SELF, "program": audience.PROGRAM}
_BY_SETTING = "audience in your settings; see: mentorlog config list"


def usual_audience(app: App) -> audience.Audience:
    """Return the audience that the user has set, which is said on stderr; without one, nobody in particular."""
    if not app.has_settings:
        return audience.OTHERS
    word = app.config.checked("audience")
    app.out.note(*(f"Unknown setting in {app.config.path}: {key}" for key in app.config.unknown))
    if word is None:
        return audience.OTHERS
    if named := AUDIENCES.get(word):
        app.out.note(f"This is for {'yourself' if word == 'self' else 'the program'} ({_BY_SETTING}).")
        return named
    try:
        mentor = app.reading.view(word)
        if mentor["record"] != "mentor":
            raise UnknownId(word, ("mentor",))
    except UnknownId:
        sentence = f"audience in {app.config.path} is {shortened(word)}, which is no mentor of this journal."
        raise BadValue(
            "audience", sentence, "use --for, or another default: mentorlog config set audience program"
        ) from None
    app.out.note(f"This is for {mentor['name']} ({_BY_SETTING}).")
    return audience.Audience("mentor", mentor["id"])


def write_export(
    app: App, format: str, path: str | None, request: Request, *, yes: bool, into: Sequence[str] = (), **options: Any
) -> None:
    """Write what goes to an audience in a format, with options of that format, or show a preview.

    See `target` and `write`.
    """
    # a question about a file that exists comes before all work
    file = target(app, path, yes=yes or request.preview, into=into)
    from mentorlog.flows.lint import check_export  # its patterns take time to compile, and the backup needs none

    contents = app.journal.contents()
    selection = selected(contents, request)
    document = maker(format)(selection, request, **options)
    selection = _within(selection, document)
    if request.preview:
        return show_preview(app, contents, selection, request.asked)
    check_export(app, contents, selection, request)
    data = {"left_out": messages.left_out_data(selection), **document.data}
    return write(app, format, file, document._replace(note=document.note or messages.left_out(selection), data=data))


def _within(selection: Selection, document: Document) -> Selection:
    """Return the part of a selection that a document may show."""
    selection = document.shown or selection
    if not document.counts:
        selection = selection.but(counted=[])
    if not document.kinds:
        return selection
    views = [one for one in selection.views if one["record"] in document.kinds]
    others = {one["id"] for one in selection.views if one["record"] not in document.kinds}
    names = {id: name for id, name in selection.names.items() if id not in others}
    withheld = [one for one in selection.withheld if one.record in document.kinds]
    profile = selection.profile if "profile" in document.kinds else {}
    return selection.but(profile=profile, views=views, names=names, withheld=withheld)


def show_preview(app: App, contents: Contents, selection: Selection, about: About) -> None:
    """Show what would go to an audience, and what would not, and why; and what of it may identify a patient."""
    from mentorlog.flows.lint import patient_hits

    named = app.reading.titles([*about.mentors, *filter(None, [about.goal, selection.audience.mentor])])
    hits = patient_hits(contents, selection)
    app.out.page(lambda page: screen.lines(selection, about, named, hits, page), screen.data(selection, hits))


def write_backup(app: App, path: str | None, *, yes: bool) -> None:
    """Write the whole journal as JSON; see `write`."""
    file = target(app, path, yes=yes)
    write(app, "json", file, json_backup.make(app.journal.contents()))


def selected(contents: Contents, request: Request) -> Selection:
    """Return what goes to the audience of a request."""
    profile, views = contents.profile_view(), contents.views()
    selection = audience.select(profile, views, request.audience, request.about, request.added)
    return audience.within(selection, *request.period) if request.period else selection


def target(app: App, path: str | None, *, yes: bool, into: Sequence[str] = ()) -> Path | None:
    """Return the file to write, None for stdout, or the folder for files with the names in `into`.

    What exists is overwritten with `yes`, or if the user agrees.
    """
    if path in (None, "-"):
        return None
    what = "folder" if into else "file"
    file = places.full(str(path), f"The name of the {what}", f"for example: -o {'tables' if into else 'journal.md'}")
    _must_be(what, file)
    real, root = Path(os.path.realpath(file)), Path(os.path.realpath(app.journal.root))
    if real.is_relative_to(root) and (real == root or belongs_to_journal(real.relative_to(root))):
        raise MentorlogError(f"{file} belongs to the journal itself.", f"use a {what} outside its folders")
    question = _question(file, into)
    if question and not yes and not app.prompt.confirm(question):
        raise Unchanged("Nothing was written.")
    return file


def _question(path: Path, into: Sequence[str]) -> str:
    """Return what to ask before a file or folder is written; "" if nothing is there, or an empty folder."""
    if not into:
        return f"{path} already exists. Overwrite it?" if files.look(path) else ""
    names = files.names(path)
    if taken := [name for name in into if name in names]:
        for name in taken:
            _must_be("file", path / name)
        return f"{path} already contains {first_of(taken, 3)}. Overwrite {'it' if len(taken) == 1 else 'them'}?"
    return f"{path} is not empty. Write {counted(len(into), 'file')} into it?" if names else ""


def _must_be(what: str, path: Path) -> None:
    status = files.look(path)
    if status is not None and not (S_ISDIR if what == "folder" else S_ISREG)(status.st_mode):
        raise MentorlogError(f"Cannot write {path}: it is {files.kind_of(status.st_mode)}.", f"use a {what}")


def write(app: App, format: str, file: Path | None, document: Document) -> None:
    """Write a document to a private file or folder, atomically, or to stdout, and its remarks to stderr."""
    data = {"record_count": document.records, **document.data}
    if file is not None:
        if document.files:
            files.put_folder(file, {name: text.encode() for name, text in document.files.items()})
        else:
            files.put(file, document.text.encode())
        app.out.say(messages.wrote(document.wrote, document.records, file), {"path": str(file), **data})
    elif app.json and not document.is_json:
        app.out.say("", {format: document.text, **data})
    else:
        app.out.raw(document.text)
    if document.note:
        app.out.note(document.note)
    if not app.json:
        app.out.note(*document.remarks)


def write_text(app: App, file: Path | None, text: str, what: str, data: dict[str, Any]) -> None:
    """Write a text to a private file, or to stdout; `what` says in words what it is."""
    data = {**data, "path": str(file) if file else None}
    if file is not None:
        files.put(file, text.encode())
        app.out.say(f"Wrote {what} to {file}", data)
    elif app.json:
        app.out.say("", data)
    else:
        app.out.raw(text)
