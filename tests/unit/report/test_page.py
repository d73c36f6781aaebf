import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from engine.report.page import SCRIPTS, embedded, report_page, visible
from engine.report.read import read_asset
from tests.unit.report.pages_of import ENGLISH, RULE, data_of, page_of, result_of
from tests.unit.small import book_of

HOSTILE = "</script><script>alert(1)</script><!--\u202egnp\u2066\u2028"


class Reader(HTMLParser):
    """What an HTML reader makes of a page: its elements in order, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_same_input_gives_the_same_bytes() -> None:
    assert page_of() == page_of()


def test_page_has_one_program_and_one_set_of_data() -> None:
    assert Counter(read(page_of()).tags)["script"] == 2


def test_hostile_title_adds_no_element() -> None:
    assert read(page_of(title=HOSTILE)).tags == read(page_of()).tags


def test_hostile_title_is_kept_as_text() -> None:
    assert data_of(page_of(title=HOSTILE))["title"] == visible(HOSTILE)


def test_page_names_nothing_outside_itself() -> None:
    links = [(tag, name, value) for tag, name, value in read(page_of()).attributes if name in ("src", "href", "action")]
    assert links == [("a", "href", "#main")]


def test_policy_allows_the_own_program_and_style_and_nothing_else() -> None:
    page = page_of()
    policy = next(value for tag, name, value in read(page).attributes if (tag, name) == ("meta", "content"))
    program = page.rpartition("<script>")[2].partition("</script>")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (program, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_no_part_of_the_page_sets_styles_in_attributes() -> None:
    # The policy would refuse them, each with a message.
    texts = [read_asset(name) for name in (*SCRIPTS, "page.html")]
    assert [text for text in texts if re.search(r'\bstyle: |style="', text)] == []


def test_no_part_of_the_program_makes_markup_from_text() -> None:
    found = [
        name
        for name in SCRIPTS
        if re.search("innerHTML|outerHTML|insertAdjacentHTML|document.write|eval", read_asset(name))
    ]
    assert found == []


def test_every_script_that_ships_is_part_of_the_page() -> None:
    from importlib.resources import files

    shipped = {entry.name for entry in files("engine").joinpath("report", "assets").iterdir()}
    assert shipped == {*SCRIPTS, "page.css", "page.html"}


def test_counts_stand_in_the_page_without_scripts() -> None:
    page = page_of()
    assert "<td>1</td><td>1</td><td>0</td><td>1</td>" in re.sub(r">\s+<", "><", page)


def test_page_starts_in_the_language_asked_for() -> None:
    book = book_of(RULE)
    page = report_page(result_of(book, "firms: 131 家"), book, ENGLISH)
    assert '<html lang="en">' in page
    assert data_of(page)["language"] == "en"


def test_controls_are_visible() -> None:
    assert visible("a\u202eb\x00\u2066\nc") == "a\\u202eb\\u0000\\u2066\nc"


def test_data_hold_no_markup() -> None:
    assert set("<>&\u2028\u2029").isdisjoint(embedded({"<a>": ["&\u2028", {"b": "\u2029"}]}))


@pytest.mark.parametrize("sign", ["\x01", "\x08", "\x0b", "\x0c", "\r", "\x1f", "\x7f", "\u200b", "\u202e", "\ufeff"])
def test_a_sign_that_is_obeyed_is_shown_wherever_it_stands(sign: str) -> None:
    shown = f"a\\u{ord(sign):04x}b"
    assert json.loads(embedded({"n": [{f"a{sign}b": f"a{sign}b"}]})) == {"n": [{shown: shown}]}
