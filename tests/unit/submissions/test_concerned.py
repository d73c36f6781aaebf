from engine.model.account import Account, AccountedCell, Fate
from engine.model.diagnostic import Diagnostic
from engine.model.source import Source
from engine.submissions.concerned import findings_for

KNOWN = {"教育局": "教育局", "水利局": "水利局", "市水利局": "水利局"}


def cell(file: str, line: int, body: str) -> AccountedCell:
    return AccountedCell(Source(file, line, 1), body, "指標", "5 個", Fate.JUDGED)


ACCOUNT = Account(
    ("a.yaml", "b.yaml", "c.csv", "d.yaml", "e.xlsx"),
    (cell("a.yaml", 3, "教育局"), cell("b.yaml", 3, "水利局"), cell("c.csv", 2, "教育局"), cell("c.csv", 3, "水利局"),
     cell("d.yaml", 3, "水利處"), cell("f.yaml", 3, "市水利局")),
)  # fmt: skip


def kept(*places: Source, code: str = "unit-unknown", body: str = "") -> bool:
    finding = Diagnostic(code, places[0], {"organization": body} if body else {}, places[1:])
    return findings_for([finding], ACCOUNT, ("教育局",), KNOWN.get) == [finding]


def test_own_file_and_own_line_stay_and_others_go() -> None:
    assert kept(Source("a.yaml", 1, 1))
    assert kept(Source("c.csv", 2, 4))
    assert not kept(Source("b.yaml", 1, 1))
    assert not kept(Source("c.csv", 3, 4))


def test_what_is_about_a_shared_file_stays() -> None:
    assert kept(Source("c.csv", 1, 1))


def test_what_could_not_be_read_and_the_book_s_own_files_stay() -> None:
    assert kept(Source("e.xlsx"))
    assert kept(Source("policy.yaml", 4, 2))


def test_a_name_that_nobody_has_may_be_anybody_s() -> None:
    assert kept(Source("d.yaml", 3, 1))


def test_a_contradiction_stays_where_one_of_its_figures_is_own() -> None:
    assert kept(Source("b.yaml", 3, 1), Source("a.yaml", 3, 1))
    assert not kept(Source("b.yaml", 3, 1), Source("c.csv", 3, 1))


def test_another_body_is_known_by_every_name_that_the_book_has_for_it() -> None:
    assert not kept(Source("f.yaml", 3, 1))


def test_what_a_manifest_says_of_others_goes() -> None:
    place = Source("manifest.yaml", 1, 1)
    assert kept(place, code="nothing-submitted", body="教育局")
    assert not kept(place, code="nothing-submitted", body="水利局")
    assert not kept(Source("b.yaml", 3, 1), Source("inspections.yaml", 2, 1), code="overstated", body="水利局")
    assert kept(place, code="key-missing", body="水利局")
