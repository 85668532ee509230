"""What git and ssh may ask on the terminal, and what happens without one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.errors import RemoteFailure
from mentorlog.store.sync.courier import Courier
from store.sync.exchanged import bare
from terminal import Terminal
from world import World

ADDRESS = "ssh://blackwell@git.example.org/journal.git"
# Asks for a passphrase as ssh does, and then runs what it was told for the folder REMOTE.
ASKING = """#!/bin/sh
[ "$1" = -G ] && exit 1  # git asks what it is
exec 3<> /dev/tty || exit 255
stty -echo <&3; printf 'Enter passphrase for key: ' >&3
read -r typed <&3; stty echo <&3
[ "$typed" = 'open' ] || { echo 'Permission denied (publickey).' >&2; exit 255; }
while [ "$#" -gt 1 ]; do shift; done
exec ${1%% *} REMOTE
"""
FETCH = """
import sys
from pathlib import Path
from mentorlog.errors import MentorlogError
from mentorlog.store.sync.courier import Courier
with Courier(Path(sys.argv[1]), sys.argv[2], may_ask=True) as one:
    one.create()
    try:
        print(f"The tip is {one.fetch()}.")
    except MentorlogError as error:
        print(error.sentence)
"""


@pytest.fixture
def asking(world: World, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ssh that asks for a passphrase, for a repository without the branch."""
    remote = bare(world.root / "remote.git")
    program = world.root / "ssh-that-asks"
    program.write_text(ASKING.replace("REMOTE", str(remote)))
    program.chmod(0o700)
    monkeypatch.setenv("GIT_SSH", str(program))
    return program


@pytest.fixture
def fetching(world: World, asking: Path) -> Callable[[], Terminal]:
    """A fetch on a terminal."""
    words = [sys.executable, "-P", "-c", FETCH, str(world.root / "desktop" / "git"), ADDRESS]
    return lambda: Terminal(words, columns=80, lines=24, env={**world.variables({}), "GIT_SSH": str(asking)})


@pytest.mark.slow
def test_a_passphrase_is_typed_on_the_terminal(fetching: Callable[[], Terminal]) -> None:
    """ssh asks there, nothing that is typed is shown, and a wrong one is refused."""
    for typed, said in [("open", "The tip is None."), ("wrong", "git.example.org refused your ssh key.")]:
        one = fetching()
        one.wait_for("Enter passphrase for key:")
        one.type(f"{typed}\r")
        one.wait_for(said)
        assert one.end() == 0
        assert typed not in one.text.replace("open", "", said.count("open"))
        one.close()


def test_nothing_is_asked_without_leave(world: World, asking: Path) -> None:
    """Although there may be a terminal, git and ssh do not find it, and the fetch ends at once."""
    with Courier(world.root / "desktop" / "git", ADDRESS, may_ask=False, patience=20.0) as one:
        one.create()
        with pytest.raises(RemoteFailure):
            one.fetch()
