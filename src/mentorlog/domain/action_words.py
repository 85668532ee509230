"""The words of an action item: its owner, `due:` and `goal:`, and the title that is left."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date
from itertools import islice

from mentorlog import date_words, vocabulary
from mentorlog.domain.people import Person, named
from mentorlog.errors import BadDate, BadValue, MentorlogError, joined, shortened
from mentorlog.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.domain.ports import Resolve

_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">", "“": "”", "«": "»", "‘": "’", "（": "）", "［": "］", "【": "】"}
_OPENING = "*_~`\"'" + "".join(_CLOSING)
_ENDS = ".,;:!?*_~`\"'|\\" + "".join(_CLOSING.values())
"""Signs at the end of a word that are not part of a name, a day or an id."""

_OWNER = rf"(?P<around>[{re.escape(_OPENING)}]*)[@＠](?:\"(?P<quoted>[^\"]+)\"|“(?P<curly>[^”]+)”|(?P<words>.*))"
_WORD = r"[^\s:,;/&+：，；]+"
_SEVERAL = r"\s*[/&+]|[\s,;]*(?:and\s+|or\s+)?[@＠]\w"
_MOST_WORDS = 5

_KEY = r"(?i)(?<![^\W_])(?<!\w-)(?P<key>due|goal)\s?[:：]\s*"
_QUOTED = r"\"([^\"]*)\"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»|'([^']*)'|‘([^’]*)’"
_LIKE = {"due": 'due:fri or due:"in 2 weeks"', "goal": "goal:g7k3q"}

# Only a run of such words is tried as a day of several words.
_DAY_WORD = re.compile(
    r"(?:[0-9]{1,4}(?:st|nd|rd|th|[dwmy])?|[+-]?[0-9]+|[0-9]+[-/.][0-9]+[-/.][0-9]+"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|now|today|tomorrow|next|last|this|the|end|on|of|in|an?|half|day|after|before|from|time"
    r"|week|month|quarter|year|fortnight"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:day|week|month|quarter|year|fortnight|wk)s)"
)
_FROM_ANOTHER_DAY = re.compile(
    r"(?i)(?:[0-9][dwmy]|day|week|wk|month|year|fortnight)s?\s+(?:before|after|from|prior)\b"
)
"""`3 weeks before the exam`, which counts from a day that only the user knows."""


class ActionWords(Value):
    """What an action item says: who, what, by when and for which goal."""

    owner: str
    title: str
    due: date | None
    goal: str | None


def parse(text: str, mentors: Sequence[str], on: date, resolve: Resolve, first_weekday: int = 0) -> ActionWords:
    """Return what the text behind a box says, at a meeting with these mentors on a day."""
    owner, rest = _owner(text, mentors, resolve)
    keys: dict[str, _Key] = {}
    for key in _keys(rest):
        if key.name in keys:
            raise BadValue(key.name, f"it has {key.name}: twice.", "use only one of them")
        keys[key.name] = key
    due, due_length = _day(keys["due"], on, first_weekday) if "due" in keys else (None, 0)
    goal, goal_length = _goal(keys["goal"], resolve) if "goal" in keys else (None, 0)
    lengths = {"due": due_length, "goal": goal_length}
    title = _without(rest, [(key.start, key.end(rest, lengths[key.name])) for key in keys.values()])
    if not title:
        raise BadValue("title", "it has no text.", "write the task after the name")
    return ActionWords(owner, title, due, goal)


# The owner.


def _owner(text: str, mentors: Sequence[str], resolve: Resolve) -> tuple[str, str]:
    """Return the owner that the text begins with, and the rest of it."""
    start = re.match(_OWNER, text)
    if start is None:
        other = re.search(r"(?<!\w)[@＠]\w[\w-]*", text)
        like = other[0] if other else "@me"
        raise BadValue("owner", "it begins without a name.", f"write it like: - [ ] {like} Draft abstract")
    name = start["quoted"] or start["curly"]
    if name:
        owner, rest = str(resolve(name, "mentor", by_name=True)["id"]), text[start.end() :]
    else:
        owner, rest = _named(start["words"], mentors, resolve)
    if re.match(_SEVERAL, rest):
        raise BadValue("owner", "it names several people.", "write one line for each of them")
    return owner, _after_name(rest, start["around"])


def _named(text: str, mentors: Sequence[str], resolve: Resolve) -> tuple[str, str]:
    """Return the owner whose name the words begin with, as many words as are one name, and the rest."""
    words = list(_words_of_name(text))
    if not words:
        raise BadValue("owner", "there is no name after @.", "write it like: - [ ] @me Draft abstract")
    name, end = words[0]
    if name.lower() == vocabulary.ME:
        return vocabulary.ME, text[end:]
    if name.lower() == "them":
        return _them(mentors), text[end:]
    for longer, after in reversed(words[1:]):
        try:
            person = resolve(longer, "mentor", by_name=True)
        except MentorlogError:
            continue
        if named(longer, [Person(person["id"], person["name"], person["nickname"])], whole=True):
            return str(person["id"]), text[after:]
    return str(resolve(name, "mentor", by_name=True)["id"]), text[end:]


def _words_of_name(text: str) -> Iterator[tuple[str, int]]:
    """Yield the first word, the first two words, and so on, up to a sign that ends a name, each with its end."""
    name, end = "", 0
    for word in islice(re.finditer(_WORD, text), _MOST_WORDS):
        between = text[end : word.start()]
        bare = word[0].rstrip(_ENDS) if not word[0].endswith(".") or len(word[0]) > 2 else word[0]
        if between.strip() or (name and not between) or not bare or "@" in word[0]:
            break
        name, end = f"{name} {bare}".strip(), word.start() + len(bare)
        yield name, end
        if bare != word[0]:
            break


def _them(mentors: Sequence[str]) -> str:
    if len(mentors) == 1:
        return mentors[0]
    why = f"may be {joined(mentors, 'or')}" if mentors else "is unclear: the meeting has no mentors"
    raise BadValue("owner", f"@them {why}.", "use the id of the mentor, like @osler")


def _after_name(rest: str, around: str) -> str:
    """Return the text after a name without the sign that ends it, and without what closes the signs around it."""
    mark = r"[\s:,;：，；]*(?:[.–—-]+\s+)?"
    rest = rest[re.match(mark, rest).end() :]  # type: ignore[union-attr]  # it matches nothing too
    for sign in reversed(around):
        closing = _CLOSING.get(sign, sign)
        if rest.startswith(closing):
            rest = rest.removeprefix(closing)
        elif rest.endswith(closing):
            rest = rest.removesuffix(closing)
    return rest[re.match(mark, rest).end() :].rstrip()  # type: ignore[union-attr]


# Day and goal.


class _Key(Value):
    """A key in a text: where it and its value begin, the words from there, and whether they were in quotes."""

    name: str
    start: int
    value: int
    words: str
    is_quoted: bool
    opened: str

    def end(self, text: str, length: int) -> int:
        """Return where the key ends in the text if its value has this length: behind what closes the signs before."""
        end = self.value + length
        for sign in reversed(self.opened):
            end += text[end : end + 1] == _CLOSING.get(sign, sign)
        return end


def _keys(text: str) -> Iterator[_Key]:
    """Yield `due:` and `goal:` with their values, except in addresses."""
    words = [word for word in re.finditer(r"\S+", text) if "://" in word[0]]
    addresses = [(word.start() + word[0].index("://"), word.end()) for word in words]
    for key in re.finditer(_KEY, text):
        before = bisect(addresses, (key.start(),))
        if before and key.start() < addresses[before - 1][1]:
            continue
        name, value = key["key"].lower(), key.end()
        quoted = re.compile(_QUOTED).match(text, value)
        while not quoted and text[value : value + 1] and text[value] in _OPENING:
            value += 1
        words_of_it = next(filter(None, quoted.groups()), "") if quoted else text[value:]
        if not words_of_it.strip(f"{_ENDS} "):
            raise BadValue(name, f"there is no value after {name}:", f"write it like {_LIKE[name]}")
        yield _Key(
            name, key.start(), value, quoted[0] if quoted else words_of_it, quoted is not None, text[key.end() : value]
        )


def _goal(key: _Key, resolve: Resolve) -> tuple[str, int]:
    """Return the id of the goal, and the length of the value."""
    word = key.words if key.is_quoted else key.words.split()[0].rstrip(_ENDS)
    return str(resolve(word[1:-1] if key.is_quoted else word, "goal", by_name=True)["id"]), len(word)


def _day(key: _Key, on: date, first_weekday: int) -> tuple[date, int]:
    """Return the day that the first words of the value make, as many as do, and their length."""
    if key.is_quoted:
        return date_words.ahead(key.words[1:-1], on, first_weekday), len(key.words)
    text = key.words
    words = list(islice(re.finditer(r"\S+", text), _MOST_WORDS + 2))
    count = 0
    while count < len(words) and _DAY_WORD.fullmatch(words[count][0].strip(_ENDS).lower()):
        count += 1
    shown = text[: words[1 if len(words) > 1 and words[0][0].isdigit() else 0].end()].rstrip(_ENDS)
    for word in reversed(words[: max(count, 1)]):
        phrase = text[: word.end()].rstrip(_ENDS)
        try:
            day = date_words.ahead(phrase, on, first_weekday)
        except BadDate as error:
            if "is not a date" not in error.sentence:  # such as a day that is not in the calendar
                raise
            continue
        other = _FROM_ANOTHER_DAY.search(text, 0, word.end() + len(" before "))
        if other is None or other.end() <= word.end():  # `day after tomorrow`
            return day, len(phrase)
        shown = text[: other.end()]
        break
    raise BadDate(f"{shortened(shown)} is not a date.", 'write it like due:2027-02-14 or due:"25 jun"')


# The title.


def _without(text: str, keys: Sequence[tuple[int, int]]) -> str:
    """Return the text without its keys, the signs around them and what separated them from it."""
    title, at = None, 0
    for start, end in (*_spans(text, keys), (len(text), len(text))):
        part = text[at:start]
        title, at = part if title is None else _joined(title, part), end
    return (title or "").strip()


def _spans(text: str, keys: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what the keys take of the text: neighbours together, with the brackets and marks around them."""
    spans: list[tuple[int, int]] = []
    for start, end in keys:
        if spans and not text[spans[-1][1] : start].strip(" ,;&|"):
            start = spans.pop()[0]
        spans.append((start, end))
    for start, end in spans:
        while True:
            before, after = text[:start].rstrip(), text[end:].lstrip()
            if not before or not after or before[-1] not in _OPENING:
                break
            if after[0] != _CLOSING.get(before[-1], before[-1]):
                break
            start, end = len(before) - 1, len(text) - len(after) + 1
        yield start, end


def _joined(before: str, after: str) -> str:
    """Return two parts of a title without the signs that separated what was between them."""
    before, after = before.rstrip(), after.lstrip()
    if not before:
        return after.lstrip(" .,;:!")
    if not after.strip(" .,;:"):
        return re.sub(r"(?:[,;:]|\s[–—-]+)$", "", before)
    if after[0] in ".,;:!?":
        return before.rstrip(",;:") + after
    between = "" if before[-1] in _CLOSING or after[0] in _CLOSING.values() else " "
    return before + between + after
