"""Immutable named values, declared like a typing.NamedTuple, but without importing typing.

Importing typing costs a third of Python's start-up, and each NamedTuple compiles its own constructor: too much for a
bare `mentorlog`. Modules that are loaded only by Typer's commands may use either.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_):
        """Tell type checkers that the constructor follows from the annotations; does nothing at run time."""
        return lambda kind: kind


@dataclass_transform(frozen_default=True)
class Value:
    """Fields as annotated in the class, in that order; equal if all fields are equal."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _needed: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._needed = frozenset(cls.__annotations__) - cls.__dict__.keys()

    def __init__(self, *values: Any, **named: Any) -> None:
        if len(values) == len(self._fields) and not named:  # the usual case, without a check
            self.__dict__.update(zip(self._fields, values, strict=True))
            return
        self.__dict__.update(zip(self._fields, values, strict=False), **named)
        if len(values) > len(self._fields) or not self._needed <= self.__dict__.keys() <= {*self._fields}:
            raise TypeError(f"{type(self).__name__} takes: {', '.join(self._fields)}")

    if not TYPE_CHECKING:  # mypy knows it from the declaration

        def __setattr__(self, name, value):
            raise AttributeError(f"{type(self).__name__} is immutable: make a copy with but()")

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
