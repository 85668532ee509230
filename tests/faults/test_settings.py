"""`config set` leaves the old settings or the new ones, whatever happens at any call."""

from __future__ import annotations

import pytest

from faults.every_call import DISK
from faults.harness import Ended, Harness
from faults.inject import KILL, injected
from mentorlog import places

OLD = "# mine\ndrift_days = 30 # short\n"
NEW = "# mine\ndrift_days = 56  # short\n"


@pytest.mark.slow
@pytest.mark.parametrize("was", [OLD, None], ids=["changed", "new"])
def test_killed_or_refused_at_every_call(harness: Harness, was: str | None) -> None:
    """Nothing is half written, a failure is a sentence, nothing is left beside the file, and it works again."""
    file = places.folder("config") / places.SETTINGS
    new = NEW if was else "# Settings of mentorlog; see: mentorlog config list\ndrift_days = 56\n"

    def run(seed: int = 1) -> Ended:
        return harness.run("config", "set", "drift_days", "8 weeks", seed=seed)

    def begin() -> None:
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        if was:
            file.write_text(was)

    begin()
    with injected() as faulty:
        assert run().exit == 0
    assert file.read_text() == new
    cases = 0
    for at in range(1, len(faulty.log) + 1):
        for fault in (KILL, *DISK):
            begin()
            with injected(at, fault) as struck:
                ended = run()
            if not struck.struck:  # a call that cannot fail so
                continue
            cases += 1
            place = (fault, struck.log[at - 1], ended)
            now = file.read_text() if file.exists() else None
            assert now in (was, new), place
            assert now == new or not ended.acknowledged, place
            beside = [path.name for path in file.parent.iterdir() if path.name.startswith(".")]
            assert not beside or ended.exit is None or struck.log[at - 1][0] == "unlink", place
            assert ended.exit in (None, 0) or ended.err.startswith("error: "), place
            assert run(seed=3).exit == 0, place
            assert file.read_text() == new, place
    assert cases > 40
