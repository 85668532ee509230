"""The entries of a CV: the wins with a place in it, and those of the profile. Pure.

Of a win only its `cv`, its day and who is credited are used, never its text or outcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from mentorlog import names as of_people
from mentorlog.domain.query import About
from mentorlog.models.cv import find_doi
from mentorlog.models.views import View, heading
from mentorlog.values import Value
from mentorlog.vocabulary import CV_SECTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.cv import Cv
    from mentorlog.models.view_types import CvView, NoteView, ProfileView

UNSEEN = ("idea", "draft")
"""The states of what is never in a CV."""

EVERYTHING = About()
_OPEN_END = "9999"
_TRAINING = "training"
_TRAININGS = {"intern": "Internship", "resident": "Residency", "fellow": "Fellowship"}


class Entry(Value):
    """One entry, from a win or from the profile."""

    cv: CvView
    key: str
    """What it is called in a bibliography: the id of the win, or a name made of the entry."""
    day: str
    """The day of the win, for an entry without dates; "" if there is none."""
    doi: str
    credit: Sequence[str] = ()
    """The names of the mentors of the win."""

    @property
    def start(self) -> str:
        """When it began or happened: a year, a month or a day."""
        return self.cv["start"] or self.cv["end"] or self.day[:4]

    @property
    def end(self) -> str:
        """When it ended; "" if it has one date, or goes on."""
        return self.cv["end"] or ""

    @property
    def is_ongoing(self) -> bool:
        """Whether it goes on."""
        return self.cv["state"] == "active" and not self.cv["end"]

    @property
    def is_submitted(self) -> bool:
        """Whether nobody has accepted it yet."""
        return self.cv["state"] == "submitted"

    @property
    def year(self) -> str:
        """The last year of it, as in a reference."""
        return (self.end or self.start)[:4]

    @property
    def address(self) -> str:
        """The address of its DOI, else of its PMID; "" if it has neither."""
        from urllib.parse import quote

        if self.doi:
            return f"https://doi.org/{quote(self.doi, safe='/:;()-._')}"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.cv['pmid']}/" if self.cv["pmid"] else ""

    @property
    def text(self) -> str:
        """The title, or the citation of an entry without one."""
        return self.cv["title"] or self.cv["citation"] or ""

    def is_within(self, since: str | None, until: str | None) -> bool:
        """Return whether a part of it is in a period; of two dates the less exact one decides."""
        last = _OPEN_END if self.is_ongoing else self.end or self.start
        begun = until is None or self.start <= until[: len(self.start)]
        return begun and (since is None or not last or last >= since[: len(last)])


class Entries(Value):
    """The entries of a CV by section, in order, and the wins that cannot be in it as they are."""

    sections: Mapping[str, Sequence[Entry]]
    without_section: Sequence[NoteView]
    without_title: Sequence[NoteView]

    @property
    def count(self) -> int:
        """The number of entries."""
        return sum(map(len, self.sections.values()))

    def only(self, sections: Sequence[str]) -> Entries:
        """Return the entries of some sections."""
        return self.but(sections={name: some for name, some in self.sections.items() if name in sections})


def entries(
    profile: ProfileView,
    wins: Iterable[NoteView],
    names: Mapping[str, str],
    about: About = EVERYTHING,
    *,
    oldest_first: bool = False,
    with_submitted: bool = True,
) -> Entries:
    """Return the entries of a period, newest first unless `oldest_first`; what is submitted comes last.

    `names` has the mentors who may be named. Of some mentors or a goal, to which the wins belong, the profile has none.
    """
    found, no_section, no_title = [], [], []
    for win in wins:
        entry = _of_win(win, names) if win["cv"] else None
        if entry is None:
            if _day_within(win["on"], about):
                no_section.append(win)
        elif entry.text:
            found.append(entry)
        elif _is_asked(entry, about, with_submitted):
            no_title.append(win)
    if not about.mentors and about.goal is None:
        found += _of_profile(profile)
    ordered = sorted(found, key=lambda one: (one.text, one.key))
    ordered.sort(key=_when, reverse=not oldest_first)
    ordered.sort(key=lambda one: one.is_submitted)
    shown = [one for one in ordered if _is_asked(one, about, with_submitted)]
    by_section = {name: [one for one in shown if one.cv["section"] == name] for name in CV_SECTIONS}
    return Entries({name: some for name, some in by_section.items() if some}, no_section, no_title)


def _when(entry: Entry) -> tuple[str, str]:
    return _OPEN_END if entry.is_ongoing else entry.end or entry.start, entry.start


def _is_asked(entry: Entry, about: About, with_submitted: bool) -> bool:
    is_seen = entry.cv["state"] not in UNSEEN and (with_submitted or not entry.is_submitted)
    return is_seen and entry.is_within(about.since, about.until)


def _day_within(day: str, about: About) -> bool:
    return (about.since is None or day >= about.since) and (about.until is None or day <= about.until)


def _of_win(win: NoteView, names: Mapping[str, str]) -> Entry:
    cv = win["cv"]
    assert cv is not None
    doi = find_doi(cv["doi"] or "") or next(filter(None, map(find_doi, win["links"])), "")
    credit = [names[id] for id in win["mentors"] if id in names]
    day = win["on"] if win["on"] >= "1000" else ""  # as the dates of an entry
    return Entry(cv, win["id"], day, doi, credit)


def _of_profile(profile: ProfileView) -> list[Entry]:
    found, keys = [], set[str]()
    has_training = any(cv["section"] == _TRAINING for cv in profile["cv"])
    for cv in (*profile["cv"], *(() if has_training else _trainings(profile))):
        first = key = _slug(cv)
        number = 2
        while key in keys:
            key, number = f"{first}-{number}", number + 1
        keys.add(key)
        found.append(Entry(cv, key, "", find_doi(cv["doi"] or "")))
    return found


def _trainings(profile: ProfileView) -> Iterator[CvView]:
    """Yield the stages of postgraduate training: the years of one at one institution are one entry."""
    known = (one for one in profile["stages"] if one["stage"] in _TRAININGS and (one["from"] or one["to"]))
    for (stage, place), group in groupby(known, key=lambda one: (one["stage"], one["institution"])):
        years = list(group)
        first, last = years[0]["from"], years[-1]["to"]
        yield {
            "section": _TRAINING,
            "title": _TRAININGS[stage],
            "authors": None,
            "venue": place,
            "place": None,
            "role": None,
            "start": first and first[:7],
            "end": last and last[:7],
            "state": None if last else "active",
            "scope": None,
            "doi": None,
            "pmid": None,
            "citation": None,
        }


def _slug(cv: CvView) -> str:
    """Return a name for an entry of the profile that other entries do not change: `abstract-1849-a-rare-cause`."""
    from mentorlog.fold import words

    year = (cv["end"] or cv["start"] or "")[:4]
    plain = (word for word in words(cv["title"] or cv["citation"] or "") if word.isascii() and word.isalnum())
    return "-".join(filter(None, (cv["section"], year, *list(plain)[:3])))


def titled(cv: Cv | None, text: str) -> Cv | None:
    """Return a place in the CV with the first line of a text as its title, if it has neither title nor citation."""
    from dataclasses import replace

    if cv is None or cv.title or cv.citation or not text.strip():
        return cv
    return replace(cv, title=heading({"record": "note", "text": text}))


def section_for(win: NoteView) -> str:
    """Return the command that gives a win a section of the CV."""
    return f"mentorlog set {win['id']} cv.section=abstract"


def title_for(win: NoteView) -> str:
    """Return the command that makes the first line of a win its title in the CV."""
    from shlex import quote

    return f"mentorlog set {win['id']} cv.title={quote(heading(win))}"


# The own name among authors


class OwnName(Value):
    """The resident's name among authors: as it is usually written, and patterns for all its forms."""

    usual: str
    patterns: Sequence[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where it stands in a text, by start and end."""
        if not self.patterns:
            return []
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(self.patterns)})(?!\w)(?![.-]\w)", re.IGNORECASE)
        return [match.span() for match in pattern.finditer(text)]


def own_name(profile: View, me: str | None) -> OwnName:
    """Return the name of the profile in its usual forms, such as `Blackwell E`; only `me` if it is given."""
    if me is not None and me.strip():
        return OwnName(me.strip(), [re.escape(me.strip())])
    *given, last = of_people.bare(profile["name"] or "") or [""]
    letters = [name[0] for name in given if name[0].isalpha()]
    if not last or not letters:
        return OwnName(last, [re.escape(last)] if last else [])
    each = r"\.?[ -]?".join(map(re.escape, letters))
    full = r"\s+".join(map(re.escape, given))
    first = rf"(?:{full}|{re.escape(given[0])}|{each}|{re.escape(letters[0])})"
    surname = re.escape(last)
    return OwnName(f"{last} {''.join(letters).upper()}", [rf"{surname},?\s+{first}", rf"{first}\.?\s+{surname}"])


def authors(text: str) -> list[str]:
    """Return the authors in a text one by one: between semicolons, or between `and`s and commas."""
    if ";" in text:
        parts = text.split(";")
    else:
        parts = [part for one in re.split(r"(?:^|[\s,])(?:and|&)\s", text) for part in _at_commas(one)]
    return [part.strip() for part in parts if part.strip()]


def _at_commas(text: str) -> list[str]:
    """Return the parts between commas; `Osler, W.` is one, and `Osler W` is one."""
    found: list[str] = []
    for part in text.split(","):
        part = part.strip()
        if found and _are_initials(part) and not _has_initials(found[-1]):
            found[-1] = f"{found[-1]}, {part}"
        elif part:
            found.append(part)
    return found


def _are_initials(text: str) -> bool:
    letters = text.replace(".", " ").replace("-", " ").split()
    return text.isupper() and bool(letters) and all(len(one) <= 3 and one.isalpha() for one in letters)


def _has_initials(name: str) -> bool:
    *before, last = name.split()
    return "," in name or (bool(before) and _are_initials(last))
