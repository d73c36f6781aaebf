from dataclasses import FrozenInstanceError

import pytest

from engine.model.coverage import Coverage


def test_counts_are_facts_and_never_change() -> None:
    coverage = Coverage(None, 61, 18, None, 165, 165)
    with pytest.raises(FrozenInstanceError):
        coverage.claimed = 62  # type: ignore[misc]
