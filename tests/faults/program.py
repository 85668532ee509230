"""The real program in a process of its own, started by the tests: what chance decides follows from a seed.

program.py SEED WORDS… runs mentorlog; program.py SEED look opens the journal as a change does, and changes nothing.
"""

from __future__ import annotations

import os
import random
import sys


def main() -> int:
    """Run the program as `mentorlog` does."""
    seed, *words = sys.argv[1:]
    of_ids, of_names = random.Random(1).randbytes, random.Random(int(seed)).randbytes
    os.urandom = lambda size: (of_ids if size == 8 else of_names)(size)
    from mentorlog.domain import ids
    from mentorlog.store.batch import Batch

    ids.new.__defaults__ = (of_ids,)
    Batch._taken = lambda self, id: self.path(id) is not None  # type: ignore[method-assign]
    if words == ["look"]:
        return look()
    from mentorlog.cli import main

    return main(words)


def look() -> int:
    """Finish what was interrupted, and change nothing."""
    from datetime import datetime
    from pathlib import Path

    from mentorlog.errors import MentorlogError
    from mentorlog.store.journal import Journal

    journal = Journal(Path(os.environ["MENTORLOG_JOURNAL"]), now=datetime.fromisoformat(os.environ["MENTORLOG_NOW"]))
    try:
        journal.change("look", lambda batch: None)
    except MentorlogError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
