from engine.model.coverage import Coverage


def test_equal_counts_are_equal_facts() -> None:
    assert len({Coverage(None, 61, 18, None, 165, 165), Coverage(None, 61, 18, None, 165, 165)}) == 1
