"""The finished page in a real browser: what it shows, what it asks for, and whom it keeps out."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from engine.model.period import Period
from engine.model.ranking import Adjustment, Case, Flip, RankedGroup, RankResult, Standing, Variation
from engine.names import to_simplified
from engine.report.words import LANGUAGES, Words
from tests.brokencases import CASES
from tests.browser import AXE, Opened, chromium_program, opened, running_browser
from tests.conftest import ROOT, RunCli
from tests.test_hostile import NASTY, OBEYED
from tests.unit.report.pages_of import data_of, verdicts_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Json = dict[str, Any]

needs_browser = pytest.mark.skipif(
    chromium_program() is None or find_spec("playwright") is None,
    reason="there is no Chromium (Debian's package chromium), or playwright is not installed",
)
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: make editors")
needs_poppler = pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext (poppler-utils) is not here")

VERDICT = "#/verdict/elderly-care-complexes/市民政局/2025Q2"
VIEWS = (
    "#/", "#/?verdict=fail&kind=total", "#/matrix", "#/organizations", "#/organization/市經信局",
    "#/organization/咸安區", "#/targets", "#/target/elderly-care-complexes", "#/clause/16", "#/clause/51", VERDICT,
    "#/ranking", "#/findings", "#/search?q=咸宁", "#/?period=2025Q1", "#/nowhere",
)  # fmt: skip

#: Text that would be more than text if anything believed it.
HOSTILE = "<script>document.title='taken'</script>"
FORMULA = "=cmd|'/C calc'!A0"
TURNED = "甲\u202e乙\u2066丙"


def illustrative_ranks() -> RankResult:
    """Places that nobody published, to draw."""
    bodies = ("咸安區", "嘉魚縣", "赤壁市", "通城縣", "崇陽縣")
    ranges = ((1, 2), (1, 3), (2, 3), (4, 4), (5, 5))
    bonus = (Adjustment("bonus", Fraction(2), "示例", "示例文件"),)
    standings = [
        Standing(body, place, Fraction(100 - place), 6 - place, *span, bodies[:2] if span[1] > 3 else (), (), bonus)
        for place, (body, span) in enumerate(zip(bodies, ranges, strict=True), 1)
    ]
    standings.append(Standing("通山縣", None, None, None, None, None, (), (), why="veto"))
    flips = (Flip("咸安區", "嘉魚縣", Case("left-out", "gdp-growth")),)
    variation = Variation(100, 7, {body: {place: 100} for place, body in enumerate(bodies, 1)})
    group = RankedGroup("縣市區", "completion", "示例", True, tuple(standings), flips, variation)
    period = Period.parse("2025Q2")
    assert period is not None
    return RankResult("方案", "sha256:0", period, (group,), (), True)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of this book's sample submissions, with places."""
    from engine.derivations import derive_checked
    from engine.pipeline import check_whole, open_book
    from engine.report.page import report_page

    found: list[Any] = []
    book = open_book(ROOT, found)
    assert book is not None
    paths = [ROOT / "submissions"]
    checked = check_whole(book, found, paths, None, None)
    told = derive_checked(book, checked, paths)
    file = tmp_path_factory.mktemp("page") / "report.html"
    page = report_page(checked.result, book, Words("zh-Hant"), [illustrative_ranks()], told)
    file.write_text(page, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with running_browser() as running:
        yield running


@pytest.fixture
def seen(browser: "Browser", page_file: Path) -> Iterator[Opened]:
    with opened(browser, page_file) as page:
        yield page


@pytest.fixture(scope="module")
def checked() -> Json:
    """What `check` says of the same submissions."""
    from engine.pipeline import check, open_book
    from engine.report.documents import check_document

    found: list[Any] = []
    book = open_book(ROOT, found)
    assert book is not None
    return check_document(check(book, found, [ROOT / "submissions"]), Words("zh-Hant"))


# --- the file --------------------------------------------------------------------------------------------------


def test_rows_of_the_file_are_the_verdicts_of_the_check(page_file: Path, checked: Json) -> None:
    text = page_file.read_text(encoding="utf-8")
    data = data_of(text)
    rows = [
        (
            data["organizations"][row["organization"]]["name"],
            data["rules"][row["rule"]]["id"],
            data["periods"][row["period"]]["label"],
            row["verdict"],
            row["gap"] or None,
            row["due"] or None,
            row["sentence"] if isinstance(row["sentence"], str) else row["sentence"][2],
        )
        for row in verdicts_of(text)
    ]
    names = ("organization", "rule", "period", "verdict", "gap", "due", "sentence")
    assert rows == [tuple(each[name] for name in names) for each in checked["verdicts"]]


def test_findings_of_the_file_are_those_of_the_check(page_file: Path, checked: Json) -> None:
    findings = data_of(page_file.read_text(encoding="utf-8"))["findings"]
    told = [(each["code"], each["severity"], each["message"][2]) for each in findings]
    assert told == [(each["code"], each["severity"], each["message"]) for each in checked["findings"]]


def test_page_of_this_book_is_small(page_file: Path) -> None:
    assert page_file.stat().st_size < 3_000_000


def test_command_writes_the_same_bytes_twice(run_cli: RunCli, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert run_cli("report", "submissions/2025Q2", "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_command_shows_the_places_of_every_period(run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("report", "submissions", "-o", tmp_path / "page.html").exit_code == 0
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 3_000_000
    ranks = data_of(text)["ranks"]
    assert [each["period"] for each in ranks] == ["2025Q1", "2025Q2"]
    for shown in ranks:
        ran = run_cli("rank", "submissions", "--period", shown["period"], "--format", "json")
        groups = json.loads(ran.stdout)["groups"]
        assert [
            [(each["organization"], each["place"], each["previous"], each["best"], each["worst"], each["mixed"])
             for each in group["standings"]]
            for group in shown["groups"]
        ] == [
            [(each["organization"], each["place"], each["previous_place"], *(each["range"] or [None, None]),
              each["not_separable_from"]) for each in group["places"]]
            for group in groups
        ]  # fmt: skip


def test_unusable_input_is_code_3_and_the_page_is_there(run_cli: RunCli, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.yaml"
    spoilt.write_text("organization: 市財政局\nperiod: 2025Q2\nfigures: {budget-revenue-growth: 7}\n", encoding="utf-8")
    ran = run_cli("report", spoilt, "-o", tmp_path / "page.html")
    assert ran.exit_code == 3
    assert data_of((tmp_path / "page.html").read_text(encoding="utf-8"))["complete"] is False


def test_nothing_is_written_where_nothing_was_named(run_cli: RunCli, tmp_path: Path) -> None:
    assert run_cli("report", tmp_path / "absent", "-o", tmp_path / "page.html").exit_code == 2
    assert list(tmp_path.iterdir()) == []


# --- what it shows ---------------------------------------------------------------------------------------------


@needs_browser
@pytest.mark.parametrize("period", ["2025Q1", "2025Q2"])
def test_counts_are_those_of_the_check(seen: Opened, checked: Json, period: str) -> None:
    seen.page.select_option("#period", label=period)
    own = [each for each in checked["verdicts"] if each["period"] == period]
    for facet, key in (("verdict", "verdict"), ("organization", "organization"), ("clause", "clause")):
        buttons = seen.page.locator(f'.facet[data-facet="{facet}"]')
        shown = {
            each["value"]: int(each["number"])
            for each in buttons.evaluate_all(
                "all => all.map(each => ({value: each.dataset.value, number: each.lastElementChild.textContent}))"
            )
        }
        assert {value: number for value, number in shown.items() if number} == Counter(each[key] for each in own)
        assert sum(shown.values()) == len(own)


@needs_browser
def test_periods_add_up_to_the_whole_check(seen: Opened, checked: Json) -> None:
    rows = [
        [int(cell) for cell in row.split()[1:]]
        for row in seen.page.locator(".by-period tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent).join(' '))"
        )
    ]
    outcomes = list(checked["summary"]["by_verdict"].values())
    assert rows[-1] == [*outcomes, sum(outcomes)]
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    assert all(sum(row[:-1]) == row[-1] for row in rows)


@needs_browser
def test_lists_of_bodies_and_targets_add_up(seen: Opened, checked: Json) -> None:
    latest = [each for each in checked["verdicts"] if each["period"] == "2025Q2"]
    for view in ("#/organizations", "#/targets"):
        seen.show(view)
        seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        rows = seen.page.locator(".list tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('.number')].map(each => Number(each.textContent) || 0))"
        )
        assert all(sum(row[:-1]) == row[-1] for row in rows)
        assert sum(row[-1] for row in rows) == len(latest)


@needs_browser
def test_every_body_has_its_counts_on_its_page(seen: Opened, checked: Json) -> None:
    latest = [each for each in checked["verdicts"] if each["period"] == "2025Q2"]
    for body in ("市經信局", "通山縣", "市財政局"):
        seen.show(f"#/organization/{body}")
        counts = {
            each: int(seen.texts(f'.counts [data-count="{each}"]')[0])
            for each in ("pass", "at-risk", "fail", "undecided", "total")
        }
        total = counts.pop("total")
        assert sum(counts.values()) == total
        assert {each: count for each, count in counts.items() if count} == Counter(
            each["verdict"] for each in latest if each["organization"] == body
        )


@needs_browser
def test_filters_show_what_they_count(seen: Opened) -> None:
    for facet in ("verdict", "kind", "findings", "organization", "clause"):
        seen.show("#/nowhere")
        seen.show("#/")
        button = seen.page.locator(f'.facet[data-facet="{facet}"]').first
        wanted = button.locator(".number").text_content()
        button.evaluate("each => each.click()")
        assert button.get_attribute("aria-pressed") == "true"
        seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        assert seen.page.locator(".verdicts tbody tr").count() == int(wanted or "-1")
        assert (wanted or "-") in seen.texts("[role=status]")[0]


@needs_browser
def test_verdict_is_taken_apart_down_to_its_cell(seen: Opened) -> None:
    seen.show(VERDICT)
    said = seen.page.inner_text("main")
    for part in (
        "新建鄉鎮(街道)養老服務綜合體6個", "targets.yaml:", "rules/109-elderly-care.yaml:", "6 × 0.5 = 3 個",
        "submissions/2025Q2/civil-affairs.yaml:6:27", "-50/3 ≈ -16.67 個百分點", "6 - 2 = 4 個",
    ):  # fmt: skip
        assert part in said


@needs_browser
def test_ranks_are_drawn_as_intervals(seen: Opened) -> None:
    seen.show("#/ranking")
    assert seen.page.locator(".interval").count() == 5
    # As many as have a range; the others are a dot alone.
    assert seen.page.locator(".interval .range-end").count() == 2 * 3
    assert "1–3" in seen.page.inner_text("main")


@needs_browser
@pytest.mark.parametrize("simplify", [False, True])
def test_search_finds_every_organization(seen: Opened, page_file: Path, simplify: bool) -> None:
    bodies = [each["name"] for each in data_of(page_file.read_text(encoding="utf-8"))["organizations"]]
    assert len(bodies) > 50
    for name in bodies:
        seen.page.fill("#search", to_simplified(name) if simplify else name)
        assert name in seen.texts(".hits a")


@needs_browser
def test_search_finds_targets_by_their_words(seen: Opened) -> None:
    seen.page.fill("#search", "规上企业222家")
    assert seen.texts(".hits a") == ["全市凈增規上企業222家以上"]


@needs_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switches_words_and_keeps_data(seen: Opened, language: str) -> None:
    seen.page.click(f'button[lang="{language}"]')
    words = Words(language)
    assert seen.page.get_attribute("html", "lang") == language
    assert seen.texts(".tiles .label") == [words[each] for each in ("pass", "at-risk", "fail", "undecided")]
    assert "市發改委" in seen.texts(".verdicts tbody td:nth-child(2)")[0]
    assert seen.page.evaluate("document.activeElement.lang") == language


@needs_browser
def test_page_without_any_verdict_still_shows_the_book(run_cli: RunCli, tmp_path: Path, browser: "Browser") -> None:
    (tmp_path / "empty").mkdir()
    assert run_cli("report", tmp_path / "empty", "-o", tmp_path / "page.html").exit_code in (0, 3)
    with opened(browser, tmp_path / "page.html") as seen:
        for view in VIEWS:
            seen.show(view)
            assert seen.page.locator("h1").count() == 1, view
        seen.show("#/target/elderly-care-complexes")
        assert "新建鄉鎮(街道)養老服務綜合體6個" in seen.page.inner_text("h1")
        assert seen.messages == []


# --- what it asks for ------------------------------------------------------------------------------------------


@needs_browser
def test_no_view_asks_for_anything_or_says_anything(seen: Opened) -> None:
    for language in LANGUAGES:
        seen.page.click(f'button[lang="{language}"]')
        for view in VIEWS:
            seen.show(view)
            assert seen.page.locator("h1").count() == 1, view
    assert seen.requests == [seen.file.as_uri()]
    assert seen.messages == []


@needs_browser
def test_policy_refuses_what_the_page_does_not_bring(seen: Opened) -> None:
    asked = "() => fetch('data:text/plain,x').then(() => 'allowed', () => 'refused')"
    assert seen.page.evaluate(asked) == "refused"


# --- by mouse, by keyboard -------------------------------------------------------------------------------------


@needs_browser
def test_every_view_is_reached_by_mouse(seen: Opened) -> None:
    ways = (
        ("nav a[href='#/matrix']", "#/matrix"),
        (".matrix .cell", "#/verdict/"),
        (".crumbs a >> nth=0", "#/organization/"),
        (".verdicts td.name a >> nth=0", "#/target/"),
        ("nav a[href='#/targets']", "#/targets"),
        (".list .clause a >> nth=0", "#/clause/"),
        ("nav a[href='#/organizations']", "#/organizations"),
        ("nav a[href='#/ranking']", "#/ranking"),
        ("nav a[href='#/findings']", "#/findings"),
        (".findings .chip", "#/verdict/"),
        (".brand a", "#/"),
    )
    for selector, expected in ways:
        seen.page.locator(selector).first.click()
        assert seen.page.evaluate("location.hash").startswith(expected), selector
    assert seen.messages == []


@needs_browser
def test_every_view_is_reached_by_keyboard(seen: Opened) -> None:
    press = seen.page.keyboard.press
    press("Tab")
    assert seen.page.evaluate("document.activeElement.id") == "skip"
    press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"
    for view in ("matrix", "organizations", "targets", "ranking", "findings"):
        seen.page.reload()
        for _ in range(12):
            press("Tab")
            if seen.page.evaluate("document.activeElement.getAttribute('href')") == f"#/{view}":
                break
        press("Enter")
        seen.page.wait_for_function("view => location.hash === '#/' + view", arg=view)
        assert seen.page.evaluate("document.activeElement.tagName") == "H1"


@needs_browser
def test_matrix_is_walked_with_arrows(seen: Opened) -> None:
    seen.show("#/matrix")
    assert seen.page.locator('.matrix .cell[tabindex="0"]').count() == seen.page.locator(".matrix").count()
    seen.page.focus('.matrix .cell[tabindex="0"]')
    where = (
        "() => { const at = document.activeElement.parentElement; return [at.parentElement.rowIndex, at.cellIndex]; }"
    )
    walked = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home"):
        seen.page.keyboard.press(key)
        walked.append(seen.page.evaluate(where))
    assert walked == [[1, 2], [2, 2], [2, 1], [1, 1], [1, 7], [1, 1]]
    assert "咸安區" in seen.page.inner_text("#tip")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_function("location.hash.startsWith('#/verdict/')")


@needs_browser
def test_matrix_shows_the_value_on_hover(seen: Opened) -> None:
    seen.show("#/matrix")
    seen.page.hover(".matrix .cell.fail >> nth=0")
    assert "百分點" in seen.page.inner_text("#tip")


@needs_browser
def test_filters_work_with_the_keyboard(seen: Opened) -> None:
    seen.page.focus('.facet[data-value="fail"]')
    seen.page.keyboard.press("Space")
    assert seen.page.get_attribute('.facet[data-value="fail"]', "aria-pressed") == "true"
    assert seen.page.evaluate("location.hash") == "#/?verdict=fail"


# --- for everybody ---------------------------------------------------------------------------------------------


@needs_browser
@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_objects_to_no_view(browser: "Browser", page_file: Path, scheme: str) -> None:
    with opened(browser, page_file, color_scheme=scheme) as seen:
        for view in VIEWS:
            seen.show(view)
            assert seen.objections() == [], view


@needs_browser
def test_narrow_window_needs_no_sideways_scrolling(browser: "Browser", page_file: Path) -> None:
    with opened(browser, page_file, viewport={"width": 390, "height": 800}) as seen:
        for view in VIEWS:
            seen.show(view)
            assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


@needs_browser
@needs_poppler
@pytest.mark.parametrize(
    ("view", "words"), [("#/", "鄉村教聯體"), ("#/organization/市經信局", "走勢與進度"), (VERDICT, "判定依據")]
)
def test_print_shows_the_whole_view(seen: Opened, tmp_path: Path, view: str, words: str) -> None:
    seen.show(view)
    seen.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    ran = subprocess.run(["pdftotext", "-raw", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True)
    pages = ran.stdout.split("\f")[:-1]
    assert all(page.strip() for page in pages), "no page is blank"
    assert len(pages) < 16
    if view == "#/":
        # The last row of the list is printed, although the screen had not come to it.
        words = seen.page.locator(".verdicts tbody tr").last.locator("td").nth(2).inner_text().split()[-1]
    assert words in "".join(ran.stdout.split())


# --- hostile texts ---------------------------------------------------------------------------------------------


@pytest.fixture
def hostile_page(run_cli: RunCli, tmp_path: Path) -> Path:
    """The page of a book whose every text tries to be more than text."""
    book = tmp_path / "book"
    (book / "rules").mkdir(parents=True)
    (book / "submissions" / "2025Q2").mkdir(parents=True)
    script, formula, turned = (json.dumps(text) for text in (HOSTILE, FORMULA, TURNED))
    title, quote, indicator, note = (
        json.dumps(text)
        for text in (
            f"{HOSTILE}</title>",
            f"{FORMULA}企業222家以上{HOSTILE}",
            TURNED + HOSTILE,
            HOSTILE + FORMULA + TURNED,
        )
    )
    files = {
        "targets.yaml": f"""\
plan: {{title: {title}, year: 2025}}
clauses:
- clause: '1'
  lead: [{script}]
  targets:
  - {{id: promise, quote: {quote}, kind: total, comparator: at_least, value: '222', unit: 家}}
""",
        "organizations.yaml": f"""\
organizations:
- {{name: {script}, tier: {formula}, full_name: {turned}, aliases: [{formula}]}}
""",
        "policy.yaml": (ROOT / "policy.yaml").read_text(encoding="utf-8"),
        "rules/001-hostile.yaml": f"""\
clause: '1'
indicators:
- {{id: firms, name: {indicator}, unit: 家}}
rules:
- id: rule
  target: promise
  indicator: firms
  kind: total
  comparator: at_least
  threshold: 222 家
  judged: {{lead: city}}
""",
        "submissions/2025Q2/hostile.yaml": f"""\
organization: {script}
figures:
  firms: {{value: 131 家, note: {note}, evidence: [{script}]}}
  {note}: 7 家
  {formula}: 7 家
""",
    }
    for name, text in files.items():
        (book / name).write_text(text, encoding="utf-8")
    ran = run_cli("report", book / "submissions", "--book", book, "-o", tmp_path / "hostile.html", "--lang", "en")
    assert ran.exit_code == 3, ran.stderr
    return tmp_path / "hostile.html"


@needs_browser
def test_hostile_texts_are_shown_as_text(browser: "Browser", hostile_page: Path) -> None:
    with opened(browser, hostile_page) as seen:
        shown = {}
        for view in ("#/", "#/matrix", "#/organizations", "#/targets", "#/target/promise", "#/clause/1", "#/findings"):
            seen.show(view)
            shown[view] = seen.page.inner_text("body")
        seen.page.locator("#search").fill("cmd")
        hits = seen.page.inner_text("main")
        seen.show("#/")
        seen.page.locator(".verdicts a").first.click()
        derived = seen.page.inner_text("main")
        assert seen.messages == []
        assert seen.requests == [seen.file.as_uri()]
        assert seen.page.evaluate("document.scripts.length") == 2
    assert HOSTILE in shown["#/"]
    assert HOSTILE in shown["#/organizations"]
    assert FORMULA in shown["#/targets"]
    assert FORMULA in hits
    assert "\\u202e" in shown["#/findings"]
    assert HOSTILE in derived
    everything = "".join((*shown.values(), hits, derived))
    assert {"\u202e", "\u2066"}.isdisjoint(everything)


@pytest.fixture
def nasty_page(run_cli: RunCli, repo: Path, tmp_path: Path) -> Path:
    """The page of all submissions that were written for the program that shows them."""
    folder = tmp_path / "submissions" / "2025Q2"
    folder.mkdir(parents=True)
    for case in CASES:
        if any(word in case.name for word in NASTY):
            case.put(folder)
    assert run_cli("report", folder, "--book", repo, "-o", tmp_path / "nasty.html").exit_code == 3
    return tmp_path / "nasty.html"


def test_nasty_submissions_leave_nothing_to_obey_in_the_file(nasty_page: Path) -> None:
    text = nasty_page.read_text(encoding="utf-8")
    assert OBEYED.search(text) is None
    assert text.count("<script") == 2
    assert len(data_of(text)["findings"]) > 60


@needs_browser
def test_nasty_submissions_are_shown_as_text(browser: "Browser", nasty_page: Path) -> None:
    with opened(browser, nasty_page) as seen:
        seen.show("#/findings")
        seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        findings = data_of(nasty_page.read_text(encoding="utf-8"))["findings"]
        assert seen.page.locator(".findings > li").count() == len(findings)
        shown = seen.page.evaluate("() => document.querySelector('main').textContent")
        assert [each["message"] for each in findings if told(each["message"]) not in shown] == []
        assert OBEYED.search(shown) is None
        assert seen.page.evaluate("document.scripts.length") == 2
        assert seen.messages == []
        assert seen.requests == [seen.file.as_uri()]


def told(text: str | list[str]) -> str:
    """A text of the page in English, in which it starts where nothing else was asked for."""
    return text if isinstance(text, str) else text[0]


@needs_browser
@needs_axe
def test_axe_objects_to_nothing_in_a_hostile_page(browser: "Browser", hostile_page: Path) -> None:
    with opened(browser, hostile_page) as seen:
        for view in ("#/", "#/findings", "#/target/promise"):
            seen.show(view)
            assert seen.objections() == [], view
