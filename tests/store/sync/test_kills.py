"""A sync with git and journals that is killed before and after everything that changes something."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mentorlog.store.journal import Journal
from mentorlog.store.oplog.log import Log
from mentorlog.store.sync.courier import Courier
from mentorlog.store.sync.place import Place
from sync_machines import pair

PLACES: list[tuple[type[Any], str]] = [
    (Courier, "create"),
    (Courier, "sweep"),
    (Courier, "fetch"),
    (Courier, "entries"),
    (Courier, "commit"),
    (Log, "commit"),
    (Log, "_stage"),
    (Log, "_finish"),
    (Log, "_join"),
    (Journal, "_commit"),
    (Place, "write"),
    (Courier, "push"),
    (Place, "keep"),
    (Courier, "pack"),
]


class Killed(BaseException):
    """The process is gone: nothing of it handles that."""


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize(("owner", "name"), PLACES)
def test_a_killed_sync_is_taken_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: type[Any], name: str, behind: bool, number: int
) -> None:
    """The next sync goes on: nothing is lost, doubled or brought back, and doctor has nothing to say."""
    two = pair(tmp_path)
    two.a.write("n2222", "Note number0. From a.")
    two.b.write("n2222", "Note number0. From b.")
    two.b.delete("n2223")
    two.b.add("n9999", "New on b.")
    two.a.add("n8888", "New on a.")
    two.b.sync()
    real, left = getattr(owner, name), [number]

    def killed(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not behind:
            raise Killed
        result = real(*args, **named)
        if left[0] == 0:
            raise Killed
        return result

    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(owner, name, killed)
        two.a.sync()
    two.a.write("n2224", "Written later.")
    two.a.sync()
    two.settle()

    text = two.a.says("n2222")
    assert [text.count(words) for words in ("Note number0.", "From a.", "From b.")] == [1, 1, 1]
    assert (two.b.says("n2224"), two.a.says("n9999"), two.b.says("n8888")) == (
        "Written later.",
        "New on b.",
        "New on a.",
    )
    assert not [*two.a.root.glob("notes/n2223*")]
    assert not two.a.journal.examine().errors
