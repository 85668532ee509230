"""Which entries a CV has, in which order, and under which name the resident is among the authors."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from factories import make_note, make_profile
from mentorlog.domain import cv
from mentorlog.domain.cv import Entries, OwnName
from mentorlog.domain.query import About
from mentorlog.models.cv import Cv
from mentorlog.models.profile import Stage
from mentorlog.models.record import view
from mentorlog.models.view_types import NoteView
from mentorlog.store.format.document import profile_view

PROFILE = make_profile(
    cv=(
        Cv(section="education", title="Doctor of Medicine", start="2021", end="2025"),
        Cv(section="award", title="Prize of the class", start="2025-06"),
    )
)


def win(
    id: str, *, links: tuple[str, ...] = (), mentors: tuple[str, ...] = (), goal: str | None = None, **place: Any
) -> NoteView:
    """Return a win of today, with a place in the CV if it has a section."""
    at = Cv(**place) if place else None
    found: NoteView = view(
        make_note(id=id, kind="win", text="Kept to myself", links=links, mentors=mentors, goal=goal, cv=at)
    )
    return found


def made(*wins: NoteView, about: About = cv.EVERYTHING, profile: Any = PROFILE, **options: Any) -> Entries:
    """Return the entries of a profile and of wins."""
    return cv.entries(profile_view(profile), wins, {"osler": "William Osler", "curie": "Marie Curie"}, about, **options)


def titles(entries: Entries) -> dict[str, list[str]]:
    """Return the titles by section."""
    return {section: [one.text for one in some] for section, some in entries.sections.items()}


def stage(word: str, level: str | None, first: str | None, last: str | None, place: str = "Sample Hospital") -> Stage:
    """A stage of the career."""
    days = {"from": first and date.fromisoformat(first), "to": last and date.fromisoformat(last)}
    values: dict[str, Any] = {"stage": word, "level": level, "institution": place, **days}
    return Stage(**values)


STAGES = (
    stage("student", None, None, "2025-06-30", "Geneva Medical College"),
    stage("intern", "PGY-1", "2025-07-01", "2026-06-30"),
    stage("resident", "PGY-2", "2026-07-01", "2027-06-30"),
    stage("resident", "PGY-3", "2027-07-01", "2028-06-30"),
    stage("fellow", "PGY-4", "2028-07-01", None, "Johns Hopkins"),
)


def test_stages_are_the_postgraduate_training() -> None:
    """The years of one stage at one place are one entry; a profile with entries of its own has only those."""
    found = made(profile=make_profile(stages=STAGES)).sections["training"]
    own = Cv(section="training", title="Residency in surgery", start="2025")

    assert [(one.text, one.cv["venue"], one.start, one.end, one.is_ongoing) for one in found] == [
        ("Fellowship", "Johns Hopkins", "2028-07", "", True),
        ("Residency", "Sample Hospital", "2026-07", "2028-06", False),
        ("Internship", "Sample Hospital", "2025-07", "2026-06", False),
    ]
    assert titles(made(profile=make_profile(stages=STAGES, cv=(own,)))) == {"training": ["Residency in surgery"]}


def test_entries_of_wins_and_of_the_profile_are_one_list() -> None:
    """Sections have their order, entries are newest first, and empty sections are not there."""
    entries = made(
        win("n2222", section="skill", title="German"),
        win("n3333", section="award", title="Older", start="2019-01-01", end="2020"),
        win("n4444", section="award", title="Newest", start="2026"),
    )

    assert titles(entries) == {
        "education": ["Doctor of Medicine"], "award": ["Newest", "Prize of the class", "Older"], "skill": ["German"],
    }  # fmt: skip
    assert entries.count == 5


def test_what_goes_on_is_newest_and_what_is_submitted_last() -> None:
    """Both ways round; an entry with one date that goes on has no end."""
    wins = [
        win("n2222", section="grant", title="Ongoing", start="2020", state="active"),
        win("n3333", section="grant", title="Ended", start="2024", end="2026-03", state="ended"),
        win("n4444", section="grant", title="Waits", start="2026-04", state="submitted"),
        win("n5555", section="grant", title="First", start="2019"),
    ]

    assert titles(made(*wins))["grant"] == ["Ongoing", "Ended", "First", "Waits"]
    assert titles(made(*wins, oldest_first=True))["grant"] == ["First", "Ended", "Ongoing", "Waits"]
    assert titles(made(*wins, with_submitted=False))["grant"] == ["Ongoing", "Ended", "First"]


@pytest.mark.parametrize("state", ["idea", "draft"])
def test_what_is_not_sent_is_never_in_it(state: str) -> None:
    """An idea and a draft are nobody's business, whatever is asked for."""
    entries = made(
        win("n2222", section="article", title="Someday", state=state), win("n3333", section="article", state=state)
    )

    assert "article" not in entries.sections
    assert not entries.without_title


def test_the_order_does_not_depend_on_that_of_the_records() -> None:
    """Of entries with the same date, the title decides, then the id."""
    wins = [
        win(id, section="award", title=title, start="2026") for id, title in (("n3", "B"), ("n2", "A"), ("n1", "B"))
    ]

    assert [one.key for one in made(*wins).sections["award"]][:3] == ["n2", "n1", "n3"]
    assert made(*wins).sections == made(*reversed(wins)).sections


def test_a_win_without_a_section_or_title_is_named_and_not_guessed() -> None:
    """Its text is never its title; the commands that give it a place are known."""
    bare, untitled = win("n2222"), win("n3333", section="award")
    entries = made(bare, untitled)

    assert entries.without_section == [bare] and entries.without_title == [untitled]
    assert "Kept to myself" not in str(titles(entries))
    assert cv.section_for(bare) == "mentorlog set n2222 cv.section=abstract"
    assert cv.title_for(untitled) == "mentorlog set n3333 cv.title='Kept to myself'"


