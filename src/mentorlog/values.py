"""A handful of named values, declared as a typing.NamedTuple is, but without loading typing.

typing costs a third of a Python's start, and each NamedTuple compiles a constructor of its own: too much where
`mentorlog` alone passes by. Modules that typer's commands alone load may use either.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_):
        """Tell type checkers, and nobody else, that the class makes its constructor from its annotations."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class Value:
    """Fields as the class annotates them, in that order; equal where all of them are."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _needed: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._needed = frozenset(cls.__annotations__) - cls.__dict__.keys()

    def __init__(self, *values: Any, **named: Any) -> None:
        self.__dict__.update(zip(self._fields, values, strict=False), **named)
        if len(values) > len(self._fields) or not self._needed <= self.__dict__.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} takes: {', '.join(self._fields)}")

    if not TYPE_CHECKING:  # mypy knows it by the declaration

        def __setattr__(self, name, value):
            raise AttributeError(f"{type(self).__name__} never changes: make a copy with but()")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        pairs = (f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({', '.join(pairs)})"

    def _all(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field) for field in self._fields)

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return type(self)(**self.__dict__ | changes)
