"""The thresholds of suspicions, as the policy holds them."""

from dataclasses import fields

from engine.model.suspicion import Suspicions
from engine.report.schemas import read_schema
from tests.unit.small import node_of


def test_a_book_that_states_none_is_asked_nothing() -> None:
    assert [getattr(Suspicions(), field.name) for field in fields(Suspicions)] == [None] * 8


def test_every_suspicion_has_its_key_in_the_schema() -> None:
    schema = node_of(read_schema("policy-file"), "policy-file.json")
    properties = schema.get("properties")
    assert properties is not None
    suspicions = properties.get("suspicions")
    assert suspicions is not None
    known = suspicions.get("properties")
    assert known is not None
    assert [key.text for key, _ in known.pairs] == [field.name for field in fields(Suspicions)]
