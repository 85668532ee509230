"""A journal whose files no command wrote: a sync leaves an operation by which the next one knows what was sent."""

from __future__ import annotations

from factories import make_note
from mentorlog.store.format import toml
from store.sync.exchanged import bare
from store.sync.machines import SHARED, Machine
from world import World


def test_an_empty_log_has_an_ancestor_after_its_first_sync(world: World) -> None:
    """What is changed by hand afterwards is a change, and no conflict with what was sent."""
    bare(world.root / "remote.git")
    one, two = Machine(world.root, "a"), Machine(world.root, "b")
    one.journal().create()
    file = one.folder / "notes" / f"{SHARED}.toml"
    file.write_bytes(toml.dump(make_note(id=SHARED, text="Common. Old.")))
    one.sync()
    two.begin()

    file.write_bytes(toml.dump(make_note(id=SHARED, text="Common. New.")))
    report = one.sync()
    two.sync()

    assert (report.sent.changed, report.merged, report.conflicts) == ((SHARED,), (), ())
    assert b'text = "Common. New."' in two.files[f"notes/{SHARED}.toml"]
    assert one.journal().history.last() == 1
    assert not one.sync().sent.count
    assert one.journal().history.last() == 1
