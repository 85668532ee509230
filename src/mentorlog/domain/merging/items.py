"""Action items in texts that are merged: an item that became a task has its id wherever it stands.

Otherwise it would stand twice, and the next save would make a second task of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from mentorlog.domain import action_lines
from mentorlog.domain.merging import sequences
from mentorlog.fold import folded
from mentorlog.values import Value

_LONGEST = 16  # more than a mark and the white space before it
BEGINS = re.compile(rf"{action_lines.START}|{action_lines.OTHER}|\s*{action_lines.BULLET}\s")
"""The beginning of a line that does not go on with what is above it."""
_MOST_NEAR = 20  # items in one place of which one is certain


def with_ids(base: str | None, one: str, two: str) -> tuple[str | None, str, str]:
    """Return texts in which an action item has its id everywhere that it has one anywhere.

    In other words it is the same only where a side wrote it in the place of an item of the ancestor. Where both sides
    made a task of one, both ids stay.
    """
    twice: set[str] = set()
    if base is not None and re.search(action_lines.ID, f"{one}\n{two}"):
        base, one, two = _with_ids_of_reworded(base, one, two, twice)
    return _with_ids_of_equal(base, one, two, twice)


# In the same words


def _with_ids_of_equal(base: str | None, one: str, two: str, twice: Collection[str]) -> tuple[str | None, str, str]:
    sides = [side.split("\n") for side in (base or "", one, two)]
    marked = dict[str, set[str]]()
    for line in {line.strip() for side in sides for line in side if "(t" in line}:
        mark = re.search(rf"[ \t]*{action_lines.ID}$", line[-_LONGEST:])
        words = line[: mark.start() - min(len(line), _LONGEST)].rstrip() if mark else ""
        if words and words not in twice and re.match(action_lines.START, words):
            marked.setdefault(words, set()).add(line)
    if not marked:
        return base, one, two
    out = ["\n".join(_marked(side, marked)) for side in sides]
    return base if base is None else out[0], out[1], out[2]


def _marked(lines: list[str], marked: dict[str, set[str]]) -> list[str]:
    bare = [line.strip() for line in lines]
    counts = Counter(bare)
    new = {
        words: next(iter(items))
        for words, items in marked.items()
        if len(items) == 1 and counts[words] == 1 and not counts.keys() & items
    }
    return [
        line.replace(words, new[words], 1) if words in new else line for line, words in zip(lines, bare, strict=True)
    ]


# In other words


class _Item(Value):
    """An action item: its lines, its text without the mark of its task, the mark, the id in it, and its own words.

    `below` are the lines that follow without a blank one: behind the mark of a task they are no part of it.
    """

    lines: range
    text: str
    mark: str
    id: str
    words: frozenset[str]
    below: Sequence[str]

    def lines_below(self, task: _Item) -> int:
        """Return how many of its last lines are no part of it if another item, which is a task, is the same."""
        if self.text.startswith(f"{task.text}\n"):
            return len(self.lines) - len(task.lines)
        lines = self.text.split("\n")[1:]
        most = min(len(lines), len(task.below))
        return next((number for number in range(most, 0, -1) if lines[-number:] == [*task.below[:number]]), 0)


class _Text:
    """A text, its action items, and its lines that are not blank, without the marks of tasks."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        bare = [line.strip() for line in self.lines]
        self.items = [_item(found, bare) for found in action_lines.find(text).items if not found.place]
        self.ids = {item.id for item in self.items if item.id}
        self.numbers = [number for number, line in enumerate(bare) if line]
        self.bare = [bare[number] for number in self.numbers]

    def marked(self, marks: Mapping[int, str]) -> str:
        """Return the text with marks at the ends of some lines."""
        lines = [*self.lines]
        for number, mark in marks.items():
            words = lines[number].rstrip()
            lines[number] = words + mark + lines[number][len(words) :]
        return "\n".join(lines)


