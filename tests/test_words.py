"""The words of the program: every message in one file to review, and the words that must not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import parsed

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "mentorlog"
SNAPSHOT = ROOT / "tests" / "data" / "messages.txt"
HELP = ROOT / "tests" / "data" / "help.txt"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(
    r"\b(?:SELECT|INSERT|DELETE|UPDATE|PRAGMA|CREATE|FROM|WHERE|ORDER|VALUES|BEGIN|AND|NULL|IN|LIMIT|DESC)\b"  # SQL
    r"|\(\?[:P!<=]|\\[bdswWS]|\[\^"  # regular expressions
    r"|^\.[A-Z]{2}\b|\\f[BIRP]"  # roff
    r"|^\[+[a-z_]+\]+$"  # TOML
    r"|^\w+(?:\[.*\]| \| \w+)$"  # types
)
TABLES = {"cli/suggestions_table.py", "output/text.py", "output/terminal_markdown.py", "store/index/query.py"}
"""Files whose literals are tables for the program."""

NO_TEXT = {"compile", "search", "match", "fullmatch", "sub", "findall", "split", "cast", "TypeVar", "__import__"}
"""Functions whose literal arguments nobody reads."""

UNWANTED = (
    # pattern, what to write instead
    ("a good beginning", "Get started"),
    ("anew", "again, or rebuild"),
    ("answer is given as|give it as", "pass"),
    ("at rest", "paused"),
    (r"bytes that are no text", "not valid UTF-8"),
    (r"changed by somebody else|somebody else since", "changed since"),
    (r"commas between", "separate with commas"),
    (r"(?:do|does) not go (?:together|with)", "cannot be used together"),
    (r"done? again what was|does again|done again:", "redo"),
    (r"Enter: (?:nothing|not said|nobody|none|no date|no more|stays|it stays|they stay)", "Enter to skip"),
    (r"file is as before|says? so already|is so already", "already set to that; nothing changed"),
    (r"fits several|answers to the text", "matches several"),
    (r"(?:forgotten|goes?|go|went) for good|Forgot", "erase permanently"),
    (r"goes? on with it", "continue"),
    (r"handed in", "submitted"),
    (r"holds? (?:the|every|these) words?", "match"),
    (r"in place of yours|(?:is|are) (?:here|there) already", "would be replaced; already exists"),
    (r"is kept in \{…\}|lies in \{…\}", "is saved in"),
    (
        r"(?<!There )(?:is|are) no (?:date|time zone|number|option|list|table|folder|answer of|export of|TOML value)",
        "is not a …",
    ),
    ("kept by mentorlog", "set by mentorlog"),
    (r"kept the (?:\w+ )?review|noted (?:progress|the|as)", "Saved review; Recorded progress"),
    (r"leave (?:out one|one) of (?:the two|them)(?: out)?", "use only one of them"),
    (r"lies in the future", "is in the future"),
    (r"mend(?:s|ed|ing)?", "repair"),
    (r"named behind it", "given"),
    (r"no aim", "no goal"),
    ("nobody here|somebody new", "not a mentor in this journal"),
    ("parked", "saved"),
    ("review was begun", "unfinished review"),
    (r"takes? (?:\w+ )?(?:along|up again)", "include; resume"),
    (r"take[sn]? (?:it |all of it |everything |them )?back|took back", "undo"),
    ("the log knows", "change history"),
    (r"(?:has|is|are|was|were) \w+ already", "already before the verb"),
    (r"nothing was changed\.", "nothing changed."),
    (r"meanwhile changed|was changed meanwhile|changed by (?:others|somebody) meanwhile", "changed since"),
    (r"(?:a|the) text that was never saved", "unsaved text"),
    (r"(?:those|somebody|whom) you (?:only think of|hope for)", "prospective"),
    ("too many words", "Unexpected argument"),
)
"""Words that must not come back, with what is written instead."""


def literals(text: str) -> Iterator[str]:
    """Yield the strings of a file that people read, in their order; what an f-string puts in is {…}."""
    nodes = parsed.nodes(text)
    silent = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
    silent |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in nodes if isinstance(node, ast.JoinedStr)
    }
    for node in nodes:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in NO_TEXT:
                silent |= {id(one) for part in (node.func, *node.args) for one in ast.walk(part)}
    found = [node for node in nodes if id(node) not in silent and isinstance(node, ast.JoinedStr | ast.Constant)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
        elif isinstance(node.value, str):
            yield node.value


def messages(text: str) -> list[str]:
    """Return the literals of a file that hold at least two words and are not code, each once."""
    return [
        one
        for one in dict.fromkeys(literals(text))
        if len(WORD.findall(one)) > 1 and " " in one and not CODE.search(one)
    ]


def catalogue() -> str:
    """Return every message of the program, by file."""
    parts = []
    for path in sorted(SOURCES.rglob("*.py")):
        name = str(path.relative_to(SOURCES))
        lines = [] if name in TABLES else messages(path.read_text(encoding="utf-8"))
        if shown := [one.strip("\n").replace("\n", "\n    ") for one in lines]:
            parts.append("\n  ".join([name, *shown]))
    return "\n\n".join(parts) + "\n"


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield (file, text) of every docstring of the sources."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in parsed.nodes(path.read_text(encoding="utf-8")):
            if (
                isinstance(node, ast.Expr)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                yield str(path.relative_to(SOURCES)), node.value.value


@cache
def pages() -> list[tuple[str, str]]:
    """Return (name, text) of all that is read: messages, help, docstrings, README and docs."""
    files = [SNAPSHOT, HELP, *PAGES]
    return [*((str(one.relative_to(ROOT)), one.read_text(encoding="utf-8")) for one in files), *docstrings()]


def hits(pattern: str, texts: list[tuple[str, str]]) -> list[str]:
    """Return every place where a pattern stands as whole words, with what is around it."""
    whole = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)
    return [
        f"{name}: {' '.join(text[max(0, hit.start() - 40) : hit.end() + 40].split())}"
        for name, text in texts
        for hit in whole.finditer(text)
    ]


def test_the_messages_are_as_they_were_reviewed(request: pytest.FixtureRequest) -> None:
    """Every message reads as in tests/data/messages.txt; `pytest --update-transcripts` rewrites the file."""
    found = catalogue()
    if request.config.getoption("update_transcripts"):
        SNAPSHOT.write_text(found, encoding="utf-8")

    assert SNAPSHOT.read_text(encoding="utf-8").splitlines() == found.splitlines(), (
        "tests/data/messages.txt differs from the program's messages: pytest --update-transcripts, and read the diff"
    )


@pytest.mark.parametrize(("pattern", "instead"), UNWANTED, ids=[pattern for pattern, _ in UNWANTED])
def test_a_word_does_not_come_back(pattern: str, instead: str) -> None:
    """What was replaced by a standard word stays replaced, in messages, help, docstrings, README and docs."""
    assert hits(pattern, pages()) == [], f"write: {instead}"


def test_what_nobody_reads_is_no_message() -> None:
    """Docstrings, SQL, regular expressions and single words are left out; values are {…}."""
    text = '''
"""A docstring of words."""
import re
AS = re.compile("one or two")
SQL = "SELECT id FROM records"
ONE = "word"
SAID = f"There is no {what!r}: {more:>{width}} of" "them."
'''

    assert messages(text) == ["There is no {…}: {…} ofthem."]


def test_a_word_within_another_is_no_hit() -> None:
    """Patterns stand for whole words."""
    assert hits("mend(?:s|ed)?", [("page", "Recommended: amend it. Mended.")]) == [
        "page: Recommended: amend it. Mended."
    ]
