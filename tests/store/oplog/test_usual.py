"""An operation that is proved from its bytes is the one that the whole check finds right, and no other is proved."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.disk import files
from mentorlog.store.layout import Layout
from mentorlog.store.oplog import operation
from mentorlog.store.oplog.log import Log
from mentorlog.store.oplog.operation import Change, Forget
from mentorlog.store.oplog.usual import proved

AT = "2027-01-03T10:00:00+01:00"
NOTE, GOAL = "notes/n4m2x.toml", "goals/g2222-a.toml"
STRANGE = 'text = "\\é 日本 🩺 \\u0007 \\"\t</b>"\n'.encode() + b"# \x7f \x01\n"


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of usual operations, and of every other kind."""
    log = Log(Layout(tmp_path))

    def do(name: str, *changes: tuple[str, bytes | None], **more: Any) -> None:
        present = {path: files.content(tmp_path / path) for path, _ in changes}
        log.commit(name, [Change(path, present[path], after) for path, after in changes], AT, **more)

    do("note add: Plain", (NOTE, b"text = 1\n"))
    do('edit: a "quoted" \\ name\t', (NOTE, STRANGE))
    do("set: Plain", (NOTE, b""))
    do("set: Plain", (NOTE, b"text = 2\n"))
    do("delete: Plain", (NOTE, None))
    do("note add: Röntgen", (NOTE, b"text = 3\n"))
    do("import: 2 records", (NOTE, b"\xff"), (GOAL, b"title = 1\n"))
    do("undo: import", (NOTE, b"text = 3\n"), kind="undo", undoes=(7,))
    do("forget: note n4m2x", (NOTE, None), kind="forget", forget=Forget("notes/n4m2x", (), ()))
    return log


def test_it_is_what_the_whole_check_finds(log: Log) -> None:
    """What is proved is the same to the last field; what is not is no usual operation, or has no text left."""
    do = {seq: log.layout.operation(seq).read_bytes() for seq in log.history.numbers()}
    found = {seq: entry for seq, data in do.items() if (entry := proved(seq, data))}

    for seq, entry in found.items():
        whole = operation.decoded(do[seq])
        assert whole.is_linked and whole.damaged is None
        assert (entry.operation, entry.link, entry.forget) == (whole.operation, whole.link, whole.forget)
        assert entry.encoded() == whole.encoded() == do[seq]
        assert entry.before(NOTE) == whole.before(NOTE)
    assert not any(proved(seq + 1, data) for seq, data in do.items())


def test_usual_ones_are_proved(tmp_path: Path) -> None:
    """A file is created, changed and deleted, whatever its text; the name of one is plain."""
    log = Log(Layout(tmp_path))
    texts = [None, b"text = 1\n", STRANGE, b"", b"text = 2\n", None]
    for before, after in pairwise(texts):
        log.commit("set: \\ Plain", [Change(NOTE, before, after)], AT)

    entries = [proved(seq, log.layout.operation(seq).read_bytes()) for seq in range(1, 6)]
    assert [entry and entry.before(NOTE) for entry in entries] == texts[:-1]


def test_no_other_bytes_are_proved(tmp_path: Path) -> None:
    """Whichever bit flips, and wherever the file is cut."""
    log = Log(Layout(tmp_path))
    texts = [None, b'title = "A"\n', STRANGE, None]
    for before, after in pairwise(texts):
        log.commit("set: Plain", [Change(NOTE, before, after)], AT)

    for seq in (1, 2, 3):
        data = log.layout.operation(seq).read_bytes()
        assert proved(seq, data)
        for at in range(len(data)):
            assert proved(seq, data[:at]) is None
            for bit in range(8):
                assert proved(seq, data[:at] + bytes((data[at] ^ 1 << bit,)) + data[at + 1 :]) is None, (at, bit)


def test_another_way_to_write_the_same(tmp_path: Path) -> None:
    """JSON has more than one: only ours is proved."""
    log = Log(Layout(tmp_path))
    for before, after in pairwise([None, "text = 'é\x1f'\n".encode(), b"x = 1\n"]):
        log.commit("set: Plain", [Change(NOTE, before, after)], AT)
    data = log.layout.operation(2).read_bytes()
    assert proved(2, data)

    for old, new in (("é".encode(), b"\\u00e9"), (b"\\u001f", b"\\u001F"), (b": ", b":"), (b"\n}\n", b"\n}")):
        assert old in data
        assert proved(2, data.replace(old, new)) is None, (old, new)
