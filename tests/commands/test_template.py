"""`mentorlog template`, as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mentorlog.export.recap import BUILT_IN
from mentorlog.export.template_kinds import KINDS
from world import Ran

Run = Callable[..., Ran]


@pytest.fixture
def save(invoke: Run) -> Callable[..., Ran]:
    """Save a template from stdin."""
    return lambda name, text, *words: invoke("template", "edit", name, "--file", "-", *words, stdin=text)


def test_the_built_in_template(invoke: Run, journal_root: Path) -> None:
    """It is there without a file."""
    assert sorted(KINDS) == ["agenda", "ask", "letter-packet", "recap", "reflection", "thanks"]
    known = [{"name": name, "source": "built-in", "path": None} for name in sorted(KINDS)]
    assert invoke("template", "list", "--json").data == known
    for name, kind in KINDS.items():
        assert invoke("template", "show", name).out == kind.built_in
    assert invoke("template", "check").out.splitlines() == [f"Template {name} has no errors." for name in sorted(KINDS)]
    assert not (journal_root / "templates").exists()


def test_an_own_template(invoke: Run, save: Run, journal_root: Path) -> None:
    """It replaces the built-in one, which can still be shown, and comes back with undo."""
    assert save("recap", "Dear {{ to }}\n").out == "Saved template recap (in place of the built-in one)\n"
    assert (journal_root / "templates" / "recap.txt").read_text() == "Dear {{ to }}\n"
    own = {"name": "recap", "source": "own", "path": "templates/recap.txt"}
    assert own in invoke("template", "list", "--json").data
    assert invoke("template", "show", "recap", "--json").data == {**own, "text": "Dear {{ to }}\n"}
    assert invoke("template", "show", "recap", "--built-in").out == BUILT_IN
    assert save("recap", "Dear {{ to }}\n").out == "Template recap is already set to that; nothing changed.\n"
    assert invoke("undo").out.splitlines() == [
        "Undone: template edit: recap (just now)",
        "  recap  deleted: templates/recap.txt",
    ]
    assert invoke("template", "show", "recap").out == BUILT_IN


def test_the_history_of_a_template(invoke: Run, save: Run) -> None:
    """A change is shown line by line, and is found by its path."""
    save("recap", "Dear {{ to }}\nOne\n")
    save("recap", "Dear {{ to }}\nTwo\n")

    assert invoke("history", "2").out.splitlines()[3:] == [
        "Changed template recap",
        "  text:",
        "    - One",
        "    + Two",
        "",
        "Undo with: mentorlog undo --no 2",
    ]
    shown = invoke("history", "2", "--json").data["changes"]
    assert [(one["record"], one["id"], one["path"], one["change"]) for one in shown] == [
        ("template", "recap", "templates/recap.txt", "changed")
    ]
    assert len(invoke("history", "templates/recap.txt", "--json").data) == 2
    assert invoke("undo").out.splitlines()[1].startswith("  recap  text is back to")


def test_a_new_template(invoke: Run, save: Run) -> None:
    """Any name makes another template for `meeting recap --template`."""
    assert save("short-recap", "Hi {{ to }}\n").out == (
        "Saved template short-recap (use it with: mentorlog meeting recap --template short-recap)\n"
    )
    invoke("mentor", "add", "William Osler, MD")
    invoke("meeting", "log", "osler", "--decision", "Annals first")

    assert invoke("meeting", "recap", "--template", "short-recap").out == "Hi William Osler\n"
    assert invoke("meeting", "recap", "--template", "short-recap", "--json").data["template"] == "short-recap"


def test_a_new_template_starts_as_another(invoke: Run, save: Run, journal_root: Path) -> None:
    """It is a copy of the one after --like, is checked as what it can be, and one that exists is not replaced."""
    sed = {"EDITOR": "sed -i s/twenty/20/;s/Could/May/"}
    assert (
        "mentorlog mentor invite --template ask-short"
        in invoke("template", "edit", "ask-short", "--like", "ask", env=sed).out
    )
    own = (journal_root / "templates" / "ask-short.txt").read_text()
    assert own == KINDS["ask"].built_in.replace("Could", "May")
    assert invoke("template", "check", "ask-short").exit == 0
    ran = invoke("template", "edit", "ask-short", "--like", "thanks", env=sed)
    assert ran.exit == 1 and "Template ask-short exists already" in ran.err
    assert "There is no template 'nosuch'." in invoke("template", "edit", "x", "--like", "nosuch", env=sed).err
    wrong = save("ask-bad", "Dear {{ to }}\n{{ aims }}\n{{ decisions }}\n", "--like", "ask")
    assert "error: Template ask-bad, line 3: there is no 'decisions'." in wrong.err


def test_the_editor(invoke: Run, journal_root: Path) -> None:
    """It opens with the built-in text; what is not changed is not saved."""
    ran = invoke("template", "edit", "recap", env={"EDITOR": "true"})
    assert (ran.exit, ran.out) == (0, "") and "nothing was saved" in ran.err
    assert invoke("template", "edit", "recap", env={"EDITOR": "sed -i s/Dear/Hi/"}).exit == 0
    assert (journal_root / "templates" / "recap.txt").read_text() == BUILT_IN.replace("Dear", "Hi")


def test_an_error_keeps_the_text(invoke: Run, journal_root: Path) -> None:
    """What was typed is in a draft, whose command doctor names; nothing is saved."""
    ran = invoke("template", "edit", "recap", env={"EDITOR": "sed -i 's/{{ to }}/{{ too }}/'"})

    assert ran.exit == 1 and "error: Template recap, line 6: there is no 'too'." in ran.err
    draft = journal_root / ".mentorlog" / "drafts" / "template-recap.txt"
    assert "{{ too }}" in draft.read_text() and str(draft) in ran.err
    assert "continue with: mentorlog template edit recap" in invoke("doctor").out
    assert not (journal_root / "templates").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear\n{{ to.__class__ }}\n", "Template recap, line 2: a text has no '__class__'."),
        ("{% include 'x' %}\n", "Template recap, line 1: a template cannot contain other templates."),
        ("{{ 'a' * 10**9 }}\n", "Template recap, line 1: a template cannot contain arithmetic."),
        ("{% if next %}{{ next.dat }}{% endif %}\n", "Template recap, line 1: there is no 'dat' here."),
        ("{# nothing #}\n", "Template recap: it makes no text."),
        ("x" * 70_000, "Template recap: it is larger than 64 KiB."),
        (b"Dear\n\xff", "- is not UTF-8 (line 2)."),
    ],
)
def test_a_bad_template_is_not_saved(invoke: Run, journal_root: Path, text: str | bytes, said: str) -> None:
    """It is refused with its line, and nothing is written."""
    file = journal_root.parent / "bad.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = invoke("template", "edit", "recap", "--file", str(file))

    assert ran.exit == 1 and said.replace("- is", f"{file} is") in ran.err and ran.out == ""
    assert not (journal_root / "templates").exists()


def test_a_bad_file(invoke: Run, journal_root: Path) -> None:
    """A file that somebody else wrote is checked before it is used; all errors are told, and the editor opens it."""
    folder = journal_root / "templates"
    folder.mkdir(mode=0o700)
    (folder / "recap.txt").write_text("Dear\n{{ config }}\n")
    (folder / "other.txt").write_text("{% macro x() %}{% endmacro %}")
    ran = invoke("template", "check")

    assert (ran.exit, ran.out) == (1, "")
    assert "error: Template other, line 1: a template cannot contain macros." in ran.err
    assert "error: Template recap, line 2: there is no 'config'." in ran.err
    assert invoke("template", "check", "recap").exit == 1
    invoke("mentor", "add", "William Osler")
    invoke("meeting", "log", "osler", "--decision", "Annals first")
    assert "error: Template recap, line 2: there is no 'config'." in invoke("meeting", "recap").err
    assert invoke("template", "edit", "recap", env={"EDITOR": "sed -i s/config/to/"}).exit == 0
    assert invoke("meeting", "recap").out == "Dear\nWilliam Osler\n"


def test_names(invoke: Run) -> None:
    """A name is a file name on every system; an unknown one is told with the known ones."""
    for name in ("../recap", "Recap", "con", "a b", "-x"[1:] + ".txt"):
        assert "is not a name of a template" in invoke("template", "edit", name, "--file", "-", stdin="x").err
    ran = invoke("template", "show", "nosuch")
    assert ran.err == (
        "error: There is no template 'nosuch'.\nhint: one of: agenda, ask, letter-packet, recap, "
        "reflection, thanks; create it with: mentorlog template edit nosuch\n"
    )
    assert "There is no built-in template 'nosuch'." in invoke("template", "show", "nosuch", "--built-in").err
    assert invoke("template", "edit", "recap", "--no-input").exit == 2