def _item(found: action_lines.Item, bare: list[str]) -> _Item:
    """Return an item, and take its mark out of the bare lines."""
    last, mark = bare[found.last], ""
    if found.id and (made := re.search(action_lines.MADE, last)):
        bare[found.last] = last[: made.start()].rstrip()
        mark = last[len(bare[found.last]) :] if bare[found.last] else ""
    lines = range(found.first, found.last + (1 if bare[found.last] else 0))  # a mark may have a line of its own
    text = "\n".join(bare[number] for number in lines)
    following = (bare[number] for number in range(found.last + 1, len(bare)))
    below = [*takewhile(lambda line: line and not BEGINS.match(line), following)]
    start = re.match(action_lines.START, text, re.DOTALL)
    own = [word for word in (start["text"] if start else "").split() if not re.search(r"^[@＠]|\w:\S", word)]
    return _Item(lines, text, mark, found.id, frozenset(re.findall(r"\w+", folded(" ".join(own)))), below)


def _with_ids_of_reworded(base: str, one: str, two: str, twice: set[str]) -> tuple[str, str, str]:
    """Return texts in which all that was made of one item of the ancestor has the id that some of it has.

    Add to `twice` what has two ids.
    """
    texts = was, *_ = _Text(base), _Text(one), _Text(two)
    found = dict[int, list[tuple[_Text, _Item]]]()
    for text in texts:
        for item, parent in zip(text.items, _parents(was, text), strict=True):
            found.setdefault(parent, []).append((text, item))
    marks = {text: dict[int, str]() for text in texts}
    for parent, family in found.items():
        made = [item for _, item in family if item.id]
        if parent < 0 or was.items[parent].id or not made:
            continue
        old = was.items[parent]
        if len({item.id for item in made}) > 1:
            twice.add(old.text)
            continue
        holder = min(made, key=lambda item: (item.text != old.text, item.text, item.mark))
        for text, item in family:
            if holder.id not in text.ids:
                end = max(1, len(item.lines) - (item.lines_below(holder) or old.lines_below(holder)))
                is_same = item.text.split("\n")[:end] == holder.text.split("\n")
                marks[text][item.lines[end - 1]] = (is_same and holder.mark) or f" ({holder.id})"
    start, left, right = (text.marked(marks[text]) for text in texts)
    return start, left, right


def _parents(base: _Text, side: _Text) -> Iterator[int]:
    """Yield of which item of the ancestor each item of a side was made, by its place; -1 where that is not certain.

    It stands in the place of that item, and is more like it than like any other.
    """
    pairs = sequences.matches(base.bare, side.bare)
    old = _gaps(base.numbers, [place for place, _ in pairs])
    new = _gaps(side.numbers, [place for _, place in pairs])
    there = dict[int, set[int]]()
    for place, item in enumerate(base.items):
        for line in item.lines:
            there.setdefault(old.get(line, -1), set()).add(place)
    for item in side.items:
        near = set[int]().union(*(there.get(new[line], ()) for line in item.lines if line in new))
        alike = {place: _likeness(base.items[place], item) for place in near} if len(near) <= _MOST_NEAR else {}
        best = max(alike.values(), default=0)
        found = [place for place in alike if alike[place] == best]
        yield found[0] if best and len(found) == 1 else -1


def _gaps(numbers: Sequence[int], kept: Iterable[int]) -> dict[int, int]:
    """Return by the numbers of the lines of a side which line that both have each is, or between which it is."""
    is_kept, gap, found = {*kept}, 0, dict[int, int]()
    for place, number in enumerate(numbers):
        gap += place in is_kept
        found[number] = gap
        gap += place in is_kept
    return found


def _likeness(one: _Item, two: _Item) -> float:
    """Return how alike two items are, from 0 to 1; 0 if they share less than half of the words of the shorter one."""
    if one.text == two.text:
        return 1
    shared, least = len(one.words & two.words), min(len(one.words), len(two.words))
    return shared / len(one.words | two.words) if shared and shared * 2 >= least else 0
