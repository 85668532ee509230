"""Names in a foreign file find the mentors of the journal; who is not there is counted, or added if asked for."""

from __future__ import annotations

import pytest

from mentorlog.domain.people import Person
from mentorlog.exchange.directory import Directory, name_of

PEOPLE = [
    Person("osler", "William Osler", "Bill"),
    Person("curie", "Marie Curie"),
    Person("joliot", "Irène Joliot-Curie"),
    Person("rontgen", "Wilhelm Conrad Röntgen"),
]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        *(("osler", "osler"), ("OSLER", "osler"), ("@osler", "osler"), ("bill", "osler"), ("William Osler", "osler")),
        *(("Osler, William", "osler"), ("Prof. Osler", "osler"), ("william.osler", "osler")),
        *(
            ("marie", "curie"),
            ("curie", "curie"),
            ("Irene Joliot", "joliot"),
            ("Roentgen", "rontgen"),
            ("rontgen", "rontgen"),
        ),
        *(("wilhelm_conrad_röntgen", "rontgen"), ("Will", None), ("Curie Joliot", "joliot"), ("", None), (" ", None)),
        *(("osler@example.org", "osler"), ("rontgen", "rontgen"), ("[/b] =1+1", None), ("\x1b[31m", None)),
    ],
)
def test_a_name_finds_one_mentor(name: str, id: str | None) -> None:
    """An id, a nickname, an address, a full name in any order, or whole words that fit one mentor only."""
    assert Directory(PEOPLE, {"Osler@Example.org": "osler"}).find(name) == id


def test_strangers_are_counted_once_by_name() -> None:
    """A name that is looked for in other spellings is one stranger; what may be no name is not counted."""
    people = Directory(PEOPLE)
    for name in ("virchow", "Virchow", "@virchow", "Emmy Noether"):
        assert people.find(name) is None
    assert people.find("research", count=False) is None

    assert people.strangers == {"Virchow": 3, "Emmy Noether": 1}
    assert not people.added and not people.unclear


def test_a_name_that_fits_several_is_nobody() -> None:
    """It is told apart from strangers, and never added."""
    people = Directory([Person("chen", "Grace Chen"), Person("chen-2", "Li Chen")], add=True)

    assert people.find("Dr. Chen") is None
    assert (people.unclear, people.strangers, people.added) == ({"Dr. Chen": 1}, {}, {})
    assert people.several("chen") == () and people.several("Dr. Chen") == ("chen", "chen-2")


def test_unknown_people_are_added_if_asked_for() -> None:
    """Each once, under an id that is known at once and found again."""
    people = Directory(PEOPLE, add=True)

    assert [people.find(name) for name in ("rudolf.virchow", "Rudolf Virchow", "William Curie")] == [
        "virchow",
        "virchow",
        "curie-2",
    ]
    assert people.find("virchow") == "virchow"
    assert people.find("research", count=False) is None
    assert people.added == {"virchow": "Rudolf Virchow", "curie-2": "William Curie"}
    assert not people.strangers


def test_an_address_finds_its_mentor() -> None:
    """Case and `mailto:` do not matter, and nobody is counted."""
    people = Directory(PEOPLE, {"Osler@example.org": "osler"})

    assert people.by_email("MAILTO:osler@EXAMPLE.org ") == "osler"
    assert people.by_email("curie@example.org") is None
    assert not people.strangers


@pytest.mark.parametrize(
    ("text", "name"),
    [("rudolf.virchow", "Rudolf Virchow"), ("@emmy_noether", "Emmy Noether"), ("W. Osler", "W. Osler"), ("é", "é")],
)
def test_a_name_is_written_as_people_write_it(text: str, name: str) -> None:
    """Only what is all lower case is changed."""
    assert name_of(text) == name
