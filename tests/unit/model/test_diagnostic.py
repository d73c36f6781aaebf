from engine.model.diagnostic import Diagnostic, Severity
from engine.model.source import Source


def test_severities_are_the_words_of_the_outputs() -> None:
    assert [severity.value for severity in Severity] == ["error", "warning", "note"]


def test_a_finding_needs_no_words_and_no_other_place() -> None:
    finding = Diagnostic("key-missing", Source("a.yaml", 3, 1))
    assert (finding.params, finding.related) == ({}, ())


def test_findings_do_not_share_their_words() -> None:
    first, second = Diagnostic("a", Source("a")), Diagnostic("b", Source("b"))
    first.params["key"] = "x"
    assert second.params == {}
