"""Findings for one body: what is wrong with others' figures is not told to it."""

from collections.abc import Callable, Collection, Iterable

from engine.model.account import Account
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source


def findings_for(
    found: Iterable[Diagnostic], account: Account, bodies: Collection[str], body_of: Callable[[str], str | None]
) -> list[Diagnostic]:
    """The findings that concern some of `bodies`, or that cannot be told to concern others alone.

    A finding stays where one of its places is in a line of such a body, or in a file with its figures. Where none of
    its places is anybody's, it stays unless it names another body; what could not be read or used and is nobody's
    stays in any case. `body_of` gives the body that a written name stands for; one that it does not know may be
    anybody's.
    """
    known: dict[str, bool] = {}

    def wanted(name: str) -> bool:
        if name not in known:
            body = body_of(name)
            known[name] = body is None or body in bodies
        return known[name]

    by_line: dict[tuple[str, int], set[str]] = {}
    by_file: dict[str, set[str]] = {}
    for cell in account.cells:
        by_file.setdefault(cell.source.file, set()).add(cell.organization)
        by_line.setdefault((cell.source.file, cell.source.line), set()).add(cell.organization)

    def owners(source: Source) -> set[str]:
        return by_line.get((source.file, source.line)) or by_file.get(source.file) or set()

    def concerns(finding: Diagnostic) -> bool:
        if CODES[finding.code].incomplete and not owners(finding.source):
            return True
        # A manifest or a list of relations is about everybody: whose figures are meant, the other places say.
        names = set().union(*map(owners, (finding.source, *finding.related)))
        return any(map(wanted, names or {finding.params.get("organization", "")}))

    return [finding for finding in found if concerns(finding)]
