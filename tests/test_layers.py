"""The walls of the program: imports go down only, each library has one room, nothing goes in a ring.

Every import counts: inside functions and under TYPE_CHECKING too. Read with `ast`, nothing is imported.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import parsed

SOURCES = Path(__file__).resolve().parent.parent / "src"
PACKAGE = "mentorlog"

# Which modules make a room: one per folder. "x.*" is every module of the folder x, and x itself.
ROOMS = {
    "cli": ["__main__", "cli.*"],
    "commands": ["commands.*"],
    "flows": ["flows.*"],
    "app": ["app", "candidates", "config", "lookup"],
    "input": ["input.*"],
    "places": ["places"],
    "output": ["output.*"],
    "export": ["export.*"],
    "exchange": ["exchange.*"],
    "store": ["store.*"],
    "store.backup": ["store.backup.*"],
    "store.checkup": ["store.checkup.*"],
    "store.index": ["store.index.*"],
    "store.sync": ["store.sync.*"],
    "store.format": ["store.format.*"],
    "store.oplog": ["store.oplog.*"],
    "store.disk": ["store.disk.*"],
    "domain": ["domain.*"],
    "models": ["models.*"],
    "ground": [
        "errors",
        "values",
        "vocabulary",
        "dates",
        "date_words",
        "fold",
        "ids",
        "names",
        "toml_lines",
        "__init__",
    ],
}
STORE = {room for room in ROOMS if room.startswith("store")}
THINKING = {"domain", "models", "ground"}
# From which rooms a room may import, beside itself.
BELOW = {
    "cli": {"commands", "flows", "app", "places", "input", "output", "export", "exchange", *STORE, *THINKING},
    "commands": {"flows", "app", "places", "input", "output", "export", "exchange", *STORE, *THINKING},
    "flows": {"app", "places", "input", "output", "export", "exchange", *STORE, *THINKING},
    "app": {"places", "input", "output", *STORE, *THINKING},
    "places": {"store", "store.disk", "ground"},
    "input": {"places", "output", *STORE, *THINKING},
    "export": {"output", *STORE, *THINKING},
    "exchange": {"export", *STORE, *THINKING},
    "output": THINKING,
    "store": {*STORE, *THINKING},
    "store.backup": {*STORE - {"store.checkup"}, *THINKING},
    "store.checkup": {*STORE, *THINKING},
    "store.index": {*STORE - {"store.checkup"}, *THINKING},
    "store.sync": {*STORE, *THINKING},
    "store.format": {"store", "store.disk", *THINKING},
    "store.oplog": {"store", "store.disk", "ground"},
    "store.disk": {"ground"},
    "domain": {"models", "ground"},
    "models": {"ground"},
    "ground": set[str](),
}
# The only modules that may import a library; the longest name that fits counts.
LIBRARIES = {
    "typer": ["cli.*", "commands.*"],
    "shellingham": ["cli.completion"],
    "rich": ["output.terminal_markdown"],
    "rich.cells": ["output.*"],
    "markdown_it": ["output.terminal_markdown", "export.markdown_prose", "export.html.prose", "domain.action_lines"],
    "nh3": ["export.html.prose"],
    "jinja2": ["export.templates"],
    "pydantic": ["store.format.validate"],
    "pydantic_core": ["store.format.validate"],
    "tomllib": ["store.format.toml"],
    "tomli_w": ["store.format.toml"],
    "sqlite3": ["store.index.*"],
    "platformdirs": ["places"],
    "dateparser": ["date_words"],
    "icalendar": ["export.ics_components", "exchange.ics_times"],
    "dateutil": ["exchange.ics_times"],
    "yaml": ["exchange.front_matter"],
    "pyrage": ["store.age"],
    "subprocess": ["input.*", "flows.manual", "store.sync.git"],
}
# What knows bytes and paths only, and what else of the program that may lead to.
BYTES_ONLY = ["store.disk.*", "store.oplog.*"]
RECORD_MODULES = ["store.format.*", "store.index.*", "store.journal", *ROOMS["domain"], *ROOMS["models"]]
# What a command may know of the store.
DOOR = {"store.journal": {"Journal", "Query", "Transaction"}}


@dataclass(frozen=True)
class Import:
    """One import: who, what (without the package's name if it is of the program), and where it stands."""

    module: str
    target: str
    names: tuple[str, ...]
    inside: bool
    line: int

    def __str__(self) -> str:
        return f"{self.module} (line {self.line}) imports {self.target}"


class Program:
    """The modules of a source tree and what they import."""

    def __init__(self, folder: Path) -> None:
        self.modules: dict[str, tuple[ast.AST, ...]] = {}
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
            self.modules[name] = parsed.nodes(path.read_text(encoding="utf-8"))
        self.folders = {".".join(path.parent.relative_to(folder).parts) for path in folder.rglob("__init__.py")}
        self.imports = [one for name, nodes in self.modules.items() for one in self._of(name, nodes)]

    def _of(self, module: str, nodes: tuple[ast.AST, ...]) -> Iterator[Import]:
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield self._import(module, alias.name, (), node.lineno)
            elif isinstance(node, ast.ImportFrom):
                source = self._absolute(module, node)
                rest = []
                for alias in node.names:  # `from mentorlog.store import files` imports the module files
                    inner = f"{source}.{alias.name}"
                    if self._within(inner) in self.modules:
                        yield self._import(module, inner, (), node.lineno)
                    else:
                        rest.append(alias.name)
                if rest:
                    yield self._import(module, source, tuple(rest), node.lineno)

    def _absolute(self, module: str, node: ast.ImportFrom) -> str:
        """Return the whole name that a relative import means."""
        if not node.level:
            return node.module or ""
        parts = [PACKAGE, *([] if module == "__init__" else module.split("."))]
        if module not in self.folders and module != "__init__":
            parts.pop()
        parts = parts[: len(parts) - node.level + 1]
        return ".".join([*parts, *([node.module] if node.module else [])])

    @staticmethod
    def _within(name: str) -> str | None:
        """Return a name of the program without the name of the package; None for a library."""
        if name == PACKAGE:
            return "__init__"
        return name.removeprefix(PACKAGE + ".") if name.startswith(PACKAGE + ".") else None

    def _import(self, module: str, name: str, names: tuple[str, ...], line: int) -> Import:
        within = self._within(name)
        return Import(module, within or name, names, within is not None, line)

    def graph(self) -> dict[str, set[str]]:
        """Return what each module imports of the program."""
        graph: dict[str, set[str]] = {name: set() for name in self.modules}
        for one in self.imports:
            if one.inside and one.target in graph:
                graph[one.module].add(one.target)
        return graph

    def reached(self, module: str) -> set[str]:
        """Return every module of the program that the imports of one lead to."""
        graph, found, waiting = self.graph(), set[str](), [module]
        while waiting:
            new = graph[waiting.pop()] - found
            found |= new
            waiting += new
        return found


def _rings(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return every group of modules that import each other (Tarjan)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = [[name] for name, targets in graph.items() if name in targets]

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for target in graph[name]:
            if target not in order:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], order[target])
        if low[name] == order[name]:
            at = stack.index(name)
            ring = stack[at:]
            del stack[at:]
            if len(ring) > 1:
                found.append(sorted(ring))

    for name in graph:
        if name not in order:
            visit(name)
    return found


