"""The page of `biaochi report` with 20 000 verdicts: how large, how soon it is seen, how long a filter takes.

`python benchmarks/page.py` makes a book of 50 targets, judged for 100 bodies at the end of each quarter and for 400
bodies at the end of one, writes the pages, and opens them in Chromium. First paint and ready (everything is drawn and
answers) are the browser's own measures, from the start of loading the file; a filter is measured from the click until
the next picture was drawn. All figures are made up.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.browser import chromium_program, opened, running_browser  # noqa: E402

TARGETS = 50
QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")

#: Milliseconds from a click until the browser has drawn the next picture.
FILTER = """async selector => {
  const start = performance.now();
  document.querySelector(selector).click();
  const clicked = performance.now() - start;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return [clicked, performance.now() - start];
}"""

#: A page is loaded before its first picture is reported.
PAINT = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  while (!painted()) await new Promise(requestAnimationFrame);
  return [painted().startTime, performance.getEntriesByType("navigation")[0].loadEventEnd];
}"""


def write_book(folder: Path, bodies: int, periods: Sequence[str]) -> None:
    """A book of totals, one per clause, the same number for every body, and figures for all of them."""
    names = [f"第{number}縣" for number in range(1, bodies + 1)]
    clauses, organizations, chance = [], [], random.Random(20250630)
    (folder / "rules").mkdir(parents=True)
    for number in range(1, TARGETS + 1):
        clauses.append(
            f"- clause: '{number}'\n  lead: [市局]\n  responsible: [各縣]\n  targets:\n"
            f"  - {{id: t{number}, quote: 各縣新建第{number}類項目100個以上, kind: total, comparator: at_least, "
            "value: '100', unit: 個}\n"
        )
        (folder / "rules" / f"{number:03d}-made-up.yaml").write_text(
            f"clause: '{number}'\nindicators:\n- {{id: i{number}, name: 第{number}類項目, unit: 個}}\nrules:\n"
            f"- {{id: r{number}, target: t{number}, indicator: i{number}, kind: total, comparator: at_least, "
            "threshold: 100 個, judged: {responsible: {same: [各縣]}}}\n",
            encoding="utf-8",
        )
    organizations = [f"- {{name: {name}, tier: county}}\n" for name in names]
    texts = {
        "targets.yaml": f"plan: {{title: 示例方案, year: 2025}}\nclauses:\n{''.join(clauses)}",
        "organizations.yaml": f"organizations:\n- {{name: 市局, tier: city-department}}\n{''.join(organizations)}"
        f"groups:\n- {{name: 各縣, members: [{', '.join(names)}]}}\n",
    }
    for place, period in enumerate(periods, 1):
        rows = ["organization,indicator,value,unit"]
        for name in names:
            for number in range(1, TARGETS + 1):
                rows.append(f"{name},i{number},{25 * place + chance.randrange(-14, 12)},個")
        texts[f"submissions/{period}/all.csv"] = "\n".join(rows) + "\n"
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def main() -> None:
    """Write, open, measure, print."""
    if chromium_program() is None:
        sys.exit("there is no Chromium here (Debian's package chromium)")
    for bodies, periods in ((100, QUARTERS), (400, QUARTERS[:1])):
        with tempfile.TemporaryDirectory() as above:
            book, file = Path(above, "book"), Path(above, "page.html")
            write_book(book, bodies, periods)
            arguments = ("report", str(book / "submissions"), "--book", str(book), "-o", str(file), "--quiet")
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", "from cli import main; main()", *arguments], cwd=ROOT, check=True)
            print(
                f"{bodies} bodies, {TARGETS} targets, {len(periods)} periods: written in "
                f"{time.perf_counter() - start:.1f} s, {file.stat().st_size / 1e6:.1f} MB"
            )
            measure(file)


def measure(file: Path) -> None:
    """First paint and filters of a page, the middle one of several."""
    paints: list[tuple[float, float]] = []
    clicks: dict[str, list[tuple[float, float]]] = {}
    with running_browser() as browser:
        for _ in range(5):
            with opened(browser, file) as seen:
                paints.append(tuple(seen.page.evaluate(PAINT)))
                for selector in ("[data-value=fail]", "[data-facet=organization]", "[data-facet=clause]", ".quiet"):
                    clicks.setdefault(selector, []).append(tuple(seen.page.evaluate(FILTER, selector)))
                assert seen.messages == []
    painted, ready = (median(each) for each in zip(*paints, strict=True))
    print(f"  first paint {painted:.0f} ms, ready {ready:.0f} ms")
    for selector, times in clicks.items():
        own, drawn = (median(each) for each in zip(*times, strict=True))
        print(f"  filter {selector}: {own:.0f} ms, drawn after {drawn:.0f} ms")


if __name__ == "__main__":
    main()
