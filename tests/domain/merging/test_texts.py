"""Texts that two sides wrote: every sentence and line of both, in an order that no side decides."""

from __future__ import annotations

import pytest

from mentorlog.domain.merging import sequences, texts
from mentorlog.domain.merging.texts import merge, tokens

PARAGRAPHS = "One. Two.\n\n- [ ] @me Draft\n- Point\n\n    code = 1. # so\n"

CASES: dict[str, tuple[str | None, str, str, str]] = {
    "paragraphs at two ends": ("BB.\n", "AA.\n\nB.\n", "BB.\n\nC.\n", "AA.\n\nB.\n\nC.\n"),
    "paragraphs at one end": ("AA.\n", "AA.\n\nB.\nC.\n", "AA.\n\nD.\n", "AA.\n\nB.\nC.\n\nD.\n"),
    "sentences of one paragraph": ("AA. BB. CC.", "AA is. BB. CC.", "AA. BB. CC is.", "AA is. BB. CC is."),
    "neighbouring sentences": (
        "He came. Ask her. So.",
        "So he came. Ask her. So.",
        "He came. Ask. So.",
        "So he came. Ask. So.",
    ),
    "neighbouring lines": ("- x\n- y\n- z", "- x is\n- y\n- z is", "- x\n- a y\n- z", "- x is\n- a y\n- z is"),
    "an addition beside a change": ("BB. CC.", "ZZ. CC.", "BB. AA. CC.", "ZZ. AA. CC."),
    "the same in two places": ("AA. BB.", "XX. BB.", "AA. XX.", "XX."),
    "the same twice": ("AA.", "AA. BB.", "AA. BB.", "AA. BB."),
    "one within the other": ("AA.", "AA. BB. CC.", "AA. BB.", "AA. BB. CC."),
    "a sentence was taken out": ("AA. BB. CC.", "AA. CC.", "AA. BB. CC. DD.", "AA. CC. DD."),
    "no ancestor": (None, "AA. BB.", "BB. CC.", "AA. BB. CC."),
    "a list": ("- a\n- b\n", "- a\n- x\n- b\n", "- a\n- b\n- y\n", "- a\n- x\n- b\n- y\n"),
    "a list, and a sentence": ("So.", "So.\n- a", "So. Then we talked.", "So.\n- a\n\nThen we talked."),
    "two lists, and a sentence": ("- a\n- b", "- a\n- x.\n- b", "- a. So\n- b\n- y", "- a. So\n- x.\n- b\n- y"),
    "a list of one, and a text of the other": (None, "1. One.", "Two.", "1. One.\n\nTwo."),
    "a sentence at the end of an item of both": ("- AA.", "- AA. BB.", "- AA. CC.", "- AA. BB. CC."),
    "a sentence whose item is gone": ("- AA.\n- BB.", "- CC.", "- AA.\n- BB. DD.", "- CC.\n\nDD."),
    "a line without a period": ("a", "a\nb", "a\nc", "a\nb\nc"),
    "code keeps its indentation": (
        *("x\n\n    a\n    b\n", "x\n\n    a\n        new\n    b\n", "y\n\n    a\n    b\n"),
        "y\n\n    a\n        new\n    b\n",
    ),
    "only white space": ("AA. BB.", "AA.\n\nB.", "AA. BB.", "AA.\n\nB."),
    "each took out another of two equal ones": ("AA. AA.", "AA.", "AA.", "AA."),
    "each took out a half": ("AA. BB.", "AA.", "BB.", "AA. BB."),
}


@pytest.mark.parametrize("case", CASES)
def test_texts_are_merged_by_sentences_and_lines(case: str) -> None:
    """Each case gives one text, whichever side is first."""
    base, one, two, expected = CASES[case]

    assert merge(base, one, two).text == merge(base, two, one).text == expected


