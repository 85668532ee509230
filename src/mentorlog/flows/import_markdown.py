"""Import Markdown files: find them below the folders that are named, read all of them, save them as one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentorlog.app import App
from mentorlog.domain.meetings import log_defaults
from mentorlog.domain.query import Query
from mentorlog.errors import MentorlogError, Usage
from mentorlog.exchange import incoming, markdown
from mentorlog.exchange.incoming import Batch, Incoming, Stay
from mentorlog.flows import import_records
from mentorlog.input import documents
from mentorlog.models.views import counted, first_of
from mentorlog.store.disk import files

_MOST_NAMED = 10
ENDINGS = (".md", ".markdown")
_HINT = "pass Markdown files, or a folder of them"
_LEFT_OUT = {
    "links": ("link", "links are not followed"),
    "elsewhere": ("note", "iCloud has not downloaded them"),
    "others": ("attachment", "not Markdown"),
    "hidden": ("hidden file or folder", ""),
}


def run(
    app: App,
    paths: Sequence[str],
    request: markdown.Request,
    *,
    tasks: bool = False,
    private: bool = False,
    add_mentors: bool = False,
    replace: bool = False,
    dry_run: bool = False,
) -> None:
    """Import the files and those of the folders; with `tasks`, the action items of meetings too."""
    if "-" in paths:
        raise Usage("A text on stdin has no name, by which another import would know it.", "save it as a file first")
    people = import_records.directory(app, add=add_mentors)
    listing = documents.find(paths, ENDINGS, _HINT)
    if not listing.places:
        raise MentorlogError("There are no Markdown files in what you named.", _HINT)
    reading = documents.contents(listing.places, files.LIMIT, incoming.LIMIT, app.out.progress)
    found = [markdown.MarkdownFile(place.path, place.shown, data) for place, data in reading]
    own_names = tuple(filter(None, [app.reading.profile()["name"]]))
    batch = markdown.read(found, people, request.but(own_names=own_names))
    batch = batch.but(
        records=tuple(_as_logged(app, batch, private=private)),
        stays=(*batch.stays, *_left_out(listing.left_out)),
        remarks=tuple(_same_day(app, batch)),
    )
    import_records.run(app, batch, people, replace=replace, dry_run=dry_run, tasks=tasks)


def _as_logged(app: App, batch: Batch, *, private: bool) -> Iterator[Incoming]:
    """Yield the records with what a new one has that its file does not say, as `meeting log` has it."""
    mentors = {view["id"]: view for view in app.reading.find(Query("mentor"))}
    for one in batch.records:
        there = [mentors[id] for id in one.fields["mentors"] if id in mentors]
        at_first = log_defaults(there) if one.kind.KIND == "meeting" else {}
        yield one.but(at_first=at_first | ({"visibility": "private"} if private else {}))


def _same_day(app: App, batch: Batch) -> Iterator[str]:
    """Yield a sentence if the new meetings may be those that were logged, or imported from elsewhere."""
    here = app.reading.find(Query("meeting"))
    known, coming = {one["source"] for one in here}, {one.source for one in batch.records}
    days = {
        (str(one.fields["on"]), frozenset(one.fields["mentors"]))
        for one in batch.records
        if one.kind.KIND == "meeting" and one.source not in known
    }
    ids = [one["id"] for one in here if one["source"] not in coming and (one["on"], frozenset(one["mentors"])) in days]
    if ids:
        same = f"the same day with the same mentors as {first_of(ids, _MOST_NAMED)}"
        yield f"Some of these may be in the journal already: they are of {same}."


def _left_out(counts: Mapping[str, int]) -> Iterator[Stay]:
    for name, (noun, why) in _LEFT_OUT.items():
        if count := counts.get(name):
            plural = "hidden files and folders" if name == "hidden" else ""
            yield Stay(counted(count, noun, plural), why, count)
