from engine.rules.forms import accepted_units, blank_forms
from engine.rules.obligations import limit_obligations, list_obligations
from engine.units import find_unit
from tests.unit.report.forms_of import TOTAL, forms_of
from tests.unit.small import INDICATORS, book_of, figures_of, period_of


def symbols(symbol: str, definitions: str = "") -> list[str]:
    unit = find_unit(symbol, definitions)
    assert unit is not None
    return [each.symbol for each in accepted_units(unit, definitions)]


def test_the_own_unit_comes_first_and_the_others_measure_the_same() -> None:
    assert symbols("家") == ["家"]
    assert symbols("萬人") == ["萬人", "人"]
    assert symbols("億元") == ["億元", "元", "萬元"]
    assert symbols("%") == ["%", "‰"]


def test_a_book_s_own_units_are_offered_too() -> None:
    assert symbols("畝", "垧 = 10 * 畝\n")[0] == "畝"
    assert "垧" in symbols("畝", "垧 = 10 * 畝\n")


def test_only_who_owes_has_a_form() -> None:
    assert [form.stamp.organization for form in forms_of(TOTAL)] == ["市經信局"]
    assert forms_of(TOTAL + ", due_in: [2025]") == []


def test_a_milestone_is_chosen_from_its_stages() -> None:
    stages = "stages: [{stage: 開工, due: 2025-03-31}, {stage: 完工, due: 2025-12-31}]"
    (blank,) = forms_of(f"indicator: firms, kind: milestone, {stages}")[0].items[0].blanks
    assert (blank.part, blank.stages, blank.unit) == ("stage", ("未開始", "開工", "完工"), None)


def test_a_rate_may_be_given_by_its_parts() -> None:
    indicators = "- {id: growth, name: 增速, unit: '%', parts: {growth: [current, previous], unit: 億元}}\n"
    blanks = forms_of("indicator: growth, kind: rate, threshold: 7 %", indicators=indicators)[0].items[0].blanks
    assert [blank.part for blank in blanks] == ["", "current", "previous"]


def test_the_last_figure_and_an_old_breach_are_known() -> None:
    rule = "indicator: land, kind: always, threshold: 200 畝"
    book = book_of(rule)
    figures = {**figures_of(book, "2025Q1", "land: 199 畝"), **figures_of(book, "2025Q2", "land: 201 畝")}
    (item,) = forms_of(rule, figures=figures)[0].items
    assert item.blanks[0].last == "2025Q2：201 畝"
    assert item.breached_in == (("", "2025Q1"),)


def test_a_known_baseline_is_proposed_in_the_form_s_unit() -> None:
    book = book_of("indicator: firms, kind: level, threshold: 1200 家", INDICATORS)
    at = period_of("2025Q2")
    limited = limit_obligations(book, list_obligations(book, at), ())
    (form,) = blank_forms(book, at, limited, {}, lambda *asked: limited[0].limits[0].due_c, ("市經信局",))
    assert form.items[0].blanks[0].baseline == 600
    assert blank_forms(book, at, limited, {}, lambda *asked: None, ("咸安區",)) == []
