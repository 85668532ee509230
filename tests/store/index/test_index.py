"""The index as its journal uses it: what a long reading tells of itself."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from factories import make_note
from mentorlog import ids
from mentorlog.domain.query import Query
from mentorlog.store.journal import Journal
from world import NOW

COUNT = 600


def opened(root: Path, told: list[tuple[int, int]]) -> Journal:
    """A journal that tells how far its reading is."""
    now = datetime.fromisoformat(NOW)
    return Journal(root, now=now, may_create=True, progress=lambda done, total, **doing: told.append((done, total)))


def test_a_reading_tells_how_far_it_is_only_where_it_lasts(tmp_path: Path) -> None:
    """Files that are young and known are looked at without a word; hundreds that were never read are told of."""
    root, told = tmp_path / "journal", list[tuple[int, int]]()
    used: set[str] = set()
    for _ in range(COUNT):
        used.add(ids.new("note", used.__contains__))
    opened(root, told).change("begin", lambda transaction: [transaction.put(make_note(id=id)) for id in sorted(used)])
    told.clear()  # what the change told of its writing
    again = opened(root, told).reading.find(Query("note"))
    quiet = list(told)
    shutil.rmtree(root / ".mentorlog")
    anew = opened(root, told).reading.find(Query("note"))

    assert len(again) == len(anew) == COUNT
    assert quiet == []
    assert [done for done, total in told if total >= COUNT] == sorted(done for done, _ in told)
    assert told[0][0] >= 500
    assert told[-1][0] == told[-1][1] >= COUNT