def test_a_citation_stands_for_a_title() -> None:
    """An entry with a citation needs no title."""
    entries = made(win("n2222", section="article", citation="Blackwell E. On fever. 1849."))

    assert titles(entries)["article"] == ["Blackwell E. On fever. 1849."]


def test_with_a_mentor_or_a_goal_there_are_only_wins() -> None:
    """What was done with somebody: entries of the profile name nobody."""
    with_osler = win("n2222", section="award", title="Ours", mentors=("osler", "freud", "curie"))

    for about in (About(mentors=("osler",)), About(goal="g7k3q")):
        assert titles(made(with_osler, about=about)) == {"award": ["Ours"]}
    assert made(with_osler).sections["award"][0].credit == ["William Osler", "Marie Curie"]


@pytest.mark.parametrize(
    ("about", "shown"),
    [
        (About(since="2026-05-01"), ["Goes on", "May", "Year"]),
        (About(since="2026-06-01"), ["Goes on", "Year"]),
        (About(until="2024-12-31"), ["Goes on", "Old"]),
        (About(since="2027-01-01"), ["Goes on"]),
    ],
)
def test_a_period_counts_by_the_dates_of_the_entries(about: About, shown: list[str]) -> None:
    """A year is within every period of it, and what goes on ends in none."""
    wins = [
        win("n2222", section="service", title="Goes on", start="2020", state="active"),
        win("n3333", section="service", title="May", start="2026-05"),
        win("n4444", section="service", title="Year", start="2026"),
        win("n5555", section="service", title="Old", start="2019", end="2022"),
    ]

    assert titles(made(*wins, profile=make_profile(), about=about)).get("service", []) == shown


def test_a_win_without_dates_has_the_year_of_its_day() -> None:
    """No more of it than the year."""
    [entry] = made(win("n2222", section="grant", title="x")).sections["grant"]

    assert (entry.start, entry.end, entry.year) == ("2026", "", "2026")


def test_a_doi_is_taken_from_the_links_of_a_win() -> None:
    """Unless it has one of its own; a PMID stands in for both."""

    def address(*links: str, **place: str) -> str:
        [entry] = made(win("n2222", section="article", title="x", links=links, **place)).sections["article"]
        return entry.address

    assert address("https://doi.org/10.2000/y", doi="doi:10.1000/x") == "https://doi.org/10.1000/x"
    assert address("~/x", "https://doi.org/10.2000/y?", pmid="123") == "https://doi.org/10.2000/y%3F"
    assert address("~/x", pmid="123") == "https://pubmed.ncbi.nlm.nih.gov/123/"
    assert address("~/x") == ""


def test_the_keys_of_the_profile_are_its_words() -> None:
    """They differ, and stay the same where other entries come and go."""
    one, other = Cv(section="article", title="On fever, again", end="1849"), Cv(section="media", title="日本")
    [first, second] = made(profile=make_profile(cv=(one, one))).sections["article"]
    [third] = made(profile=make_profile(cv=(other, one))).sections["media"]

    assert (first.key, second.key, third.key) == (
        "article-1849-on-fever-again",
        "article-1849-on-fever-again-2",
        "media",
    )


# The own name


def own(name: str | None, me: str | None = None) -> OwnName:
    """Return the own name of a profile."""
    return cv.own_name(profile_view(make_profile(name=name)), me)


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("Elizabeth Blackwell", "Blackwell E"),
        ("Dr. Elizabeth Blackwell, MD", "Blackwell E"),
        ("Mary Jo Osler", "Osler MJ"),
        ("Semmelweis", "Semmelweis"),
        (None, ""),
    ],
)
def test_the_own_name_is_that_of_the_profile(name: str | None, usual: str) -> None:
    """The surname and initials, without titles and degrees."""
    assert own(name).usual == usual


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Osler W, Blackwell E, Curie M", ["Blackwell E"]),
        ("Blackwell E., Osler W.", ["Blackwell E"]),
        ("Blackwell, E.", ["Blackwell, E"]),
        ("E. Blackwell and M. Curie", ["E. Blackwell"]),
        ("Elizabeth Blackwell; BLACKWELL E", ["Elizabeth Blackwell", "BLACKWELL E"]),
        ("Blackwell Emily, Blackwell EM, Blackwell E.M., Blackwell E-M", []),
        ("Blackwell et al", []),
        ("Blackwellson E, McBlackwell E", []),
        ("", []),
    ],
)
def test_the_own_name_is_found_among_authors(text: str, found: list[str]) -> None:
    """In its usual forms, as whole words, and not in the names of others."""
    assert [text[start:end] for start, end in own("Elizabeth Blackwell").places(text)] == found


def test_a_name_that_is_given_is_taken_literally() -> None:
    """And it alone."""
    assert own("Elizabeth Blackwell", "Black(well").places("Black(well, Blackwell E") == [(0, 10)]
    assert own(None).places("Anybody") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Blackwell E, Osler W", ["Blackwell E", "Osler W"]),
        ("Osler, W., Blackwell, E. and Röntgen, W.C.", ["Osler, W.", "Blackwell, E.", "Röntgen, W.C."]),
        ("W. Osler, E. Blackwell & M. Curie", ["W. Osler", "E. Blackwell", "M. Curie"]),
        ("A; Institute of Arts and Sciences", ["A", "Institute of Arts and Sciences"]),
        ("Blackwell E, et al.", ["Blackwell E", "et al."]),
        (" , and ,", []),
    ],
)
def test_authors_are_told_apart(text: str, names: list[str]) -> None:
    """By semicolons, else by commas and `and`; initials stay with their surname."""
    assert cv.authors(text) == names
