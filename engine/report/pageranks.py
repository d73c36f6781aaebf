"""Rankings on the page: each body's place as an interval, with what would have to change for two to swap."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from engine.catalogues import Sayings
from engine.model.ranking import Case, RankedGroup, RankResult, Standing
from engine.quantities import format_decimal
from engine.report.pagetexts import thrice
from engine.report.words import Words

Json = dict[str, Any]

#: The cases of honest ranks, in words; `{rule}` and `{body}` are filled in.
CASES: Sayings[str] = {
    "weight-low": "the weight of {rule} is taken × 0.75",
    "weight-high": "the weight of {rule} is taken × 1.25",
    "left-out": "{rule} is left out",
    "rounding-low": "the figure of {body} for {rule} is at the low end of its rounding",
    "rounding-high": "the figure of {body} for {rule} is at the high end of its rounding",
}


def rank_data(result: RankResult, spoken: Sequence[Words], names: Mapping[str, str]) -> Json:
    """The groups of one period; `names` says what each rule's indicator is called.

    Units: scores rounded to two decimals for reading.
    """
    return {"period": result.period.label, "groups": [_group(group, spoken, names) for group in result.groups]}


def _group(group: RankedGroup, spoken: Sequence[Words], names: Mapping[str, str]) -> Json:
    variation = group.variation
    return {
        "name": group.name,
        "method": group.method,
        "document": group.document,
        "illustrative": int(group.illustrative),
        "standings": [_standing(standing, names) for standing in group.standings],
        "flips": [[flip.ahead, flip.behind, _case(flip.case, spoken, names)] for flip in group.flips],
        "variation": {
            "draws": variation.draws,
            "seed": variation.seed,
            "places": {
                body: [[place, count] for place, count in sorted(places.items())]
                for body, places in sorted(variation.places.items())
            },
        }
        if variation
        else None,
    }


def _standing(standing: Standing, names: Mapping[str, str]) -> Json:
    return {
        "organization": standing.organization,
        "place": standing.place,
        "score": _rounded(standing.score),
        "previous": standing.previous_place,
        "best": standing.best,
        "worst": standing.worst,
        "mixed": list(standing.not_separable),
        "why": standing.why or "",
        "adjustments": [
            [
                adjustment.kind,
                _rounded(adjustment.points),
                # A bonus for a place says on which target.
                names.get(adjustment.rule, adjustment.rule) if adjustment.rule else adjustment.reason,
                adjustment.document,
            ]
            for adjustment in standing.adjustments
        ],
    }


def _case(case: Case, spoken: Sequence[Words], names: Mapping[str, str]) -> list[str] | str:
    rule, body = names.get(case.rule, case.rule), case.organization or ""
    return thrice(spoken, lambda words: words.said(CASES[case.kind], case.kind).format(rule=rule, body=body))


def _rounded(number: Fraction | None) -> str:
    return "" if number is None else format_decimal(number, 2)
