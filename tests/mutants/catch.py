"""Planting faults, and asking `validate` and `test` whether they notice.

The functions are those that the commands call, on texts in memory. What does not depend on a fault is worked out
once: every file is read once as long as it stays the same, and the cases of the rules that a fault concerns are
asked before those of the whole book. A survivor is only what the whole book does not notice either.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.model.book import Book
from engine.model.codes import CODES
from engine.model.diagnostic import Diagnostic, Severity
from engine.pipeline import Selection, run_cases, validate
from engine.plan import clauses as plan_clauses
from engine.plan import coverage as plan_coverage
from engine.plan import read as plan_read
from engine.plan.coverage import cover_plan
from engine.plan.reread import reread_quotes
from engine.rules.agreement import check_agreement
from engine.rules.book import bind_book
from engine.rules.cases import leave_out_cases, read_cases
from engine.rules.read import BookFiles, read_book_files
from engine.yamlsource import read_yaml
from tests.mutants.book import amendment_faults, organization_faults, policy_faults, quota_faults, relation_faults
from tests.mutants.cases import case_faults
from tests.mutants.edit import Fault, Texts, plant
from tests.mutants.rules import rule_faults
from tests.mutants.targets import target_faults


class Catcher:
    """One sound book, and what gives a fault in it away."""

    def __init__(self, folder: Path, plan: Path | None) -> None:
        """Take the book in a folder, and the file of its plan's own text where it is at hand."""
        self.folder = folder
        self.plan = plan
        self.texts = read_book_files(folder, []).texts
        book, _ = self._bind(self.texts, with_cases=True)
        assert book is not None, f"{folder}: the book itself cannot be read"
        self.book = book
        read = plan_read.read_plan_file(plan, []) if plan else None
        self._proper = plan_coverage.plan_proper(read, book.plan.digest) if read else None
        self._clauses = {each.number: each for each in plan_clauses.read_plan(self._proper or "").clauses}
        self._plain = {name: leave_out_cases(text) for name, text in self.texts.items()}

    def _bind(self, texts: Texts, with_cases: bool) -> tuple[Book | None, list[Diagnostic]]:
        return bind_book(BookFiles(self.folder, texts, "sha256:0"), with_cases)

    def faults(self) -> list[Fault]:
        """Every fault of this book that can be noticed at all, in a stable order."""
        book = self.book
        if book.policy.cases_threshold is None:
            # A book that asks for no cases of itself has them for its amendments alone.
            amended = {amendment.target for amendment in book.amendments}
            return [each for each in amendment_faults(self.texts, book) if amended & set(each.place.split())]
        planted = [
            *rule_faults(self.texts), *case_faults(self.texts), *target_faults(self.texts),
            *quota_faults(self.texts, book), *policy_faults(self.texts), *amendment_faults(self.texts, book),
            *organization_faults(self.texts, book),
            *relation_faults(self.texts),
        ]  # fmt: skip
        return [fault for fault in planted if self.plan is not None or not fault.needs_plan]

    def survivors(self, faults: Sequence[Fault]) -> list[Fault]:
        """The faults that nobody notices."""
        read = [fault for fault in faults if fault.alone and fault.alone.startswith("clause ")]
        # What is taken out moves the lines below it, so that it is tried apart from what other cases expect.
        removed = [fault for fault in faults if fault.alone in fault.rules]
        known = {id(fault) for fault in (*read, *removed)}
        expecting = [fault for fault in faults if fault.alone and id(fault) not in known]
        noticed = {id(fault) for fault in self._noticed_together(read, self._misread_clauses)}
        for together in (removed, expecting):
            noticed |= {id(fault) for fault in self._noticed_together(together, self._untried_or_failed)}
        # What was not noticed together is asked of every part of both commands by itself.
        return [fault for fault in faults if id(fault) not in noticed and self.caught_by(fault) is None]

    def caught_by(self, fault: Fault) -> str | None:
        """What gives a fault away: the code of a finding, `case failed` or `coverage`; None where nothing does.

        The questions are those of both commands; the ones that are quick and see most come first.
        """
        texts = plant(self.texts, fault.edits)
        book: Book | None = self.book
        if any(leave_out_cases(texts.get(edit.file, "")) != self._plain.get(edit.file) for edit in fault.edits):
            book, found = self._bind(texts, with_cases=False)
            caught = first_error(found) or self._by_agreement(book, found)
            if caught or book is None:
                return caught or "no book"
        return (
            (fault.rules and self._by_own_cases(book, texts, fault.rules))
            or self._by_validate(book)
            or self._by_everything(texts)
        )

    # --- validate, then test ---------------------------------------------------------------------------------

    def _by_agreement(self, book: Book | None, found: Sequence[Diagnostic]) -> str | None:
        """What `validate` says of everything but cases and proofs."""
        if book is None:
            return "no book"
        known = replace(book, cases=self.book.cases)
        caught = first_error(check_agreement(known, found)) or first_error(reread_quotes(book, self._clauses))
        if caught or self._proper is None:
            return caught
        return first_error(cover_plan(book, self._proper, "plan.txt")[1])

    def _by_validate(self, book: Book | None) -> str | None:
        """What `validate` says of everything but the cases."""
        if book is None or book is self.book:
            return None
        return first_error(validate(replace(book, cases=self.book.cases), [], self.plan).findings)

    def _by_own_cases(self, book: Book | None, texts: Texts, rules: Collection[str]) -> str | None:
        """What the cases of the rules say that a fault concerns."""
        if book is None:
            return "no book"
        kept = tuple(rule for rule in book.rules if rule.id in rules)
        files = {rule.source.file: read_yaml(texts[rule.source.file], rule.source.file)[0] for rule in kept}
        found: list[Diagnostic] = []
        cases = read_cases(book, {name: node for name, node in files.items() if node}, found)
        selection = Selection(rules=tuple(rule.id for rule in kept))
        return first_error(found) or (_told(replace(book, cases=cases), [], selection) if kept else None)

    def _by_everything(self, texts: Texts) -> str | None:
        """What both commands say without any option."""
        book, found = self._bind(texts, with_cases=True)
        caught = first_error(found)
        if caught or book is None:
            return caught or "no book"
        return first_error(validate(book, found, self.plan).findings) or _told(book, found, None)

    # --- many at once ----------------------------------------------------------------------------------------

    def _noticed_together(self, faults: Collection[Fault], ask: Callable[[Texts], set[str]]) -> Iterator[Fault]:
        """The faults that are noticed when one of everything is planted at a time; `ask` names what is wrong."""
        left = list(faults)
        while left:
            batch = {fault.alone or "": fault for fault in reversed(left)}
            taken = {id(fault) for fault in batch.values()}
            left = [fault for fault in left if id(fault) not in taken]
            wrong = ask(plant(self.texts, [edit for fault in batch.values() for edit in fault.edits]))
            yield from (fault for alone, fault in batch.items() if alone in wrong)

    def _misread_clauses(self, texts: Texts) -> set[str]:
        """The clauses that an error of `validate` names, or in whose lines it stands."""
        book, found = self._bind(texts, with_cases=False)
        if book is None:
            return set()
        found += [*check_agreement(replace(book, cases=self.book.cases), found), *reread_quotes(book, self._clauses)]
        if self._proper is not None:
            found += cover_plan(book, self._proper, "plan.txt")[1]
        starts = {each.source.line or 0: each.number for each in self.book.clauses}
        wrong = set()
        for finding in found:
            if CODES[finding.code].severity is not Severity.ERROR:
                continue
            wrong |= {f"clause {finding.params[key]}" for key in ("clause",) if key in finding.params}
            for place in (finding.source, *finding.related):
                above = [line for line in starts if place.file == "targets.yaml" and line <= (place.line or 0)]
                wrong |= {f"clause {starts[max(above)]}"} if above else set()
        return wrong

    def _untried_or_failed(self, texts: Texts) -> set[str]:
        """The places of cases that fail, and the rules of which something is tried no longer."""
        book, found = self._bind(texts, with_cases=True)
        assert book is not None, "cases leave a book as it is"
        result = run_cases(book, [])
        wrong = {str(finding.source) for finding in found}
        wrong |= {str(trial.case.source) for trial in result.trials if not trial.passed}
        wrong |= {each.params["rule"] for each in check_agreement(book, found) if each.code == "rule-without-case"}
        # One position is enough where the book asks for so many that none may be untried.
        if result.threshold and 100 * (len(result.positions) - 1) // len(result.positions) < result.threshold:
            wrong |= {position.rule for position in result.uncovered}
        return wrong


def _told(book: Book, found: Sequence[Diagnostic], selection: Selection | None) -> str | None:
    result = run_cases(book, found, selection)
    if any(not trial.passed for trial in result.trials):
        return "case failed"
    return first_error(result.findings) or ("coverage" if result.exit_code() else None)


def first_error(found: Iterable[Diagnostic]) -> str | None:
    """The code of the first finding that makes the exit code other than 0."""
    return next((each.code for each in found if CODES[each.code].severity is Severity.ERROR), None)
