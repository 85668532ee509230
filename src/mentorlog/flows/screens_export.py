"""How an export leaves and an import comes in: the document, where it goes, and what is never written over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any, NamedTuple

from mentorlog import places
from mentorlog.app import App
from mentorlog.domain import sharing
from mentorlog.domain.sharing import LeftOut
from mentorlog.domain.timeline import About
from mentorlog.errors import MentorlogError, Unchanged
from mentorlog.input import stdin
from mentorlog.models.record import view
from mentorlog.models.views import View, heading


class Written(NamedTuple):
    """A document, the number of records in it, and what was left out."""

    text: str
    records: int
    left: LeftOut


def about(app: App, mentors: Sequence[str] | None, goal: str | None, since: str | None, until: str | None) -> About:
    """Return what an export is asked to be about."""
    return About(
        mentors=app.mentor_ids(mentors),
        goal=app.goal(goal)["id"] if goal else None,
        since=app.day_text(since),
        until=app.day_text(until),
    )


def target(app: App, path: str | None, yes: bool) -> Path | None:
    """Return the file to write, None for stdout; a question about one that is there comes before all work."""
    from mentorlog.store.disk import files

    if path is None or path == "-":
        return None
    file = places.full(path, "The name of the file", "name a file, like: -o journal.md")
    there = files.look(file)
    if there is not None and not S_ISREG(there.st_mode):
        raise MentorlogError(f"Cannot write {file}: it is {files.kind_of(there.st_mode)}.", "name a file")
    if _belongs_to_the_journal(app, file):
        raise MentorlogError(f"{file} belongs to the journal itself.", "name a file outside its folders")
    if there is not None and not yes and not app.confirm(f"{file} is there already. Write over it?"):
        raise Unchanged("Nothing was written.")
    return file


def _belongs_to_the_journal(app: App, file: Path) -> bool:
    from mentorlog.store.layout import belongs_to_journal

    real, root = Path(os.path.realpath(file)), Path(os.path.realpath(app.journal.root))
    return real.is_relative_to(root) and belongs_to_journal(real.relative_to(root))


def deliver(app: App, file: Path | None, text: str, data: dict[str, Any]) -> None:
    """Write the document to its file, whole and private, or to stdout; `data` is said of it."""
    from mentorlog.store.disk import files

    if file is not None:
        files.put(file, text.encode())
        count = data["record_count"]
        many = "1 record" if count == 1 else f"{count} records"
        app.out.say(f"Wrote {many} to {file}", {"path": str(file), **data})
    elif app.json and not text.startswith("{"):
        app.out.say("", {"markdown": text, **data})
    else:
        app.out.raw(text)


def fetched(app: App, file: str) -> bytes:
    """Return what is to be imported: a file, or stdin for `-`."""
    from mentorlog.exchange import json_backup

    named = "name the file that export json has written"
    return app.stdin.whole().encode() if file == "-" else stdin.file(file, json_backup.LIMIT, named)


def markdown(app: App, asked: About, include_private: bool) -> Written:
    """Return the journal as a Markdown document, from its files; without what is private unless it is asked for."""
    from mentorlog.export import markdown as layout

    whole = app.journal.contents()
    views = [view(found.record) for found in whole.records]
    picked = sharing.chosen(views, asked)
    told = [_profile(whole.profile), *picked]
    (profile, *kept), left = (told, LeftOut({}, 0)) if include_private else sharing.shareable(told)
    hidden = {} if include_private else {one["id"]: one["record"] for one in views if one["visibility"] == "private"}
    names = {one["id"]: heading(one) for one in views if one["id"] not in hidden}
    book = layout.Book(profile, kept, names, hidden, asked)
    return Written(layout.document(book), len(kept), left)


def _profile(profile: Any) -> View:
    from mentorlog.models.profile import Profile
    from mentorlog.store.format.document import profile_view

    return profile_view(profile or Profile())
