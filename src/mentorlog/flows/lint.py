"""Look for what may identify a patient in records, files and stdin."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from mentorlog.app import App
from mentorlog.domain.audience import Selection
from mentorlog.domain.lint import Hit, KnownNames, Linted, in_text, in_views
from mentorlog.errors import MentorlogError
from mentorlog.export.document import Request
from mentorlog.input.texts import decode
from mentorlog.models.views import View, joined
from mentorlog.output.messages import lint as messages
from mentorlog.output.phrases import unchanged
from mentorlog.store.snapshot import Contents

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.store.journal import Transaction

_LIMIT = 32 << 20  # bytes of a file
STDIN = "-"


def lint(app: App, targets: Sequence[str], people: Sequence[str]) -> Linted:
    """Return the hits in some records and files, by default in all records and the profile.

    A target is a file if there is a slash or a period in it, stdin if it is `-`, else a record. The names of `people`
    are saved first, as those of no patients.
    """
    every = app.reading.everything()
    paths = list(dict.fromkeys(target for target in targets if _is_path(target)))
    found = [app.reading.resolve(target, by_name=True) for target in targets if not _is_path(target)]
    texts = {path: decode(app.texts.source(path, _LIMIT, "use a text file, or - for stdin"), path) for path in paths}
    added = _know(app, people) if people else []
    profile = app.reading.profile()
    known = KnownNames.of(profile, every)
    views: list[View] = list({view["id"]: view for view in found}.values()) if targets else [profile, *every]
    hits = in_views(views, known)
    hits += [hit._replace(path=path) for path, text in texts.items() for hit in in_text(text, known)]
    return Linted(hits, views, paths, added)


def check_export(app: App, contents: Contents, selection: Selection, request: Request) -> None:
    """Raise MentorlogError if what goes to a mentor or the programme may identify a patient; for others, say so."""
    hits = patient_hits(contents, selection)
    if hits and selection.audience.is_named and not request.despite_lint:
        sentence = messages.refused(hits, words=app.out.questions[1].terminal)
        raise MentorlogError(sentence, messages.refused_hint(hits))
    if hits:
        app.out.note(messages.exported(hits))


def patient_hits(contents: Contents, selection: Selection) -> list[Hit]:
    """Return what may identify a patient in the texts that go to an audience, or in the titles that they may name."""
    if selection.audience.kind == "self":
        return []
    known = KnownNames.of(contents.profile_view(), contents.views("mentor"))
    going = [*filter(None, [selection.profile]), *selection.views]
    ids = {one["id"] for one in going}
    titles = ((id, name) for id, name in selection.names.items() if id not in ids)
    named = [hit._replace(id=id, field="title") for id, name in titles for hit in in_text(name, known)]
    return [hit for hit in in_views(going, known) + named if hit.is_patient]


def check_text(app: App, text: str, parts: Iterable[tuple[str, str, str]], known: KnownNames, template: str) -> None:
    """Raise MentorlogError if a text may identify a patient: in a part from a record, or else by its template.

    A part is the id of its record, the field, and the words.
    """
    hits = [hit._replace(id=id, field=field) for id, field, words in parts for hit in in_text(words, known)]
    if hits := [hit for hit in hits if hit.is_patient]:
        sentence = messages.refused(hits, words=app.out.questions[1].terminal)
        raise MentorlogError(sentence, messages.refused_hint(hits))
    if patterns := dict.fromkeys(hit.pattern for hit in in_text(text, known) if hit.is_patient):
        sentence = f"Template {template} may identify a patient, so nothing was written: {joined(list(patterns))}."
        hint = f"edit it with: mentorlog template edit {template}; to write it as it is, add --despite-lint"
        raise MentorlogError(sentence, hint)


def exit_status(app: App, found: Linted) -> int:
    """Return the exit status of a check: 1 if a patient may be identified, 3 if a record could not be checked."""
    return 1 if found.patient else 3 if app.reading.problems else 0


def _is_path(target: str) -> bool:
    return target == STDIN or "." in target or "/" in target or os.sep in target


def _know(app: App, people: Sequence[str]) -> list[str]:
    """Save the names of people who are no patients in the profile; return those that were not there yet."""

    def work(transaction: Transaction) -> list[str]:
        before = transaction.profile()
        after = before.knowing(people)
        transaction.put_profile(after)
        return list(after.known_names[len(before.known_names) :])

    added = app.journal.change(f"lint --known: {', '.join(people)}", work)
    if not added:
        app.out.note(unchanged(f"{people[0]} is already a known name"))
    return added
