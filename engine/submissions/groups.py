"""Whose figures belong together: those of one body, and those of the city, whoever reports them."""

from collections.abc import Collection, Mapping, Sequence

from engine.model.figure import Figure, FigureKey
from engine.model.verdict import Obligation, Role

#: A body (empty for the city) and the key of a period.
Whose = tuple[str, int]

#: Usable figures by indicator.
Group = dict[str, Figure]


def group_figures(
    obligations: Sequence[Obligation], figures: Mapping[FigureKey, Figure], indicators: Collection[str]
) -> dict[Whose, Group]:
    """The usable figures of some indicators: of the city and of every body, in the order of bodies and periods.

    The city's are those of the bodies that answer for it; where they report different ones, it has none. Figures
    that came member by member belong to no group.
    """
    own: dict[Whose, Group] = {}
    for key in sorted(figures):
        figure = figures[key]
        if figure.indicator in indicators and not figure.member and figure.fault is None and figure.x is not None:
            own.setdefault((figure.organization, figure.period.key), {})[figure.indicator] = figure
    leads: dict[str, dict[str, None]] = {}
    for each in obligations:
        if each.role is Role.LEAD and each.indicator.id in indicators:
            leads.setdefault(each.indicator.id, {}).setdefault(each.organization)
    city: dict[Whose, Group] = {}
    for period in sorted({period for _, period in own}):
        for indicator, names in leads.items():
            reported = [own[name, period].get(indicator) for name in names if (name, period) in own]
            given = [figure for figure in reported if figure is not None]
            if given and len({(figure.form, figure.x, figure.y) for figure in given}) == 1:
                city.setdefault(("", period), {})[indicator] = given[0]
    return {**city, **own}
