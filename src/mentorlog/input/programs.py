"""The output of another program of the user, run once they said yes."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from mentorlog.errors import MentorlogError

_PATIENCE = 60.0


def output(words: Sequence[str], limit: int, hint: str) -> bytes:
    """Return what a program prints; MentorlogError with the hint if it fails or prints too much.

    It starts in the root folder, where no file of a project tells it what to do, and it cannot ask anything.
    """
    name = words[0]
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, cwd="/", timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        raise MentorlogError(f"The program {name} could not be run.", hint) from None
    if done.returncode:
        raise MentorlogError(f"The program {name} failed (exit status {done.returncode}).", hint)
    if len(done.stdout) > limit:
        raise MentorlogError(f"The program {name} printed more than {limit >> 20} MiB.", hint)
    return done.stdout
