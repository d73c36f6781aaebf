"""Places: as the JSON document, as rows, for the terminal and as Markdown."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from tabulate import tabulate

from engine.model.period import Period
from engine.model.ranking import Case, Flip, PromiseStanding, RankedGroup, RankResult, Standing, TargetScore
from engine.model.rule import Rule
from engine.quantities import format_decimal
from engine.report.diagnostics import LineOf, Paint, findings_text, no_line
from engine.report.documents import finding_row
from engine.report.excerpt import one_line
from engine.report.words import Words

Json = dict[str, Any]

#: A group of more bodies than these gets a line for each target instead of a column for each body.
_COLUMNS = 9

#: How many cases of a pair the terminal names before it counts the others.
_NAMED_CASES = 3

#: More bodies than these are counted instead of named.
_NAMED_BODIES = 4


# --- the document ----------------------------------------------------------------------------------------------


def rank_document(result: RankResult, words: Words) -> Json:
    """The places of all groups.

    Shape: `docs/ranking.md`, and the JSON Schema `rank`; places from the first to the last, then who has none.
    """
    return {
        "schema": "biaochi.rank/1",
        "book": {"title": result.title, "digest": result.digest},
        "period": result.period.label,
        "previous_period": result.previous.label if result.previous else None,
        "quarters": [quarter.label for quarter in result.quarters],
        "quarter_weights": [format_decimal(weight) for weight in result.quarter_weights],
        "groups": [_group_row(group) for group in result.groups],
        "clauses": [
            {
                "clause": clause.clause,
                "kept": clause.kept.value,
                "promises": [
                    {"target": promise.target, "kept": promise.kept.value, "why": promise.why}
                    for promise in clause.promises
                ],
            }
            for clause in result.clauses
        ],
        "findings": [finding_row(finding, words) for finding in result.findings],
        "complete": result.complete,
    }


def _group_row(group: RankedGroup) -> Json:
    return {
        "group": group.name,
        "method": group.method,
        "document": group.document,
        "illustrative": group.illustrative,
        "places": [place_row(standing) for standing in group.standings],
        "cases": group.cases,
        "flips": [{"ahead": flip.ahead, "behind": flip.behind, "case": _case_row(flip.case)} for flip in group.flips],
        "variation": _variation_row(group),
        "commended": list(group.commended),
        "named": list(group.named),
    }


def place_row(standing: Standing) -> Json:
    """One body's place. Units: `score` in points to two decimals, `score_exact` the same unrounded."""
    return {
        "place": standing.place,
        "organization": standing.organization,
        "score": score_text(standing.score),
        "score_exact": None if standing.score is None else format_decimal(standing.score),
        "previous_place": standing.previous_place,
        "change": change_of(standing),
        "range": None if standing.best is None else [standing.best, standing.worst],
        "not_separable_from": list(standing.not_separable),
        "why": standing.why,
        "targets": [_target_row(score) for score in standing.targets],
        "adjustments": [
            {
                "kind": each.kind,
                "points": format_decimal(each.points),
                "reason": each.reason,
                "document": each.document,
                "rule": each.rule,
            }
            for each in standing.adjustments
        ],
    }


def _target_row(score: TargetScore) -> Json:
    obligation = score.verdict.obligation
    return {
        "rule": obligation.rule.id,
        "clause": obligation.rule.clause,
        "target": obligation.rule.target,
        "indicator": obligation.indicator.id,
        "verdict": score.verdict.outcome.value,
        "actual": None if score.verdict.actual is None else format_decimal(score.verdict.actual),
        "unit": score.verdict.unit,
        "weight": format_decimal(score.weight),
        "points": None if score.points is None else format_decimal(score.points),
        "full": format_decimal(score.full),
        "place": score.place,
        "method": score.method,
        "document": score.document,
        "why": score.why,
    }


def _case_row(case: Case) -> Json:
    return {
        "kind": case.kind,
        "rule": case.rule,
        "organization": case.organization,
        "indicator": case.indicator,
        "member": case.member or None,
    }


