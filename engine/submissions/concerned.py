"""Findings for one body: what is wrong with others' figures is not told to it."""

from collections.abc import Collection, Iterable

from engine.model.account import Account
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source


def findings_for(
    found: Iterable[Diagnostic], account: Account, bodies: Collection[str], known: Collection[str]
) -> list[Diagnostic]:
    """The findings that concern some of `bodies`, or that cannot be told to concern others alone.

    A finding stays where one of its places is in a line of such a body or in a file with its figures, in a file of
    which no body is known (it could not be read), or in a file of the book. A name that is none of the `known`
    bodies may be anybody's.
    """
    by_line: dict[tuple[str, int], set[str]] = {}
    by_file: dict[str, set[str]] = {}
    for cell in account.cells:
        by_file.setdefault(cell.source.file, set()).add(cell.organization)
        by_line.setdefault((cell.source.file, cell.source.line), set()).add(cell.organization)
    others = set(known) - set(bodies)

    def concerns(source: Source) -> bool:
        owners = by_line.get((source.file, source.line)) or by_file.get(source.file)
        return not owners or not owners <= others

    return [finding for finding in found if any(map(concerns, (finding.source, *finding.related)))]
