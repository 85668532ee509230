"""The budgets of the code: nothing grows too long, everything public says what it is.

`python tests/test_budgets.py` prints the figures.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import pytest

import parsed

ROOT = Path(__file__).resolve().parent.parent

LINES_OF_SOURCE = 500
LINES_OF_TESTS = 600
LINES_OF_FUNCTION = 50
METHODS_OF_CLASS = 30
LINES_OF_COMMAND = 25
PURPOSELESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
CALLED_BY_LIBRARIES = {"readinto", "resolve_command", "is_safe_callable", "is_safe_attribute", "call_binop"}
UNFINISHED = re.compile(r"#.*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Public = Function | ast.ClassDef | ast.Module


@dataclass(frozen=True)
class Source:
    """One Python file, read."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file's tree; parsed when a budget asks for it."""
        return parsed.tree(self.text)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return parsed.nodes(self.text)

    @property
    def lines(self) -> int:
        """How many lines the file has."""
        return len(self.text.splitlines())

    @property
    def is_command(self) -> bool:
        """Tell whether the file is a command's."""
        return "/commands/" in self.path

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, inner ones too."""
        for node in self.nodes:
            if isinstance(node, Function):
                yield node


def read(folder: Path, *, below: Path = ROOT) -> list[Source]:
    """Read all Python files below a folder."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        found.append(Source(path.relative_to(below).as_posix(), path.read_text(encoding="utf-8")))
    return found


def _documented(node: Public) -> bool:
    return ast.get_docstring(node) is not None


def _body(node: Function) -> list[ast.stmt]:
    """Return what a function does: its statements without the docstring."""
    return node.body[1:] if _documented(node) else node.body


def length(node: Function) -> int:
    """Count the lines of a function from `def` to its end, without the docstring."""
    doc = node.body[0]
    return node.end_lineno - node.lineno + 1 - (doc.end_lineno - doc.lineno + 1 if _documented(node) else 0)


def body_length(node: Function) -> int:
    """Count the lines between the docstring and the end of a function."""
    body = _body(node)
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def _place(source: Source, node: Function | ast.ClassDef) -> str:
    return f"{source.path}:{node.lineno} {node.name}"


# The budgets: each returns its complaints.


def long_files(sources: Sequence[Source]) -> list[str]:
    """A file that outgrows its room becomes a folder of rooms."""
    limits = {True: LINES_OF_TESTS, False: LINES_OF_SOURCE}
    return [
        f"{one.path} has {one.lines} lines, {limits[one.path.startswith('tests/')]} at most: make two of it"
        for one in sources
        if one.lines > limits[one.path.startswith("tests/")]
    ]


def long_functions(sources: Sequence[Source]) -> list[str]:
    """A function fits on a screen."""
    return [
        f"{_place(one, node)} has {length(node)} lines without its docstring, {LINES_OF_FUNCTION} at most"
        for one in sources
        for node in one.functions()
        if length(node) > LINES_OF_FUNCTION
    ]


def methods(node: ast.ClassDef, classes: dict[str, ast.ClassDef]) -> set[str]:
    """Return the names of a class's methods, with what it inherits from classes of the program."""
    own = {inner.name for inner in node.body if isinstance(inner, Function)}
    bases = [classes[name] for base in node.bases if (name := ast.unparse(base).split("[")[0]) in classes]
    return own.union(*(methods(base, classes) for base in bases if base is not node))


def large_classes(sources: Sequence[Source]) -> list[str]:
    """A class has one trade: what it inherits counts, as whoever reads it must know it."""
    found = [(one, node) for one in sources for node in one.nodes if isinstance(node, ast.ClassDef)]
    classes = {node.name: node for _, node in found}
    return [
        f"{_place(one, node)} has {count} methods with those that it inherits, {METHODS_OF_CLASS} at most"
        for one, node in found
        if (count := len(methods(node, classes))) > METHODS_OF_CLASS
    ]


def long_commands(sources: Sequence[Source]) -> list[str]:
    """A command is four steps: words to values, one domain call, save once, say what happened."""
    return [
        f"{_place(one, node)} has a body of {body_length(node)} lines, {LINES_OF_COMMAND} at most"
        for one in sources
        if one.is_command
        for node in one.functions()
        if node.name == "run" and body_length(node) > LINES_OF_COMMAND
    ]


def _publics(source: Source) -> Iterator[tuple[str, Public]]:
    """Yield what others may use: the module, its classes and functions, and their methods, by place."""
    yield f"{source.path}:1 (the module)", source.tree
    for node in source.tree.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        yield _place(source, node), node
        for inner in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(inner, Function | ast.ClassDef) and not inner.name.startswith("_"):
                yield f"{source.path}:{inner.lineno} {node.name}.{inner.name}", inner


