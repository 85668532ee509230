"""A CV: of the profile, and of the wins with a place in it; as Markdown, JSON Resume or BibTeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mentorlog.domain import cv
from mentorlog.domain.audience import Selection
from mentorlog.export.document import Document, Request
from mentorlog.models.fields import only
from mentorlog.models.views import View, counted
from mentorlog.output.phrases import title
from mentorlog.vocabulary import CV_SECTIONS, PUBLICATIONS


def make(
    selection: Selection,
    request: Request,
    *,
    layout: str = "md",
    since: date | None = None,
    until: date | None = None,
    oldest_first: bool = False,
    with_submitted: bool = True,
    me: str | None = None,
) -> Document:
    """Return the CV of what goes to the audience; the days are those of its entries, not of the wins."""
    about = request.about.but(since=since and since.isoformat(), until=until and until.isoformat())
    profile = selection.profile
    wins = [view for view in selection.of("note") if view["kind"] == "win"]
    order = {"oldest_first": oldest_first, "with_submitted": with_submitted}
    entries = cv.entries(profile, wins, selection.names, about, **order)
    own = cv.own_name(profile, me)
    if layout == "bibtex":
        from mentorlog.export import cv_bibtex

        entries = entries.only(PUBLICATIONS)
        text = cv_bibtex.document(entries)
    elif layout == "json-resume":
        from mentorlog.export import cv_json_resume

        text = cv_json_resume.document(profile, entries)
    else:
        from mentorlog.export import cv_markdown

        text = cv_markdown.document(profile, entries, own)
    notes = [*_left_out(entries), *(_names(profile, entries, own) if layout == "md" else ())]
    data = {
        "format": layout,
        "without_section": [win["id"] for win in entries.without_section],
        "without_title": [win["id"] for win in entries.without_title],
    }
    wrote = counted(entries.count, "entry", "entries")
    shown = _shown(selection, entries)
    return Document(text, entries.count, data=data, wrote=wrote, shown=shown, remarks=notes)


_OF_PROFILE = ("record", "id", "name", "degrees", "stage", "program", "institution", "email", "orcid", "cv")
_OF_WINS = ("record", "id", "on", "kind", "status", "visibility", "mentors", "cv", "created")


def _shown(selection: Selection, entries: cv.Entries) -> Selection:
    """Return what the entries show of a selection: of a win not its text, and its title is that in the CV."""
    titles = {one.key: one.text for some in entries.sections.values() for one in some}
    views = [{**only(view, _OF_WINS), "text": ""} for view in selection.views if view["id"] in titles]
    credited = {id for view in views for id in view["mentors"]}
    names = {id: name for id, name in selection.names.items() if id in credited}
    names |= {view["id"]: titles[view["id"]] for view in views}
    return selection.but(profile=only(selection.profile, _OF_PROFILE), views=views, names=names)


def _left_out(entries: cv.Entries) -> Iterator[str]:
    """Yield the wins that are left out, each with the command that gives it a place; or that there is nothing."""
    if some := entries.without_section:
        yield f"{_count(some, 'win')} no section; choose one of {', '.join(CV_SECTIONS)}:"
        yield from (f"  {title(win)}: {cv.section_for(win)}" for win in some)
    if some := entries.without_title:
        yield f"{_count(some, 'win')} no title in the CV:"
        yield from (f"  {cv.title_for(win)}" for win in some)
    if not entries.count:
        yield 'The CV has no entries. Add one with: mentorlog win "Poster accepted" --section abstract'


def _count(some: Sequence[object], noun: str) -> str:
    return f"{counted(len(some), noun)} {'has' if len(some) == 1 else 'have'}"


def _names(profile: View, entries: cv.Entries, own: cv.OwnName) -> Iterator[str]:
    """Yield that a name is missing: that of the profile, or the own one among authors."""
    if not profile["name"]:
        yield "Your profile has no name. Set it with: mentorlog profile set name='Elizabeth Blackwell'"
    published = (one.cv for name in PUBLICATIONS for one in entries.sections.get(name, ()))
    written_by = [one["citation"] or one["authors"] for one in published if one["citation"] or one["authors"]]
    if own.usual and (others := [text for text in written_by if not own.places(text or "")]):
        what = f"{counted(len(others), 'publication')} {'does' if len(others) == 1 else 'do'}"
        yield f"{what} not name {own.usual} as an author; use --me with your name as it is written there"
