"""A CV as Markdown: sections in the order that program directors expect, publications numbered, the own name bold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorlog import vocabulary
from mentorlog.domain.cv import Entries, Entry, OwnName
from mentorlog.export.markdown_text import line
from mentorlog.models.rules import orcid_id
from mentorlog.models.views import joined
from mentorlog.output.text import one_line, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import ProfileView

_ACCEPTED = {"accepted": "accepted", "in_press": "in press", "submitted": "in review"}
"""What is said of the states of a publication."""


def document(profile: ProfileView, entries: Entries, own: OwnName) -> str:
    """Return the document, in which the own name is bold."""
    blocks = [*_heading(profile)]
    shown = ""
    for section, some in entries.sections.items():
        title = vocabulary.CV_SECTION_MEANINGS[section]
        if section in vocabulary.PUBLICATIONS:
            blocks += ["## Publications"] if shown not in vocabulary.PUBLICATIONS else []
            numbered = (f"{number}. {_publication(entry, own)}" for number, entry in enumerate(some, 1))
            blocks += [f"### {title}", "\n".join(numbered)]
        else:
            blocks += [f"## {title}", *(_by_scope(some, own) if section == "presentation" else [_items(some, own)])]
        shown = section
    if not entries.sections:
        blocks.append("No entries yet.")
    return "\n\n".join(blocks) + "\n"


def _heading(profile: ProfileView) -> Iterator[str]:
    yield f"# {_commas(profile['name'], profile['degrees'])}" if profile["name"] else "# Curriculum vitae"
    stage = spaced(profile["stage"] or "").capitalize()
    orcid = f"ORCID <https://orcid.org/{orcid_id(profile['orcid'])}>" if profile["orcid"] else ""
    about = [_commas(stage, profile["program"], profile["institution"]), line(profile["email"] or ""), orcid]
    if any(about):
        yield " · ".join(filter(None, about))


def _commas(*texts: str | None) -> str:
    return ", ".join(line(text) for text in texts if text)


def _by_scope(entries: Sequence[Entry], own: OwnName) -> Iterator[str]:
    """Yield presentations under their scope, from local to international; in one list if none has a scope."""
    if not any(entry.cv["scope"] for entry in entries):
        yield _items(entries, own)
        return
    for scope in (*vocabulary.SCOPES, None):
        if some := [entry for entry in entries if entry.cv["scope"] == scope]:
            yield from (f"### {scope.capitalize() if scope else 'Other'}", _items(some, own))


def _items(entries: Sequence[Entry], own: OwnName) -> str:
    return "\n".join(f"- {_item(entry, own)}" for entry in entries)


def _item(entry: Entry, own: OwnName) -> str:
    """Return `2025–2026: Lecturer, title, venue (with William Osler)`."""
    cv = entry.cv
    if cv["citation"]:
        return _with_bold(cv["citation"], own)
    written_by = f"{_with_bold(cv['authors'], own)}: " if cv["authors"] else ""
    people = f" (with {joined([line(name) for name in entry.credit])})" if entry.credit and not cv["authors"] else ""
    state = f", {_ACCEPTED['submitted']}" if entry.is_submitted else ""
    named = (cv["title"], cv["role"]) if cv["section"] == "skill" else (cv["role"], cv["title"])
    words = _commas(*named, cv["venue"], cv["place"])
    text = f"{written_by}{words}{state}{people}{_address(entry, ', ')}"
    return f"{span}: {text}" if (span := _years(entry)) else text


def _years(entry: Entry) -> str:
    """Return the years of an entry: `2025–2026`, `2025–present`, `2025`."""
    first = entry.start[:4]
    if entry.is_ongoing:
        return f"{first}–present" if first else ""
    return first if entry.year == first else f"{first}–{entry.year}"


def _publication(entry: Entry, own: OwnName) -> str:
    """Return `authors. title. *venue*, year, in press. <https://doi.org/…>`."""
    cv = entry.cv
    if cv["citation"]:
        return _with_bold(cv["citation"], own)
    people = "" if cv["authors"] or not entry.credit else f"with {joined([line(name) for name in entry.credit])}"
    venue = f"*{line(cv['venue'])}*" if cv["venue"] else ""
    where = [venue, _commas(cv["place"]), entry.year, _ACCEPTED.get(cv["state"] or "", ""), people]
    parts = [_with_bold(cv["authors"] or "", own), line(cv["title"] or ""), ", ".join(filter(None, where))]
    return " ".join(_ended(part) for part in parts if part) + _address(entry, " ")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _address(entry: Entry, before: str) -> str:
    return f"{before}<{entry.address}>" if entry.address else ""


def _with_bold(text: str, own: OwnName) -> str:
    """Return a text in which the own name is bold."""
    parts, done = [], 0
    text = one_line(text)
    for start, end in own.places(text):
        parts += [_kept(text[done:start]), f"**{line(text[start:end])}**"]
        done = end
    return "".join([*parts, _kept(text[done:])])


def _kept(text: str) -> str:
    """Return a part of a line, escaped, with the blanks around it."""
    inner = line(text)
    return f"{' ' * text.startswith(' ')}{inner}{' ' * text.endswith(' ')}" if inner else text
