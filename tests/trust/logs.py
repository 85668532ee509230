"""Two hundred ways in which a log is not as mentorlog wrote it: cut, reordered, replayed, forged, from elsewhere.

Each `Attack` makes another tree of a journal's files, and says which operations must be named, one of them at least.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from faults.harness import Tree
from mentorlog.store.oplog import operation as operations
from trust.vouched import Bench, numbers, operation

SEEN = "seen"
"""What is named where only the head in the state folder tells it: no operation, but that the log is not the one."""


class Attack(NamedTuple):
    """What happened to a log: the files then, and the operations of which one at least must be named."""

    name: str
    tree: Tree
    named: frozenset[int]
    by_head: bool = False


def attacks(journal: Bench, branch: Tree, other: Tree, chance: Random) -> Iterator[Attack]:
    """Yield every attack on a journal; `branch` is a copy of it that went its own way, `other` another journal."""
    tree = journal.tree
    yield from _dropped(tree, chance)
    yield from _truncated(tree)
    yield from _reordered(tree)
    yield from _replayed(tree, chance)
    yield from _forged(tree, chance)
    yield from _foreign(tree, branch, other, journal.older)


def _attack(name: str, tree: Tree, *named: int) -> Attack:
    return Attack(name, tree, frozenset(named))


# What is missing


def _dropped(tree: Tree, chance: Random) -> Iterator[Attack]:
    """One operation or a run of them is gone; a log may be cut at its beginning, so not the first ones."""
    seqs = numbers(tree)
    for seq in seqs[1:-1]:
        yield _attack(f"dropped {seq}", _without(tree, seq), seq)
    for _ in range(8):
        first = chance.choice(seqs[1:-6])
        run = range(first, first + chance.randint(2, 5))
        yield _attack(f"dropped {run}", _without(tree, *run), *run)


def _truncated(tree: Tree) -> Iterator[Attack]:
    """The last operations are gone: only who has seen them can tell."""
    seqs = numbers(tree)
    for count in range(1, 21):
        yield Attack(f"truncated by {count}", _without(tree, *seqs[-count:]), frozenset(), by_head=True)


# What stands elsewhere


def _reordered(tree: Tree) -> Iterator[Attack]:
    """Two operations changed places: their files alone, or with the numbers in them, as a forger would."""
    seqs = numbers(tree)
    for one, two in zip(seqs[1:-1:2], seqs[2::2], strict=False):
        swapped = {**tree, operation(one): tree[operation(two)], operation(two): tree[operation(one)]}
        yield _attack(f"files {one} and {two} swapped", swapped, one, two)
        renumbered = {**tree, operation(one): _numbered(tree, two, one), operation(two): _numbered(tree, one, two)}
        yield _attack(f"{one} and {two} swapped", renumbered, one, two)
        relinked = {**tree, operation(one): _relinked(tree, two, one), operation(two): _relinked(tree, one, two)}
        yield _attack(f"{one} and {two} swapped and linked anew", relinked, one, two)


def _replayed(tree: Tree, chance: Random) -> Iterator[Attack]:
    """An operation is there a second time: after the last, or in the place of another."""
    seqs = numbers(tree)
    new = seqs[-1] + 1
    for seq in chance.sample(seqs[:-1], 8):
        yield _attack(f"{seq} again as {new}", {**tree, operation(new): tree[operation(seq)]}, new)
        renumbered = {**tree, operation(new): _numbered(tree, seq, new)}
        yield _attack(f"{seq} again as {new}, numbered", renumbered, new)
        place = chance.choice([one for one in seqs[1:-1] if one != seq])
        yield _attack(f"{seq} again as {place}", {**tree, operation(place): _numbered(tree, seq, place)}, place)


# What says something else


def _set(key: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda data: data.update({key: value})


def _in_file(key: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda data: data["files"][0].update({key: value})


def _another_text(data: dict[str, Any]) -> None:
    """Change a text that an undo would give back, and its hash."""
    for file in data["files"]:
        if file.get("before"):
            file["before"] += "# forged\n"
            file["before_sha"] = operations.sha(file["before"].encode())
            return
    data["name"] += ", forged"


FORGERIES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another name": _set("name", "goal add: forged"),
    "another time": _set("at", "2020-01-01T00:00:00+00:00"),
    "another kind": _set("kind", "revert"),
    "undoes another": _set("undoes", [1]),
    "another hash": _in_file("after_sha", "0" * 64),
    "another path": _in_file("path", "goals/g2222-forged.toml"),
    "another text": _another_text,
    "no file": lambda data: data["files"].clear() or data.update(undoes=[2]),
    "another salt": lambda data: data["link"].update(salt="0" * 32, name=None),
    "another link before": lambda data: data["link"].update(previous="0" * 64),
    "another link": lambda data: data["link"].update(own="0" * 64),
}


def _forged(tree: Tree, chance: Random) -> Iterator[Attack]:
    """An operation says something else; its link is that of before, or made anew as a forger would who knows how."""
    seqs = numbers(tree)
    for name, forge in FORGERIES.items():
        for seq in (*chance.sample(seqs[1:-1], 2), seqs[-1]):
            forged = {**tree, operation(seq): _edited(tree[operation(seq)], forge)}
            yield _attack(f"{seq} forged: {name}", forged, seq)
            if seq != seqs[-1] and "link" not in name and "salt" not in name:
                data = _linked_anew(_edited(tree[operation(seq)], forge), _previous(tree, seq))
                yield _attack(f"{seq} forged and linked anew: {name}", {**tree, operation(seq): data}, seq)
    for name in ("another name", "another time", "another text"):
        data = _linked_anew(_edited(tree[operation(seqs[-1])], FORGERIES[name]), _previous(tree, seqs[-1]))
        yield Attack(f"the last forged and linked anew: {name}", {**tree, operation(seqs[-1]): data}, frozenset(), True)
    for seq in chance.sample(seqs[1:-1], 4):  # all links from here on made anew: only the head tells
        forged = {**tree, operation(seq): _edited(tree[operation(seq)], FORGERIES["another name"])}
        for later in range(seq, seqs[-1] + 1):
            forged[operation(later)] = _linked_anew(forged[operation(later)], _previous(forged, later))
        yield Attack(f"the whole log from {seq} on forged", forged, frozenset(), True)


# What is from elsewhere


def _foreign(tree: Tree, branch: Tree, other: Tree, older: Tree) -> Iterator[Attack]:
    """An operation, or the whole log, is that of another journal, or of a copy of this one that went its own way."""
    seqs = numbers(tree)
    for seq in (seq for seq in numbers(other)[1:8] if seq in seqs[:-1]):
        yield _attack(f"{seq} of another journal", {**tree, operation(seq): other[operation(seq)]}, seq)
    for seq in (seq for seq in numbers(branch) if numbers(older)[-1] < seq < seqs[-1]):
        swapped = {**tree, operation(seq): branch[operation(seq)]}
        yield _attack(f"{seq} of a copy that went its own way", swapped, seq, seq - 1)
    for name, log in (("another journal", other), ("a backup", older), ("a copy that went its own way", branch)):
        yield Attack(f"the log of {name}", {**_without(tree, *seqs), **_log(log)}, frozenset(), True)
    yield Attack("the whole of a backup", older, frozenset(), True)
    yield Attack("a copy that went its own way", branch, frozenset(), True)
    yield Attack("no log", _without(tree, *seqs), frozenset(), True)


def _without(tree: Tree, *seqs: int) -> Tree:
    gone = set(map(operation, seqs))
    return {path: data for path, data in tree.items() if path not in gone}


def _log(tree: Tree) -> Tree:
    return {operation(seq): tree[operation(seq)] for seq in numbers(tree)}


def _edited(data: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """Return an operation changed, written as mentorlog writes it."""
    said = json.loads(data)
    change(said)
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _numbered(tree: Tree, seq: int, new: int) -> bytes:
    return _edited(tree[operation(seq)], _set("seq", new))


def _previous(tree: Tree, seq: int) -> str | None:
    """Return the link of the operation before one."""
    if seq == 1:
        return None
    link = operations.decoded(tree[operation(seq - 1)]).link
    return link.own if link else None


def _linked_anew(data: bytes, previous: str | None) -> bytes:
    return operations.decoded(data).linked(previous).encoded()


def _relinked(tree: Tree, seq: int, new: int) -> bytes:
    return _linked_anew(_numbered(tree, seq, new), _previous(tree, new))
