"""Action items that became tasks on one machine: after a merge the next save makes no second task of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count, permutations
from random import Random

import pytest

from factories import make_meeting
from mentorlog.domain.action_lines import find
from mentorlog.domain.actions import read
from mentorlog.domain.merging.texts import merge
from world import NOW

ITEM, SHORTER, LONGER = "- [ ] @me Cut the abstract", "- [ ] @me Cut it", "- [ ] @me Cut the abstract to 250 words"
OTHER = "- [ ] @me Shorten the abstract"
TASK, TASK_2 = " (t4m2x)", " (t5555)"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\n"


def saved(notes: str, ids: Sequence[str] = ()) -> str:
    """Return notes after a save, which gives ids to what becomes a task; without ids nothing may become one."""
    left = iter(ids)
    return read(
        notes, make_meeting(), resolve=lambda *_, **__: "", new_id=lambda: next(left), now=datetime.fromisoformat(NOW)
    ).notes


# In the same words


def test_an_item_that_became_a_task_stands_once() -> None:
    """A line equal to another but for its id is that one: the next save makes no second task of it."""
    one, two = "- [ ] @me Draft (t4m2x)\nMine", "- [ ] @me Draft\nOther"

    for base in ("- [ ] @me Draft\nOld", None):
        for pair in ((one, two), (two, one)):
            assert merge(base, *pair).text == "- [ ] @me Draft (t4m2x)\nMine\nOther"


def test_two_items_of_the_same_words_both_stay() -> None:
    """Where an id could be either one's, nothing is guessed, and an id is never lost."""
    twice = "- [ ] @me Call\n- [ ] @me Call"
    both = merge("x", f"{twice}\ny", "- [ ] @me Call (t4m2x)\nz").text
    other = merge("- [ ] @me Call", "- [ ] @me Call (t4m2x)", "- [ ] @me Call (t5555)").text

    assert both.count("@me Call") == 3
    assert other == "- [ ] @me Call (t4m2x)\n- [ ] @me Call (t5555)"


def test_an_id_belongs_to_the_sentence_before_it() -> None:
    """Two versions of an item that is a whole sentence both keep its id, at their ends."""
    one, two = "- [ ] @me Draft one page. (t4m2x)", "- [ ] @me Draft two pages. (t4m2x)"

    assert merge("- [ ] @me Draft. (t4m2x)", one, two).text == f"{one}\n{two}"


def test_what_is_no_item_is_not_marked() -> None:
    """A sentence that names a task is not the same as one that does not."""
    assert merge("x", "See it (t4m2x)\ny", "See it\nz").text.count("See it") == 2


# In other words


