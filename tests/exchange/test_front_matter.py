"""Front matter is read as values that lose nothing; what could run, expand or go deep is refused at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorlog.errors import BadValue
from mentorlog.exchange.front_matter import DEEPEST, LIMIT, read


def yaml(content: str) -> Any:
    """The front matter of a file with this YAML."""
    return read(f"---\n{content}\n---\nText\n").front_matter


def wrong(text: str) -> str:
    """What is said of the front matter of a text."""
    with pytest.raises(BadValue) as error:
        read(text)
    assert error.value.hint
    return error.value.sentence


@pytest.mark.parametrize(
    ("spelling", "value"),
    [
        ("2026-03-02", date(2026, 3, 2)), ("2026-02-30", "2026-02-30"), ("2026-03-02 14:00", "2026-03-02 14:00"),
        ("12", 12), ("0", 0), ("-3", -3), ("1.5", 1.5), ("true", True), ("False", False), ("", ""), ("~", ""),
        ("null", ""), ("'12'", "12"), ("[a, [b], {c: 1}]", ["a", ["b"], {"c": 1}]),
        ("|\n  two\n  lines", "two\nlines\n"),
        # Spellings of YAML 1.1 that mean something else to their author.
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("10:30", "10:30"), ("0123", "0123"), ("1.10", "1.10"),
        ("1_000", "1_000"), ("1e3", "1e3"), (".inf", ".inf"), ("99999999999999999999", "99999999999999999999"),
        ("\"[[William Osler]]\"", "[[William Osler]]"), ("[[William Osler]]", [["William Osler"]]),
        ("日本 🩺", "日本 🩺"), ("=1+1", "=1+1"), ("<script>", "<script>"), ("__proto__", "__proto__"),
    ],
)  # fmt: skip
def test_values(spelling: str, value: Any) -> None:
    """A value is what its author sees: days, whole numbers and words; what another spelling would lose is text."""
    found = yaml(f"key: {spelling}\nother: x")["key"]
    assert (found, type(found)) == (value, type(value))


def test_the_text_below_is_unchanged() -> None:
    """The text begins behind the line that closes the front matter, and nothing in it changes."""
    for below in ("", "\n", "\n\n Text \n\n---\nmore: text\n---\n", "no end"):
        assert read(f"---\na: b\n---\n{below}") == read(f"---  \na: b\n...\n{below}")
        assert read(f"---\na: b\n---\n{below}").text == below
    assert read("+++\na = 'b'\non = 2026-03-02T14:00:00\n+++\nText").front_matter == {
        "a": "b", "on": datetime(2026, 3, 2, 14)
    }  # fmt: skip
    assert read("---\n---\nText").text == "Text"


@pytest.mark.parametrize(
    "text",
    ["", "Text\n---\na: b\n---\n", "---\nA quotation\n---\n", "---\n- a\n- b\n---\n", "---", "---\n",
     "----\na: b\n----\n", " ---\na: b\n---\n", "---\n\nText", "***\na: b\n***\n", "+++\nText\n+++\n"],
)  # fmt: skip
def test_a_rule_is_no_front_matter(text: str) -> None:
    """Text between two rules is text, unless it begins with a key in the first lines of the file."""
    assert read(text).text == text and not read(text).front_matter


@pytest.mark.parametrize(
    ("content", "what", "line"),
    [
        ("a: !!python/object/apply:os.system ['true']", "has a tag of YAML", 2),
        ("a: b\nc: !!str 1", "has a tag of YAML", 3),
        ("a: &x [1]\nb: *x", "has an anchor or alias of YAML", 2),
        ("a: *x", "has an anchor or alias of YAML", 2),
        ("a: {b: &x c}", "has an anchor or alias of YAML", 2),
        ("date: {{date}}", "has a list or table as a key", 2),
        ("a: 1\nb: 2\na: 3", "repeats a key", 4),
        ("with: @osler", "is not valid YAML", 2),
        ("with: [[Osler]], [[Curie]]", "is not valid YAML", 2),
        ("title: Case: an outline", "is not valid YAML", 2),
        ("a: 'never closed", "is not valid YAML", 3),
        ("a: \x1b[31m", "has a control character", 1),
        ("a: \0", "has a control character", 1),
        ('a: "\\ud800"', "is not valid Unicode", 2),
        ("a: " + "[" * 10_000, "is nested too deeply", 2),
        ("a: " + "{b: " * 10_000, "is nested too deeply", 2),
        ("a:\n" + "- " * 10_000, "is nested too deeply", 3),
        ("a: " + "x" * LIMIT, "is larger than 64 KiB", 1),
    ],
)
def test_what_is_refused(content: str, what: str, line: int) -> None:
    """What is no plain data is refused with its line, and neither run nor expanded."""
    assert wrong(f"---\n{content}\n---\nText") == f"front matter {what} (line {line})"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\na: b\n", "front matter is not closed (line 1)"),
        ("+++\na = 1\n", "front matter is not closed (line 1)"),
        ("+++\na = 1\na = 2\n+++\n", "front matter is not valid TOML: Cannot overwrite a value (line 3)"),
        ("+++\na = " + "[" * 10_000 + "\n+++\n", "front matter is nested too deeply or contains a number that is too "
         "long (line 2)"),
        ("+++\na = " + "9" * 5_000 + "\n+++\n", "front matter is nested too deeply or contains a number that is too "
         "long (line 2)"),
    ],
)  # fmt: skip
def test_what_is_broken(text: str, said: str) -> None:
    """Front matter without its end, and broken TOML, are named with their line."""
    assert wrong(text) == said


def test_the_deepest() -> None:
    """Lists may be nested as deep as any property of a note, and no deeper."""
    assert yaml(f"a: {'[' * (DEEPEST - 1)}{']' * (DEEPEST - 1)}")
    assert "nested too deeply" in wrong(f"---\na: {'[' * DEEPEST}{']' * DEEPEST}\n---\n")


WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


SIGNS = st.lists(st.sampled_from("a: \n-[]{}'\"#&*!|>%@,?é\t"), max_size=40)


@given(st.one_of(WORDS, SIGNS))
@example("a: b\n---\n---\n")
def test_any_text_is_read_or_refused(text: str | list[str]) -> None:
    """Whatever is between the lines, the text below comes back, or one sentence says what is wrong."""
    content = "".join(text).replace("\r", "")
    try:
        parts = read(f"---\nkey: {content}\n---\nText\n")
    except BadValue as error:
        assert error.sentence.startswith("front matter ") and "\n" not in error.sentence
    else:
        assert parts.text.endswith("Text\n")
