"""One of several machines that sync at once, as a program: python race.py ROOT NAME ROUNDS

It adds a note, edits the one of all machines and syncs, as fast as it goes; then it prints how often it gave up, and
its longest sync in seconds.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mentorlog.errors import Busy
from sync_machines import Desk

SHARED = "n2222"
"""The note that every machine edits."""
ALPHABET = "3456789bcd"


def race(desk: Desk, rounds: int) -> tuple[int, float]:
    """Return how often a machine gave up, and its longest sync in seconds."""
    gave_up, longest = 0, 0.0
    for number in range(rounds):
        word = f"{desk.name}{number}"
        letter = ALPHABET[ord(desk.name) - ord("a")]  # no other machine makes its ids
        desk.add(f"n{letter}z{ALPHABET[number // 10]}{ALPHABET[number % 10]}", f"Own {word}.")
        desk.append(SHARED, f"Shared {word}.")
        start = time.monotonic()
        try:
            desk.sync()
        except Busy:
            gave_up += 1
        longest = max(longest, time.monotonic() - start)
    return gave_up, longest


if __name__ == "__main__":
    print(*race(Desk(Path(sys.argv[1]), sys.argv[2]), int(sys.argv[3])))
