"""The fields of a class in; values of them out that do not change.

A frozen dataclass is the same, but Python writes and compiles code for each at every start: 0.4 ms, as much as it takes
to load two modules. So it is used only for what a plain check does not load.
"""

from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Frozen:
    """The fields of a class below are those that it annotates. Whether a call gives all of them, mypy says.

    A default is one value for all; what an instance works out for itself is a `cached_property`.
    """

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names += tuple(cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        self.__dict__.update(zip(self._names, values, strict=False), **named)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} does not change")
