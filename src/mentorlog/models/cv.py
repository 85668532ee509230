"""The place of something in the CV: part of a win, or of the profile."""

from __future__ import annotations

import re

from mentorlog import vocabulary
from mentorlog.errors import BadValue, shortened
from mentorlog.models import fields as f
from mentorlog.models.record import Part

_DOI = r"10\.[0-9]{4,9}/[^\s<>]+"
_DAY = r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"


@f.declared
class Cv(Part):
    """One entry of a CV; `citation` replaces the line that is composed of the other fields."""

    section: str = f.required(f.word(vocabulary.CV_SECTIONS, to=f.BOTH))
    title: str | None = f.line(to=f.BOTH)
    authors: str | None = f.line(to=f.BOTH)
    venue: str | None = f.line(to=f.BOTH)
    place: str | None = f.line(to=f.BOTH)
    role: str | None = f.line(to=f.BOTH)
    start: str | None = f.line(search=f.NOWHERE, to=f.BOTH)
    end: str | None = f.line(search=f.NOWHERE, to=f.BOTH)
    state: str | None = f.word(vocabulary.CV_STATES, roads=((*vocabulary.UNPUBLISHED, "published"),), to=f.BOTH)
    scope: str | None = f.word(vocabulary.SCOPES, to=f.BOTH)
    doi: str | None = f.line(to=f.BOTH)
    pmid: str | None = f.line(to=f.BOTH)
    citation: str | None = f.line(to=f.BOTH)

    def _check(self) -> None:
        for name, day in (("start", self.start), ("end", self.end)):
            if day is not None and not _is_day(day):
                sentence = f"{name} {shortened(day)} is not a year, a month or a day."
                raise BadValue(name, sentence, "write it like 2026, 2026-05 or 2026-05-14")
        if self.start and self.end and self.end < self.start[: len(self.end)]:
            raise BadValue("end", f"end ({self.end}) is before start ({self.start}).", "check both dates")
        if self.doi is not None and not find_doi(self.doi):
            raise BadValue("doi", f"{shortened(self.doi)} is not a DOI.", "write it like 10.1000/xyz123")
        if self.pmid is not None and not (self.pmid.isascii() and self.pmid.isdigit() and len(self.pmid) < 10):
            raise BadValue("pmid", f"{shortened(self.pmid)} is not a PMID.", "write only its digits, like 17284678")


def find_doi(text: str) -> str:
    """Return the DOI in a text or an address, without the period of a sentence; "" if there is none."""
    found = re.search(_DOI, text)
    return found[0].rstrip(".,;") if found else ""


def _is_day(text: str) -> bool:
    if not re.fullmatch(_DAY, text):
        return False
    from datetime import date

    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:  # 2026-02-30
        return False
    return True
