"""Environments of their own for mentorlog and its peers, installed from the registry and kept between runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("jrnl", "todoman", "td-watson", "topydo", "khal")


def ours(below: Path) -> Path:
    """Return the folder of programs of an environment with mentorlog as it is in this repository, installed anew."""
    return _made(below / "ours", "--force-reinstall", "--no-deps", str(ROOT), first=(str(ROOT),))


def peers(below: Path) -> Path:
    """Return the folder of programs of the environment of the peers."""
    return _made(below / "peers", *PEERS)


def newest_typer(below: Path) -> Path:
    """Return the folder of programs of an environment with mentorlog and the newest typer, its cap ignored."""
    folder = _made(below / "newest", str(ROOT))
    _pip(folder, "--upgrade", "typer")
    return folder


def versions(programs: Path) -> dict[str, str]:
    """Return what is installed, by its name in small letters."""
    said = subprocess.run(
        [programs / "python", "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    )
    return {name.lower(): version for name, _, version in (line.partition("==") for line in said.stdout.split())}


def _made(folder: Path, *packages: str, first: tuple[str, ...] = ()) -> Path:
    programs = folder / "bin"
    if not (programs / "python").exists():
        print(f"making {folder} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        if first:
            _pip(programs, *first)
    _pip(programs, *packages)
    return programs


def _pip(programs: Path, *arguments: str) -> None:
    """Install quietly; pip compiles to .pyc as it installs, whatever the environment says."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"pip install {' '.join(arguments)}:\n{done.stderr}")
