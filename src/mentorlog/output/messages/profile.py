"""The messages about the profile: blocks and stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentorlog import dates, vocabulary
from mentorlog.models.profile import Block, Profile, Stage
from mentorlog.models.views import joined
from mentorlog.output.phrases import day, from_to, result, unchanged
from mentorlog.output.text import spaced


def block(profile: Profile, name: str, replaced: Sequence[Block], changed: bool) -> Iterator[str]:
    """Yield that a block was added or changed, and which of other names it overlaps."""
    new = next(one for one in reversed(profile.blocks) if one.name == name)
    if not changed:
        yield unchanged(f"Block {name} is already {_days(new)}, {new.load}")
        return
    was = "; was ".join(["", *(f"{_days(one)}, {one.load}" for one in replaced)])
    yield f"{'Changed' if replaced else 'Added'} block {name} ({_days(new)}, {new.load}{was})"
    others = [one for one in profile.blocks if one is not new and one.overlaps(new)]
    if others:
        heaviest = max((new, *others), key=lambda one: vocabulary.BLOCK_LOADS.index(one.load))
        names = joined([f"{one.name} ({one.load})" for one in others])
        yield f"It overlaps {names}; on days in both, the heavier load counts: {heaviest.load}."


def removed(block: Block) -> str:
    """Return that a block was removed."""
    return result(f"Removed block {block.name}", details=[_days(block), block.load])


def stage(profile: Profile, old: Profile, ended: Sequence[Stage]) -> Iterator[str]:
    """Yield the new stage, with what it replaces, and those that it ends."""
    now = profile.stages[-1] if profile.stages else None
    if profile is old or now is None:
        yield unchanged(f"Your stage is already {_stage(profile.stage, profile.level)}")
        return
    replaced = (one for one in old.stages if one.to is None and one.from_ == now.from_)
    was = [f"was {_stage(one.stage, one.level)}" for one in replaced]
    yield result(f"Set your stage to {_stage(now.stage, now.level)}", details=[day(now.from_, "since "), *was])
    for one in ended:
        yield result(f"  before: {_stage(one.stage, one.level)}", details=[from_to(day(one.from_), day(one.to))])


def _days(block: Block) -> str:
    return from_to(dates.say(block.from_), dates.say(block.to))


def _stage(stage: str | None, level: str | None) -> str:
    return ", ".join(filter(None, (spaced(stage or ""), level)))
