"""Texts from templates that may come from anywhere: a small, closed part of the Jinja language.

A template shows names, tests them, and loops over lists; it can call nothing, set nothing and load nothing. What it may
contain is listed here, so that anything else, a new feature of Jinja too, is refused. Every text that is made on the
way has a limit, and so has the number of steps of all loops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, NamedTuple, NoReturn

from jinja2 import StrictUndefined, TemplateError, Undefined, nodes, pass_environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as JINJA_TESTS

from mentorlog.errors import MentorlogError, shortened
from mentorlog.output.text import safe, wrap

Names = Mapping[str, Any]
"""What a template may name: texts, truth values, lists, and tables of them."""

LIMIT = 64 * 1024
"""The largest template, in bytes."""
_LONGEST = 500_000  # characters of a text that is made
_STEPS = 20_000  # of all loops together
_DEEPEST, _NESTED = 60, 8  # levels of expressions; of loops and conditions
_WIDTHS = range(10, 501)

FILTERS = (
    *("default", "join", "length", "first", "last", "sort", "upper", "lower", "title", "capitalize", "trim"),
    *("replace", "wordwrap", "list", "select", "reject"),
)
TESTS = ("defined", "string", "number", "odd", "even", "true", "false", "in", "eq", "ne", "lt", "le", "gt", "ge")
_LOOP = ("index", "index0", "first", "last", "length")
_ALLOWED = (
    *("Template", "Output", "TemplateData", "Name", "Const", "Getattr", "Getitem", "For", "If", "CondExpr"),
    *("Filter", "Test", "Keyword", "Compare", "Operand", "And", "Or", "Not"),
)
_OF_TEXTS = ("upper", "lower", "title", "capitalize", "trim", "replace", "wordwrap")
_REFUSED = {
    "calls": "Call",
    "macros": "Macro CallBlock",
    "other templates": "Include Import FromImport Extends Block",
    "variables of its own": "Assign AssignBlock With NSRef",
    "arithmetic": "Add Sub Mul Div FloorDiv Mod Pow Concat Neg Pos",
    "lists of its own": "List Dict Tuple Slice Pair",
    "filter blocks": "FilterBlock",
}
_HINT = "see what it may contain: mentorlog template show recap --built-in"


class Template(NamedTuple):
    """A template: its name and its text."""

    name: str
    text: str


class TemplateFault(MentorlogError):
    """What is wrong with a template, and in which line."""

    def __init__(self, template: str, line: int | None, wrong: str, hint: str | None = None) -> None:
        where = f"Template {template}, line {line}" if line else f"Template {template}"
        super().__init__(f"{where}: {wrong.rstrip('.')}.", hint or _HINT)
        self.template, self.line, self.wrong = template, line, wrong


class _Wrong(Exception):
    """What is wrong with a template; `render` adds its name and the line, unless it is known."""

    def __init__(self, wrong: str, hint: str | None = None, line: int | None = None) -> None:
        super().__init__(wrong)
        self.hint, self.line = hint, line


def render(template: Template, names: Names) -> str:
    """Return the text that a template makes of the names; raise TemplateFault if it is not allowed or fails."""
    engine = _Engine()
    try:
        return engine.text(template.text, names)
    except Exception as error:  # a hostile template may lead to any of them
        line = getattr(error, "line", None) or getattr(error, "lineno", None) or _line(error)
        raise TemplateFault(template.name, line, _said(error), getattr(error, "hint", None)) from None


def _said(error: Exception) -> str:
    """Return what is wrong as the end of a sentence."""
    if isinstance(error, RecursionError | MemoryError | SyntaxError | OverflowError):
        return "it is nested too deeply"
    if not isinstance(error, _Wrong | TemplateError):
        return "a value does not fit where it is used"
    said = safe(str(error)).strip()
    return said[:1].lower() + said[1:]


def _line(error: Exception) -> int | None:
    """Return the line of the template that was run when an error was raised, as Jinja writes it into the traceback."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


class _Engine(ImmutableSandboxedEnvironment):
    """The engine of one rendering, with its count of steps."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            undefined=StrictUndefined,
            finalize=_printable,
            autoescape=False,
            loader=None,
            cache_size=0,
        )
        self.globals.clear()
        self.filters = {name: _limited(name, _OWN.get(name) or JINJA_FILTERS[name]) for name in FILTERS}
        self.tests = {name: JINJA_TESTS[name] for name in TESTS}
        self.filters[""] = self._steps  # not a name that a template can use
        self._left = _STEPS

    def text(self, source: str, names: Names) -> str:
        """Return what a template makes of the names."""
        if len(source.encode("utf-8", "surrogatepass")) > LIMIT:
            raise _Wrong(f"it is larger than {LIMIT >> 10} KiB", "shorten it")
        if "\0" in source:
            raise _Wrong("it contains a NUL character", "delete the character")
        tree = self.parse(source)
        _check(tree, names)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "", [], [], None, None, lineno=loop.lineno)
        made = self.template_class.from_code(self, self.compile(tree), {})
        parts, length = list[str](), 0
        for part in made.generate(names):
            parts.append(part)
            length += len(part)
            _check_length(length)
        return "".join(parts)

    def _steps(self, value: object) -> list[Any]:
        """Return the items of a loop, and count them."""
        items = _items(value)
        self._left -= len(items) + 1
        if self._left < 0:
            raise _Wrong(f"its loops take more than {_STEPS:,} steps")
        return items

    def is_safe_callable(self, obj: object) -> bool:
        """Return that nothing may be called."""
        return False

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return that no attribute of Python may be read."""
        return False

    def call_binop(self, context: object, operator: str, left: object, right: object) -> NoReturn:
        """Refuse arithmetic."""
        raise _Wrong("a template cannot contain arithmetic")

    def getattr(self, obj: object, attribute: object) -> Any:
        """Return the part of a table or list; nothing else has parts."""
        if isinstance(obj, Undefined):
            str(obj)  # raises what is undefined
        if isinstance(obj, Mapping) and isinstance(attribute, str):
            if attribute in obj:
                return obj[attribute]
            raise _Wrong(f"there is no {shortened(attribute)} here", f"there is: {', '.join(obj)}")
        if isinstance(obj, list) and isinstance(attribute, int):
            if attribute in range(len(obj)):
                return obj[attribute]
            raise _Wrong(f"the list has no item {attribute}")
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, str(attribute))
        kinds = {str: "a text", list: "a list", bool: "a truth value", int: "a number", LoopContext: "loop"}
        kind = kinds.get(type(obj), "this")
        raise _Wrong(f"{kind} has no {shortened(str(attribute))}")

    def getitem(self, obj: object, argument: object) -> Any:
        """Return the part of a table or list."""
        return self.getattr(obj, argument)


