from engine.model.difference import Cause
from engine.report.differencewords import CAUSES, HEADS, SENTENCES


def test_every_cause_has_its_words() -> None:
    assert list(CAUSES) == [cause.value for cause in Cause]


def test_no_wording_is_empty_or_said_of_two_causes() -> None:
    for words in (CAUSES, HEADS, SENTENCES):
        assert all(english and chinese for english, chinese in words.values())
    assert len({chinese for _, chinese in CAUSES.values()}) == len(CAUSES)
    assert len({english for english, _ in CAUSES.values()}) == len(CAUSES)