def _variation_row(group: RankedGroup) -> Json | None:
    variation = group.variation
    if variation is None:
        return None
    return {
        "draws": variation.draws,
        "seed": variation.seed,
        "places": [
            {
                "organization": body,
                "counts": [{"place": place, "count": count} for place, count in sorted(counts.items())],
            }
            for body, counts in variation.places.items()
        ],
    }


def rank_rows(result: RankResult) -> list[Json]:
    """One row per body, for a spreadsheet."""
    rows = []
    for group in result.groups:
        for standing in group.standings:
            row = {key: value for key, value in place_row(standing).items() if key not in ("targets", "adjustments")}
            best_worst = row.pop("range")
            row["best"], row["worst"] = best_worst or (None, None)
            rows.append({"group": group.name, **row})
    return rows


def change_of(standing: Standing) -> int | None:
    """How many places the body went up since the period before (down where negative); None where one is unknown."""
    if standing.place is None or standing.previous_place is None:
        return None
    return standing.previous_place - standing.place


def score_text(score: Fraction | None) -> str | None:
    """A score as it is printed: two decimals, half away from zero."""
    return None if score is None else format_decimal(score, 2)


# --- in words --------------------------------------------------------------------------------------------------


def place_headers(words: Words) -> list[str]:
    """The heads of the columns of `place_cells`."""
    names = ("rank-place", "change-column", "organization", "score", "place-range", "not-separable")
    return [words[name] for name in names]


def place_cells(standing: Standing, words: Words) -> list[str]:
    """One body's place as a row; a body without one says why instead."""
    if standing.place is None:
        why = words[f"unranked-{standing.why}"]
        return ["-", "", standing.organization, "-", "", why]
    change = change_of(standing)
    arrow = (
        "" if change is None else words["place-same"] if change == 0 else f"{'↑' if change > 0 else '↓'}{abs(change)}"
    )
    reached = str(standing.best) if standing.best == standing.worst else f"{standing.best}–{standing.worst}"
    return [
        str(standing.place),
        arrow,
        standing.organization,
        score_text(standing.score) or "-",
        reached,
        _some(standing.not_separable, words),
    ]


def _some(names: Sequence[str], words: Words) -> str:
    """A few names; of many the first, and how many there are."""
    if len(names) <= _NAMED_BODIES:
        return "、".join(names)
    # 甲、乙、丙等7個 counts all of them, "a, b, c and 4 more" the others.
    left = len(names) if words.chinese else len(names) - _NAMED_CASES
    return words["and-more"].format(names="、".join(names[:_NAMED_CASES]), count=left)


def target_cell(score: TargetScore | None, words: Words) -> str:
    """What stands there on a target, as value(place); "-" where none is set, and why where no number counts."""
    if score is None:
        return "-"
    verdict = score.verdict
    if score.why is not None and (score.points is None or verdict.actual is None):
        return "-" if score.why == "not-applicable" else words[score.why]
    if verdict.actual is None:
        return words[verdict.outcome.value]
    if verdict.unit == "stage":
        return (verdict.submitted or "-") + (f" ({score.place})" if score.place else "")
    value = format_decimal(verdict.actual, 2)
    value = value.rstrip("0").rstrip(".") if "." in value else value
    unit = f" {verdict.unit}" if verdict.unit else ""
    return f"{value}{unit}" + (f" ({score.place})" if score.place else "")


def case_text(case: Case, names: dict[str, str], words: Words) -> str:
    """One case in words: what would have to be otherwise."""
    name = names.get(case.rule, case.rule)
    if case.organization:
        who = f"{case.organization} {name}" + (f" {case.member}" if case.member else "")
        return words[case.kind].format(name=who)
    return words[case.kind].format(name=name)