def _check(tree: nodes.Template, names: Names) -> None:
    """Raise _Wrong for the first node that is not allowed, or names what does not exist."""
    known = {"loop", *names, *(_target(loop) for loop in tree.find_all(nodes.For))}
    left: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while left:
        node, depth, nested = left.pop()
        nested += isinstance(node, nodes.For | nodes.If)
        if depth > _DEEPEST or nested > _NESTED:
            raise _Wrong("it is nested too deeply", "use fewer loops and conditions within each other", node.lineno)
        _check_node(node, known, names)
        for child in [*node.iter_child_nodes()][::-1]:
            child.lineno = child.lineno or node.lineno
            left.append((child, depth + 1, nested))


def _target(loop: nodes.For) -> str:
    """Return the name that a loop gives to its items; empty if it gives several."""
    return loop.target.name if isinstance(loop.target, nodes.Name) else ""


def _check_node(node: nodes.Node, known: set[str], names: Names) -> None:
    kind = type(node).__name__
    if isinstance(node, nodes.For) and (node.recursive or not _target(node)):
        raise _Wrong("a loop has one plain name: {% for task in mine %}", None, node.lineno)
    if isinstance(node, nodes.Filter | nodes.Test) and (node.dyn_args or node.dyn_kwargs):
        kind = "Call"
    if kind not in _ALLOWED:
        what = next((what for what, kinds in _REFUSED.items() if kind in kinds.split()), "this")
        raise _Wrong(f"a template cannot contain {what}", None, node.lineno)
    for kinds, every, what in ((nodes.Filter, FILTERS, "filter"), (nodes.Test, TESTS, "test")):
        if isinstance(node, kinds) and node.name not in every:
            raise _Wrong(f"there is no {what} {shortened(node.name)}", f"one of: {', '.join(every)}", node.lineno)
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
        raise _Wrong(f"there is no {shortened(node.name)}", f"there is: {', '.join(names)}", node.lineno)


# The texts that are made on the way


def _check_length(length: int) -> None:
    if length > _LONGEST:
        raise _Wrong(f"its text is longer than {_LONGEST:,} characters")


def _printable(value: object) -> object:
    """Return what may be printed as it is; a list or table would be in the notation of Python."""
    if isinstance(value, Undefined):
        return str(value)  # raises what is undefined, but for a condition without else
    if not isinstance(value, str | int):
        raise _Wrong("a list or table cannot be printed whole", "loop over it, join it, or print a part of it")
    return value


def _items(value: object) -> list[Any]:
    if isinstance(value, Undefined):
        str(value)
    if not isinstance(value, list | str):
        raise _Wrong("this is not a list, so it has no items")
    return list(value)


def _limited(name: str, filter: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that takes and makes no text of more than so many characters, and lists in place of iterators."""
    is_of_texts = name in _OF_TEXTS

    @wraps(filter)
    def run(*args: Any, **named: Any) -> Any:
        for given in (*args, *named.values()):
            _check_length(len(given) if isinstance(given, str) else 0)
        if is_of_texts and not isinstance(args[0], str):
            raise _Wrong(f"{name} is for texts")
        made = filter(*args, **named)
        made = list(made) if isinstance(made, Iterator) else made
        _check_length(len(made) if isinstance(made, str | list) else 0)
        return made

    return run


# Of Jinja's own, the first two make a text of any length before it can be measured.


def _replace(value: str, old: str, new: str) -> str:
    _check_length(len(value) + value.count(old) * len(new))
    return value.replace(old, new)


@pass_environment
def _join(engine: _Engine, value: object, separator: str = "", attribute: str | None = None) -> str:
    items = [item if attribute is None else engine.getitem(item, attribute) for item in _items(value)]
    texts = [str(_printable(item)) for item in items]
    _check_length(sum(map(len, texts)) + len(texts) * len(separator))
    return separator.join(texts)


def _wordwrap(value: str, width: int = 72) -> str:
    if width not in _WIDTHS:
        raise _Wrong(f"the width of wordwrap is from {_WIDTHS[0]} to {_WIDTHS[-1]}")
    return "\n".join(wrap(value, width))


_OWN: Mapping[str, Callable[..., Any]] = {"join": _join, "replace": _replace, "wordwrap": _wordwrap}
