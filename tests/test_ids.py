"""Ids, slugs, words in file names, and the shortest prefixes that tell ids apart."""

from __future__ import annotations

import string
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog import ids
from mentorlog.errors import BadValue, MentorlogError
from mentorlog.store.index.query import prefix_length

IDS = st.builds(
    "{}{}".format,
    st.sampled_from(sorted(ids.LETTERS.values())),
    st.text(ids.ALPHABET, min_size=4, max_size=4),
)
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True)


def free(_):
    return False


@pytest.mark.parametrize("kind", ids.LETTERS)
def test_a_new_id_is_its_kinds_letter_and_four_signs(kind):
    """An id tells its kind by its first letter and has the form of an id."""
    made = ids.new(kind, free)

    assert made[0] == ids.LETTERS[kind]
    assert ids.is_id(made)
    assert kind == ids.kind_of(made)


def test_a_new_id_is_never_a_taken_one():
    """What is taken is drawn again."""
    draws = iter([bytes(8), bytes(8), bytes([1] * 8)])

    assert ids.new("goal", {"g2222"}.__contains__, lambda _: next(draws)) == "g3333"


def test_bytes_that_would_favour_a_letter_are_passed_over():
    """252 is the largest multiple of 28 in a byte: what lies above is not used."""
    draws = iter([bytes([255, 254, 253, 252, 251, 0, 1, 28]), bytes([252] * 5 + [0, 0, 0]), bytes(8)])

    assert ids.new("task", free, lambda _: next(draws)) == "tz232"
    assert ids.new("task", free, lambda _: next(draws)) == "t2222"


def test_every_sign_is_equally_likely():
    """Over all bytes each sign of the alphabet comes up equally often."""
    found = Counter()
    for byte in range(256):
        draws = iter([bytes([byte] * 8), bytes(8)])
        made = ids.new("note", free, lambda _, draws=draws: next(draws))
        if byte < 252:
            found[made[1]] += 1

    assert dict.fromkeys(ids.ALPHABET, 9) == dict(found)


def test_when_nothing_is_free_it_says_so():
    """A journal without a free id ends in an error, not in an endless search."""
    with pytest.raises(MentorlogError, match="No free id"):
        ids.new("goal", lambda _: True, bytes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "g",
        "g7k3",
        "g7k3qq",
        "x7k3q",
        "G7K3Q",
        "g7k3a",
        "g7k31",
        "g7k3l",
        "g7k3\n",
        "osler",
        "g7k3é",
        "ｇ7k3q",
    ],
)
def test_what_is_no_id(text):
    """Another length, letter or alphabet makes it no id."""
    assert not ids.is_id(text)
    assert ids.kind_of(text) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Submit case report", "submit-case-report"),
        ("  Röntgen's  X-ray: 50 % more!  ", "rontgens-x-ray-50-more"),
        ("Straße, Ærø & Łódź", "strasse-aero-lodz"),
        ("STRAẞE", "strasse"),
        ("ﬁnal draft², ２０２７", "final-draft2-2027"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\nc\u202ed", "a-b-cd"),
        ("日本", ""),
        ("", ""),
        ("---", ""),
        ("\ud800 x", "x"),
        ("Learn to read the chest radiograph of a newborn", "learn-to-read-the-chest-radiograph-of-a"),
        ("x" * 50, "x" * 40),
        ("x" * 40 + " y", "x" * 40),
        ("short " + "y" * 40, "short"),
    ],
)
def test_slug_words(title, words):
    """The words of a title in lower-case ASCII with hyphens, at most 40 signs, cut between words."""
    assert words == ids.slug_words(title)