def _fits(module: str, patterns: list[str]) -> bool:
    """Tell whether a module is one of those: `index.*` is index, index.x and index_x."""
    return any(
        module == pattern
        or (
            pattern.endswith(".*") and (module == pattern[:-2] or module.startswith((pattern[:-1], pattern[:-2] + "_")))
        )
        for pattern in patterns
    )


def _room(module: str) -> str | None:
    fitting = [room for room, patterns in ROOMS.items() if _fits(module, patterns)]
    return max(fitting, key=len, default=None)


# The rules: each returns its complaints.


def unassigned_modules(program: Program) -> list[str]:
    """Every module belongs to a room."""
    advice = (
        "give it a room in DESIGN section 5 and in ROOMS of tests/test_layers.py, or put it into an existing folder"
    )
    return [f"{module} belongs to no known room: {advice}" for module in program.modules if _room(module) is None]


def upward(program: Program) -> list[str]:
    """Imports go down only; output does not know the store."""
    wrong = []
    for one in program.imports:
        room, target = _room(one.module), _room(one.target) if one.inside else None
        if room and target and target != room and target not in BELOW[room]:
            wrong.append(f"{one}: from room {room} to room {target} is not down")
    return wrong


def unknown(program: Program) -> list[str]:
    """An import of the program names a module that is there."""
    return [f"{one}, which is not there" for one in program.imports if one.inside and one.target not in program.modules]


