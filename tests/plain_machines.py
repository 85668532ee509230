"""Two machines of one user with a plain remote between them, run through the command line."""

from __future__ import annotations

import tomllib
from pathlib import Path

from mentorlog.store.sync.place import Place
from store.sync.exchanged import bare
from world import Ran, World


class Machines:
    """Two machines of one user: a journal, a configuration and a state folder each, and a repository between them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.remote = world.home / "journal.git"
        self.goal = ""

    def env(self, machine: str) -> dict[str, str | None]:
        """Return the variables of a machine."""
        home = self.world.home / machine
        folders = {f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "state")}
        return {**folders, "MENTORLOG_JOURNAL": str(self.journal(machine))}

    def journal(self, machine: str) -> Path:
        """Return the journal of a machine."""
        return self.world.journal if machine == "desktop" else self.world.home / machine / "journal"

    def run(self, machine: str, *words: str) -> Ran:
        """Run mentorlog on a machine."""
        return self.world.invoke(*words, env=self.env(machine))

    def id(self, machine: str, *words: str) -> str:
        """Add a record on a machine, and return its id."""
        return str(self.run(machine, *words, "--json").data["id"])

    def files(self, machine: str) -> dict[str, bytes]:
        """Return the records of a machine."""
        root = self.journal(machine)
        paths = [path for path in root.rglob("*.toml") if ".mentorlog" not in path.parts]
        return {str(path.relative_to(root)): path.read_bytes() for path in paths}

    def settle(self) -> None:
        """Let each machine find what it knows of the remote, which is kept by the path of the journal."""
        for machine in ("desktop", "laptop"):
            state, root = self.world.home / machine / "state" / "mentorlog", self.journal(machine)
            (known,) = (state / "sync").iterdir()
            known.rename(Place(state, root, tomllib.loads((root / "journal.toml").read_text())["id"]).folder)

    def begin(self) -> None:
        """Make a journal on the desktop, send it, and let the laptop have it from the remote."""

        def fill() -> str:
            bare(self.remote)
            self.run("desktop", "init", str(self.journal("desktop")), "--name", "Mary Blackwell")
            self.run("desktop", "mentor", "add", "William Osler", "--every", "4 weeks")
            goal = self.id("desktop", "goal", "add", "Submit case report", "--with", "osler")
            assert self.run("desktop", "sync", "--to", str(self.remote), "--plain").exit == 0
            assert self.run("laptop", "init", str(self.journal("laptop")), "--from", str(self.remote)).exit == 0
            return goal

        self.goal = self.world.filled("two machines", fill)
        self.settle()
