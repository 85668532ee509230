"""Frozen dataclasses: declared as any, known to mypy, `dataclasses` and pydantic as such, and cheap to load.

dataclasses writes and compiles an __init__, a __setattr__ and a __delattr__ for each class: half a bare Python's
start for the four of a goal, on every change of one. Here all classes share one of each.
"""

from __future__ import annotations

import dataclasses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**_):
        """Declare a frozen dataclass of named values; the options are for mypy, and the same for all."""
        return _declared

    def _declared(kind):
        made = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=True)(kind)
        fields = dataclasses.fields(made)
        made.KNOWN_ = frozenset(one.name for one in fields)
        made.NEEDED_ = frozenset(one.name for one in fields if one.default is dataclasses.MISSING)
        return made


class Frozen:
    """What the classes share: they take their fields by name, and never change."""

    if not TYPE_CHECKING:

        def __init__(self, **given):
            if not self.NEEDED_ <= given.keys() <= self.KNOWN_:
                wrong = sorted((self.NEEDED_ - given.keys()) | (given.keys() - self.KNOWN_))
                raise TypeError(f"{type(self).__name__} misses or does not know: {', '.join(wrong)}")
            self.__dict__.update(given)
            self.__post_init__()

        def __setattr__(self, name, value):
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name):
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
