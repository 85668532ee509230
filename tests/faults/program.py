"""The real program in a process of its own, started by the tests: what chance decides follows from a seed.

program.py SEED WORDS… runs mentorlog; program.py SEED look opens the journal as a change does, and changes nothing.
program.py wait does so once for each line on stdin, each time in a process of its own.
"""

from __future__ import annotations

import os
import random
import signal
import sys


def main() -> int:
    """Run the program as `mentorlog` does."""
    seed, *words = fork_at_every_line() if sys.argv[1:] == ["wait"] else sys.argv[1:]
    of_ids, of_names = random.Random(1).randbytes, random.Random(int(seed)).randbytes
    os.urandom = lambda size: (of_ids if size == 8 else of_names)(size)
    from mentorlog.store.index import query

    query.was_used = lambda index, id: False
    if words == ["look"]:
        return look()
    from mentorlog.__main__ import run

    sys.argv = ["mentorlog", *words]
    return run()


def fork_at_every_line() -> list[str]:
    """Return the words of every line on stdin, in a new process: one that has loaded all, and stops until it is traced.

    A line is JSON with the words, the environment and a folder, whose file `in` is read, and `out` and `err` written.
    Its number is told on stdout once it has stopped, and how it ended when it has. At the end of stdin all is over.
    """
    import gc
    import json
    import pkgutil
    from importlib import import_module

    import mentorlog

    for module in pkgutil.walk_packages(mentorlog.__path__, "mentorlog."):
        import_module(module.name)
    gc.freeze()  # else every process looks through all of it, and has a copy of its own then
    lines = os.fdopen(os.dup(0), "rb")
    while line := lines.readline():
        run = json.loads(line)
        child = os.fork()
        if not child:
            for descriptor, name in enumerate(("in", "out", "err")):
                os.dup2(os.open(f"{run['folder']}/{name}", os.O_WRONLY if descriptor else os.O_RDONLY), descriptor)
            os.environ.clear()
            os.environ.update(run["environment"])
            os.kill(os.getpid(), signal.SIGSTOP)
            words: list[str] = run["words"]
            return words
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
