"""Journals of any size, the same each time: `python journals.py COUNT FOLDER` writes one.

The mix is that of a few years: most goals are closed, most tasks done, most meetings held; what is open does not
grow with the years. `tasks` writes COUNT tasks and nothing else, for the same work as the peers'; `shared` writes one
goal, and tasks for it that make COUNT records.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
MENTORS = ("osler", "curie", "rontgen", "nightingale", "blackwell")
OPEN_GOALS, OPEN_TASKS, PLANNED, QUESTIONS = 20, 60, 3, 8
"""What is open at any time, however many years lie behind."""

_COMMON = """
case report draft abstract protocol study chest consent imaging ward rounds feedback talk grant paper review teaching
clinic data table figure patient referral letter poster audit meeting exam rotation handover
"""
_STARTS = "an be cor da el fi ga hep il ja kar lo mi neu or pul qua ren sep tho ul va wes xi ye zo"
_ENDS = "ation ology itis emia gram scopy ectomy oma pathy metry osis uria algia plasty tomy"
WORDS = _COMMON.split() + [start + end for end in _ENDS.split() for start in _STARTS.split()]


class Author:
    """Writes texts with a few common words and many rare ones, and ids that differ."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._weights = [1 / (rank + 3) for rank in range(len(WORDS))]
        self._ids: set[str] = set()

    def text(self, words: int) -> str:
        """Return a sentence without a period."""
        return " ".join(self.random.choices(WORDS, self._weights, k=words)).capitalize()

    def day(self, years: int = 3) -> date:
        """Return a day of the last years."""
        return NOW.date() - timedelta(days=self.random.randrange(1, 365 * years))

    def ahead(self, days: int = 90) -> date:
        """Return a day to come."""
        return NOW.date() + timedelta(days=self.random.randrange(1, days))

    def id(self, kind: str) -> str:
        """Return an id that was not used."""
        from mentorlog import ids

        made = ids.new(kind, self._ids.__contains__, self.random.randbytes)
        self._ids.add(made)
        return made

    def always(self, kind: str) -> dict[str, Any]:
        """Return what every record of a kind needs."""
        return {"id": self.id(kind), "created": NOW - timedelta(days=self.random.randrange(1, 900))}


def mixed(count: int) -> Iterator[Any]:
    """Yield so many records of all kinds."""
    author = Author(count)
    yield from _mentors(author, count)
    goals = [_goal(author, number) for number in range(count // 20)]
    yield from goals
    ids = [goal.id for goal in goals] or [None]
    for number in range(count * 12 // 20):
        yield _task(author, number < OPEN_TASKS, author.random.choice(ids))
    for number in range(count * 3 // 20):
        yield _meeting(author, number < PLANNED)
    for number in range(max(0, count * 4 // 20 - len(MENTORS))):
        yield _note(author, number < QUESTIONS)


def tasks(count: int) -> Iterator[Any]:
    """Yield so many tasks, a hundred of them open: what the peers hold too."""
    from mentorlog.models.task import Task

    author = Author(count)
    for title, done, due in work(count):
        state = {"status": "done", "done_on": done} if done else {"status": "todo", "due": due}
        yield Task(**author.always("task"), title=title, **state)


def work(count: int) -> Iterator[tuple[str, date | None, date]]:
    """Yield the tasks that every program is given: what, done when, due when; every twentieth is open."""
    author = Author(7)
    for number in range(count):
        is_open = number % 20 == 0
        yield author.text(6), None if is_open else author.day(), author.ahead()


def shared(count: int) -> Iterator[Any]:
    """Yield one goal and the tasks that hang on it."""
    author = Author(count)
    goal = _goal(author, 0)
    yield goal
    for number in range(count - 1):
        yield _task(author, number < OPEN_TASKS, goal.id)


def _mentors(author: Author, count: int) -> Iterator[Any]:
    from mentorlog.models.mentor import Cadence, Mentor

    for name in MENTORS if count else ():
        since = NOW - timedelta(days=900)
        yield Mentor(
            id=name, created=since, name=name.capitalize(), cadence=Cadence(every_days=28), started=since.date()
        )


def _goal(author: Author, number: int) -> Any:
    from mentorlog.models.goal import Goal, Progress, Share

    moved = tuple(Progress(on=author.day(), text=author.text(8), percent=number % 100) for _ in range(3))
    return Goal(
        **author.always("goal"), title=author.text(4), why=author.text(12), measure=author.text(8),
        by=author.ahead(400), mentors=(Share(mentor=author.random.choice(MENTORS)),), progress=moved,
        status="active" if number < OPEN_GOALS else "achieved",
    )  # fmt: skip


def _task(author: Author, is_open: bool, goal: str | None) -> Any:
    from mentorlog.models.task import Task

    day = author.day()
    state = {"status": "todo", "due": author.ahead()} if is_open else {"status": "done", "due": day, "done_on": day}
    by = author.random.choice(MENTORS)
    return Task(
        **author.always("task"), title=author.text(5), instructions=author.text(20), goal=goal, assigned_by=by, **state
    )


def _meeting(author: Author, planned: bool) -> Any:
    from mentorlog.models.meeting import Meeting

    state = {"on": author.ahead(30), "status": "planned"} if planned else {"on": author.day(), "status": "held"}
    notes = None if planned else "\n".join(author.text(9) for _ in range(12))
    return Meeting(**author.always("meeting"), mentors=(author.random.choice(MENTORS),), notes=notes, **state)


def _note(author: Author, asks: bool) -> Any:
    from mentorlog.models.note import Note

    state = {"kind": "question", "status": "open"} if asks else {"status": "closed"}
    return Note(
        **author.always("note"),
        on=author.day(),
        text=author.text(25),
        mentors=(author.random.choice(MENTORS),),
        **state,
    )


def write(root: Path, made: Iterator[Any]) -> int:
    """Write a journal in a new folder, past the door of the program, which would sync each; return how many records."""
    from mentorlog.store.format import toml
    from mentorlog.store.journal import Journal

    Journal(root, now=NOW, may_create=True).create()
    count = 0
    for record in made:
        (root / toml.path_of(record)).write_bytes(toml.dump(record))
        count += 1
    return count


KINDS: dict[str, Callable[[int], Iterator[Any]]] = {"mixed": mixed, "tasks": tasks, "shared": shared}

if __name__ == "__main__":
    _, how, count, folder = sys.argv
    print(write(Path(folder), KINDS[how](int(count))))