def command_imports(program: Program) -> list[str]:
    """Commands import of each other options and filters only, and of the store only the types at its door."""
    wrong = []
    for one in program.imports:
        if not one.inside or not _fits(one.module, ["commands.*"]):
            continue
        shared = ("commands.options", "commands.filters", f"{one.module.rpartition('.')[0]}.options")
        if _fits(one.target, ["commands.*"]) and one.target not in shared:
            wrong.append(f"{one}: a command knows no other command; move what both need into the domain")
        if _fits(one.target, ["store.*"]) and not (one.names and set(one.names) <= DOOR.get(one.target, set())):
            allowed = "; ".join(f"{', '.join(sorted(names))} from {module}" for module, names in DOOR.items())
            wrong.append(f"{one} {', '.join(one.names)}: a command may know only {allowed}")
    return wrong


def record_imports(program: Program) -> list[str]:
    """What moves bytes knows no records, nor does what it imports."""
    wrong = []
    for module in program.modules:
        if _fits(module, BYTES_ONLY):
            known = sorted(name for name in program.reached(module) if _fits(name, RECORD_MODULES))
            wrong += [f"{module} knows bytes and paths only, but its imports lead to {name}" for name in known]
    return wrong


def library_imports(program: Program) -> list[str]:
    """One library, one room; a library that nobody chose is none."""
    wrong = []
    for one in program.imports:
        if one.inside:
            continue
        full = [one.target, *(f"{one.target}.{name}" for name in one.names)]
        for name in full[1:] if one.target == "rich" else full[:1]:
            library = max(
                (key for key in LIBRARIES if name == key or name.startswith(key + ".")), key=len, default=None
            )
            if library is None:
                if name.split(".")[0] not in sys.stdlib_module_names:
                    wrong.append(
                        f"{one}: choose the library in LIBRARIES first, and give it a room in tests/test_layers.py"
                    )
            elif not _fits(one.module, LIBRARIES[library]):
                wrong.append(f"{one}: only {', '.join(LIBRARIES[library])} may import {library}")
    return wrong


