"""What a result was made of, and by what: enough to make it again, and to tell what changed since."""

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from engine.model.noun import dataclass


@dataclass(frozen=True, slots=True)
class Inputs:
    """The digests of all files that were read: of the book by path below it, of submissions as they were named."""

    book: Mapping[str, str]
    submissions: Mapping[str, str]


NOTHING = Inputs(MappingProxyType({}), MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of a result.

    `program` gives the versions of everything that has a say in it, `options` how the command was called, `previous`
    the digest of the receipt that comes before it in a chain. `result` is the digest of the result without its
    receipt, `digest` that of the receipt itself.
    """

    book_digest: str
    book: Mapping[str, str]
    submissions: Mapping[str, str]
    program: Mapping[str, str]
    options: Mapping[str, object] = field(default_factory=dict)
    previous: str | None = None
    result: str = ""
    digest: str = ""
