"""`mentorlog edit`: real scripts as $EDITOR, every kind of record, and files that nobody can read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]
Editor = Callable[[str], dict[str, str]]


@pytest.fixture
def editor(world: World) -> Editor:
    """editor(script) -> the variables that make a shell script $EDITOR; `$1` is the draft."""

    def make(script: str) -> dict[str, str]:
        program = world.root / "editors" / "hx"  # one that is known to keep no copies
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return {"EDITOR": str(program)}

    return make


@pytest.fixture
def ids(invoke: Invoke, world: World) -> dict[str, str]:
    """The id of one record of each kind."""

    def fill() -> dict[str, str]:
        invoke("mentor", "add", "William Osler")
        made = {
            "goal": ["goal", "add", "Case report"],
            "task": ["task", "add", "Draft"],
            "meeting": ["meeting", "plan", "osler", "--on", "fri", "--notes", "Bring it"],
            "note": ["note", "add", "First line"],
        }
        return {kind: invoke(*words, "--json").data["id"] for kind, words in made.items()} | {"mentor": "osler"}

    return world.filled("edit ids", fill)


def file_of(root: Path, id: str) -> Path:
    """The file of a record."""
    return next(path for path in root.rglob("*.toml") if path.name.startswith(id))


def drafts(root: Path) -> list[str]:
    """The names of the drafts."""
    folder = root / ".mentorlog" / "drafts"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# What is opened


@pytest.mark.parametrize(("kind", "seen"), [("note", "First line"), ("meeting", "Bring it")])
def test_prose_alone(kind: str, seen: str, ids: dict[str, str], invoke: Invoke, editor: Editor) -> None:
    """A note and a meeting are opened as their text, in Markdown; what is appended begins a line of its own."""
    ran = invoke("edit", ids[kind], "--json", env=editor('cp "$1" seen; echo more >> "$1"'))

    assert (ran.exit, Path("seen").exists()) == (0, False)
    assert ran.data["text" if kind == "note" else "notes"] == f"{seen}\nmore"


@pytest.mark.parametrize("kind", ["goal", "task", "mentor"])
def test_the_whole_record(kind: str, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """Everything else is opened as its TOML."""
    file = file_of(world.journal, ids[kind])
    env = editor(f'cp "$1" "{world.work}/seen"; echo "notes = \'mine\'  # why" >> "$1"')
    before = file.read_bytes()

    ran = invoke("edit", ids[kind], env=env)

    assert ran.exit == 0
    assert (world.work / "seen").read_bytes() == before
    assert file.read_bytes() == before + b"notes = 'mine'  # why\n"
    assert drafts(world.journal) == []
    invoke("undo")
    assert file.read_bytes() == before


def test_notes_of_anything_and_toml_of_anything(ids: dict[str, str], invoke: Invoke, editor: Editor) -> None:
    """`--notes` opens the notes alone, `--toml` the whole record."""
    assert invoke("edit", "osler", "--notes", "--json", env=editor('echo Kind > "$1"')).data["notes"] == "Kind"
    env = editor('sed -i \'s/^kind = .*/kind = "win"/\' "$1"')
    assert invoke("edit", ids["note"], "--toml", "--json", env=env).data["kind"] == "win"


def test_the_profile(invoke: Invoke, editor: Editor, world: World) -> None:
    """`profile` is edited as well, before there is one too."""
    ran = invoke("edit", "profile", "--json", env=editor('echo \'name = "Mary" # me\' >> "$1"'))

    assert ran.data["name"] == "Mary"
    assert (world.journal / "profile.toml").read_text() == 'name = "Mary" # me\n'
    assert invoke("history", "profile").out.splitlines()[1].endswith("  edit: profile")
    invoke("undo")
    assert not (world.journal / "profile.toml").exists()


# Action items


@pytest.mark.parametrize("whole", [False, True])
def test_new_action_lines_become_tasks(
    whole: bool, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World
) -> None:
    """However a meeting is edited; the notes are saved whatever a line says."""
    lines = "- [ ] @osler Send it due:fri\n- [ ] @nobody x"
    (world.work / "notes").write_text(lines)
    (world.work / "toml").write_text(f'notes = """{lines}"""\n')
    script = f'sed -i "/^notes/d" "$1"; cat "{world.work}/toml" >> "$1"' if whole else f'cp "{world.work}/notes" "$1"'
    file = file_of(world.journal, ids["meeting"])
    before = file.read_bytes()

    ran = invoke("edit", ids["meeting"], *(["--toml"] if whole else []), env=editor(script))

    assert ran.exit == 0, ran
    assert "Line 2 of the notes did not become a task: No mentor matches 'nobody'" in ran.err
    task = invoke("task", "list", "--with", "osler", "--json").data[0]
    assert f"Added task {task['id']}: Send it (promised by William Osler, due " in ran.out
    assert f"due:fri ({task['id']})" in file.read_text()
    invoke("undo")
    assert file.read_bytes() == before


def test_bytes_are_kept_where_no_task_is_new(ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """A meeting's file is as its editor left it, comments and all."""
    file = file_of(world.journal, ids["meeting"])

    ran = invoke("edit", ids["meeting"], "--toml", env=editor('echo "# mine" >> "$1"'))

    assert (ran.exit, ran.err.count("Comments")) == (0, 0)
    assert file.read_text().endswith("# mine\n")


