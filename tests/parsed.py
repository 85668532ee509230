"""Python files read as trees: several tests ask the same files, so each is parsed once."""

from __future__ import annotations

import ast
from functools import cache


@cache
def tree(text: str) -> ast.Module:
    """Return what a file says; nobody may change it."""
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Return every node of a file's tree, in the order of `ast.walk`."""
    return tuple(ast.walk(tree(text)))
