"""What of a person's name is a title, which word is the surname, and which names a text fits."""

from __future__ import annotations

import pytest

from effort import effort
from mentorlog import ids, names


def free(_: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Elizabeth Garrett Anderson (London)", "anderson"),
        ("Elizabeth Garrett Anderson [London]", "anderson"),
        ("Elizabeth Garrett Anderson – London", "anderson"),
        ("Elizabeth Garrett Anderson - New Hospital, London", "anderson"),
        ("Elizabeth Garrett Anderson—London", "anderson"),
        ("Elizabeth Garrett Anderson -London", "anderson"),
        ("Elizabeth Garrett Anderson, London", "anderson"),
        ("Elizabeth Garrett Anderson | London", "anderson"),
        ("Elizabeth Anderson née Garrett", "anderson"),
        ("Anderson, Elizabeth Garrett (London)", "anderson"),
        ("William Osler <osler@example.org>", "osler"),
        ("Sir Ronald Ross (ret.)", "ross"),
        ("Ronald Ross, ret.", "ross"),
        ("Ronald Ross Ret.", "ross"),
        ("Dame Cicely Saunders, OM", "saunders"),
        ("Lord Joseph Lister", "lister"),
        ("Prof. Dr. med. Dr. h.c. Rudolf Virchow", "virchow"),
        ("Univ.-Prof. Dr. Ignaz Semmelweis", "semmelweis"),
        ("Priv.-Doz. Dr.med. Ernst Mach", "mach"),
        ("PD Dr. Anna Weiß", "weiss"),
        ("Prof. em. Lise Meitner", "meitner"),
        ("Lise Meitner, emerita", "meitner"),
        ("Ms Ada Lovelace, M.Sc.", "lovelace"),
        ("William Osler MD/PhD FRCS(Ed)", "osler"),
        ("William Osler MD-PhD", "osler"),
        ("Martin Luther King Jr.", "king"),
        ("Osler W", "osler"),
        ("Osler W.", "osler"),
        ("Osler W.B.", "osler"),
        ("Osler W. B.", "osler"),
        ("Osler WB", "osler"),
        ("Osler, W", "osler"),
        ("Smith JA", "smith"),
        ("Wei WU", "wu"),
        ("Jack Ma", "ma"),
        ("Antonie van Leeuwenhoek", "leeuwenhoek"),
        ("Juana Inés de la Cruz", "cruz"),
        ("Jean-Baptiste de Lamarck", "lamarck"),
        ("Dr. María-José O'Neill-García, MD, PhD", "oneill-garcia"),
        ("Frédéric Joliot-Curie", "joliot-curie"),
        ("Eugène Osty", "osty"),
        ("Phil Smith", "smith"),
        ("Gen Sato", "sato"),
        ("Watchman Nee", "nee"),
        ("Chen Wei", "wei"),
        ("W.", "w"),
        ("Prof.", "prof"),
        ("(London)", "london"),
        ("- London", "london"),
        ("Ann Con", "con-2"),
        ("Aux", "aux-2"),
        ("Com1", "com1-2"),
        ("Bo Lpt9", "lpt9-2"),
        ("Nul Prn", "prn-2"),
        ("Pat Profile", "profile-2"),
        ("Pat Program", "program-2"),
        ("Pat Them", "them-2"),
    ],
)
def test_an_id_comes_from_the_surname(name: str, slug: str) -> None:
    """An id for life comes from the surname: not from a remark, a town, a title, a degree or an initial.

    The members of the kind: brackets of four sorts, dashes of four, a comma, a birth name, an address; titles before
    and behind, with and without periods, in German; initials behind the surname as in citations; particles; names in
    capitals; names that Windows or mentorlog reserves. A name that puts the surname first cannot be told: --id.
    """
    assert ids.mentor_slug(name, free) == slug


@pytest.mark.parametrize("slug", ["con", "nul", "aux", "prn", "com1", "lpt0", "profile"])
def test_an_id_that_cannot_be_a_file_is_refused(slug: str) -> None:
    """A name that Windows reserves is no id, however it is given."""
    with pytest.raises(ids.BadValue):
        ids.check_slug(slug)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Frédéric Joliot", "Fre\u0301de\u0301ric Joliot"),
        ("William Osler", "dr. william  OSLER, MD"),
        ("Osler, William", "William Osler (Oxford)"),
        ("Karl Strauss", "Karl STRAUẞ"),
        ("Ann O'Brien", "Ann O’Brien"),
        ("Mary Smith-Jones", "Mary Smith Jones"),
        ("Osler W", "W. Osler"),
    ],
)
def test_the_same_full_name(one: str, other: str) -> None:
    """The check for doubles compares full names folded, without titles and remarks."""
    assert names.same(one, other) and names.same(other, one)