@pytest.mark.parametrize(
    "text", [PARAGRAPHS, "", " \n", "a\n\n\n b ", "A?! B…\tC.\u2028D", "Dr. Osler came. He said: e.g. so."]
)
def test_a_text_is_its_sentences_and_the_white_space_between_them(text: str) -> None:
    """Nothing is lost when a text is divided."""
    found, end = tokens(text)

    assert "".join(f"{token.before}{token.text}" for token in found) + end == text


def test_names_and_abbreviations_are_not_divided() -> None:
    """A period behind a title, an initial or `e.g.` ends no sentence."""
    texts = [token.text for token in tokens("1. Dr. W. Osler came (with Prof. Curie), e.g. at 5. He left. So?")[0]]

    assert texts == ["1. Dr. W. Osler came (with Prof. Curie), e.g. at 5.", "He left.", "So?"]


def test_two_versions_of_a_sentence_are_a_pair() -> None:
    """Both stand in the text, whole, and the pair says which they are; two additions are none."""
    assert merge("So. End.", "So one. End.", "So two. End.").pairs == [("So one.", "So two.")]
    assert merge("So.", "So. One.", "So. Two.").pairs == []
    assert merge("So. x", "So. In both.\nOne. y", "So. In both.\nTwo. y").pairs == [("One.", "Two.")]


@pytest.mark.parametrize(
    ("one", "two", "expected", "pairs"),
    [
        ("X1. X2. S3. End.", "S1. Y2. S3. End.", "X1. X2. Y2. S3. End.", [("X2.", "Y2.")]),
        ("Z1. X2. S3. End.", "S1. Y2. S3. End.", "Z1. X2. Y2. S3. End.", [("X2.", "Y2.")]),
        ("S1. X2. X3. End.", "S1. Y2. S3. End.", "S1. X2. Y2. X3. End.", [("X2.", "Y2.")]),
        ("S1. X2. X3. End.", "Y1. Y2. S3. End.", "Y1. X2. Y2. X3. End.", [("X2.", "Y2.")]),
        ("X1. X2. X3. End.", "Y1. S2. Y3. End.", "X1. Y1. X2. X3. Y3. End.", [("X1.", "Y1."), ("X3.", "Y3.")]),
        ("X1. X2. S3. End.", "Y1. Y2. S3. End.", "X1. X2. Y1. Y2. S3. End.", [("X1. X2.", "Y1. Y2.")]),
        ("S1 so. New. X2. S3. End.", "S1. Y2. S3. End.", "S1 so. New. X2. Y2. S3. End.", [("New. X2.", "Y2.")]),
        ("S1. X2. New. S3 so. End.", "S1. Y2. S3. End.", "S1. X2. New. Y2. S3 so. End.", [("X2. New.", "Y2.")]),
    ],
)
def test_a_pair_has_only_what_both_rewrote(one: str, two: str, expected: str, pairs: list[tuple[str, str]]) -> None:
    """What one side alone rewrote beside it is no version of anything: it would go with the passage not chosen."""
    assert merge("S1. S2. S3. End.", one, two) == merge("S1. S2. S3. End.", two, one) == (expected, pairs)


@pytest.mark.parametrize(
    ("base", "one", "two"),
    [
        ("- [x] A. ", "- [x] A.B\n\nC", "- [x] A. (t4m2x)\n  (t4m2x)\n (t4m2x)\nD"),
        ("# A.", " (t4m2x)\n (t4m2x)\n\n", "# A.\n\n\nB"),
        ("A B\n", "A B\nC.\n\nD", "A B (t4m2x)\n (t4m2x)\n (t4m2x)\n"),
        ("A\n", "A\nB\n\n(t4m2x)\nC", "\n(t4m2x)\n\nC\nA\nD"),
        ("- [ ] A A.\n", "- [ ] A A.\n (t4m2x)\n\n\nB B!", "- [ ] A A.\nC C.\n"),
        ("So.\n```\nA\n```.\n", "    B = 1\n", "So.\n```\nA\n```.\n```\nC\n\nD\n```\n"),
        ("```\nA\n```\n", "B\n", "```\nA\n```\nC\n```\nD\n```\n"),
    ],
)
def test_a_side_that_is_merged_already_changes_nothing(base: str, one: str, two: str) -> None:
    """Not even where a line, such as an id alone or the end of code, was taken out here and put in there."""
    for ancestor in (base, None):
        once = merge(ancestor, one, two).text
        for side in (one, two):
            again = merge(ancestor, once, side).text
            assert again.split() == merge(ancestor, side, once).text.split() == once.split()
        assert ancestor or {*"ABCD"} & {*one, *two} <= {*once}