# What changes nothing


@pytest.mark.parametrize("kind", ["note", "goal", "meeting"])
@pytest.mark.parametrize(("script", "said"), [("true", "unchanged"), (': > "$1"', "empty")])
def test_unchanged_and_emptied(
    kind: str, script: str, said: str, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World
) -> None:
    """An unchanged or emptied text changes nothing and says so."""
    before = invoke("history", "--json").data

    ran = invoke("edit", ids[kind], env=editor(script))

    assert (ran.exit, ran.out) == (0, "")
    assert said in ran.err
    assert invoke("history", "--json").data == before
    assert drafts(world.journal) == []


def test_no_input_opens_no_editor(ids: dict[str, str], invoke: Invoke, editor: Editor) -> None:
    """It is a usage error, for prose and for records."""
    for kind in ("note", "goal"):
        assert invoke("edit", ids[kind], "--no-input", env=editor("echo x >> $1")).exit == 2


# What goes wrong: nothing that was typed is lost


def test_a_refused_text_is_kept(ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """Where nobody can be asked again the error names the line, and the text lies in a draft."""
    file = file_of(world.journal, ids["goal"])
    before = file.read_bytes()

    ran = invoke("edit", ids["goal"], env=editor('echo \'by = "someday"\' >> "$1"'))

    line = before.count(b"\n") + 1
    assert ran.exit == 1
    assert ran.err.splitlines()[-3:] == [
        f"error: This is not a valid goal: line {line}: by must be a date like 2027-02-03.",
        "hint: run it again in a terminal to continue editing your text",
        f"Your text is saved in {world.journal}/.mentorlog/drafts/{ids['goal']}.toml",
    ]
    assert file.read_bytes() == before


@pytest.mark.parametrize("change", ["echo '# theirs' >> {file}", "rm {file}"])
def test_changed_meanwhile(change: str, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """Where the file changed or went while the editor was open the status is 4 and the text is kept."""
    for kind in ("goal", "note"):
        file = file_of(world.journal, ids[kind])
        ran = invoke("edit", ids[kind], env=editor(f'echo "# mine" >> "$1"; {change.format(file=file)}'))

        assert ran.exit == 4, ran
        assert "in the meantime; your edit was not saved" in ran.err
        assert "Your text is saved in" in ran.err
    assert len(drafts(world.journal)) == 2


@pytest.mark.parametrize(
    ("script", "exit", "kept"),
    [("exit 3", 1, False), ('echo mine >> "$1"; exit 3', 1, True), ("kill -9 $$", 1, False), ('rm "$1"', 1, False)],
)
def test_an_editor_that_fails(
    script: str, exit: int, kept: bool, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World
) -> None:
    """Nothing is changed; what was typed before it failed is kept."""
    before = invoke("history", "--json").data

    ran = invoke("edit", ids["note"], env=editor(script))

    assert (ran.exit, ran.out) == (exit, "")
    assert ("Your text is saved in" in ran.err) is kept
    assert len(drafts(world.journal)) == int(kept)
    assert invoke("history", "--json").data == before


def test_a_missing_editor(ids: dict[str, str], invoke: Invoke, world: World) -> None:
    """It is named, and nothing else is said of it."""
    ran = invoke("edit", ids["note"], env={"EDITOR": "no-such-editor"})

    assert ran.exit == 1
    assert ran.err.splitlines() == [
        "error: Cannot start the editor no-such-editor: no such file or directory.",
        "hint: set EDITOR to an editor that works",
    ]
    assert drafts(world.journal) == []


def test_text_that_is_no_utf8(ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """An editor that saves in another encoding is told so; its bytes are kept."""
    ran = invoke("edit", ids["note"], env=editor("printf 'caf\\351' > \"$1\""))

    assert ran.exit == 1
    assert "did not save the text as UTF-8" in ran.err
    assert (world.journal / ".mentorlog" / "drafts" / f"{ids['note']}-text.md").read_bytes() == b"caf\xe9"


def test_a_read_only_journal(ids: dict[str, str], invoke: Invoke, run: Invoke, editor: Editor, world: World) -> None:
    """A journal that cannot be written refuses before the editor opens, as the disk's failure."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    env = editor('echo x >> "$1"')
    inside = world.journal / ".mentorlog"
    inside.chmod(0o500)
    try:
        assert invoke("edit", ids["note"], env=env).exit == 5
    finally:
        inside.chmod(0o700)


# Records that cannot be read

ENCODINGS = {
    "nonsense": lambda text: b"%% nonsense\n",
    "latin": lambda text: text.encode() + b'notes = "caf\xe9"\n',
    "marked": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf16": lambda text: text.encode("utf-16"),
    "typed": lambda text: text.replace('title = "Case report"', "title = 3").encode(),
    "conflict": lambda text: f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n".encode(),
    "bytes": lambda text: bytes(range(128, 256)),
}


@pytest.mark.parametrize("how", list(ENCODINGS))
@pytest.mark.parametrize("kind", ["goal", "note", "meeting", "mentor"])
def test_what_cannot_be_read_can_be_mended(
    how: str, kind: str, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World
) -> None:
    """The file is opened whole, what is wrong in a line on top; a text that fits is saved."""
    file = file_of(world.journal, ids[kind])
    good = file.read_text()
    (world.work / "good").write_text(good)
    file.write_bytes(ENCODINGS[how](good if how != "typed" else good.replace("id = ", "tags = 3\nid = ")))
    env = editor(f'head -n 1 "$1" > "{world.work}/top"; cp "{world.work}/good" "$1"')
    assert invoke("show", ids[kind]).exit == 3

    ran = invoke("edit", ids[kind], env=env)

    assert ran.exit == 0, ran
    assert (world.work / "top").read_text().startswith("# mentorlog: ")
    assert file.read_text() == good
    assert invoke("show", ids[kind]).exit == 0


@pytest.mark.parametrize(
    ("how", "name"), [("latin", "Windows-1252"), ("marked", "byte order mark"), ("utf16", "UTF-16")]
)
def test_another_encoding_becomes_utf8(
    how: str, name: str, ids: dict[str, str], invoke: Invoke, editor: Editor, world: World
) -> None:
    """Taking the line on top away is enough; leaving it changes nothing."""
    file = file_of(world.journal, ids["goal"])
    good = file.read_text()
    bad = ENCODINGS[how](good)
    file.write_bytes(bad)

    ran = invoke("edit", ids["goal"], env=editor(f'head -n 1 "$1" > "{world.work}/top"'))
    assert "unchanged" in ran.err
    assert file.read_bytes() == bad
    assert name in (world.work / "top").read_text()

    assert invoke("edit", ids["goal"], env=editor('sed -i 1d "$1"')).exit == 0
    assert file.read_bytes() == (good + 'notes = "café"\n' if how == "latin" else good).encode()


def test_what_is_still_wrong_is_not_saved(ids: dict[str, str], invoke: Invoke, editor: Editor, world: World) -> None:
    """A broken file stays as it is until a text fits."""
    file = file_of(world.journal, ids["note"])
    file.write_text("%% nonsense\n")

    ran = invoke("edit", ids["note"], env=editor('echo "more nonsense" >> "$1"'))

    assert ran.exit == 1
    assert file.read_text() == "%% nonsense\n"
    assert drafts(world.journal) == [f"{ids['note']}.toml"]


# On a terminal


def test_an_invalid_text_is_offered_again(
    ids: dict[str, str], editor: Editor, terminal: Callable[..., Terminal], world: World
) -> None:
    """The error stands on top of the text, line 1 of it, and counts so; no hint asks before the question does."""
    script = (
        f'head -n 1 "$1" >> "{world.work}/top";'
        ' if grep -q "^# mentorlog" "$1"; then sed -i "s/urgent/high/" "$1";'
        ' else sed -i "s/^priority = .*/priority = \'urgent\'/" "$1"; fi'
    )
    shown = terminal("edit", ids["goal"], env=editor(script))
    shown.answer("Edit it again?", "")

    assert shown.end() == 0
    assert "Edited goal" in shown.text
    assert "hint: " not in shown.text
    top = (world.work / "top").read_text().splitlines()
    cause = "line 5: Unknown priority 'urgent' (one of: low, normal, high)."
    assert top[1] == f"# mentorlog: This is not a valid goal: {cause}"
    assert "priority = 'high'\n" in file_of(world.journal, ids["goal"]).read_text()


@pytest.mark.parametrize(("key", "exit"), [("n", 1), ("ctrl-c", 130), ("ctrl-d", 130)])
def test_giving_up_keeps_the_text(
    key: str, exit: int, ids: dict[str, str], editor: Editor, terminal: Callable[..., Terminal], world: World
) -> None:
    """No, Ctrl-C and Ctrl-D at the question: nothing is saved, nothing is lost; the next edit offers it."""
    shown = terminal("edit", ids["goal"], env=editor("sed -i 's/^priority = .*/priority = 3/' \"$1\""))
    if key == "n":
        shown.answer("Edit it again?", "n")
    else:
        shown.wait_for("Edit it again?").press(key)
    assert shown.end() == exit
    assert "Your text is saved in" in shown.text

    again = terminal(
        "edit", ids["goal"], env=editor("sed -i -e '/^# mentorlog/d' -e 's/^priority = .*/priority = \"low\"/' \"$1\"")
    )
    again.answer("Continue editing it?", "")
    assert again.end() == 0
    assert 'priority = "low"' in file_of(world.journal, ids["goal"]).read_text()
    assert drafts(world.journal) == []


@pytest.mark.parametrize("id", ["x" * 110, "a\\b", "-- x", ".osler"])
def test_no_text_of_a_file_whose_name_is_no_id_is_saved(
    id: str, invoke: Invoke, editor: Editor, journal_root: Path
) -> None:
    """The editor can mend neither the name nor the id: the file stays, and the draft has a plain name."""
    invoke("mentor", "add", "William Osler")
    made = (journal_root / "mentors" / "osler.toml").read_text()
    path = journal_root / "mentors" / f"{id}.toml"
    path.write_text(made.replace('id = "osler"', f"id = '{id}'"))
    ran = invoke("edit", "--", id, env=editor('echo "notes = \\"x\\"" >> "$1"'))

    assert ran.exit == 1
    assert path.read_text() == made.replace('id = "osler"', f"id = '{id}'")
    if not id.startswith("."):  # hidden files are no records
        assert "an id has up to 40 of a-z, 0-9 and hyphens, in lower case" in ran.err
        assert [one.parent.name for one in (journal_root / ".mentorlog" / "drafts").glob("*")] == ["drafts"]
