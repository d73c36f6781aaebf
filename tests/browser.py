"""A real Chromium without a window, and everything that a page does in it that it should not.

The program is the system's (Debian's package `chromium`); playwright drives it. axe-core looks for what keeps people
out; `make editors` installs it below tests/npm/.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

AXE = Path(__file__).resolve().parent / "npm" / "node_modules" / "axe-core" / "axe.min.js"

#: The browser's own errands would be requests that no page asked for.
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

_LOOK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
  each => `${each.id} (${each.nodes.length}): ${each.nodes[0].html}`)"""


def chromium_program() -> str | None:
    """Where Chromium is; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass(slots=True)
class Opened:
    """A page in the browser, with the requests and messages that it caused since it was opened."""

    page: "Page"
    file: Path
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    session: "CDPSession | None" = None

    def show(self, view: str) -> None:
        """Go to the view behind a hash, and wait until it is drawn."""
        self.page.evaluate("view => { location.hash = view; }", view)
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def objections(self) -> list[str]:
        """What axe-core objects to in the present view."""
        if self.session is None:
            # The page's policy allows no foreign program; the debugger's is none of the page's.
            self.session = self.page.context.new_cdp_session(self.page)
            self.session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found: list[str] = self.page.evaluate(_LOOK)
        return found

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements that match."""
        return self.page.locator(selector).all_inner_texts()


@contextmanager
def running_browser() -> "Iterator[Browser]":
    """A browser that ends with the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_program(), args=list(_QUIET))
        yield browser
        browser.close()


@contextmanager
def opened(browser: "Browser", file: Path, **wanted: Any) -> Iterator[Opened]:
    """The page of a file in a context of its own; `wanted` are the context's options, as `color_scheme`."""
    context = browser.new_context(**{"viewport": {"width": 1360, "height": 900}, **wanted})
    page = context.new_page()
    seen = Opened(page, file)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.messages.append(message.text))
    page.on("pageerror", lambda error: seen.messages.append(str(error)))
    page.on("dialog", lambda dialog: seen.messages.append(dialog.message))
    page.goto(file.as_uri())
    yield seen
    context.close()