def list_flips(group: RankedGroup, words: Words) -> list[str]:
    """What would have to change for neighbours to swap, a line for each pair; pairs that say the same share one."""
    names = {rule.id: name for rule, name in group_rules(group)}
    pairs: dict[tuple[str, str], list[Flip]] = {}
    for flip in group.flips:
        pairs.setdefault((flip.ahead, flip.behind), []).append(flip)
    lines: dict[tuple[str, str], list[str]] = {}
    for (ahead, behind), flips in pairs.items():
        said = words.said("; ").join(case_text(flip.case, names, words) for flip in flips[:_NAMED_CASES])
        if len(flips) > _NAMED_CASES:
            said += words["more-cases"].format(count=len(flips) - _NAMED_CASES)
        lines.setdefault((behind, said), []).append(ahead)
    return [
        words["flips-if"].format(ahead="、".join(aheads), behind=behind, cases=said)
        for (behind, said), aheads in lines.items()
    ]


def group_rules(group: RankedGroup) -> list[tuple[Rule, str]]:
    """The rules that anybody of a group was judged by, in the plan's order, each with the name of its indicator."""
    listed = {
        rule.id: (rule, score.verdict.obligation.indicator.name)
        for standing in group.standings
        for score in standing.targets
        for rule in [score.verdict.obligation.rule]
    }
    return [listed[rule] for rule in group.rules if rule in listed]


def target_table(group: RankedGroup, words: Words) -> tuple[list[str], list[list[str]]]:
    """Every target of a group with what each body did on it: a column for each body, in a large group one for all."""
    by_body = {
        standing.organization: {score.verdict.obligation.rule.id: score for score in standing.targets}
        for standing in group.standings
    }
    rules = group_rules(group)
    wide = len(by_body) > _COLUMNS
    weights = {score.verdict.obligation.rule.id: score.weight for each in group.standings for score in each.targets}
    headers = [words["clause"], words["indicator"], words["weight"], *([words["value-place"]] if wide else by_body)]
    rows = []
    for rule, name in rules:
        cells = {body: one_line(target_cell(scores.get(rule.id), words)) for body, scores in by_body.items()}
        if wide:
            said = words.said("; ").join(f"{body} {cell}" for body, cell in cells.items() if rule.id in by_body[body])
            rows.append([rule.clause, name, format_decimal(weights[rule.id]), said])
        else:
            rows.append([rule.clause, name, format_decimal(weights[rule.id]), *cells.values()])
    return headers, rows


def group_remarks(group: RankedGroup, words: Words, previous: Period | None = None) -> list[str]:
    """The lines below a group's tables: methods, footnote, flips, commended and named bodies, adjustments.

    `previous` is the period with which places are compared.
    """
    names = {rule.id: name for rule, name in group_rules(group)}
    lines = [
        words["scored-by"].format(method=words[f"method-{group.method}"], document=group.document),
        *_other_methods(group, names, words),
        words["place-footnote"],
        *([words["change-since"].format(period=previous)] if previous else []),
        words["cases-tried"].format(cases=group.cases),
        *list_flips(group, words),
    ]
    for standing in group.standings:
        for each in standing.adjustments:
            reason = names.get(each.rule, each.rule) if each.rule else each.reason
            points = format_decimal(abs(each.points))
            lines.append(
                words[f"adjusted-{each.kind}"].format(
                    body=standing.organization, points=points, reason=reason, document=each.document
                )
            )
    for key, bodies in (("commended", group.commended), ("named", group.named)):
        if bodies:
            lines.append(words[key].format(bodies="、".join(bodies)))
    return lines


def _other_methods(group: RankedGroup, names: Mapping[str, str], words: Words) -> list[str]:
    """A line for each method other than the group's, with the targets that it scores and where it comes from."""
    scored: dict[tuple[str, str], dict[str, None]] = {}
    for standing in group.standings:
        for score in standing.targets:
            if score.method != group.method:
                rule = score.verdict.obligation.rule.id
                scored.setdefault((score.method, score.document), {})[names[rule]] = None
    return [
        words["scored-otherwise"].format(
            targets="、".join(targets), method=words[f"method-{method}"], document=document
        )
        for (method, document), targets in scored.items()
    ]