def _calls(program: Program) -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of `something.name(…)`, written as text."""
    for module, nodes in program.modules.items():
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield module, node, ast.unparse(node.func)


def clocks(program: Program) -> list[str]:
    """The clock is read once, in cli; today and now travel as values."""
    clock = {f"{owner}.{name}" for owner in ("date", "datetime") for name in ("today", "now", "utcnow")}
    return [
        f"{module} (line {node.lineno}) reads the clock: {text}(); take `today` or `now` as an argument"
        for module, node, text in _calls(program)
        if ".".join(text.split(".")[-2:]) in clock and not _fits(module, ROOMS["cli"])
    ]


def fsyncs(program: Program) -> list[str]:
    """Only store/disk/syscalls.py knows fsync."""
    return [
        f"{module} (line {node.lineno}) calls {text}: ask store.disk.files"
        for module, node, text in _calls(program)
        if text == "os.fsync" and module != "store.disk.syscalls"
    ]


def _texts(program: Program) -> Iterator[tuple[str, int, str]]:
    """Every text in the code that is no docstring: module, line, text."""
    for module, nodes in program.modules.items():
        statements = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
                yield module, node.lineno, node.value


def layouts(program: Program) -> list[str]:
    """Only store.layout knows the name of our folder in a journal."""
    return [
        f"{module} (line {line}) spells .mentorlog: ask store.layout"
        for module, line, text in _texts(program)
        if ".mentorlog" in text and module != "store.layout"
    ]


def queries(program: Program) -> list[str]:
    """Only store.index speaks SQL."""
    return [
        f"{module} (line {line}) holds SQL: move it to store.index.query"
        for module, line, text in _texts(program)
        if re.search(r"\bSELECT\b", text) and not _fits(module, ["store.index.*"])
    ]


def rings(program: Program) -> list[str]:
    """No modules import each other in a ring."""
    return ["a ring: " + ", ".join(ring) for ring in _rings(program.graph())]


Rule = Callable[[Program], list[str]]
RULES: list[Rule] = [
    unassigned_modules,
    upward,
    unknown,
    command_imports,
    record_imports,
    library_imports,
    clocks,
    fsyncs,
    layouts,
    queries,
    rings,
]


@pytest.fixture(scope="module")
def program() -> Program:
    """The program as it stands."""
    return Program(SOURCES / PACKAGE)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps(rule: Rule, program: Program) -> None:
    """Each rule of DESIGN section 5 holds for every module."""
    complaints = rule(program)

    assert not complaints, "\n" + "\n".join(complaints)


# The rules themselves, tried on small houses that break them


def built(folder: Path, **modules: str) -> Program:
    """A small program; `store__disk__files="import os"` is store/disk/files.py."""
    for name, text in {"__init__": "", **modules}.items():
        path = folder.joinpath(*(name.split("__") if name != "__init__" else [name])).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for parent in path.relative_to(folder).parents[:-1]:
            (folder / parent / "__init__.py").touch()
    return Program(folder)


BROKEN = [
    (unassigned_modules, {"helpful": ""}, "helpful belongs to no known room"),
    (
        upward,
        {"store__journal": "", "output__screen": "from mentorlog.store.journal import Journal"},
        "output to room store",
    ),
    (
        upward,
        {
            "errors": "",
            "loop": "",
            "__init__": "",
            "models__goal": "def f():\n    from mentorlog import cli",
            "cli": "",
        },
        "models.goal (line 2)",
    ),
    (upward, {"cli": "", "app": "if TYPE_CHECKING:\n    from .cli import main"}, "app (line 2) imports cli"),
    (unknown, {"cli": "from mentorlog.gone import x"}, "imports gone, which is not there"),
    (command_imports, {"commands__a": "from mentorlog.commands import b", "commands__b": ""}, "no other command"),
    (command_imports, {"commands__a": "from . import b", "commands__b": ""}, "no other command"),
    (
        command_imports,
        {"commands__a__x": "from mentorlog.commands.b.options import Y", "commands__b__options": ""},
        "no other command",
    ),
    (
        command_imports,
        {"commands__a": "from mentorlog.store.disk.files import calls", "store__files": ""},
        "may know only",
    ),
    (command_imports, {"commands__a": "import mentorlog.store.journal", "store__journal": ""}, "may know only"),
    (
        record_imports,
        {"store__oplog__log": "from mentorlog.models.goal import Goal", "models__goal": ""},
        "models.goal",
    ),
    (
        record_imports,
        {
            "store__disk__files": "from .. import layout",
            "store__layout": "from mentorlog.domain import loop",
            "domain__loop": "",
        },
        "lead to domain.loop",
    ),
    (library_imports, {"app": "import typer"}, "only cli.*"),
    (library_imports, {"output__text": "from rich import box"}, "only output.terminal_markdown"),
    (library_imports, {"store__journal": "from rich.cells import cell_len"}, "only output.*"),
    (library_imports, {"store__journal": "import tomllib"}, "only store.format.toml"),
    (library_imports, {"store__scan": "import sqlite3"}, "only store.index.*"),
    (library_imports, {"store__backup": "from pyrage import passphrase"}, "only store.age"),
    (library_imports, {"store__backup": "import subprocess"}, "only input.*"),
    (library_imports, {"dates": "import arrow"}, "choose the library"),
    (clocks, {"loop": "import datetime\nx = datetime.date.today()"}, "reads the clock"),
    (fsyncs, {"store__operations": "import os\nos.fsync(3)"}, "calls os.fsync"),
    (layouts, {"app": "def f(root):\n    return f'{root}/.mentorlog/drafts'"}, "app (line 2) spells .mentorlog"),
    (queries, {"store__snapshot": "x = 'SELECT id FROM records'"}, "store.snapshot (line 1) holds SQL"),
    (rings, {"ids": "from mentorlog import dates", "dates": "def f():\n    from . import ids"}, "a ring: dates, ids"),
    (rings, {"ids": "import mentorlog.ids"}, "a ring: ids"),
]


@pytest.mark.parametrize(("rule", "modules", "complaint"), BROKEN)
def test_a_rule_sees(rule: Rule, modules: dict[str, str], complaint: str, tmp_path: Path) -> None:
    """A program that breaks a rule is told so, once, with the place."""
    complaints = rule(built(tmp_path, **modules))

    assert [complaint in text for text in complaints] == [True], complaints


def test_a_good_program_has_no_complaints(tmp_path: Path) -> None:
    """What DESIGN allows is allowed."""
    program = built(
        tmp_path,
        cli__main="import typer, datetime\nfrom mentorlog.commands import goal\nnow = datetime.datetime.now()",
        commands__goal="from . import options as opt\nfrom mentorlog.store.journal import Journal, Query",
        commands__options="import typer",
        app="from mentorlog import places\nfrom mentorlog.store.journal import Journal",
        places="import platformdirs",
        store__journal="from .index import search\nfrom .disk import files\nfrom .format import toml",
        store__index__search="import sqlite3",
        store__disk__syscalls="import os\nos.fsync(1)",
        store__disk__files="from . import syscalls",
        store__format__toml="import tomllib, tomli_w\nfrom mentorlog.models.goal import Goal",
        output__text="from rich.cells import cell_len\nfrom mentorlog.models.goal import Goal",
        output__terminal_markdown="from rich.console import Console",
        models__goal="from mentorlog.errors import BadValue",
        errors="",
    )

    assert [complaint for rule in RULES for complaint in rule(program)] == []
