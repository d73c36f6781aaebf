from engine.model.organization import Group, Organization
from engine.model.source import Source


def test_a_body_may_have_no_full_name() -> None:
    body = Organization("市創文辦", "city-department", None, (), Source("organizations.yaml", 3, 3))
    assert body.full_name is None


def test_a_group_may_say_why_it_has_no_members() -> None:
    group = Group("市直各單位", (), (), "the plan has no list of them", Source("organizations.yaml", 9, 3))
    assert (group.members, group.why) == ((), "the plan has no list of them")
