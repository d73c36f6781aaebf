from engine.model.draft import Draft, DraftGroup
from engine.model.source import Source


def test_a_text_without_title_and_year_leaves_both_open() -> None:
    group = DraftGroup("各縣市區", Source("plan.txt", 3, 4))
    draft = Draft(None, None, "sha256:0", (), (), (group,), (), "plan.txt")
    assert [(item.name, item.question.value, str(item.source)) for item in draft.open_items] == [
        ("", "title", "plan.txt"), ("", "year", "plan.txt"), ("各縣市區", "members", "plan.txt:3:4"),
    ]  # fmt: skip
