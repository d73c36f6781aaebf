"""The texts of a first book: one made-up promise with its rule, its cases and a figure, to be replaced by real ones."""

from engine.report.newbook import POLICY, comment, with_schemas
from engine.report.words import Words

_TARGETS = """\
plan:
  title: 示例方案
  year: {year}

clauses:
- clause: '1'
  lead: [水利局]
  targets:
  - {{id: canals, quote: 整修灌渠80公里以上, kind: total, comparator: at_least, value: 80, unit: 公里}}
"""

_ORGANIZATIONS = """\
organizations:
- {name: 水利局, tier: city-department}
"""

_RULES = """\
clause: '1'

indicators:
- {{id: canals, name: 整修灌渠里程, unit: 公里, phrase: 整修}}

rules:
- id: canals
  target: canals
  indicator: canals
  kind: total
  comparator: at_least
  threshold: 80 公里
  judged: {{lead: city}}

cases:
- {{rule: canals, figures: {{{year}Q2: 41 公里}}, expect: {{verdict: pass, gap: 1.25, progress: on-pace}}}}
- {{rule: canals, figures: {{{year}Q2: 40 公里}}, expect: {{verdict: pass, gap: 0, progress: on-pace}}}}
- {{rule: canals, figures: {{{year}Q2: 39 公里}}, expect: {{verdict: at-risk, gap: -1.25, progress: behind}}}}
- {{rule: canals, figures: {{{year}Q2: 33 公里}}, expect: {{verdict: at-risk, gap: -8.75, progress: behind}}}}
- {{rule: canals, figures: {{{year}Q2: 32 公里}}, expect: {{verdict: at-risk, gap: -10, progress: behind}}}}
- {{rule: canals, figures: {{{year}Q2: 31 公里}}, expect: {{verdict: fail, gap: -11.25, progress: behind}}}}
- {{rule: canals, figures: {{{year}Q4: 81 公里}}, expect: {{verdict: pass, gap: 1.25, progress: completed}}}}
- {{rule: canals, figures: {{{year}Q4: 80 公里}}, expect: {{verdict: pass, gap: 0, progress: completed}}}}
- {{rule: canals, figures: {{{year}Q4: 79 公里}}, expect: {{verdict: fail, gap: -1.25, progress: behind}}}}
"""

_SUBMISSION = """\
organization: 水利局
figures:
  canals: 21 公里
"""


def first_book_texts(year: int, words: Words) -> dict[str, str]:
    """The texts of the book's files by path, in the order of their names; its schemas are among them, for editors.

    Remarks are in the language of `words`, names in its script. The figure is marked as illustrative.
    """
    texts = {
        "targets.yaml": comment(words["init-targets"]) + words.in_script(_TARGETS.format(year=year)),
        "organizations.yaml": comment(words["init-organizations"]) + words.in_script(_ORGANIZATIONS),
        "policy.yaml": comment(words["draft-policy"]) + POLICY,
        "rules/001-canals.yaml": comment(words["init-rules"]) + words.in_script(_RULES.format(year=year)),
        f"submissions/{year}Q1/canals.yaml": comment(words["init-submission"]) + words.in_script(_SUBMISSION),
    }
    return with_schemas(texts)