@given(st.text())
@example("İstanbul")
@example("a" + "\u0301" * 500)
def test_slug_words_are_a_safe_file_name(title):
    """Whatever the title, its words are a-z, 0-9 and single hyphens between them."""
    words = ids.slug_words(title)

    assert len(words) <= 40
    assert set(words) <= set(string.ascii_lowercase + string.digits + "-")
    assert "--" not in words and words == words.strip("-")
    assert words == ids.slug_words(words)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("William Osler, MD", "osler"),
        ("William Osler", "osler"),
        ("Osler", "osler"),
        ("Dr. Osler", "osler"),
        ("Osler, William", "osler"),
        ("Röntgen, Wilhelm Conrad, Prof.", "rontgen"),
        ("Prof. Dr. med. Wilhelm Conrad Röntgen", "rontgen"),
        ("Wilhelm Ro\u0308ntgen", "rontgen"),
        ("Marie Curie, Ph.D.", "curie"),
        ("Marie CURIE", "curie"),
        ("Florence Nightingale RN", "nightingale"),
        ("Elizabeth Blackwell, M.D., FACR, FXYZ", "blackwell"),
        ("ELIZABETH BLACKWELL, MD", "blackwell"),
        ("Ignaz Semmelweis Jr.", "semmelweis"),
        ("John Hunter III", "hunter"),
        ("John Hunter III, MD, PhD", "hunter"),
        ("Marie FOURNIER", "fournier"),
        ("Jack Ma", "ma"),
        ("Anh Do, DO", "do"),
        ("Mary Smith-Jones", "smith-jones"),
        ("Siobhán O’Brien", "obrien"),
        ("Lech Wałęsa", "walesa"),
        ("Niels Bøgh Strauß", "strauss"),
        ("Jón Æsir Þór", "thor"),
        ("William 日本", "william"),
        ("日本", "mentor"),
        ("日本, MD", "mentor"),
        ("Ἱπποκράτης", "mentor"),
        ("", "mentor"),
        ("...", "mentor"),
        ("Dr", "dr"),
        ("Me", "me-2"),
        ("Jane Self", "self-2"),
        ("Rose Myrrh", "myrrh-2"),
        ("-rf", "rf"),
        ("../x", "x"),
        ("x" * 60, "x" * 36),
    ],
)
def test_mentor_slug(name, slug):
    """The last word of the name without titles and suffixes, folded; never a reserved word or an id."""
    assert slug == ids.mentor_slug(name, free)


def test_a_second_osler_has_a_number():
    """A slug that is taken gets the next free number."""
    assert ids.mentor_slug("William Osler", {"osler"}.__contains__) == "osler-2"
    assert ids.mentor_slug("Ann Osler", {"osler", "osler-2", "osler-3"}.__contains__) == "osler-4"
    assert ids.mentor_slug("日本", {"mentor"}.__contains__) == "mentor-2"


@given(st.text(), st.sets(SLUGS))
def test_a_mentors_slug_is_always_a_good_one(name, others):
    """Whatever the name, the slug passes the check that a slug given by hand must pass, and is free."""
    slug = ids.mentor_slug(name, others.__contains__)

    assert slug == ids.check_slug(slug)
    assert slug not in others


@pytest.mark.parametrize(
    "text",
    ["osler", "osler-2", "o", "2nd-mentor", "van-der-berg", "x" * 40, "g7k3", "g7k3a"],
)
def test_a_good_slug(text):
    """Letters, digits and hyphens after a first letter or digit make a slug."""
    assert text == ids.check_slug(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "../x",
        "-rf",
        "a/b",
        "a.b",
        "a b",
        "Osler",
        "röntgen",
        "osler\n",
        "\n",
        "os\x00ler",
        "a\\b",
        "~",
        "x" * 41,
        "me",
        "them",
        "other",
        "all",
        "self",
        "program",
        "g7k3q",
        "t4m2x",
        "٣",
        "\ud800",
        "x" * 10000,
    ],
)
def test_a_bad_slug(text):
    """Anything else is refused, with its field, a hint, and no more of the text than 40 signs, escaped."""
    with pytest.raises(BadValue) as refused:
        ids.check_slug(text)

    assert refused.value.field == "id"
    assert refused.value.sentence.isprintable() and len(refused.value.sentence) < 300
    assert "osler-2" in refused.value.hint


def prefixes(many):
    """The length of each id's prefix, from its neighbours."""
    row = [None, *sorted(many), None]
    return {id: prefix_length(id, before, after) for before, id, after in zip(row, row[1:], row[2:], strict=False)}


def test_prefixes():
    """The least that tells an id apart, at least two signs; a whole id where another one begins with it."""
    found = prefixes(["t4m2x", "g7k3q", "g7k9z", "osler-2", "osler", "g2222"])

    assert found == {"g2222": 2, "g7k3q": 4, "g7k9z": 4, "osler": 5, "osler-2": 6, "t4m2x": 2}
    assert prefixes(["x"]) == {"x": 1}


@given(st.sets(IDS | SLUGS, max_size=30))
@example({"li", "liang"})
def test_a_prefix_is_unique_and_shortest(many):
    """No other id begins with it, or it is the whole id; one sign less would not do."""
    found = prefixes(many)

    for id, length in found.items():
        others = [other for other in found if other != id]
        assert length == len(id) or not any(other.startswith(id[:length]) for other in others)
        assert length <= 2 or any(other.startswith(id[: length - 1]) for other in others)
        assert min(2, len(id)) <= length <= len(id)


def test_ascii_names_need_no_unicodedata():
    """Importing ids and folding an ASCII name loads of ours only words, and no tables of Unicode."""
    code = (
        "import sys, mentorlog.errors; before = set(sys.modules); from mentorlog import ids;"
        "ids.mentor_slug('William Osler', set().__contains__); print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = [name for name in done.stdout.split() if name.startswith(("mentorlog", "unicodedata"))]
    assert loaded == ["mentorlog.fold", "mentorlog.ids", "mentorlog.names", "mentorlog.vocabulary"]
