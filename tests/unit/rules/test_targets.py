from engine.model.diagnostic import Diagnostic
from engine.model.target import Comparator, Kind
from engine.rules.targets import read_targets
from tests.unit.small import TARGETS, codes, node_of

FULL = """\
plan: {title: 示例方案, issuer: 市政府辦公室, date: 2025-01-09, year: 2025, digest: 'sha256:0'}
clauses:
- clause: 一(四)
  lead: [市財政局]
  responsible: [各縣市區]
  targets:
  - id: revenue
    quote: 一般公共預算收入增長7%左右,力爭8%
    kind: rate
    comparator: at_least
    value: 7
    unit: '%'
    change: increase
    soft: true
    striving: true
    reading: 左右 makes it soft
  not_targets:
  - {quote: 8%, why: a wish}
- clause: '2'
  qualitative: no number
"""


def test_a_promise_is_read_as_it_stands() -> None:
    found: list[Diagnostic] = []
    _, (clause, _) = read_targets(node_of(FULL), found)
    (target,) = clause.targets
    assert found == []
    assert (target.clause, target.kind, target.comparator) == ("一(四)", Kind.RATE, Comparator.AT_LEAST)
    assert (target.value, target.unit, target.soft, target.striving) == ("7", "%", True, True)


def test_the_plan_s_own_words_are_kept() -> None:
    _, (clause, _) = read_targets(node_of(FULL), [])
    assert (clause.lead, clause.responsible) == (("市財政局",), ("各縣市區",))
    assert clause.targets[0].quote == "一般公共預算收入增長7%左右,力爭8%"


def test_a_number_that_promises_nothing_keeps_its_reason() -> None:
    _, (clause, _) = read_targets(node_of(FULL), [])
    assert [(other.quote, other.why) for other in clause.not_targets] == [("8%", "a wish")]


def test_a_clause_may_have_no_target() -> None:
    _, (_, clause) = read_targets(node_of(FULL), [])
    assert (clause.targets, clause.qualitative, clause.category) == ((), "no number", "qualitative")


def test_the_plan_has_a_title_and_a_year() -> None:
    plan, _ = read_targets(node_of(FULL), [])
    assert plan is not None
    assert (plan.title, plan.issuer, plan.year) == ("示例方案", "市政府辦公室", 2025)


def test_a_year_has_four_digits() -> None:
    for year in ("25", "二〇二五", "'２０２５'", "2025年"):
        found: list[Diagnostic] = []
        plan, _ = read_targets(node_of(f"plan: {{title: 例, year: {year}}}\nclauses: []\n"), found)
        assert (plan, codes(found)) == (None, ["year-unreadable"])


def test_a_repeated_clause_is_reported_with_its_first_place() -> None:
    found: list[Diagnostic] = []
    read_targets(node_of("plan: {title: 例, year: 2025}\nclauses: [{clause: '1'}, {clause: '1'}]\n"), found)
    assert [(finding.code, len(finding.related)) for finding in found] == [("clause-repeated", 1)]


def test_a_target_id_is_unique_over_all_clauses() -> None:
    found: list[Diagnostic] = []
    again = "- {clause: '17', targets: [{id: promise, quote: 甲, kind: rate}]}\n"
    read_targets(node_of(TARGETS + again), found)
    assert [(finding.code, finding.params) for finding in found] == [("target-repeated", {"target": "promise"})]


def test_an_unknown_kind_is_reported_and_the_rest_stands() -> None:
    found: list[Diagnostic] = []
    more = "  - {id: other, quote: 甲, kind: sometimes}\n"
    _, (clause,) = read_targets(node_of(TARGETS + more), found)
    assert (codes(found), [target.id for target in clause.targets]) == (["unknown-word"], ["promise"])


def test_a_misspelt_key_is_reported() -> None:
    found: list[Diagnostic] = []
    read_targets(node_of("plan: {title: 例, yaer: 2025}\nclauses: []\n"), found)
    assert "unknown-key" in codes(found)