CASES: dict[str, tuple[str, str, str, str]] = {
    "reworded": (ITEM, LONGER, ITEM + TASK, LONGER + TASK),
    "among other lines": (
        f"# So\n\n{ITEM}\n\nEnd.",
        f"# So\n\n{LONGER}\n\nEnd. More.",
        f"# Thus\n\n{ITEM}{TASK}\n\nEnd.",
        f"# Thus\n\n{LONGER}{TASK}\n\nEnd. More.",
    ),
    "ticked": (ITEM, ITEM.replace("[ ]", "[x]"), ITEM + TASK, ITEM.replace("[ ]", "[x]") + TASK),
    "given to somebody else, with a day": (
        *(ITEM, "- [ ] @osler Cut the abstract due:fri", ITEM + TASK, "- [ ] @osler Cut the abstract due:fri (t4m2x)"),
    ),
    "reworded on both sides": (ITEM, LONGER, OTHER + TASK, f"{LONGER}{TASK}\n{OTHER}{TASK}"),
    "two items": (
        *(f"{ITEM}\n- [ ] @me Call Osler", f"{LONGER}\n- [ ] @me Call Osler at once"),
        *(f"{ITEM}{TASK}\n- [ ] @me Call Osler{TASK_2}", f"{LONGER}{TASK}\n- [ ] @me Call Osler at once{TASK_2}"),
    ),
    "an item of two lines": (
        *("- [ ] @me Cut\n  the abstract", "- [ ] @me Cut\n  the abstract to one page"),
        *("- [ ] @me Cut\n  the abstract (t4m2x)", "- [ ] @me Cut\n  the abstract to one page (t4m2x)"),
    ),
    "an item of two sentences": (
        *("- [ ] @me Cut it. By Friday.", "- [ ] @me Cut it. By Monday.", "- [ ] @me Cut it. By Friday. (t4m2x)"),
        "- [ ] @me Cut it. By Monday. (t4m2x)",
    ),
    "beside a new item": (ITEM, f"{LONGER}\n- [ ] @me Call", ITEM + TASK, f"{LONGER}{TASK}\n- [ ] @me Call"),
    "below a table": (TABLE + ITEM, TABLE + LONGER, TABLE + ITEM + TASK, TABLE + LONGER + TASK),
    "with a tick behind the id": (ITEM, LONGER, f"{ITEM}{TASK} ✓", LONGER + TASK),
    "a task on both sides": (ITEM, LONGER + TASK_2, ITEM + TASK, f"{ITEM}{TASK}\n{LONGER}{TASK_2}"),
    "another item in its place": (ITEM, "- [ ] @me Call Osler", ITEM + TASK, "- [ ] @me Call Osler"),
    "not certain which": (
        *(f"{ITEM} A\n{ITEM} B", f"{ITEM} C\n{ITEM} D", f"{ITEM} A{TASK}\n{ITEM} B{TASK_2}", f"{ITEM} C\n{ITEM} D"),
    ),
    "above a line of its paragraph": (f"{ITEM}\nb", f"{LONGER}\nb", f"{ITEM}{TASK}\nb", f"{LONGER}{TASK}\nb"),
    "in code": (f"```\n{ITEM}\n```", f"```\n{LONGER}\n```", f"```\n{ITEM}{TASK}\n```", f"```\n{LONGER}\n```"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_reworded_item_keeps_the_id_of_its_task(case: str) -> None:
    """Where it is certain which item of the ancestor it was; merging a side again changes nothing."""
    base, one, two, expected = CASES[case]

    assert merge(base, one, two).text == merge(base, two, one).text == expected
    for side in (one, two, expected):
        assert merge(base, expected, side).text == merge(base, side, expected).text == expected


def test_two_versions_of_an_item_are_a_choice_of_one_task() -> None:
    """Both have its id, whichever stays."""
    assert merge(ITEM, LONGER, OTHER + TASK).pairs == [(LONGER + TASK, OTHER + TASK)]


@pytest.mark.parametrize("order", [*permutations([LONGER, OTHER, ITEM + TASK])], ids=str)
def test_three_machines_end_alike(order: tuple[str, str, str]) -> None:
    """Two that reworded the item, and one that made a task of it."""
    end = ITEM
    for side in order:
        end = merge(ITEM, side, end).text if end != ITEM else side

    assert end == f"{LONGER}{TASK}\n{OTHER}{TASK}" and saved(end) == end


@pytest.mark.parametrize("line", ["- [ ] @me Cut it. By Friday.", "- [ ] @me Cut it\n  by Friday", "☐ @me Cut it. So."])
def test_two_versions_of_a_task_leave_no_item_without_its_id(line: str) -> None:
    """An item that is a task is one passage, however many sentences and lines it has."""
    one, two = (line.replace("Cut", word) + TASK for word in ("Shorten", "Trim"))

    merged = merge(line + TASK, one, two)

    assert (merged.text, merged.pairs) == (f"{one}\n{two}", [(one, two)])
    assert saved(merged.text) == merged.text


@pytest.mark.parametrize(
    ("base", "one", "two"),
    [
        (None, "- [ ] @me Cut it.", "Two."),
        ("Notes.\n", "Notes.\n\n- [ ] @me Cut it\n", "Notes.\nTwo.\n"),
        ("Notes.", "Notes.\n- [ ] @me Cut it.", "Notes. Two."),
        ("- [ ] @me Cut.\n\nEnd.", "- [ ] @me Cut it.\n\nEnd.", "Two.\n- [ ] @me Cut.\n\nEnd."),
    ],
)
def test_what_the_other_side_wrote_is_not_added_to_an_item(base: str | None, one: str, two: str) -> None:
    """It begins a paragraph, so that the title of the task is what was written."""
    merged = merge(base, one, two).text

    assert [item.text.rstrip(".") for item in find(merged).items] == ["@me Cut it"]
    assert "\n\nTwo." in merged


# Any


def words(text: str) -> set[str]:
    """Return the words of a text, without the ids of tasks."""
    return {word for word in text.split() if not word.startswith("(t")}


@pytest.mark.parametrize("seed", range(60))
def test_no_second_task_is_made_of_what_one_machine_made_one_of(seed: int) -> None:
    """Notes with items: one machine saves them, one or two others reword some and write more, by hand."""
    chance, number = Random(seed), count()

    def word() -> str:
        return f"w{next(number)}"

    def item() -> str:
        return f"- [ ] @me {word()} {word()} {word()}" + chance.choice(["", ".", f"\n  {word()}", " due:fri"])

    def text() -> str:
        return chance.choice(["{}.", "{}", "- {}", "{} (so). {}.", "> {}"]).format(word(), word())

    blocks = [item() if chance.random() < 0.6 else text() for _ in range(chance.randint(1, 6))]
    base = "\n\n".join(blocks)
    made = saved(base, [f"t222{sign}" for sign in "23456789"])

    def reworded() -> str:
        new = list[str]()
        for block in blocks:
            lines = block.split("\n")
            if find(block).items and chance.random() < 0.6:
                at = lines[0].split(" ")
                at.insert(chance.randint(4, len(at)), word())
                lines[0] = " ".join(at)
            new += ["\n".join(lines), *([text()] if chance.random() < 0.2 else [])]
        return "\n\n".join(new)

    sides = [made, *(reworded() for _ in range(chance.randint(1, 2)))]
    gone = set[str]().union(*(words(base) - words(side) for side in sides))
    ends = set[str]()
    for order in permutations(sides):
        end = base
        for side in order:
            end = side if end == base else end if side == base else merge(base, side, end).text
        assert saved(end) == end, (sides, end)
        assert {item.id for item in find(end).items} == {item.id for item in find(made).items}
        assert set[str]().union(*map(words, sides)) - gone <= words(end)
        ends.add(" ".join(sorted(words(end))))
    assert len(ends) == 1