# Large and odd texts


def lines(count: int, word: str = "line") -> list[str]:
    """Return lines that are all different."""
    return [f"{word} {number} with some more words in it" for number in range(count)]


EQUAL = ["the same line"] * 8000
BIG: dict[str, tuple[str, str, str]] = {
    "a megabyte": ("\n".join(lines(22000)), "\n".join(["first", *lines(22000)]), "\n".join([*lines(22000), "last"])),
    "every other line": (
        "\n".join(lines(8000)),
        "\n".join(f"{line} mine" if number % 2 else line for number, line in enumerate(lines(8000))),
        "\n".join(f"{line} others" if number % 3 == 1 else line for number, line in enumerate(lines(8000))),
    ),
    "8,000 equal lines": ("\n".join(EQUAL), "\n".join([*EQUAL, "mine"]), "\n".join(["others", *EQUAL, "more"])),
    "equal lines, apart in the middle": (
        "\n".join(EQUAL),
        "\n".join([*EQUAL[:3000], "mine", *EQUAL[:3000], "also"]),
        "\n".join([*EQUAL[:5000], "others", *EQUAL]),
    ),
    "one line of 800 KB": ("x" * 800_000, "x" * 800_000 + " mine", "others " + "x" * 800_000),
    "one line of sentences": ("So. " * 200_000, "So. " * 200_000 + "Mine.", "Others. " + "So. " * 200_000),
    "abbreviations alone": ("e.g. " * 160_000, "e.g. " * 160_000 + "mine", "others " + "e.g. " * 160_000),
    "pairs of lines": (
        "\n".join(line for line in lines(6000) for _ in range(2)),
        "\n".join(["mine", *(line for line in lines(6000) for _ in range(2))][::-1]),
        "\n".join([*(line for line in lines(6000) for _ in range(2)), "others"]),
    ),
    "items": (
        "\n".join(f"- [ ] @me {line}" for line in lines(8000)),
        "\n".join(f"- [ ] @me {line} (t4m2x)" for line in lines(8000)),
        "\n".join([*(f"- [ ] @me {line}" for line in lines(8000)), "others"]),
    ),
    "windows": ("A.\r\nB.\r\n" * 4000, "A.\r\nB.\r\n" * 4000 + "mine\r\n", "others\r\n" + "A.\r\nB.\r\n" * 4000),
    "code": (
        "```\n" + "    x = 1. # y\n\n" * 8000 + "```\n",
        "```\n" + "    x = 1. # y\n\n" * 8000 + "mine\n```\n",
        "```\nothers\n" + "    x = 1. # y\n\n" * 8000 + "```\n",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("case", BIG)
def test_a_large_text_loses_no_line(case: str) -> None:
    """Every line of both sides is there, with an ancestor and without one."""
    base, one, two = BIG[case]
    every = {*one.split(), *two.split()}

    assert every <= {*merge(base, one, two).text.split()}
    assert every <= {*merge(None, one, two).text.split()}


def test_the_time_does_not_grow_with_the_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared with each other is bounded, also for texts of equal or scattered lines."""
    compared = list[int]()

    class Counting(sequences.SequenceMatcher):  # type: ignore[type-arg]
        def __init__(self, junk: None, one: list[str], two: list[str], autojunk: bool) -> None:
            compared.append(len(one) + len(two))
            super().__init__(junk, one, two, autojunk)

    monkeypatch.setattr(sequences, "SequenceMatcher", Counting)
    for case in ("every other line", "equal lines, apart in the middle"):
        texts.merge(*(text[:40_000] for text in BIG[case]))

    assert sum(compared) <= 4000
