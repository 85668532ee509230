"""The real program in a process of its own, started by the tests: what chance decides follows from a seed.

program.py SEED WORDS… runs mentorlog; program.py SEED look opens the journal as a change does, and changes nothing.
program.py wait FOLDER SEED WORDS… does so once for each line on stdin, each time in a process of its own.
"""

from __future__ import annotations

import os
import random
import signal
import sys


def main() -> int:
    """Run the program as `mentorlog` does."""
    given = sys.argv[1:]
    if given[0] == "wait":
        fork_at_every_line(given[1])
        given = given[2:]
    seed, *words = given
    of_ids, of_names = random.Random(1).randbytes, random.Random(int(seed)).randbytes
    os.urandom = lambda size: (of_ids if size == 8 else of_names)(size)
    from mentorlog.store.index import query

    query.was_used = lambda index, id: False
    if words == ["look"]:
        return look()
    from mentorlog.__main__ import run

    sys.argv = ["mentorlog", *words]
    return run()


def fork_at_every_line(folder: str) -> None:
    """Return in a new process for every line on stdin: one that has loaded all, and stops until somebody traces it.

    It reads the file `in` of the folder and writes to `out` and `err`. Its number is told on stdout once it has
    stopped, and how it ended when it has. At the end of stdin all is over.
    """
    import gc
    import pkgutil
    from importlib import import_module

    import mentorlog

    for module in pkgutil.walk_packages(mentorlog.__path__, "mentorlog."):
        import_module(module.name)
    gc.freeze()  # else every process looks through all of it, and has a copy of its own then
    while os.read(0, 1):
        child = os.fork()
        if not child:
            for descriptor, name in enumerate(("in", "out", "err")):
                os.dup2(os.open(f"{folder}/{name}", os.O_WRONLY if descriptor else os.O_RDONLY), descriptor)
            os.kill(os.getpid(), signal.SIGSTOP)
            return
        os.waitpid(child, os.WUNTRACED)
        os.write(1, b"%d\n" % child)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    sys.exit()


def look() -> int:
    """Finish what was interrupted, and change nothing."""
    from datetime import datetime
    from pathlib import Path

    from mentorlog.errors import MentorlogError
    from mentorlog.store.journal import Journal

    journal = Journal(Path(os.environ["MENTORLOG_JOURNAL"]), now=datetime.fromisoformat(os.environ["MENTORLOG_NOW"]))
    try:
        journal.change("look", lambda transaction: None)
    except MentorlogError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
