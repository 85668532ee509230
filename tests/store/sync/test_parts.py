"""A sync that is too large for one operation is several: only the last says which commit the files stand for."""

from __future__ import annotations

import json

import pytest

from factories import make_note
from mentorlog.ids import ALPHABET
from mentorlog.store.format import toml
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.operation import Change, Operation
from mentorlog.store.sync import parts
from sync_memory import Machine, Remote

TEXTS = [
    b"",
    b"plain " * 50,
    b'"quoted" \\ ' * 20,
    "é日本🩺\n".encode() * 30,
    bytes(range(1, 32)) * 9,
    b"\xff\xfe" * 40,
]


def change(number: int, text: bytes) -> Change:
    """A change of a file with these bytes before it."""
    return Change(f"notes/n{number:04}-{'long-words-' * 15}.toml", text, b"after")


@pytest.mark.parametrize("text", TEXTS)
def test_a_part_is_as_large_as_it_says_at_most(text: bytes) -> None:
    """Whatever the texts are, the file of an operation is not larger than what a part may be."""
    changes = [change(number, text) for number in range(40)]
    for part in parts.split(changes, (), 6000):
        encoded = operation.entry_of(Operation(1, "sync", "2026", "sync", (), ()), part).linked("f" * 64).encoded()
        assert json.loads(encoded) and (len(encoded) <= 6000 or len(part) == 1)


def test_all_changes_are_in_one_part_and_some_in_the_first() -> None:
    """What must change together is in the first part, however large that is; nothing is left out or twice."""
    changes = [change(number, b"x" * 900) for number in range(30)]
    together = {one.path for one in changes[20:]}
    found = parts.split(changes, together, 5000)
    assert len(found) > 1 and together <= {one.path for one in found[0]}
    assert sorted(one.path for part in found for one in part) == sorted(one.path for one in changes)
    assert parts.split(changes[:1], ()) == [changes[:1]]


@pytest.mark.slow
@pytest.mark.exhaustive
def test_a_sync_that_is_killed_between_two_parts_is_taken_up() -> None:
    """Thirty megabytes come in two operations; what the first brought is not sent back as a change of ours."""
    remote = Remote()
    a, b = Machine("a", remote), Machine("b", remote)
    notes = {f"notes/n222{letter}.toml": f"n222{letter}" for letter in ALPHABET}

    def text(id: str, word: str) -> bytes:
        return toml.dump(make_note(id=id, text=f"{word} " * (940_000 // (len(word) + 1))))

    a.change({path: text(id, "before") for path, id in notes.items()})
    a.sync()
    b.sync()
    b.change({path: text(id, "after") for path, id in notes.items()})
    b.sync()
    last = len(a.log)

    class Killed(BaseException):
        """The process is gone."""

    def step(name: str) -> None:
        if name == "after operation":
            raise Killed

    a.step = step
    with pytest.raises(Killed):
        a.sync()
    assert len(a.log) == last + 1 and a.log[-1].sync is None
    a.step = lambda name: None

    report = a.sync()

    assert 0 < len(report.received.changed) < len(notes) and not report.sent.count and not report.merged
    assert a.folder == b.folder
    assert a.log[-1].sync is not None
