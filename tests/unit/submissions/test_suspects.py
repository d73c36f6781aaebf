"""Which cell to ask about first, held against every way of changing cells in small cases."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.exact.linear import Decide
from engine.exact.solver import find_solver
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.report.words import Words
from engine.rules.obligations import list_obligations
from engine.submissions.history import check_history, inherit_baselines
from engine.submissions.reconcile import reconcile
from engine.submissions.relations import hold_relations
from engine.submissions.suspects import name_suspects
from tests.unit.small import bind, book_of, figures_of, period_of, rule_file
from tests.unit.submissions.test_reconcile import INDICATORS as COUNTED
from tests.unit.submissions.test_reconcile import QUOTA, quota_book
from tests.unit.submissions.test_relations import CHAIN, INDICATORS, RATE, STOCK, SUM

SOLVERS = [None, *([find_solver()] if find_solver() else [])]


def asked(
    relations: tuple[str, ...], *texts: tuple[str, str], solver: Decide | None = None, policy: str = "{}"
) -> list[Diagnostic]:
    """The notes of who is to be asked first."""
    rules = [
        "{id: level, target: promise, indicator: firms, kind: level, threshold: 1200 家, judged: {lead: city}}",
        "{id: total, target: promise, indicator: all, kind: total, threshold: 60 個, judged: {lead: city}}",
    ]
    text = f"clause: '16'\nindicators:\n{INDICATORS}rules:\n" + "".join(f"- {rule}\n" for rule in rules)
    stated = "relations:\n" + "".join(f"- {each}\n" for each in relations)
    book, found = bind({"rules/016-small.yaml": text, "relations.yaml": stated, "policy.yaml": policy})
    assert (book is not None, found) == (True, [])
    assert book is not None
    figures: dict[FigureKey, Figure] = {}
    for period, text in texts:
        figures.update(figures_of(book, period, text))
    known = inherit_baselines(book, figures, list(figures.values()), found)
    current = [max(figure.period.key for figure in figures.values())]
    obligations = list_obligations(book, period_of("2025Q2"))
    hold_relations(book, obligations, known, current, found)
    check_history(book, known, current, found)
    name_suspects(book, obligations, known, current, found, solver)
    return [finding for finding in found if finding.code.startswith("ask-about-")]


def cells(found: list[Diagnostic]) -> list[list[str]]:
    """The answers of each note, without body and period."""
    return [
        [" ".join(word for word in answer.split() if not word.startswith(("市經信局", "、市經信局", "2025")))
         for answer in note.params["cells"].split(" / ")]
        for note in found
    ]  # fmt: skip


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(
    ("relations", "figures", "expected"),
    [
        ((CHAIN,), "huge: 240 個, large: 24 個, all: 128 個", [["特大項目數 240 個"]]),
        ((CHAIN,), "huge: 30 個, large: 24 個, all: 128 個", []),
        ((CHAIN,), "huge: 3 個, large: 24 個, all: 1 個", [["項目數 1 個"]]),
        ((CHAIN,), "huge: 3 個, large: 24 個, all: 128 個", []),
        ((SUM,), "people: 260.5 萬人, town: 150.2 萬人, country: 111 萬人", []),
        ((CHAIN, RATE), "started: 92 個, large: 100 個, all: 99 個, rate: 71.9 %", [["項目數 99 個"]]),
        ((STOCK,), "firms: {value: 1131 家, baseline: 1000 家}, net: 121 家", []),
    ],
)
def test_the_cell_that_explains_everything_is_named(
    solver: Decide | None, relations: tuple[str, ...], figures: str, expected: list[list[str]]
) -> None:
    assert cells(asked(relations, ("2025Q2", figures), solver=solver)) == expected


def test_the_year_s_course_tells_which_of_two_is_wrong() -> None:
    found = asked((CHAIN,), ("2025Q1", "large: 20 個, all: 30 個"), ("2025Q2", "large: 24 個, all: 3 個"))
    assert cells(found) == [["項目數 3 個"]]
    (note,) = found
    assert (note.source.file, note.source.line) == ("2025Q2/0.yaml", 2)


def test_a_baseline_can_be_the_one() -> None:
    texts = [
        ("2025Q1", "firms: {value: 1060 家, baseline: 1010 家}, net: 60 家"),
        ("2025Q2", "firms: 1131 家, net: 131 家"),
    ]
    assert cells(asked((STOCK,), *texts)) == [["企業總數[baseline] 1060 家"]]


def test_where_every_cell_might_be_the_one_nothing_is_asked() -> None:
    book = quota_book(QUOTA, COUNTED)
    texts = [f"organization: {name}\nfigures: {{firms: {count} 家}}"
             for name, count in (("市經信局", 31), ("咸安區", 20), ("嘉魚縣", 10))]  # fmt: skip
    figures = figures_of(book, "2025Q2", *texts)
    obligations = list_obligations(book, period_of("2025Q2"))
    found: list[Diagnostic] = []
    reconcile(book, obligations, figures, found)
    name_suspects(book, obligations, figures, [202506], found, None)
    assert [finding.code for finding in found] == ["sum-differs"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("trust: {tiers: {city-department: 2}}", ["咸安區 2025Q2 規上企業 20 家", "嘉魚縣 2025Q2 規上企業 10 家"]),
        ("trust: {tiers: {city-department: 2}, organizations: {咸安區: 3}}", ["嘉魚縣 2025Q2 規上企業 10 家"]),
        ("trust: {organizations: {市經信局: 0.5}}", ["市經信局 2025Q2 規上企業 31 家"]),
    ],
)
def test_who_is_trusted_less_is_asked_first(policy: str, expected: list[str]) -> None:
    book, found = bind(
        {
            "rules/016-small.yaml": rule_file(QUOTA, COUNTED),
            "allocations/q.yaml": "rule: rule\ndocument: 表\nquotas: {咸安區: 30 家, 嘉魚縣: 20 家}\n",
            "policy.yaml": policy,
        }
    )
    assert book is not None
    texts = [f"organization: {name}\nfigures: {{firms: {count} 家}}"
             for name, count in (("市經信局", 31), ("咸安區", 20), ("嘉魚縣", 10))]  # fmt: skip
    figures = figures_of(book, "2025Q2", *texts)
    obligations = list_obligations(book, period_of("2025Q2"))
    reconcile(book, obligations, figures, found)
    name_suspects(book, obligations, figures, [202506], found, find_solver())
    notes = [finding for finding in found if finding.code == "ask-about-first"]
    assert [note.params["cells"].split(" / ") for note in notes] == [expected]
    for language in ("en", "zh-Hant"):
        assert "{" not in Words(language).message(notes[0])


@pytest.mark.parametrize(
    ("figures", "course", "expected"),
    [
        # By June 30 projects are due; of large ones, of which none is promised, there were 12 in March.
        ("large: 70 個, all: 31 個", "1.5", ("大項目數 70 個", "項目數 31 個")),
        ("large: 18 個, all: 17 個", "1.5", ("項目數 17 個", "大項目數 18 個")),
        ("large: 18 個, all: 17 個", "9", None),
        ("large: 26 個, all: 18 個", "1.5", None),
    ],
)
def test_of_several_answers_the_one_its_course_speaks_for_comes_first(
    figures: str, course: str, expected: tuple[str, str] | None
) -> None:
    before = ("2025Q1", "large: 12 個, all: 16 個")
    found = asked((CHAIN,), before, ("2025Q2", figures), policy=f"trust: {{course: {course}}}")
    assert [tuple(note.params[key].split(" ", 2)[2] for key in ("cells", "others")) for note in found] == [
        *([expected] if expected else [])
    ]
    for note in found:
        assert (note.code, note.params["count"], note.params["ties"]) == ("ask-about-likeliest", "2", "2")
        for language in ("en", "zh-Hant"):
            assert "{" not in Words(language).message(note)


@pytest.mark.parametrize(
    ("weight", "counts", "code", "expected"),
    [
        # The counties are as they should be by June (15 and 10), and the city's 60 is more than twice what is due.
        (2, (60, 15, 10), "ask-about-likeliest", "市經信局 2025Q2 規上企業 60 家"),
        # What outweighs the factor of 60 ÷ 25 leaves the counties first, as long as neither of them stands out.
        (100, (60, 15, 10), "ask-about-first", "咸安區 2025Q2 規上企業 15 家 / 嘉魚縣 2025Q2 規上企業 10 家"),
        # Nothing below zero could be left to the other county, so one answer is all there is.
        (2, (25, 15, 70), "ask-about-first", "嘉魚縣 2025Q2 規上企業 70 家"),
    ],
)
def test_a_cell_that_is_trusted_more_can_be_the_likeliest(
    weight: int, counts: tuple[int, int, int], code: str, expected: str
) -> None:
    book, found = bind(
        {
            "rules/016-small.yaml": rule_file(QUOTA, COUNTED),
            "allocations/q.yaml": "rule: rule\ndocument: 表\nquotas: {咸安區: 30 家, 嘉魚縣: 20 家}\n",
            "policy.yaml": f"trust: {{tiers: {{city-department: {weight}}}, course: 2}}",
        }
    )
    assert book is not None
    bodies = zip(("市經信局", "咸安區", "嘉魚縣"), counts, strict=True)
    texts = [f"organization: {name}\nfigures: {{firms: {count} 家}}" for name, count in bodies]
    figures = figures_of(book, "2025Q2", *texts)
    obligations = list_obligations(book, period_of("2025Q2"))
    reconcile(book, obligations, figures, found)
    name_suspects(book, obligations, figures, [202506], found, find_solver())
    (note,) = [finding for finding in found if finding.code.startswith("ask-about-")]
    assert (note.code, note.params["cells"]) == (code, expected)


@pytest.mark.parametrize(
    ("rule", "before", "now", "expected"),
    [
        (
            "kind: coverage, threshold: 100 %, eligible: fixed-list",
            "{done: 5 家, eligible: 20 家}",
            "{done: 1 家, eligible: 20 家}",
            "2025Q2 規上企業 done 1 家，eligible 20 家",
        ),
        (
            "kind: milestone, stages: [{stage: 開工, due: 2025-03-31}, {stage: 封頂, due: 2025-06-30}, "
            "{stage: 完工, due: 2025-12-31}]",
            "{stage: 完工}",
            "{stage: 封頂}",
            "2025Q1 規上企業 完工",
        ),
        (
            "kind: each, inner_kind: total, members: [食品, 電子], threshold: 40 家",
            "{members: {食品: 90 家, 電子: 10 家}}",
            "{members: {食品: 21 家, 電子: 19 家}}",
            "2025Q1 規上企業（食品） 90 家",
        ),
    ],
)
def test_the_course_of_lists_and_stages_tells_which_quarter_is_wrong(
    rule: str, before: str, now: str, expected: str
) -> None:
    book = book_of(f"indicator: firms, {rule}", policy="trust: {course: 1.5}")
    figures = figures_of(book, "2025Q1", f"firms: {before}") | figures_of(book, "2025Q2", f"firms: {now}")
    found: list[Diagnostic] = []
    check_history(book, figures, [202506], found)
    name_suspects(book, list_obligations(book, period_of("2025Q2")), figures, [202506], found, None)
    assert [finding.code for finding in found] == ["year-to-date-falls", "ask-about-likeliest"]
    assert found[1].params["cells"] == f"市經信局 {expected}"


TOWNS = "{id: towns, sum: {whole: all, parts: [large, started]}, reason: 示例}"
ORDER = "{id: order, at_most: [huge, large], reason: 示例}"
_NAMES = {"huge": "特大項目數", "large": "大項目數", "started": "開工數", "all": "項目數"}
_SMALL = st.integers(0, 4)


def explaining(values: dict[str, int]) -> list[set[str]]:
    """The smallest sets of cells that can be changed so that everything holds, by trying every number."""
    for size in range(5):
        sets = []
        for chosen in combinations(values, size):
            for others in product(range(9), repeat=size):
                now = values | dict(zip(chosen, others, strict=True))
                if now["all"] == now["large"] + now["started"] and now["huge"] <= now["large"]:
                    sets.append(set(chosen))
                    break
        if sets:
            return sets
    raise AssertionError("all cells together can always be changed")


@settings(max_examples=60, deadline=None)
@given(_SMALL, _SMALL, _SMALL, st.integers(0, 8))
def test_the_answer_is_that_of_trying_everything(huge: int, large: int, started: int, whole: int) -> None:
    values = {"huge": huge, "large": large, "started": started, "all": whole}
    text = ", ".join(f"{name}: {value} 個" for name, value in values.items())
    found = asked((TOWNS, ORDER), ("2025Q2", text), solver=find_solver())
    expected = explaining(values)
    broken = {"all", "large", "started"} if whole != large + started else set()
    broken |= {"huge", "large"} if huge > large else set()
    if not broken or set().union(*expected) >= broken:
        assert found == []
    else:
        wanted = sorted(sorted(f"{_NAMES[name]} {values[name]} 個" for name in each) for each in expected)
        assert [sorted(sorted(answer.split("、")) for answer in _answers(note)) for note in found] == [wanted]


def _answers(note: Diagnostic) -> list[str]:
    return [answer.replace("市經信局 2025Q2 ", "") for answer in note.params["cells"].split(" / ")]
