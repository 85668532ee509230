"""The process: `mentorlog`, and `python -m mentorlog`."""

import gc
import sys


def run() -> int:
    """Run mentorlog and return the exit status, without ever looking for garbage in cycles.

    A life this short leaves none that matters, and looking costs every command as much as a bare Python's start:
    while modules are loaded, and once more for all of them when the process ends.
    """
    gc.set_threshold(100_000)
    from mentorlog.cli.main import main

    try:
        return main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(run())
