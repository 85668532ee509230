"""Item 5: a disk that fills up: reads work at every level, changes happen wholly or not, nothing is to be repaired."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from figures import Counted

PROGRAM = Path(__file__).with_name("full_disk.py")
NAMESPACE = ["unshare", "-rm"]


def can_mount() -> bool:
    """Say whether a namespace of our own, with a tmpfs of our own, is to be had here."""
    mount = ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    try:
        return subprocess.run([*NAMESPACE, *mount], capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("steps", [4, pytest.param(1, marks=pytest.mark.exhaustive)])
def test_a_disk_that_fills_in_steps_of_4_kib(steps: int, tmp_path: Path, counted: Counted) -> None:
    """Free space from 192 KiB down to none: every read says the same, every change is old or new; then all goes on.

    Where unshare -rm with a tmpfs is refused, a limit to the size of every file stands for it.
    """
    start, mounts = time.perf_counter(), can_mount()
    words = [sys.executable, str(PROGRAM), str(steps), str(tmp_path), *([] if mounts else ["limit"])]
    ran = subprocess.run([*(NAMESPACE if mounts else []), *words], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    counted("5 a full disk", told["cases"], len(told["violations"]), time.perf_counter() - start)

    assert told["violations"] == []
    assert told["refused"] > 4
    assert told["cases"] > 1500 // steps
