"""A small book with a quarter's submissions, for the tests of receipts: illustrative, nobody reported these figures."""

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]

WORKBOOK = "submissions/2025Q1/東縣.xlsx"

#: The day before everything that `revise` adds.
YESTERDAY = "2025-07-20"

BOOK = {
    "targets.yaml": """\
plan: {title: 收據示例, year: 2025, date: 2025-01-20}
# What was promised.
clauses:
- clause: '1'
  lead: [水利局]
  responsible: [各縣]
  targets:
  - {id: canals, quote: 整修灌渠80公里, kind: total, comparator: at_least, value: 80, unit: 公里}
""",
    "organizations.yaml": """\
organizations:
- {name: 水利局, tier: city-department}
- {name: 東縣, tier: county}
- {name: 西縣, tier: county}
groups:
- {name: 各縣, members: [東縣, 西縣]}
""",
    "rules/001-canals.yaml": """\
clause: '1'
indicators:
- {id: canals, name: 整修灌渠里程, unit: 公里, additive: true}
- {id: mended, name: 其中已驗收里程, unit: 公里}
rules:
- id: canals
  target: canals
  indicator: canals
  kind: total
  comparator: at_least
  threshold: 80 公里
  judged: {lead: city, responsible: {quota: 001-canals}}
""",
    "allocations/001-canals.yaml": "rule: canals\ndocument: 分解表\nquotas: {東縣: 50 公里, 西縣: 30 公里}\n",
    "policy.yaml": "deadlines: {days: 10}\n",
    "units.txt": "# none yet\n",
    "relations.yaml": """\
relations:
- {id: part, at_most: [mended, canals], document: 統計制度}
""",
    "waivers.yaml": """\
waivers:
- document: 關于東縣灌渠整修任務延期的批復
  date: 2025-06-05
  approver: 示例市人民政府
  start: 2025-04-01
  end: 2025-07-31
  reach: [東縣]
  rules: [canals]
  reason: 汛期停工
""",
    "amendments.yaml": """\
amendments:
- target: canals
  threshold: 90 公里
  document: 關于調增灌渠整修任務的通知
  date: 2025-05-20
""",
}
SUBMISSIONS = {
    "submissions/2025Q1/all.csv": "organization,indicator,value,unit\n水利局,canals,20,公里\n西縣,canals,7,公里\n",
    "submissions/2025Q2/東縣.yaml": "organization: 東縣\nfigures: {canals: 24 公里}\n# seen on site\n",
    "submissions/2025Q2/其他.csv": "organization,indicator,value,unit\n水利局,canals,41,公里\n西縣,canals,15,公里\n",
    "submissions/2025Q2/manifest.yaml": """\
due: 2025-07-10
received:
- {file: 東縣.yaml, date: 2025-07-09}
- {file: 其他.csv, date: 2025-07-08}
""",
    "submissions/2025Q2/inspections.yaml": """\
inspections:
- {organization: 西縣, indicator: canals, value: 14 公里, document: 督查第1號, date: 2025-07-12}
""",
}


def lay_out(folder: Path) -> Path:
    """Write the book and its submissions into a new folder, and a workbook among them."""
    from tests.workbooks import table

    for name, text in {**BOOK, **SUBMISSIONS}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")
    (folder / WORKBOOK).write_bytes(table(("東縣", "canals", "12", "公里")))
    return folder


def revise(folder: Path) -> None:
    """What came in and was decided after `YESTERDAY`: a file, an inspection, an amendment, a waiver, and a rule."""
    period = folder / "submissions/2025Q2"
    (period / "東縣-更正.yaml").write_text("organization: 東縣\nfigures: {canals: 20 公里}\n", "utf-8")
    _append(
        period / "manifest.yaml",
        "- {file: 東縣-更正.yaml, date: 2025-07-21, replaces: 東縣.yaml, reason: 核減4公里}\n",
    )
    _append(
        period / "inspections.yaml",
        "- {organization: 水利局, indicator: canals, value: 30 公里, document: 督查第2號, date: 2025-07-25}\n",
    )
    _append(
        folder / "amendments.yaml",
        "# the second one\n- {target: canals, threshold: 100 公里, document: 再次調增, date: 2025-07-21}\n",
    )
    (folder / "rules/001-more.yaml").write_text(
        "clause: '1'\nrules:\n- {id: canals-again, target: canals, indicator: canals, kind: total, comparator: at_most,"
        " threshold: 85 公里, judged: {lead: city}, added: 2025-07-21}\n",
        "utf-8",
    )


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as stream:
        stream.write(text)


def receipt_of(path: Path) -> Json:
    """The receipt in a JSON result."""
    receipt: Json = json.loads(path.read_text("utf-8"))["receipt"]
    return receipt
