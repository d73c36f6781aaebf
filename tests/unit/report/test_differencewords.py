from engine.model.difference import Cause
from engine.report.differencewords import CAUSES, HEADS, SENTENCES
from engine.report.words import Words


def test_every_cause_has_its_words() -> None:
    assert list(CAUSES) == [cause.value for cause in Cause]


def test_no_wording_is_empty_or_said_of_two_causes() -> None:
    for words in (CAUSES, HEADS, SENTENCES):
        assert all(words.values())
    said = Words("zh-Hant").said
    assert len({said(english, key) for key, english in CAUSES.items()}) == len(CAUSES)
    assert len(set(CAUSES.values())) == len(CAUSES)
