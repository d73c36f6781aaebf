import pytest

from engine.model.diagnostic import Diagnostic
from engine.rules.organizations import read_organizations, words_of
from tests.unit.small import ORGANIZATIONS, codes, node_of


def test_bodies_are_read_in_the_file_s_order() -> None:
    found: list[Diagnostic] = []
    organizations, _ = read_organizations(node_of(ORGANIZATIONS), found)
    assert (list(organizations), found) == (["市經信局", "市發改委", "咸安區", "嘉魚縣"], [])


def test_every_name_stands_for_its_body() -> None:
    words = words_of(*read_organizations(node_of(ORGANIZATIONS), []))
    assert words["市經濟和信息化局"] == ("市經信局",)
    assert words["咸寧市發展和改革委員會"] == ("市發改委",)


def test_a_group_word_stands_for_its_members() -> None:
    words = words_of(*read_organizations(node_of(ORGANIZATIONS), []))
    assert words["各縣市區"] == ("咸安區", "嘉魚縣")


def test_a_group_may_have_no_members() -> None:
    found: list[Diagnostic] = []
    text = "organizations: [{name: 甲, tier: county}]\ngroups: [{name: 各部門, members: [], why: 沒有名單}]\n"
    organizations, groups = read_organizations(node_of(text), found)
    assert (words_of(organizations, groups)["各部門"], groups["各部門"].why, found) == ((), "沒有名單", [])


def test_a_word_for_two_bodies_is_reported_with_both_places() -> None:
    text = """\
organizations:
- {name: 甲, tier: county}
- {name: 乙, tier: county, aliases: [甲]}
"""
    found: list[Diagnostic] = []
    read_organizations(node_of(text), found)
    (repeated,) = found
    assert (repeated.code, str(repeated.source), str(repeated.related[0])) == (
        "name-repeated",
        "file.yaml:3:37",
        "file.yaml:2:10",
    )


def test_a_name_that_is_also_its_own_full_name_is_no_repeat() -> None:
    text = "organizations: [{name: 甲, full_name: 甲, tier: county}]\n"
    found: list[Diagnostic] = []
    read_organizations(node_of(text), found)
    assert found == []


def test_a_member_that_is_no_organization_is_reported_and_left_out() -> None:
    text = "organizations: [{name: 甲, tier: county}]\ngroups: [{name: 各區, members: [甲, 乙]}]\n"
    found: list[Diagnostic] = []
    _, groups = read_organizations(node_of(text), found)
    assert (codes(found), groups["各區"].members) == (["unknown-member"], ("甲",))


def test_a_body_needs_name_and_tier() -> None:
    found: list[Diagnostic] = []
    read_organizations(node_of("organizations: [{aliases: [甲]}]\n"), found)
    assert [(finding.code, finding.params["key"]) for finding in found] == [
        ("key-missing", "name"),
        ("key-missing", "tier"),
    ]


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("{name: 各部門, members: []}", ["open-members"]),
        ("{name: 各部門}", ["open-members"]),
        ("{name: 各部門, members: [], why: 沒有名單}", []),
        ("{name: 各部門, members: [甲]}", []),
        ("{name: 各部門, members: [], open: [members]}", ["open-members"]),
    ],
)
def test_a_group_has_members_or_says_why_it_has_none(group: str, expected: list[str]) -> None:
    found: list[Diagnostic] = []
    read_organizations(node_of(f"organizations: [{{name: 甲, tier: county}}]\ngroups: [{group}]\n"), found)
    assert [finding.code for finding in found] == expected
