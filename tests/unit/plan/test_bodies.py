import pytest

from engine.plan.bodies import find_brackets, split_bodies
from engine.plan.fold import fold_text


def read(text: str) -> tuple[list[str], list[str]]:
    brackets = find_brackets(fold_text(text), text)
    return [one for each in brackets for one in each.lead], [one for each in brackets for one in each.responsible]


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        ("甲。(牽頭單位:市發改委;責任單位:市財政局,各縣市區人民政府)", ["市發改委"], ["市財政局", "各縣市區人民政府"]),
        ("甲。〔牵头单位：市委办（改革办）；责任单位：市政府各部门〕", ["市委办（改革办）"], ["市政府各部门"]),
        ("甲。【牵头单位： 市医保局　责任单位： 市卫健委】", ["市医保局"], ["市卫健委"]),
        ("甲。[责任单位:市经信局]", [], ["市经信局"]),
        ("甲。(牵头领导:张三;责任领导:李四;牵头部门:市教育局;配合单位:市财政局)", ["市教育局"], ["市财政局"]),
        ("甲。(牵头单位:市住建局;责任单位:市财政局;完成时限:12月底)", ["市住建局"], ["市财政局"]),
        ("甲。(市发展改革委牵头，市财政局、市商务局按职责分工负责)", ["市发展改革委"], ["市财政局", "市商务局"]),
        ("甲。(市教育局负责)", [], ["市教育局"]),
        ("甲。\n责任单位：市水利局、市林业局", [], ["市水利局", "市林业局"]),
        ("新建鄉鎮(街道)綜合體6個。", [], []),
        ("甲。(市財政局、發改委,各縣、區政府)", [], ["市財政局", "發改委", "各縣、區政府"]),
        ("甲,(市民文化中心)乙。", [], []),
        ("甲(市區)道路改造。", [], []),
        ("甲。(市經信委牽頭落實)", ["市經信委"], []),
        ("甲。(市發改委、財政局，各市（縣）、區政府)", [], ["市發改委", "財政局", "各市（縣）、區政府"]),
        ("甲。(市经信委牵头落实)", ["市经信委"], []),
        ("甲。\n部门分工:省农业农村厅牵头,各地、各部门配合。", ["省农业农村厅"], ["各地", "各部门"]),
        ("建成公园3个(城北新区)", [], []),
        ("新建学校(市委党校)", [], []),
        ("完成投资5亿元(市发改委2亿元)", [], []),
    ],
)  # fmt: skip
def test_brackets_name_the_bodies(text: str, lead: list[str], responsible: list[str]) -> None:
    assert read(text) == (lead, responsible)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "市大氣、水、土壤污染防治專業委員會成員單位,各縣市區人民政府",
            ("市大氣、水、土壤污染防治專業委員會成員單位", "各縣市區人民政府"),
        ),
        (
            "市防災減災救災委員會成員單位、市安全生產委員會成員單位",
            ("市防災減災救災委員會成員單位", "市安全生產委員會成員單位"),
        ),
        ("市市場監管局及其他政府部門", ("市市場監管局", "其他政府部門")),
        ("市发改委、市财政局等", ("市发改委", "市财政局")),
        ("各县（市、区）人民政府", ("各县（市、区）人民政府",)),
        ("市发改委、市发改委", ("市发改委",)),
        ("市民政局，各区、县级市政府", ("市民政局", "各区、县级市政府")),
        ("各县、市、区人民政府,市发改委", ("各县、市、区人民政府", "市发改委")),
        ("各县区、高新区", ("各县区", "高新区")),
        ("", ()),
    ],
)  # fmt: skip
def test_lists_of_bodies_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_bodies(fold_text(text), text) == names


def test_persons_are_never_kept() -> None:
    lead, responsible = read("甲。(牵头市领导:王五;责任单位:市公安局;责任人:赵六)")
    assert "王五" not in [*lead, *responsible]
    assert "赵六" not in [*lead, *responsible]
