"""Command help: one plain layout for pipes and terminals, with bold headings on a terminal."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from mentorlog.cli import table
from mentorlog.output.page import Page

Row = tuple[str, str, bool]
"""The name of an argument, option or command, its help, and whether it is required."""

_WIDEST, _NARROWEST = 78, 50
_LONGEST_NAME = 30
_LAST = ("Completion", "Global options")


def show(ctx: typer.Context) -> None:
    """Print the help of the command."""
    typer.echo("\n".join(lines(ctx, ctx.obj.out.results)))


def data(ctx: typer.Context) -> dict[str, Any]:
    """Return the help of the command for --json."""
    command: Any = ctx.command
    text = inspect.cleandoc(command.help or "")
    document: dict[str, Any] = {"name": ctx.command_path, "summary": text.partition("\n")[0], "usage": usage(ctx)}
    document |= {
        "help": text,
        "aliases": table.aliases(ctx.command_path),
        "arguments": [],
        "options": [],
        "commands": [],
    }
    for title, rows in sections(command).items():
        place = "arguments" if title == "Arguments" else "options" if rows[0][0].startswith("-") else "commands"
        document[place] += [{"name": label, "help": text, "required": required} for label, text, required in rows]
    return document


def usage(ctx: typer.Context) -> str:
    """Return the usage of a command: mentorlog goal tell [OPTIONS] GOAL MENTOR."""
    command: Any = ctx.command
    pieces = [ctx.command_path, "[OPTIONS]"]
    for param in command.params:
        if param.param_type_name == "argument":
            pieces.append(name(param) if param.required else f"[{name(param)}]")
    return " ".join([*pieces, "COMMAND ..."] if hasattr(command, "commands") else pieces)


def name(param: Any) -> str:
    """Return the displayed name of an option or argument: --journal, MENTOR."""
    return spellings(param)[-1] if param.param_type_name == "option" else str(param.metavar or param.name.upper())


def spellings(param: Any) -> list[str]:
    """Return the short forms of an option and its first long one; other long ones are hidden aliases."""
    long = [spelling for spelling in param.opts if spelling.startswith("--")]
    return [spelling for spelling in param.opts if spelling not in long] + long[:1]


def lines(ctx: typer.Context, page: Page) -> list[str]:
    """Return the help of the command as lines."""
    command: Any = ctx.command
    width = max(min(page.width - 2, _WIDEST), _NARROWEST)
    start = f"Usage: {ctx.command_path} "
    pieces = usage(ctx).removeprefix(f"{ctx.command_path} ")
    first, *rest = textwrap.wrap(pieces, width, initial_indent=start, subsequent_indent=" " * len(start))
    printed = [page.style("Usage:", "bold") + first.removeprefix("Usage:"), *rest]
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        printed += ["", *_paragraph(paragraph, width)]
    if also := table.aliases(ctx.command_path):
        printed += ["", *_paragraph(f"Also: {', '.join(also)}", width)]
    for title, rows in sections(command).items():
        printed += ["", page.style(f"{title}:", "bold"), *_table(rows, width)]
    return printed


def _paragraph(text: str, width: int) -> list[str]:
    """Return a paragraph of a docstring, indented and filled; examples and lists keep their lines."""
    lines = text.split("\n")
    if any(line.startswith(("Example", " ", "mentorlog ", "- ")) for line in lines):
        return [f"  {line}" for line in lines]
    return textwrap.wrap(" ".join(lines), width, initial_indent="  ", subsequent_indent="  ")


def sections(command: Any) -> dict[str, list[Row]]:
    """Return the rows of the arguments, and of the options and commands by panel."""
    panels: dict[str, list[Row]] = {"Arguments": [], "Options": []}
    for param in command.params:
        label, title = name(param), param.rich_help_panel or "Arguments"
        if param.param_type_name == "option":
            label = ", ".join(spellings(param)) + ("" if param.is_flag else f" {param.metavar}")
            title = param.rich_help_panel or "Options"
        panels.setdefault(title, []).append((label, str(param.help), param.required))
    for stub in getattr(command, "commands", {}).values():
        if not stub.hidden:
            panels.setdefault(stub.rich_help_panel or "Commands", []).append((stub.name, stub.help, False))
    for last in _LAST:
        panels[last] = panels.pop(last, [])
    return {title: rows for title, rows in panels.items() if rows}


def _table(rows: Sequence[Row], width: int) -> Iterator[str]:
    column = min(max(len(label) for label, _, _ in rows), _LONGEST_NAME) + 2
    for label, text, required in rows:
        first, *rest = textwrap.wrap(f"{text}  [required]" if required else text, max(width - column - 2, 10))
        if len(label) > _LONGEST_NAME:
            yield f"  {label}"
            label = ""
        yield f"  {label:<{column}}{first}"
        yield from (f"{'':<{column + 2}}{line}" for line in rest)
