"""What can go wrong in the worked cases: one is taken out, or expects something else."""

from collections.abc import Iterator
from decimal import Decimal

from engine.yamlsource import Node
from tests.mutants.edit import Edit, Fault, Texts, drop_item, items_of, replace_flow, replace_scalar, root_of, text_of

_OTHER_VERDICT = {"pass": "at-risk", "at-risk": "fail", "fail": "pass", "undecided": "fail"}
_OTHER_REASON = {"missing": "not-due"}
_OTHER_PROGRESS = {"behind": "on-pace", "on-pace": "ahead", "ahead": "completed", "completed": "ahead"}


def case_faults(texts: Texts) -> Iterator[Fault]:
    """Every case removed, and everything that it expects changed."""
    for name, text in texts.items():
        if not name.startswith("rules/"):
            continue
        cases = items_of(root_of(text, name), "cases")
        for at, case in enumerate(cases):
            rule = text_of(case, "rule")
            place = f"{case.source} {rule}"
            yield Fault("case removed", place, (drop_item(text, cases, at),), (rule,), alone=rule)
            expect = case.get("expect")
            assert expect is not None, f"{case.source}: a case that expects nothing"
            for kind, edit in _expectations(text, expect):
                yield Fault(kind, place, (edit,), (rule,), alone=str(case.source))


def _expectations(text: str, expect: Node) -> Iterator[tuple[str, Edit]]:
    verdict, reason, gap = expect.get("verdict"), expect.get("reason"), expect.get("gap")
    progress, notes = expect.get("progress"), expect.get("notes")
    if verdict is not None:
        yield "case expects another verdict", replace_scalar(text, verdict, _OTHER_VERDICT[verdict.text])
    if reason is not None:
        yield "case expects another reason", replace_scalar(text, reason, _OTHER_REASON.get(reason.text, "missing"))
    if gap is not None:
        yield "case expects another gap", replace_scalar(text, gap, f"{Decimal(gap.text) + Decimal('0.01'):f}")
    if progress is not None:
        yield "case expects another progress", replace_scalar(text, progress, _OTHER_PROGRESS[progress.text])
    if notes is not None:
        yield "case expects other notes", replace_flow(text, notes, ["revised"])
