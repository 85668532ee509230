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
@pytest.mark.parametrize("way", ["disk", "limit"])
def test_a_disk_that_fills_in_steps_of_4_kib(tmp_path: Path, way: str, counted: Counted) -> None:
    """Free space from 192 KiB down to none: every read says the same, every change is old or new; then all goes on."""
    if way == "disk" and not can_mount():
        pytest.skip("unshare -rm with a tmpfs is refused here; the limit to file sizes stands for it")
    start = time.perf_counter()
    words = [sys.executable, str(PROGRAM), str(tmp_path), *(["limit"] if way == "limit" else [])]
    ran = subprocess.run([*(NAMESPACE if way == "disk" else []), *words], capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    counted("5 a full disk", told["cases"], len(told["violations"]), time.perf_counter() - start)

    assert told["violations"] == []
    assert told["refused"] > 4
    assert told["cases"] > 1500
