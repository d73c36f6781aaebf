"""A small book for tests: two departments, two counties and one clause, its rules given as text."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from engine.evaluate.judge import judge
from engine.model.book import Book
from engine.model.diagnostic import Diagnostic
from engine.model.figure import Figure, FigureKey
from engine.model.period import Period
from engine.model.verdict import Verdict
from engine.rules.book import bind_book
from engine.rules.obligations import limit_obligations, list_obligations
from engine.rules.read import BookFiles
from engine.submissions.convert import Converter, index_figures
from engine.submissions.history import inherit_baselines
from engine.submissions.yamlform import read_yaml_submission
from engine.yamlsource import Node, read_yaml

TARGETS = """\
plan: {title: 示例方案, year: 2025}
clauses:
- clause: '16'
  lead: [市經信局]
  responsible: [各縣市區]
  targets:
  - {id: promise, quote: 全市凈增規上企業222家以上, kind: total}
"""

ORGANIZATIONS = """\
organizations:
- {name: 市經信局, tier: city-department, aliases: [市經濟和信息化局]}
- {name: 市發改委, tier: city-department, full_name: 咸寧市發展和改革委員會}
- {name: 咸安區, tier: county}
- {name: 嘉魚縣, tier: county}
groups:
- {name: 各縣市區, members: [咸安區, 嘉魚縣]}
"""

#: Indicators by the unit of measure that a test needs; a rule names one of them.
INDICATORS = """\
- {id: firms, name: 規上企業, unit: 家, phrase: 凈增}
- {id: growth, name: 總值增速, unit: '%', phrase: 增長}
- {id: income, name: 收入增速, unit: '%', phrase: 增長}
- {id: land, name: 耕地面積, unit: 畝}
- {id: capital, name: 實際到資, unit: 美元, phrase: 實際到資}
"""


def node_of(text: str, file: str = "file.yaml") -> Node:
    """The root of a YAML text that is known to be sound."""
    node, found = read_yaml(text, file)
    assert node is not None
    assert found == []
    return node


def bind(texts: dict[str, str]) -> tuple[Book | None, list[Diagnostic]]:
    """Bind a book of these files; targets and organizations are the small ones unless given."""
    files = {"targets.yaml": TARGETS, "organizations.yaml": ORGANIZATIONS, **texts}
    return bind_book(BookFiles(Path("book"), files, "sha256:0"))


def rule_file(rule: str, indicators: str = INDICATORS) -> str:
    """The text of the rule file of clause 16 with one rule, whose id, target and judged lead are filled in."""
    head = "id: rule, target: promise" + ("" if "judged:" in rule else ", judged: {lead: city}")
    return f"clause: '16'\nindicators:\n{indicators}rules:\n- {{{head}, {rule}}}\n"


def book_of(rule: str, indicators: str = INDICATORS, **files: str) -> Book:
    """A sound book with one rule, as `indicator: firms, kind: total, threshold: 222 家`.

    `files` are further files by name without their ending.
    """
    texts = {f"{name}.yaml": text for name, text in files.items()}
    book, found = bind({"rules/016-small.yaml": rule_file(rule, indicators), **texts})
    assert found == []
    assert book is not None
    return book


def period_of(label: str) -> Period:
    """The period of a label that is known to be sound."""
    period = Period.parse(label)
    assert period is not None
    return period


def figures_of(
    book: Book, period: str, *submissions: str, found: list[Diagnostic] | None = None
) -> dict[FigureKey, Figure]:
    """The figures of YAML submissions; a text without an organization is the lead's list of figures."""
    listed: list[Diagnostic] = [] if found is None else found
    converter = Converter(book, listed)
    figures: list[Figure] = []
    for place, text in enumerate(submissions):
        whole = text if text.startswith("organization:") else f"organization: 市經信局\nfigures: {{{text}}}"
        entries = read_yaml_submission(whole, f"{period}/{place}.yaml", listed)
        figures.extend(converter.convert(entries, None, period_of(period)))
    return index_figures(figures, listed, book.indicators)


def judge_book(
    book: Book,
    period: str,
    figures: dict[FigureKey, Figure],
    found: list[Diagnostic] | None = None,
    as_of: date | None = None,
) -> list[Verdict]:
    """The verdicts of all that is owed for a period; `figures` may hold those of earlier periods."""
    listed: list[Diagnostic] = [] if found is None else found
    current = [figure for figure in figures.values() if figure.period == period_of(period)]
    known = inherit_baselines(book, figures, current, listed)
    obligations = list_obligations(book, period_of(period), as_of)
    past = sorted({figure.period for figure in known.values()})
    verdicts, diagnostics = judge(limit_obligations(book, obligations, past, as_of), known)
    listed.extend(diagnostics)
    return verdicts


def verdict_of(book: Book, period: str, *submissions: str) -> Verdict:
    """The lead's verdict on what it submits, as `firms: 131 家`."""
    return judge_book(book, period, figures_of(book, period, *submissions))[0]


def codes(found: Sequence[Diagnostic]) -> list[str]:
    """The codes of findings, in their order."""
    return [finding.code for finding in found]
