"""Ids by hand: one rule for files and imports; what is listed is reached by what is printed, and goes round."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_goal, make_mentor, make_note
from mentorlog import ids
from trust.screens import written
from world import World

BAD = ["OSLER", "Osler", "N2222", "müller", "o.neill", "o_neill", "a b", "-rf", "me", "all", "profile", "x" * 41]


@pytest.fixture
def root(world: World) -> Path:
    """A journal with a mentor, a goal and a note."""
    records = [make_mentor(), make_goal(id="g7k3q", mentors=["osler"]), make_note(id="n2222")]
    world.filled("ids in files", lambda: written(world.journal, records))
    return world.journal


def put(root: Path, folder: str, id: str, name: str | None = None) -> Path:
    """Make a record by hand."""
    path = root / folder / (name or f"{id}.toml")
    field = {"mentors": 'name = "By Hand"', "notes": 'text = "By hand"\non = 2026-11-23'}.get(
        folder, 'title = "By hand"'
    )
    path.write_text(f'id = "{id}"\n{field}\ncreated = 2026-11-23T09:00:00Z\n')
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("folder", ["mentors", "goals", "notes"])
@pytest.mark.parametrize("id", BAD)
def test_an_id_that_breaks_the_rule(id: str, folder: str, world: World, root: Path) -> None:
    """It is an unreadable record with a name and a remedy, and an import of it is refused.

    The kind: upper case, letters of no alphabet of ours, signs, blanks, an option, words with a meaning, too long; in
    files of every folder, in imports, and wherever an id is typed.
    """
    path = put(root, folder, id)

    listed = world.invoke(folder.removesuffix("s"), "list")
    assert (listed.exit, "y Hand" in listed.out) == (0, False)
    assert f"{folder}/{id}.toml" in listed.err
    (error,) = (one for one in world.invoke("doctor", "--json").data["findings"] if one["level"] == "error")
    assert (error["path"], error["remedy"][:15]) == (f"{folder}/{id}.toml", "rename the file")
    assert world.invoke("export", "json").exit == 3

    path.unlink()
    whole = json.loads(world.invoke("export", "json").out)
    for record in whole["data"]["records"]:
        if record["record"] == folder.removesuffix("s"):
            record["id"] = id
    assert world.invoke("import", "json", "-", stdin=json.dumps(whole)).exit == 1
    good = put(root, folder, "byhand")
    assert world.invoke("doctor").exit == 0
    good.unlink()


@pytest.mark.parametrize(("id", "folder", "other"), [("OSLER", "mentors", "osler"), ("N2222", "notes", "n2222")])
def test_the_id_as_written_comes_first(id: str, folder: str, other: str, world: World, root: Path) -> None:
    """What was made by hand as OSLER is not osler: no command takes one for the other, forget least of all."""
    path = put(root, folder, id)
    kept = next((root / folder).glob(f"{other}*.toml")).read_bytes()

    for words in (["show", id], ["set", id, "notes=x"], ["history", id]):
        ran = world.invoke(*words)
        assert ran.exit in ((3,) if words[0] != "history" else (0, 1)), ran
        assert words[0] == "history" or path.name in ran.err, ran
    done = world.invoke("forget", id, "--yes")

    assert (done.exit, path.exists()) == (0, False), done
    assert next((root / folder).glob(f"{other}*.toml")).read_bytes() == kept
    assert world.invoke("show", other.upper()).exit == 0
    assert world.invoke("doctor").exit == 0


SIGNS = st.text("abz019-ABé_.", min_size=1, max_size=6)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from(["mentors", "goals", "notes"]), SIGNS), max_size=5))
def test_what_doctor_passes_goes_round(made: list[tuple[str, str]]) -> None:
    """Where doctor finds no error, export and import carry everything, and each id that a list prints is found."""
    import shutil
    import tempfile

    from world import World

    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        world = World(folder / "world")
        env = {"MENTORLOG_JOURNAL": str(world.journal)}
        world.invoke("init", str(world.journal), "--no-input", env=env)
        for place, id in made:
            put(world.journal, place, id)
        lists = {kind: world.invoke(kind, "list", "--json", env=env).data for kind in ("mentor", "goal", "note")}
        for kind, listed in lists.items():
            for view in listed:
                shown = world.invoke("show", view["id"], "--json", env=env)
                assert shown.exit == 3 or (shown.exit, shown.data["record"]) == (0, kind), shown
        if world.invoke("doctor", env=env).exit == 0:
            whole = world.invoke("export", "json", env=env)
            assert whole.exit == 0
            there = {"MENTORLOG_JOURNAL": str(folder / "other")}
            world.invoke("init", str(folder / "other"), "--no-input", env=there)
            assert world.invoke("import", "json", "-", stdin=whole.out, env=there).exit == 0
            assert (
                json.loads(world.invoke("export", "json", env=there).out)["data"]["records"]
                == (json.loads(whole.out)["data"]["records"])
            )
    finally:
        shutil.rmtree(folder)


def test_every_id_of_ours_keeps_the_rule() -> None:
    """What mentorlog makes is never refused by its own gate."""
    for kind in ids.LETTERS:
        assert ids.wrong(ids.new(kind, lambda id: False)) is None
    for name in ("William Osler", "Me", "Con", "Ärzte", "日本", "profile", "x" * 99):
        assert ids.wrong(ids.mentor_slug(name, lambda id: False)) is None