def _repeats(node: Public) -> bool:
    """Tell whether it is the setter of a property or one signature of several: another one has the docstring."""
    names = [ast.unparse(one).split(".")[-1] for one in getattr(node, "decorator_list", [])]
    return bool({"setter", "deleter", "overload"} & set(names))


def silent(sources: Sequence[Source]) -> list[str]:
    """Every public name says in a docstring what it is."""
    return [
        f"{place} has no docstring"
        for one in sources
        for place, node in _publics(one)
        if not _documented(node) and not _repeats(node)
    ]


def printing(sources: Sequence[Source]) -> list[str]:
    """Only the room output prints."""
    return [
        f"{one.path}:{node.lineno} prints: let Output say it"
        for one in sources
        if not one.path.startswith("src/mentorlog/output/")
        for node in one.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def busy_commands(sources: Sequence[Source]) -> list[str]:
    """A command catches nothing, knows no JSON, and its annotations are real (typer reads them)."""
    wrong = []
    for one in sources:
        for node in one.nodes if one.is_command else []:
            if isinstance(node, ast.Try):
                wrong.append(f"{one.path}:{node.lineno} catches: errors belong to the boundary in cli")
            elif isinstance(node, ast.If | ast.IfExp) and "json" in ast.unparse(node.test):
                wrong.append(f"{one.path}:{node.lineno} asks for JSON: Output parts people and programs")
            elif isinstance(node, ast.ImportFrom) and node.module == "__future__":
                wrong.append(f"{one.path}:{node.lineno} imports from __future__: typer reads the annotations")
    return wrong


def uncalled(sources: Sequence[Source]) -> list[str]:
    """What the program defines the program uses: a name that stands nowhere else is dead, whatever tests say of it."""
    words = Counter(word for one in sources for word in re.findall(r"\w+", one.text))
    return [
        f"{_place(one, node)} is used nowhere in the program: delete it"
        for one in sources
        for node in one.nodes
        if isinstance(node, Function | ast.ClassDef) and words[node.name] == 1
        if not node.name.startswith("__") and node.name not in CALLED_BY_LIBRARIES
    ]


def unfinished(sources: Sequence[Source]) -> list[str]:
    """What is not done is an issue, not a comment."""
    return [
        f"{one.path}:{number} leaves something to do: {line.strip()}"
        for one in sources
        for number, line in enumerate(one.text.splitlines(), 1)
        if UNFINISHED.search(line)
    ]


def purposeless(sources: Sequence[Source]) -> list[str]:
    """A room has a purpose, and its name says which."""
    return [
        f"{one.path} has a name that says nothing"
        for one in sources
        if PURPOSELESS & set(Path(one.path).with_suffix("").parts)
    ]


def laid_out_by_hand(sources: Sequence[Source]) -> list[str]:
    """The formatter lays code out, and a function has a name of its own."""
    return [
        f"{one.path}:{number} {'switches the formatter off' if 'fmt' in line else 'assigns a lambda'}"
        for one in sources
        for number, line in enumerate(one.text.splitlines(), 1)
        if re.search(r"# fmt: (skip|off)|noqa: E731", line)
    ]


Budget = Callable[[Sequence[Source]], list[str]]
OF_SOURCES: list[Budget] = [
    long_files,
    long_functions,
    large_classes,
    long_commands,
    silent,
    printing,
    busy_commands,
    uncalled,
    laid_out_by_hand,
]
OF_ALL: list[Budget] = [unfinished, purposeless]
OF_TESTS: list[Budget] = [long_files, *OF_ALL]


def _named(budget: Budget) -> str:
    return budget.__name__


@pytest.fixture(scope="module")
def program() -> list[Source]:
    """The program, read once for all budgets."""
    return read(ROOT / "src")


@pytest.fixture(scope="module")
def tests() -> list[Source]:
    """The tests and benchmarks, read once."""
    return [*read(ROOT / "tests"), *read(ROOT / "benchmarks")]


@pytest.mark.parametrize("budget", [*OF_SOURCES, *OF_ALL], ids=_named)
def test_the_program_keeps(budget: Budget, program: list[Source]) -> None:
    """Each budget holds for every file of the program."""
    complaints = budget(program)

    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize("budget", OF_TESTS, ids=_named)
def test_the_tests_keep(budget: Budget, tests: list[Source]) -> None:
    """Tests and benchmarks are code too."""
    complaints = budget(tests)

    assert not complaints, "\n" + "\n".join(complaints)


# The figures


def figures() -> str:
    """Return the figures of the code, for people: lines, files, functions, commands."""
    program, tests = read(ROOT / "src"), read(ROOT / "tests")
    lengths = sorted((length(node), _place(one, node)) for one in program for node in one.functions())
    bodies = sorted(
        (body_length(node), _place(one, node))
        for one in program
        if one.is_command
        for node in one.functions()
        if node.name == "run"
    )
    files = sorted((one.lines, one.path) for one in program)
    code, proof = sum(one.lines for one in program), sum(one.lines for one in tests)
    rows = [
        f"lines of the program   {code:,} in {len(program)} files",
        f"lines of the tests     {proof:,} in {len(tests)} files ({proof / code:.2f} : 1)",
        _row("files", files, LINES_OF_SOURCE),
        _row("functions", lengths, LINES_OF_FUNCTION),
        _row("command bodies", bodies, LINES_OF_COMMAND),
    ]
    return "\n".join(row for row in rows if row)


def _row(what: str, sizes: Sequence[tuple[int, str]], budget: int) -> str:
    if len(sizes) < 2:
        return ""
    numbers = [size for size, _ in sizes]
    ninth = quantiles(numbers, n=10)[-1]
    most, where = sizes[-1]
    return f"{what:<22} median {median(numbers):g}, p90 {ninth:.0f}, longest {most} of {budget} ({where})"


# The budgets themselves, tried on small files that break them


def written(folder: Path, text: str, name: str = "src/mentorlog/commands/goal.py") -> list[Source]:
    """One file with that text."""
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return read(folder, below=folder)


COMMAND = '"""Goals."""\ndef run(\n    ctx,\n    title,\n):\n    """Add.\n\n    Example: …\n    """\n'
BROKEN = [
    (long_files, "x = 1\n" * 501, "has 501 lines, 500 at most"),
    (long_functions, "def f():\n" + '    """Say.\n\n    More."""\n' + "    x = 1\n" * 50, "f has 51 lines"),
    (
        large_classes,
        "class A:\n"
        + "".join(f"    def a{n}(self): pass\n" for n in range(20))
        + "class B(A):\n"
        + "".join(f"    def b{n}(self): pass\n" for n in range(11)),
        "B has 31 methods",
    ),
    (long_commands, COMMAND + "    x = 1\n" * 26, "run has a body of 26 lines, 25 at most"),
    (silent, "x = 1", "(the module) has no docstring"),
    (silent, '"""A."""\ndef f(): pass', ":2 f has no docstring"),
    (
        silent,
        '"""A."""\nclass C:\n    """C."""\n    def m(self): pass\n    def _m(self): pass',
        ":4 C.m has no docstring",
    ),
    (printing, "def f():\n    print('x')", ":2 prints"),
    (busy_commands, "try:\n    x = 1\nexcept ValueError:\n    pass", ":1 catches"),
    (busy_commands, "x = 1 if out.json else 2", ":1 asks for JSON"),
    (busy_commands, "from __future__ import annotations", "typer reads"),
    (uncalled, "def f():\n    g()\ndef g(): pass", ":1 f is used nowhere"),
    (laid_out_by_hand, "x = [1]  # fmt: " + "skip", ":1 switches the formatter off"),
    (laid_out_by_hand, "f = lambda: 1  # noqa: E" + "731", ":1 assigns a lambda"),
    (unfinished, "x = 1  # TO" + "DO: more", ":1 leaves something to do"),
]
KEPT = [
    (long_files, "x = 1\n" * 500),
    (long_functions, "def f():\n" + '    """Say.\n\n    More."""\n' + "    x = 1\n" * 49),
    (large_classes, "class A:\n" + "".join(f"    def a{n}(self): pass\n" for n in range(30))),
    (long_commands, COMMAND + "    x = 1\n" * 25),
    (silent, '"""A."""\ndef _f(): pass\nclass _C:\n    def m(self): pass'),
    (silent, '"""A."""\ndef f():\n    """F."""\n    def inner(): pass'),
    (printing, "here.out.say('x')\nfingerprint(x)"),
    (unfinished, "status = 'todo'  # not done\nmarkup = '[TO" + "DO]'"),
]


@pytest.mark.parametrize(("budget", "text", "complaint"), BROKEN)
def test_a_budget_sees(budget: Budget, text: str, complaint: str, tmp_path: Path) -> None:
    """A file over a budget is told so, once, with its place."""
    complaints = budget(written(tmp_path, text))

    assert [complaint in said for said in complaints] == [True], complaints


@pytest.mark.parametrize(("budget", "text"), KEPT)
def test_a_budget_allows(budget: Budget, text: str, tmp_path: Path) -> None:
    """A file just within a budget is not told anything."""
    assert budget(written(tmp_path, text)) == []


def test_a_name_without_purpose(tmp_path: Path) -> None:
    """No module is called utils, helpers, common, base or manager."""
    (complaint,) = purposeless(written(tmp_path, "", "src/mentorlog/utils.py"))

    assert "src/mentorlog/utils.py" in complaint


if __name__ == "__main__":
    print(figures())
