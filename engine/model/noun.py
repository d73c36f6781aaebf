"""What a noun of the program is: a dataclass whose fields never change.

`frozen=True` is a promise that the type checker proves for the whole program. It is not checked a second time while
the program runs: that would make every noun three times as slow to define, and as slow to make.
"""

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen=False, slots=False, order=False):
        """As `dataclasses.dataclass`; what is frozen has a hash, and nobody may change it."""
        return dataclasses.dataclass(slots=slots, order=order, unsafe_hash=frozen)


__all__ = ["dataclass"]
