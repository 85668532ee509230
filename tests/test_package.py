"""The package: what the two archives hold, and that each works without the repository."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterable, Sequence
from email.message import Message
from email.parser import HeaderParser
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import pytest

from mentorlog import __version__
from transcript import check
from world import Environment, World

pytest.importorskip("hatchling", reason="the extra dev brings what builds the package")
pytest.importorskip("hatch_fancy_pypi_readme", reason="the extra dev brings what builds the package")

ROOT = Path(__file__).resolve().parent.parent
WHERE = "import mentorlog; print(mentorlog.__file__)"

# A room, the pages that run the program, and the rules over all files; another test compares the list of files.
SAMPLE = ("models", "test_docs.py", "test_layers.py", "test_transcripts.py")

INFORMATION = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


class Package(NamedTuple):
    """What was built: the folder to which the sdist was unpacked, and the wheel that was built there."""

    sources: Path
    wheel: Path

    @property
    def metadata(self) -> Message:
        """The wheel's own description."""
        with zipfile.ZipFile(self.wheel) as archive:
            text = archive.read(f"mentorlog-{__version__}.dist-info/METADATA").decode("utf-8")
        return HeaderParser().parsestr(text)


class Installed(World):
    """A world whose mentorlog is an installed one, run in processes of its own."""

    def __init__(self, root: Path, environment: Path) -> None:
        self.installed = environment / "bin" / "mentorlog"
        super().__init__(root)

    def _install(self) -> None:
        (self.root / "bin" / "mentorlog").symlink_to(self.installed)

    def variables(self, env: Environment | None = None) -> dict[str, str]:
        """Return the variables of a run, without the path to the sources."""
        return super().variables({**self.environment(), "PYTHONPATH": None, **(env or {})})

    def found(self, *arguments: str) -> Path:
        """Create the journal of this world with the installed program."""
        status, output = self.mixed("init", str(self.journal), "--no-input", *arguments)
        assert status == 0, output
        return self.journal

    def shell_here(self, command: str, env: Environment | None = None, cwd: Path | None = None) -> tuple[int, str]:
        """Run each program in a process of its own."""
        return self.shell(command, env, cwd)

    def mixed(self, *arguments: str, env: Environment | None = None, cwd: Path | None = None) -> tuple[int, str]:
        """Run the installed program; return the exit status and both outputs in their order."""
        return self.shell(shlex.join(["mentorlog", *arguments]), env, cwd)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The sdist, unpacked, and the wheel that is built from it, with no network."""
    folder = tmp_path_factory.mktemp("package")
    _build("sdist", ROOT, folder)
    with tarfile.open(folder / f"mentorlog-{__version__}.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    sources = folder / f"mentorlog-{__version__}"
    _build("wheel", sources, folder)
    return Package(sources, folder / f"mentorlog-{__version__}-py3-none-any.whl")


@pytest.fixture
def installed(package: Package, world: World) -> Installed:
    """The wheel in a fresh virtual environment, with what it requires and nothing else."""
    folder = world.root / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    pip = ["-m", "pip", "--python", folder / "bin" / "python"]
    _run([*pip, "install", "--no-deps", "--no-index", package.wheel], ROOT)
    (libraries,) = folder.glob("lib/python*/site-packages")
    for name in _required(package.metadata.get_all("Requires-Dist", []), set()):
        for top in {file.parts[0] for file in distribution(name).files or ()} - {"..", "__pycache__"}:
            (libraries / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    return Installed(world.root / "installed", folder)


def _build(target: str, sources: Path, folder: Path) -> None:
    _run(["-m", "hatchling", "build", "-t", target, "-d", folder], sources)


def _run(arguments: Sequence[str | Path], folder: Path, env: Environment | None = None) -> str:
    """Run this Python and return what it printed."""
    variables = {name: value for name, value in {**os.environ, **(env or {})}.items() if value is not None}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def _required(requirements: Iterable[str], known: set[str]) -> set[str]:
    """Add the names of all distributions that these requirements need here, of no extra."""
    from packaging.requirements import Requirement

    for line in requirements:
        one = Requirement(line)
        if one.name not in known and (one.marker is None or one.marker.evaluate({"extra": ""})):
            known.add(one.name)
            _required(distribution(one.name).requires or (), known)
    return known


# What is in the archives


def test_the_sdist_holds_the_repository(package: Package) -> None:
    """Whoever has the sdist has every tracked file: sources, tests, manual and licence."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")

    assert [name for name in listed.stdout.splitlines() if not (package.sources / name).is_file()] == []


def test_the_wheel_holds_the_program_alone(package: Package) -> None:
    """The wheel has the whole program, the marker of its types, the licence and the man page, and no test."""
    with zipfile.ZipFile(package.wheel) as archive:
        names = set(archive.namelist())
    program = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "mentorlog").rglob("*.*")}
    program = {name for name in program if "__pycache__" not in name}
    others = {name for name in names - program if not name.startswith(f"mentorlog-{__version__}.data/")}

    assert program - names == set()
    assert {"mentorlog/py.typed", f"mentorlog-{__version__}.data/data/share/man/man1/mentorlog.1"} <= names
    assert {name.removeprefix(f"mentorlog-{__version__}.dist-info/") for name in others} == INFORMATION


def test_metadata(package: Package) -> None:
    """Version, licence and authors are declared once, and agree with CHANGELOG.md, LICENSE and CITATION.cff."""
    metadata = package.metadata

    assert (metadata["Name"], metadata["Version"]) == ("mentorlog", __version__)
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Author"] in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert metadata["Author"] in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert f"\n## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_description_needs_no_repository(package: Package) -> None:
    """The description is Markdown without HTML, and each of its links and pictures has an address of its own."""
    from markdown_it import MarkdownIt

    text = package.metadata.get_payload()
    tokens = MarkdownIt().parse(text)
    tokens += [inner for token in tokens for inner in token.children or ()]
    targets = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens]

    assert package.metadata["Description-Content-Type"] == "text/markdown"
    assert text.lstrip().startswith("# mentorlog\n")
    assert [token.content for token in tokens if token.type.startswith("html")] == []
    assert [target for target in targets if target and not target.startswith(("https:", "mailto:"))] == []


# What the archives do


def test_the_wheel_works_alone(installed: Installed) -> None:
    """An installed wheel is the program: its own code, its version, its tour."""
    python = shlex.quote(str(installed.installed.with_name("python")))
    _, code = installed.shell(f"{python} -c {shlex.quote(WHERE)}")

    assert Path(code).is_relative_to(installed.installed.parent.parent)
    assert installed.mixed("--version") == (0, f"mentorlog {__version__}\n")
    status, tour = installed.mixed("tour")
    assert status == 0, tour
    assert "$ mentorlog" in tour


@pytest.mark.slow
def test_the_quick_start_works_with_the_wheel_alone(installed: Installed) -> None:
    """What the README shows is what an installed wheel prints."""
    check(ROOT / "README.md", installed, home_name="~")


@pytest.mark.slow
def test_the_sdist_passes_its_own_quick_tests(package: Package, world: World) -> None:
    """Whoever unpacks the sdist can test it: a sample of its quick tests, on its own code."""
    env = {"PYTHONPATH": str(package.sources / "src")}
    code = _run(["-c", WHERE], package.sources, env)
    tests = [f"tests/{name}" for name in SAMPLE]
    pytest_quick = ["-m", "pytest", "-q", "-m", "not slow", "--basetemp", world.root / "nested"]
    ran = _run([*pytest_quick, *tests], package.sources, env)

    assert Path(code).is_relative_to(package.sources)
    assert " passed" in ran
