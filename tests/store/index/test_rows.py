"""No index of other tables, other defaults or another version is ever taken for one of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog import __version__
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.mentor import Cadence
from mentorlog.models.record import Conflict, Part
from mentorlog.models.review import Verdict
from mentorlog.models.task import Round
from mentorlog.store.format import upgrade
from mentorlog.store.index.rows import SCHEMA, TABLES, checksum, compact, index_record, row_defaults
from mentorlog.store.layout import FOLDERS

DAY = date(2026, 11, 2)
RECORDS: dict[str, Part] = {
    "mentor": make_mentor(id="osler", cadence=Cadence(every_days=28), purpose="To learn", tags=("a",)),
    "goal": make_goal(
        id="g7k3q", mentors=["osler"], parent="g2222", why="To learn", tags=("a",), by=DAY,
        progress=(Progress(on=DAY, percent=40, text="Half"),), history=(HistoryEntry(on=DAY, field="by", reason="So"),),
        conflicts=(Conflict(other={"title": "Submit the case report"}),),
    ),
    "task": make_task(
        id="t4m2x", goal="g7k3q", owner="osler", status="done", done_on=DAY, due=DAY, notes="A text",
        rounds=(Round(sent=DAY),),
    ),
    "meeting": make_meeting(id="m4k2p", decisions=("To go on",), notes="A text"),
    "note": make_note(id="n2b3c", text="# 2 Nov\n\nFirst line\n\nA text", goal="g7k3q", kind="win"),
    "review": make_review(id="r7k3q", verdicts=(Verdict(goal="g7k3q", verdict="keep", reason="So"),)),
    "profile": make_profile(values="A text"),
}  # fmt: skip


def computed() -> int:
    """Return the number for all that the rows are made of: tables, version, defaults, and a sample of each kind."""
    parts: list[Any] = [TABLES, __version__]
    parts += [(kind, [step.__qualname__ for step in steps]) for kind, steps in sorted(upgrade.STEPS.items())]
    for kind, record in RECORDS.items():
        entry = index_record(record, f"{kind}.toml", "")
        row, words = entry.row, entry.words()
        parts += [compact(row_defaults(type(record))), row, list(entry.links()), entry.evidence(), words]
        parts.append(checksum((*row, *words)))
    return crc32(repr(parts).encode()) & 0x7FFFFFFF


def test_the_schema_is_that_of_the_rows() -> None:
    """Whoever changes what a row is made of changes the number: an old index is then made again."""
    assert computed() == SCHEMA, f"set SCHEMA in store/index/rows.py to {computed()}"


def test_every_kind_has_its_part() -> None:
    """No kind can change its defaults unseen."""
    assert RECORDS.keys() == {*FOLDERS, "profile"}


def test_defaults_of_another_version_are_not_read(tmp_path: Path) -> None:
    """An index with another number is made again, whatever its rows say."""
    import sqlite3
    from contextlib import closing
    from datetime import datetime

    from mentorlog.domain.query import Query
    from mentorlog.store.journal import Journal
    from world import NOW

    def journal() -> Journal:
        return Journal(tmp_path / "journal", now=datetime.fromisoformat(NOW), may_create=True)

    journal().add(make_goal(id="g7k3q"), name="goal add")
    (before,) = journal().reading.find(Query("goal"))
    file = tmp_path / "journal" / ".mentorlog" / "index.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("""UPDATE defaults SET defaults = replace(defaults, '"normal"', '"high"')""")
        db.execute(f"PRAGMA user_version = {SCHEMA - 1}")
        db.commit()

    assert journal().reading.find(Query("goal")) == [before]
