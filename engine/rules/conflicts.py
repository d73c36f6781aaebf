"""Whether everything that a book promises for the year's end can hold at once, and what is promised twice."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from engine.exact.linear import Claims, Decide, System, components
from engine.exact.solver import EXTRA
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.model.verdict import Obligation
from engine.rules.claims import Claim, Promises, collect_promises
from engine.rules.minimal import Search, implied


def prove_together(
    book: Book, obligations: Sequence[Obligation], impossible: Collection[str], solver: Decide | None = None
) -> list[Diagnostic]:
    """Sets of rules and relations that conflict, and rules that others imply, each once for all bodies.

    `obligations` are those of the year's end; `impossible` are rules that no figure can keep. What is not due
    then, has no number yet, or is a stage of a list has no part in it.
    Errors: rules-conflict, rule-implied, not-proven.
    """
    promises = collect_promises(book, obligations, impossible)
    whole = promises.system
    found: dict[tuple[str, ...], list[Diagnostic]] = {}
    in_conflict: set[int] = set()
    for part in components(whole):
        if _is_alone(part):
            continue
        search = Search(part, solver)
        for conflict in search.conflicts():
            in_conflict |= conflict
            _add(found, _conflict(promises, conflict))
        if search.undecided:
            _add(found, _not_proven(promises, part, solver))
    # That quotas add up to the promise is wanted, so sums imply nothing worth saying.
    without_sums = whole.only(frozenset(range(len(promises.claims))) - promises.sums)
    for part in components(without_sums):
        own = {claim: promises.own[claim] for claim in sorted(part.claims) if claim in promises.own}
        if not _is_alone(part) and in_conflict.isdisjoint(own):
            for claim, grounds in implied(part, own):
                finding = _implied(promises, claim, grounds)
                if finding:
                    _add(found, finding)
    return [_for_all(findings) for findings in found.values()]


def _is_alone(system: System) -> bool:
    """Whether there is but one constraint: that a single number can be reached is shown elsewhere."""
    return len(system.linear) == 1 and len(system.linear[0].terms) == 1


def _add(found: dict[tuple[str, ...], list[Diagnostic]], finding: Diagnostic) -> None:
    key = (finding.code, finding.params.get("rule", ""), finding.params.get("other", ""), str(finding.source))
    found.setdefault(key, []).append(finding)


def _for_all(findings: Sequence[Diagnostic]) -> Diagnostic:
    """One finding for what several bodies have in common, with the numbers of the first."""
    first = findings[0]
    bodies = dict.fromkeys(name for each in findings for name in each.params["organization"].split("、"))
    return Diagnostic(first.code, first.source, {**first.params, "organization": "、".join(bodies)}, first.related)


# --- what is said ------------------------------------------------------------------------------------------------


def _conflict(promises: Promises, conflict: Claims) -> Diagnostic:
    claims = [promises.claims[place] for place in sorted(conflict)]
    params = {"other": _ids(claims), "claims": _sayings(claims), "count": str(len(claims))}
    return _finding("rules-conflict", promises.book, claims, params)


def _not_proven(promises: Promises, part: System, solver: Decide | None) -> Diagnostic:
    claims = [promises.claims[place] for place in sorted(part.claims)]
    method = "intervals, z3" if solver else "intervals"
    params = {"other": _ids(claims), "count": str(len(claims)), "method": method, "extra": EXTRA}
    return _finding("not-proven", promises.book, claims, params)


def _implied(promises: Promises, place: int, grounds: Claims) -> Diagnostic | None:
    """None where the rules are of different kinds, which want different things during the year."""
    claim = promises.claims[place]
    others = [promises.claims[each] for each in sorted(grounds)]
    kinds = {each.obligation.rule.judging_kind for each in (claim, *others) if each.obligation}
    if len(kinds) > 1:
        return None
    params = {"rule": claim.id, "wanted": claim.said, "other": _ids(others), "others": _sayings(others)}
    return _finding("rule-implied", promises.book, [claim, *others], params)


def _ids(claims: Iterable[Claim]) -> str:
    return "、".join(claim.id for claim in claims)


def _sayings(claims: Iterable[Claim]) -> str:
    return "; ".join(f"{claim.id}: {claim.said}" for claim in claims)


def _finding(code: str, book: Book, claims: Sequence[Claim], params: dict[str, str]) -> Diagnostic:
    concerned = {name for claim in claims for name in claim.bodies}
    bodies = "、".join(name for name in book.organizations if name in concerned)
    places = tuple(_unique(claim.source for claim in claims))
    return Diagnostic(code, places[0], {"organization": bodies, **params}, places[1:])


def _unique(sources: Iterable[Source]) -> Iterator[Source]:
    yield from dict.fromkeys(sources)
