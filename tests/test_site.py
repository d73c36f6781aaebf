"""The site of the pages: it is built without a warning, leads nowhere that is not there, and fetches nothing."""

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from docs.generate import DOCS, ROOT, pages
from docs.sitehook import OUTSIDE, turned
from tests.browser import chromium_program, opened, running_browser

needs_mkdocs = pytest.mark.skipif(importlib.util.find_spec("material") is None, reason="mkdocs-material is not here")

#: Where the site leads outside: standards, a tool's own page, and the published figures of a book.
ABROAD = {"www.gnu.org", "docs.oasis-open.org", "pre-commit.com", "semver.org", "keepachangelog.com"}


class Html(HTMLParser):
    """What a page points to, what it loads by itself, and the places in it that can be pointed to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value for name, value in attrs if value is not None}
        self.places |= {named[name] for name in ("id", "name") if name in named}
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        self.loads += [named[name] for name in ("src", "data") if name in named]
        if tag == "link":
            self.loads.append(named["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Html]:
    """The pages of a site that was built just now, by their files."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", folder],
        check=True, cwd=ROOT, timeout=300, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    return {path: Html(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}


def _dead(site: dict[Path, Html]) -> Iterator[str]:
    for path, page in site.items():
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or (path.name == "404.html" and link.startswith("/")):
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.is_file():
                yield f"{path.name}: {link}"
            elif parts.fragment and target in site and unquote(parts.fragment) not in site[target].places:
                yield f"{path.name}: {link} (no such place)"


@needs_mkdocs
def test_no_link_of_the_site_is_dead(site: dict[Path, Html]) -> None:
    assert len(site) > len(OUTSIDE)
    assert list(_dead(site)) == []


@needs_mkdocs
def test_a_dead_link_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<a href='a.html#x'></a><a href='b.html'></a><p id='y'></p><a href='#y'></a>", encoding="utf-8")
    assert list(_dead({page: Html(page.read_text(encoding="utf-8"))})) == [
        "a.html: a.html#x (no such place)", "a.html: b.html",
    ]  # fmt: skip


@needs_mkdocs
def test_the_site_fetches_nothing_and_leads_outside_to_few_places(site: dict[Path, Html]) -> None:
    loads = {load for page in site.values() for load in page.loads if urlsplit(load).netloc}
    assert not loads
    abroad = {urlsplit(link).netloc for page in site.values() for link in page.links} - {""}
    assert abroad <= ABROAD


@needs_mkdocs
def test_every_page_is_in_the_navigation(site: dict[Path, Html]) -> None:
    index = next(page for path, page in site.items() if path.name == "index.html")
    names = {urlsplit(link).path for link in index.links}
    for page in pages():
        built = OUTSIDE.get(page.name, page.name) if page.parent == ROOT else page.name
        assert built.replace(".md", ".html") in names | {"index.html"}, f"mkdocs.yml does not list {built}"


def test_every_page_is_in_the_readme_s_list() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        missing = [page.name for page in sorted(DOCS.glob("*.md")) if f"](docs/{page.name})" not in text]
        assert not missing, f"{name} does not list {missing}"


def test_links_are_turned_to_where_things_lie_on_the_site() -> None:
    assert turned("[a](docs/a.md#b) [l](LICENSE) ![p](docs/pictures/p.png)", "README.md") == (
        "[a](a.md#b) l ![p](pictures/p.png)"
    )
    assert (
        turned("[r](../README.md#x) [e](../examples/e/README.md) [s](#s)", "docs/a.md") == "[r](index.md#x) e [s](#s)"
    )
    assert turned("```yaml title=a/b.yaml\n[a](docs/a.md)\n```\n", "README.md") == (
        '```yaml title="a/b.yaml"\n[a](docs/a.md)\n```\n'
    )


@needs_mkdocs
@pytest.mark.skipif(chromium_program() is None, reason="Chromium is not here")
def test_search_finds_chinese_words_on_a_page_from_a_disk(site: dict[Path, Html]) -> None:
    index = next(path for path in site if path.name == "index.html")
    with running_browser() as browser, opened(browser, index) as seen:
        box, found = seen.page.locator("[data-md-component=search-query]"), seen.page.locator(".md-search-result__meta")
        for word, page in {"督辦單": "followup.html", "凈增": "kinds.html", "amendment": "dated-targets.html"}.items():
            box.fill(word)
            seen.page.keyboard.press("End")
            seen.page.locator(f".md-search-result__item a[href*='{page}']").first.wait_for(state="attached")
            assert re.search(r"\d+ matching", found.inner_text())
        assert seen.messages == []
        assert [request for request in seen.requests if not request.startswith("file:")] == []


@needs_mkdocs
@pytest.mark.skipif(chromium_program() is None, reason="Chromium is not here")
def test_no_page_is_wider_than_a_phone(site: dict[Path, Html]) -> None:
    with running_browser() as browser:
        for path in site:
            with opened(browser, path, viewport={"width": 390, "height": 800}) as seen:
                assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390, path.name
