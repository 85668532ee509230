"""Files that no command wrote: in a journal without a log, and with names that another system cannot have."""

from __future__ import annotations

import os

from factories import make_note
from mentorlog.store.format import toml
from store.sync.exchanged import bare
from store.sync.race import SHARED
from sync_machines import Desk
from world import World


def test_an_empty_log_has_an_ancestor_after_its_first_sync(world: World) -> None:
    """What is changed by hand afterwards is a change, and no conflict with what was sent."""
    bare(world.root / "remote.git")
    one, two = Desk(world.root, "a"), Desk(world.root, "b")
    one.journal.create()
    file = one.root / "notes" / f"{SHARED}.toml"
    file.write_bytes(toml.dump(make_note(id=SHARED, text="Common. Old.")))
    one.sync(to=True)
    two.sync(to=True, begin=True)

    file.write_bytes(toml.dump(make_note(id=SHARED, text="Common. New.")))
    report = one.sync()
    two.sync()

    assert (report.sent.changed, report.merged, report.conflicts) == ((SHARED,), (), ())
    assert b'text = "Common. New."' in two.files[f"notes/{SHARED}.toml"]
    assert one.journal.history.last() == 2
    assert not one.sync().sent.count
    assert one.journal.history.last() == 2


def test_a_name_that_not_every_system_can_have_is_held(world: World) -> None:
    """It is told, nothing is lost, and everything else is synced."""
    bare(world.root / "remote.git")
    one, two = Desk(world.root, "a"), Desk(world.root, "b")
    one.add(SHARED, "Common.")
    one.sync(to=True)
    two.sync(to=True, begin=True)
    odd = [b"-a\nb", b"-\\..", b"-\x1b[31m", b"-\xff", b'-"q', b"-a:b", b"-" + b"x" * 220]
    for id, name in zip(["n3333", "n4444", "n5555", "n6666", "n7777", "n8888", "n9999"], odd, strict=True):
        path = os.fsencode(one.root / "notes") + b"/" + id.encode() + name + b".toml"
        with open(path, "wb") as file:
            file.write(toml.dump(make_note(id=id, text="Odd.")))
    one.add("nbbbb", "Even.")

    report = one.sync()
    two.sync()

    assert report.sent.new == ("nbbbb",)
    assert len(report.held) == len(odd)
    messages = {problem.message for problem in report.held}
    assert messages == {"its name is not valid on every system", "its name is not valid UTF-8"}
    assert len(two.files) == 1 + 2  # journal.toml too
    assert len(os.listdir(one.root / "notes")) == 2 + len(odd)  # noqa: PTH208 - their names are bytes