@pytest.mark.parametrize(
    ("text", "name", "fit"),
    [
        ("eamon", "Éamon de Valera", names.WORDS),
        ("renee", "Rene\u0301e Fleming", names.WORDS),
        ("lovborg", "Ejlert Løvborg", names.WORDS),
        ("Frédéric", "Fre\u0301de\u0301ric Joliot", names.WORDS),
        ("garcia", "María O'Neill-García", names.WORDS),
        ("O’Neill", "María O'Neill-García", names.WORDS),
        ("oneill-garcia", "María O'Neill-García", names.WORDS),
        ("grace chen", "Grace Y. Chen, MD", names.WORDS),
        ("Chen Grace", "Grace Chen", names.ALL),
        ("Dr. Grace Chen", "Grace Chen, MD", names.ALL),
        ("dr chen", "Grace Chen", names.WORDS),
        ("gra", "Grace Chen", names.BEGINNINGS),
        ("g chen", "Grace Chen", names.BEGINNINGS),
        ("grace grace", "Grace Chen", names.NOT),
        ("hen", "Grace Chen", names.NOT),
        ("c", "Grace Chen", names.NOT),
        ("", "Grace Chen", names.NOT),
        ("grace osler", "Grace Chen", names.NOT),
        ("陈伟", "陈伟", names.ALL),
        ("Ö", "Ö", names.ALL),
        ("dr. x", "X", names.ALL),
        ("李", "李明", names.BEGINNINGS),
        ("李", "李 明", names.WORDS),
        ("김", "김 소월", names.WORDS),
        ("é", "Éamon É. de Valera", names.NOT),
        ("-", "Grace Chen", names.NOT),
        (".", ".", names.NOT),
    ],
)
def test_how_a_text_fits_a_name(text: str, name: str, fit: int) -> None:
    """Each word of the text is another word of the name, or begins one; titles do not count.

    One letter is only an initial, unless it is all of the name, or a word or syllable as in Chinese and Korean.
    """
    assert names.fits(text, name) == fit


def test_names_are_folded_once() -> None:
    """Notes with many boxes look for many people among all mentors: each further one costs a comparison."""
    among = [f"Person{number} Łoś-Ågren" for number in range(300)]

    def find(text: str) -> list[int]:
        return [names.fits(text, name) for name in among]

    assert effort(lambda: find("marie curie")) > 3 * effort(lambda: find("osler"))


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        (["grace", "chen"], ["grace chen"]),
        (["grace,chen"], ["grace", "chen"]),
        (["grace,", "chen"], ["grace", "chen"]),
        (["grace", ",chen"], ["grace", "chen"]),
        (["chen", "grace", "wei"], ["chen grace", "wei"]),
        (["wei", "chen", "grace", "chen"], ["wei chen", "grace chen"]),
        (["osler", "curie"], ["osler", "curie"]),
        (["marie", "osler"], ["marie", "osler"]),
        (["Dr.", "William", "Osler,", "MD", "wei"], ["Dr. William Osler", "MD wei"]),
        (["William", "Osler,", "MD"], ["William Osler"]),
        (["Grace Chen", "wei"], ["Grace Chen", "wei"]),
        ([","], [","]),
    ],
)
def test_words_that_are_one_name(typed: list[str], people: list[str]) -> None:
    """Words that together are one person's name are that person; a comma separates people."""
    everybody = ["Wei Chen", "Grace Chen", "William Osler", "Marie Curie"]

    assert names.grouped(typed, lambda text: any(names.fits(text, one) >= names.WORDS for one in everybody)) == people


@pytest.mark.parametrize(
    ("text", "items"),
    [("osler, curie", ["osler", "curie"]), ("William Osler, MD", ["William Osler"]), (" ,", []), ("MD", ["MD"])],
)
def test_items_between_commas(text: str, items: list[str]) -> None:
    """A degree behind a name is no further person."""
    assert names.split(text) == items


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("William Osler, MD", "William Osler"),
        ("Osler, William", "William Osler"),
        ("Prof. Wilhelm Röntgen, PhD (Würzburg)", "Wilhelm Röntgen"),
        ("Dr. Osler, MD", "Dr. Osler"),
        ("Prof. Dr. med. Röntgen", "Prof. Dr. med. Röntgen"),
        ("Osler MD", "Osler"),
        ("Osler", "Osler"),
        ("Dr.", "Dr."),
        ("山田太郎", "山田太郎"),
    ],
)
def test_a_name_in_a_letter(name: str, written: str) -> None:
    """Without degrees and remarks; titles stay before a surname alone, which would be rude without."""
    assert names.addressed(name) == written