def quarter_line(result: RankResult, words: Words) -> list[str]:
    """What each quarter of the year weighs, with the document that says so."""
    if not result.quarters:
        return []
    weighed = zip(result.quarters, result.quarter_weights, strict=True)
    parts = words.said(", ").join(
        f"{Period.ending(quarter.year, quarter.month)} × {format_decimal(weight)}" for quarter, weight in weighed
    )
    return [words["quarters-weigh"].format(parts=parts, document=result.quarters_document)]


def clause_lines(result: RankResult, words: Words) -> list[str]:
    """What became of every clause, counted, and then one line for each that was not simply kept."""
    if not result.clauses:
        return []
    kinds = ("kept", "not-kept", "undecided", "qualitative")
    counts = {kind: [clause for clause in result.clauses if clause.kept.value == kind] for kind in kinds}
    parts = " + ".join(f"{len(clauses)} {words[f'clause-{kind}']}" for kind, clauses in counts.items())
    lines = [words["clauses-kept"].format(total=len(result.clauses), parts=parts)]
    for clause in counts["not-kept"]:
        short = dict.fromkeys(_promise_name(promise) for promise in clause.promises if promise.kept.value == "not-kept")
        lines.append(f"  {clause.clause}: {words['clause-not-kept']} ({words.said(', ').join(short)})")
    for clause in counts["undecided"]:
        whys = dict.fromkeys(words[promise.why] for promise in clause.promises if promise.why)
        lines.append(f"  {clause.clause}: {words['clause-undecided']} ({'; '.join(whys)})")
    return lines


def _promise_name(promise: PromiseStanding) -> str:
    """What a promise is about: its indicator, or the target where nobody was judged."""
    return next((verdict.obligation.indicator.name for verdict in promise.verdicts), promise.target)


def rank_table(result: RankResult, words: Words, paint: Paint, line_of: LineOf = no_line) -> str:
    """For the terminal: each group's places, then what each body did on each target, and how sure that is."""
    blocks = []
    for group in result.groups:
        heading = f"{group.name}  {result.period.label}"
        if group.illustrative:
            heading += f"  {words['illustrative']}"
        rows = [place_cells(standing, words) for standing in group.standings]
        blocks.append(paint(one_line(heading), "bold") + "\n" + _aligned(rows, place_headers(words)))
        headers, cells = target_table(group, words)
        blocks.append(_aligned(cells, headers))
        blocks.append("\n".join(one_line(line) for line in group_remarks(group, words, result.previous)) + "\n")
    clauses = [*quarter_line(result, words), *clause_lines(result, words)]
    if clauses:
        blocks.append("\n".join(clauses) + "\n")
    if result.findings:
        blocks.append(findings_text(result.findings, words, paint, line_of))
    if not result.complete:
        blocks.append(paint(words["incomplete"], "red") + "\n")
    return "\n".join(blocks)


def _aligned(rows: Sequence[Sequence[str]], headers: Sequence[str]) -> str:
    rows, headers = [[one_line(cell) for cell in row] for row in rows], [one_line(head) for head in headers]
    text = tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def rank_markdown(result: RankResult, words: Words) -> str:
    """The same as the terminal's, as Markdown."""
    from engine.report.markdown import markdown_table, plain_markdown

    blocks = [f"## {plain_markdown(result.title)} {result.period.label}"]
    for group in result.groups:
        mark = f" {words['illustrative']}" if group.illustrative else ""
        blocks.append(f"### {plain_markdown(group.name)}{mark}")
        blocks.append(markdown_table(place_headers(words), [place_cells(each, words) for each in group.standings]))
        blocks.append(markdown_table(*target_table(group, words)))
        blocks.append("\n".join(f"- {plain_markdown(line)}" for line in group_remarks(group, words, result.previous)))
    clauses = [*quarter_line(result, words), *clause_lines(result, words)]
    if clauses:
        blocks.append("\n".join(f"- {plain_markdown(line)}" for line in clauses))
    if result.findings:
        said = [f"- `{finding.code}` {plain_markdown(words.message(finding))}" for finding in result.findings]
        blocks += [f"### {words['findings-head']}", "\n".join(said)]
    if not result.complete:
        blocks.append(words["incomplete"])
    return "\n\n".join(blocks) + "\n"
