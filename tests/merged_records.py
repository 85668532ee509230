"""Records of every kind made from the declarations, changes of them, and the words in them.

Every text has words of its own, so that one that is lost is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from mentorlog.errors import BadValue
from mentorlog.models.fields import Spec, class_of, spec
from mentorlog.models.record import Part, Record, as_data
from mentorlog.store.format import exact
from mentorlog.vocabulary import RECORD_KINDS

KINDS = (*RECORD_KINDS, "profile")
IDS = {
    "goal": ["g7k3q", "g2222", "g3333"], "task": ["t4m2x", "t5555"], "meeting": ["m4k2p", "m5555"],
    "note": ["n2b3c", "n5555"], "review": ["r7k3q"], "mentor": ["osler", "curie", "blackwell"],
}  # fmt: skip
_UNKNOWN = ["line", "prose", "int", "float", "bool", "date", "datetime", "crlf", "list", "tables", "table"]
ODD = [
    *("# {}", "- [ ] @me {} due:fri", "    {} = 1  # not 2", "> {}", "1. {}", '[/b] =1+1 "{}" \\ é 日本 🩺'),
    *("- [x] @osler {} (t4m2x)", "```\n{}\n\n{}\n```", "| {} | {} |", "{}\u2028{}", "e.g. Dr. {} said. So {}", "{}…"),
]
FORMS: dict[str, Callable[[Random], str]] = {
    "at": lambda random: f"{random.randint(8, 18):02}:00",
    "email": lambda random: f"a{random.randint(1, 5)}@example.org",
    "doi": lambda random: f"10.1000/{random.randint(1, 5)}",
    "start": lambda random: f"20{random.randint(10, 15)}",
    "end": lambda random: f"20{random.randint(14, 22)}",
    "pmid": lambda random: f"1728467{random.randint(1, 5)}",
    "year_starts": lambda random: f"0{random.randint(1, 9)}-01",
    "orcid": lambda random: "0000-0002-1825-0097",
}
"""Texts that must have a form, by the name of the field."""

Data = dict[str, Any]


def words(value: Any) -> set[str]:
    """Return the words of the generator in every text of some data, and in its keys."""
    if isinstance(value, str):
        return {*re.findall(r"\bw\d+\b", value)}
    if isinstance(value, Mapping):
        return set[str]().union(*map(words, value.values()), *map(words, value))
    return set[str]().union(*map(words, value)) if isinstance(value, (list, tuple)) else set()


def valid(kind: type[Part], data: Data) -> Data | None:
    """Return data as a file has it, or None if it breaks a rule."""
    try:
        return as_data(exact.validated(kind, data), full=False)
    except BadValue:
        return None


class Maker:
    """Makes records, and changes them, from one seed."""

    def __init__(self, seed: int, kind: str | None = None, *, moves: bool = True) -> None:
        self.moves = moves
        self.random = Random(seed)
        self.kind = kind or KINDS[seed % len(KINDS)]
        self.model: type[Part] = class_of(self.kind)
        self.count = 0

    # Values

    def word(self) -> str:
        self.count += 1
        return f"w{self.count}"

    def line(self) -> str:
        tail = self.random.choice(["", "", ".", "!", " é", " 🩺", ": so", " (t4m2x)"])
        return " ".join(self.word() for _ in range(self.random.randint(1, 3))) + tail

    def prose(self) -> str:
        pieces = [self.piece() for _ in range(self.random.randint(1, 5))]
        return "".join(piece + self.random.choice([" ", ". ", "\n", "\n\n", ".\n"]) for piece in pieces)

    def piece(self) -> str:
        if self.random.random() < 0.3:
            odd = self.random.choice(ODD)
            return re.sub(r"\{\}", lambda _: self.word(), odd)
        return self.line()

    def day(self) -> date:
        return date(2026, 11, 1) + timedelta(self.random.randint(0, 40))

    def unknown(self, depth: int = 0) -> Any:
        match self.random.choice(_UNKNOWN if depth < 2 else _UNKNOWN[:-3]):
            case "line":
                return self.line()
            case "prose":
                return self.prose()
            case "int":
                return self.random.randint(0, 3)
            case "float":
                return self.random.choice([0.5, 1.0, float("nan"), float("inf")])
            case "bool":
                return self.random.random() < 0.5
            case "date":
                return self.day()
            case "datetime":
                return datetime(2026, 11, self.random.randint(1, 28), 9, tzinfo=self.random.choice([UTC, None]))
            case "crlf":
                return f"{self.word()}\r\n{self.word()}"
            case "list":
                return [self.unknown(depth + 1) for _ in range(self.random.randint(0, 3))]
            case "tables":
                return [{"key": self.line(), "more": self.unknown(depth + 1)} for _ in range(self.random.randint(1, 2))]
            case _:
                return {f"k {name}": self.unknown(depth + 1) for name in range(self.random.randint(0, 2))}

    def item(self, one: Spec) -> Any:
        """Return one value of a field, or one entry."""
        if one.part:
            return self.table(one.part)
        if one.type_name == "Mapping[str, Any]":
            return {self.word(): self.random.choice([self.line(), self.day(), 3])}
        if one.closed:
            return self.random.choice(one.closed)
        if one.target_kinds:
            kind = self.random.choice(one.target_kinds)
            return self.random.choice(IDS[kind])
        least, most = one.between or (1, 9)
        match one.type_name:
            case "str" if one.name in FORMS:
                return FORMS[one.name](self.random)
            case "str" if one.open:
                return self.word()
            case "str":
                return self.line() if one.one_line else self.prose()
            case "int" | "float":
                return self.random.randint(least, min(most, least + 30))
            case "bool":
                return self.random.random() < 0.5
            case "date":
                return self.day()
        return datetime(2026, 9, 1, 9, tzinfo=UTC)

    def value(self, one: Spec) -> Any:
        if not one.is_list:
            return self.item(one)
        items = list[Any]()
        for _ in range(self.random.randint(0, 3)):
            items += [new] if (new := self.item(one)) not in items else []
        return items

    def table(self, kind: type[Part], often: float = 0.5) -> Data:
        names = (one for name, one in spec(kind).items() if name not in ("source", "conflicts"))
        data = {one.name: self.value(one) for one in names if one.required or self.random.random() < often}
        if self.random.random() < 0.15:
            data["my key"] = self.unknown()
        return data

    # Records

    def record(self) -> Data:
        """Return a valid record of the kind."""
        fixed: Data = {}
        if issubclass(self.model, Record):
            fixed = {"id": IDS[self.kind][0], "created": datetime(2026, 9, 1, 9, tzinfo=UTC)}
        while True:
            made = valid(self.model, {**self.table(self.model), **fixed})
            if made is not None:
                return made

    def hot(self) -> list[str] | None:
        """Return a few fields, so that two sides meet in them; or None for all."""
        names = [name for name in spec(self.model) if name not in ("id", "created", "source", "conflicts")]
        return self.random.sample([*names, "my key"], 2) if self.random.random() < 0.7 else None

    def edited(self, data: Data, only: list[str] | None = None) -> Data:
        """Return a valid record with some changes, of some fields alone if they are named."""
        for _ in range(self.random.randint(1, 4)):
            new = deepcopy(data)
            self._edit(self.model, new, only)
            data = valid(self.model, new) or data
        return data

    def _edit(self, kind: type[Part], data: Data, only: list[str] | None = None) -> None:
        fields = {name: one for name, one in spec(kind).items() if name not in ("id", "created", "source", "conflicts")}
        name = self.random.choice(only or [*fields, "my key"])
        one = fields.get(name)
        if name in ("status", "verdict", "answer") or (one and one.reached):
            self._move(fields, data)
        elif one is None:
            data["my key"] = self._changed(data["my key"]) if "my key" in data else self.unknown()
        elif name in data and self.random.random() < 0.15 and not one.required:
            del data[name]
        elif one.is_list:
            data[name] = self._edited_list(one, data.get(name, []))
        elif one.part and name in data and not one.whole:
            self._edit(one.part, data[name])
        elif one.is_prose and name in data:
            data[name] = self._edited_text(data[name])
        else:
            data[name] = self.item(one)

    def _move(self, fields: Mapping[str, Spec], data: Data) -> None:
        """Give a state, and with it what belongs to it."""
        for name in ("status", "verdict", "answer"):
            if name in fields:
                data[name] = self.item(fields[name])
        for name, one in fields.items():
            if one.reached:
                data.pop(name, None)
                if data["status"] in one.reached:
                    data[name] = self.item(one)

    def _changed(self, value: Any) -> Any:
        if isinstance(value, str) and self.random.random() < 0.7:
            return self._edited_text(value)
        if isinstance(value, dict) and value and self.random.random() < 0.7:
            key = self.random.choice([*value])
            return {**value, key: self._changed(value[key])}
        if isinstance(value, list) and self.random.random() < 0.7:
            return [*value, self.line()] if self.random.random() < 0.5 else value[1:]
        return self.unknown()

    def _edited_list(self, one: Spec, items: list[Any]) -> list[Any]:
        items, place = [*items], self.random.randint(0, len(items))
        match self.random.choice(["add", "add", "drop", "change", *["move"] * self.moves]):
            case "add" if (new := self.item(one)) not in items:
                items.insert(place, new)
            case "drop":
                del items[place : place + 1]
            case "change" if place < len(items):
                if one.part:
                    items[place] = dict(items[place])
                    self._edit(one.part, items[place])
                elif (new := self.item(one)) not in items:
                    items[place] = new
            case "move":
                self.random.shuffle(items)
        return items

    def _edited_text(self, text: str) -> str:
        pieces = re.split(r"(?<=[.!?\n])", text)
        place = self.random.randint(0, len(pieces) - 1)
        new = self.piece() + self.random.choice([" ", ". ", "\n", "\n\n"])
        match self.random.choice(["put", "put", "drop", "replace", "mark", "append", *["move"] * self.moves]):
            case "put":
                pieces.insert(place, new)
            case "drop":
                del pieces[place]
            case "replace":
                pieces[place] = new
            case "move":
                pieces.append(pieces.pop(place))
            case "mark":
                pieces[place] = pieces[place].rstrip("\n") + " (t4m2x)\n"
            case "append":
                pieces.append(f"\n\n{new.strip()}")
        return "".join(pieces)


def triple(seed: int, kind: str | None = None, *, moves: bool = True) -> tuple[type[Part], Data, Data, Data]:
    """Return a kind, an ancestor, and two sides made of it apart."""
    maker = Maker(seed, kind, moves=moves)
    base, hot = maker.record(), maker.hot()
    return maker.model, base, maker.edited(base, hot), maker.edited(base, hot)
