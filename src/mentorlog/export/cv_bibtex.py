"""The publications of a CV as BibTeX; every text is escaped for TeX, and braces stay balanced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mentorlog.domain.cv import Entries, Entry, authors
from mentorlog.output.text import safe

_TYPES = {"article": "article", "chapter": "incollection", "abstract": "inproceedings"}
_VENUES = {"article": "journal", "chapter": "booktitle", "abstract": "booktitle"}
_BETWEEN = " and "  # authors
_NOTES = {"accepted": "Accepted", "in_press": "In press", "submitted": "In review"}
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    # \{ would count as a brace
    **{"\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}"},
    **{"~": "\\textasciitilde{}", "^": "\\textasciicircum{}", '"': "\\textquotedbl{}"},
}
_TABLE = str.maketrans(_SIGNS)


def document(entries: Entries) -> str:
    """Return an entry for each publication, in the order of the CV."""
    return "\n".join(_entry(entry) for some in entries.sections.values() for entry in some)


def _entry(entry: Entry) -> str:
    cv = entry.cv
    kind = _TYPES[cv["section"]] if cv["title"] else "misc"
    lines = (f"  {name} = {{{value}}},\n" for name, value in _fields(entry) if value)
    return f"@{kind}{{{entry.key},\n{''.join(lines)}}}\n"


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    cv = entry.cv
    yield "author", _BETWEEN.join(map(_author, authors(cv["authors"] or "")))
    yield "title", f"{{{escaped(cv['title'])}}}" if cv["title"] else ""
    yield _VENUES[cv["section"]], escaped(cv["venue"] or "")
    yield "address", escaped(cv["place"] or "")
    yield "year", entry.year
    yield "month", _month(entry)
    yield "doi", escaped(entry.doi)
    yield "pmid", cv["pmid"] or ""
    yield "note", _NOTES.get(cv["state"] or "", "") if cv["title"] else escaped(cv["citation"] or "")


def _month(entry: Entry) -> str:
    return str(int((entry.end or entry.start)[5:7] or 0) or "")


def _author(name: str) -> str:
    """Return an author as BibTeX reads one: `Osler, W` for `Osler W`; `others` for et al."""
    if re.fullmatch(r"et\.? al\.?", name, re.IGNORECASE):
        return "others"
    if re.search(r"\b(?:and|others)\b", name, re.IGNORECASE):  # of an organization, not between people
        return f"{{{escaped(name)}}}"
    *before, last = name.split()
    letters = last.replace(".", "").replace("-", "")
    if before and "," not in name and letters.isalpha() and letters.isupper() and len(letters) <= 3:
        return f"{escaped(' '.join(before))}, {escaped(last)}"
    return escaped(name)


def escaped(text: str) -> str:
    """Return a text of one line for TeX."""
    return " ".join(safe(text, document=True).split()).translate(_TABLE)
