"""Declared revisions: what a later submission says of an earlier figure, put in that figure's place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey, Form
from engine.model.period import Period
from engine.model.quantity import Quantity
from engine.quantities import read_quantity


def apply_revisions(
    book: Book, figures: Mapping[FigureKey, Figure], revising: Iterable[Figure], found: list[Diagnostic]
) -> dict[FigureKey, Figure]:
    """The figures with every declared revision in its place, in the order of the periods that declare them.

    What was submitted at first stays beside the new number; a baseline can be revised like a figure.
    Errors: revision-differs where another number is on record than the one that is revised; revised (a note).
    """
    revised = dict(figures)
    for figure in sorted(revising, key=lambda each: (each.period, each.source)):
        period, before, after = Period.parse(figure.revises[0]), figure.revises[1], figure.revises[2]
        # What makes the revising figure unusable is named; then nothing that its entry says is relied on.
        if figure.fault is not None or period is None:
            continue
        key = (figure.organization, figure.indicator, period.key, figure.member)
        on_record = revised.get(key)
        if on_record is None or on_record.fault is not None or on_record.form is not Form.VALUE:
            continue
        old, new = (read_quantity(text, definitions=book.definitions) for text in (before, after))
        if not isinstance(old, Quantity) or not isinstance(new, Quantity):
            continue
        params = {
            "organization": figure.organization,
            "indicator": book.indicators[figure.indicator].name,
            "period": period.label,
            "from": before,
            "to": after,
            "reason": figure.revises[3],
        }
        unit = book.indicators[figure.indicator].unit
        same_measure = old.unit.dimension == new.unit.dimension == unit.dimension
        if same_measure and old.base == on_record.x:
            changed = replace(
                on_record,
                x=new.base,
                x_half=new.half_step,
                x_sign=(new.value > 0) - (new.value < 0),
                decimals=new.decimals,
                halves=(new.half_step, on_record.halves[1]),
            )
        elif same_measure and on_record.y is not None and old.base == on_record.y:
            changed = replace(on_record, y=new.base, halves=(on_record.halves[0], new.half_step))
        else:
            params["record"] = on_record.submitted
            found.append(Diagnostic("revision-differs", figure.source, params, (on_record.source,)))
            continue
        revised[key] = replace(changed, notes=_noted(on_record), source=figure.source)
        found.append(Diagnostic("revised", figure.source, params, (on_record.source,)))
    return revised


def _noted(figure: Figure) -> tuple[str, ...]:
    return figure.notes if "revised" in figure.notes else ("revised", *figure.notes)
