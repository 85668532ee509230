"""Random commands that change a journal: what is there decides what can be done with it."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from random import Random
from typing import NamedTuple
from unittest.mock import patch

from faults.harness import Harness
from faults.inject import Killed
from mentorlog import ids as of_ids
from mentorlog.cli.main import main
from mentorlog.domain.query import Query

WORDS = ["Röntgen", "draft", "clinic", "ward round", "suture", "journal club", "=1+1", "[/b]", "日本", "a 'b' \"c\""]


class Ended(NamedTuple):
    """How a run ended (None: killed), and what it printed."""

    exit: int | None
    out: str
    err: str


def run(*argv: str) -> Ended:
    """Run the program in this process; new ids follow from chance that is always the same, so used ones come up again.

    Unlike `Harness.run` it lets the program ask whether an id was used once.
    """
    out, err, exit = io.StringIO(), io.StringIO(), None
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(b""), encoding="utf-8")
    try:
        with (
            patch.object(of_ids.new, "__defaults__", (Random(1).randbytes,)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            exit = main(argv)
    except Killed:
        pass
    finally:
        sys.stdin = kept
    return Ended(exit, out.getvalue(), err.getvalue())


def ids(harness: Harness, kind: str) -> list[str]:
    """Return the ids of the records of a kind that are there."""
    return [view["id"] for view in harness.journal().reading.find(Query(kind))]


def move(chance: Random, harness: Harness) -> tuple[str, ...]:
    """Return a command; it may be refused, as a person's may."""
    text = f"{chance.choice(WORDS)} {chance.randrange(1_000)}"
    kind = chance.choice(["goal", "task", "note", "meeting", "mentor"])
    found = ids(harness, kind)
    mentor = chance.choice(ids(harness, "mentor") or ["osler"])
    if not found or chance.random() < 0.3:
        return {
            "goal": ("goal", "add", text, "--with", mentor),
            "task": ("task", "add", text, "--due", "in 2 weeks"),
            "note": ("note", "add", text, "--with", mentor),
            "meeting": ("meeting", "plan", mentor, "--on", f"in {chance.randint(1, 60)} days", "--new"),
            "mentor": ("mentor", "add", f"{text} {chance.choice(['Curie', 'Semmelweis', 'Blackwell'])}"),
        }[kind]
    id = chance.choice(found)
    more = {
        "goal": [("goal", "tell", id, mentor), ("goal", "pause", id, "-m", text), ("goal", "progress", id, "-m", text)],
        "task": [("task", "start", id), ("task", "done", id, "-m", text), ("task", "drop", id, "-m", text)],
        "note": [("note", "close", id, "-m", text), ("note", "tell", id, mentor)],
        "meeting": [("meeting", "move", id, "in 3 days"), ("meeting", "cancel", id, "-m", text)],
        "mentor": [("mentor", "fit", id, "good"), ("ask", id, text), ("mentor", "pause", id, "-m", text)],
    }[kind]
    return chance.choice([*more, ("set", id, f"notes={text}"), ("delete", id, "--yes")])
