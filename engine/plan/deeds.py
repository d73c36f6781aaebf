"""Promises without a number: acts with a date, full coverage, keeping step, lines never to be crossed, goals set above.

The words support them more weakly than a number does, so each carries its doubt.
"""

import re
from collections.abc import Iterator

from engine.model.noun import dataclass
from engine.model.target import Kind

_END = (
    r"建成|投产|达产|通气|通车|通水|通航|通电|投用|投运|投入使用|投入运营|投入运行|运营|开业|并网|蓄水|发电|"
    r"贯通|封顶|交付|开通|试运行|验收|竣工|完工|开工|动工"
    r"|启用|开园|开馆|开放|开学|开诊|挂牌|落地|启动|摘帽|销号|完成|完工|实现|出台|上线|迁入|搬迁|见效|转段|"
    r"合龙|入驻|达标|首飞|首发|获批|揭牌|运行"
)
_DATE = (
    r"年内|年底前|年底|上半年|下半年|[一二三四]季度(?:末|前)?|\d{1,2}月(?:底|末|份)?前?|20\d\d年(?:底|末|内)?前?|"
    r"春节前|国庆(?:节)?前|汛期前|汛前"
)
_WEAK = r"加快|尽快|加速|早日|早|推动|推进|争取|支持|谋划|力促|前期|持续|继续|不断|深入|进一步|积极|力争"
_ABOVE = (
    r"省定|国定|市定|部定|上级|国家|省级|省里|省上|省委省政府|省政府|市政府|下达|省下达|国家下达|省考|国考|规划|"
    r"自治区|市级|中央|省|部级"
)
_ORDERED = r"下达|定|规定|要求|考核|确定|交办|分解|规划|约束性|控制|给予|部署"


@dataclass(frozen=True, slots=True)
class Deed:
    """A promise without a number; offsets are of the squeezed text."""

    start: int
    end: int
    kind: Kind
    inner_kind: Kind | None
    doubt: str


#: Pattern → kind, inner kind, doubt; tried on every stretch between two pauses in this order.
PATTERNS: tuple[tuple[str, Kind, Kind | None, str], ...] = (
    (
        rf"(?:达到|达|完成|实现|控制在|不低于|不高于|满足|降至|保持在|高于|优于|"
            rf"超额完成)[^,。;]{{0,14}}?(?:{_ABOVE})[^,。;]{{0,10}}?(?:{_ORDERED})?[^,。;]{{0,12}}?"
        r"(?:目标任务|目标值|目标|任务|指标|要求|标准|计划|范围|控制数)(?:以内|以上|之内|内)?$",
        Kind.EXTERNAL, Kind.RATE, "the number comes from above and is not printed",
    ),
    (
        r"(?:和|与|同)[^,。;]{1,16}?(?:基本|保持|大体)?(?:同步|相适应|相匹配|相协调)(?:增长|提高|提升)?$",
        Kind.RELATIVE, None, "which indicator it is held against",
    ),
    (
        r"(?:增速|增幅|增长|增长率|涨幅|收入|水平|率)[^,。;]{0,6}?(?:高于|快于|不低于|超过|领先|优于|跑赢|"
        r"低于)[^,。;\d]{0,10}?(?:平均水平|平均|"
            r"经济增长|增速|增幅|GDP增长|经济增速|增长速度|水平|增长)$",
        Kind.RELATIVE, None, "which indicator it is held against",
    ),
    (
        r"(?:走访|联系|服务|检查|排查|帮扶|巡查|督导|回访|对接|培训|评估|轮训)[^,。;]{0,4}每(?:个|家|户|名|所|位)",
        Kind.EACH, Kind.COVERAGE, "which list is meant, and how often",
    ),
    (
        r"全覆盖|应[\u4e00-\u9fff]{1,2}尽[\u4e00-\u9fff]{1,2}|(?<!惠及)全员(?:培训|轮训)|全部(?:达标|覆盖|"
        r"清零|销号|消除|完成|建成|办结)|"
        r"动态清零|清零$", Kind.COVERAGE, None,
        "who is eligible, and whether the list is fixed"),
    (
        r"(?:各|每|每个|建有|所有|全部)[^,。;]{0,14}(?:办好|建好|建成|建设|配备|打造|拥有|至少有|有|建有|"
        r"培育|设立)[^,。;]{0,3}(?:一|1)(?:所|个|座|处|家|名|支|条)",
        Kind.COVERAGE, None, "which list is meant",
    ),
    (
        r"不发生[^,。;]*?(?:事故|风险|事件|案件|底线|返贫|疫情|火灾|问题|致贫)|(?:零事故|零发生|零死亡|"
        r"零伤亡|零返贫|零增长|零污染|零火情)|(?:杜绝|防止|遏制|"
            r"防范)[^,。;]{0,12}(?:重大|特大|较大|重特大|规模性返贫)[^,。;]{0,14}(?:事故|事件|案件|返贫|"
            r"舆情)?(?:发生)?$",
        Kind.ALWAYS, None, "which event crosses the line",
    ),
    (
        r"(?:兜牢|守住|守牢|兜住|筑牢|兜底)[^,。;]{0,6}(?:“三保”|保(?:基本民生|工资|运转))[^,。;]*?(?:底线)?$",
        Kind.EACH, Kind.ALWAYS, "which lines are meant"),
    (r"巩固[^,。;]{0,30}(?:创建成果|称号|荣誉|创建成效|金字招牌)", Kind.ALWAYS, None, "what would end the title"),
    (
        r"(?:举办|承办|办好|召开|举行|筹办|协办|组织)[^,。;]{0,4}(?:第[^,。;届]{1,4}届|(?:20)\d\d年?)[^,。;]*",
        Kind.MILESTONE, None, "the stages of the act"),
    (rf"(?:{_DATE})[^,。;]{{0,24}}?(?:{_END})", Kind.MILESTONE, None, "the stages of the act and their dates"),
    (rf"确保[^,。;]{{0,40}}?(?:{_END})(?!率)", Kind.MILESTONE, None, "the stages of the act and their dates"),
    (
        r"(?:^|[^加])(?:建成投用|建成通车|建成投产|竣工投产|投入使用|投入运营|全线贯通|全线通车|主体完工|"
        r"建成运营|竣工投用|开工建设|建成开放|建成启用|建成并网)$",
        Kind.MILESTONE, None, "the stages of the act and their dates"),
    (
        r"(?:^|基本|全面|如期|按期|力争)建成(?![一-龥]{0,3}的)[^,。;]{3,}",
        Kind.MILESTONE, None, "the stages of the act and their dates"),
    (
        r"^(?:全面|如期|按期|按时|高质量|圆满)?完成[^,。;]{2,}(?:任务|工作|建设|整改|改造|工程|攻坚|编制|普查|"
        r"换届|改革|修复|搬迁|整治|验收|试点)$", Kind.MILESTONE, None,
        "what belongs to the task, and its stages"),
    (r"(?:^|、|[县市区])成立[^,。;、]{3,}", Kind.MILESTONE, None, "the stages of the act"),
    (
        r"^(?:科学|高质量|高标准|全面|认真)?编制(?:完成|好)?[^,。;]*规划[^,。;]{0,4}$|^(?:制定|出台|印发|"
        r"颁布|制定出台|研究出台|修订)[^,。;]*(?:条例|办法|"
        r"方案|意见|规划|政策|细则|措施|规定|行动计划)》?$", Kind.MILESTONE, None, "the stages of the act"),
    (
        r"^(?:全面|率先)?(?:开展|启动)[^,。;]*(?:试点|试点工作|试点建设|普查|创建工作|申报工作|国家试点)$",
        Kind.MILESTONE, None, "the stages of the act"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), kind, inner, doubt) for pattern, kind, inner, doubt in PATTERNS)

_SKIP = re.compile(r"^(?:已|去年|按照|根据|围绕)|机制$|长效机制")
_WEAK_MILESTONE = re.compile(rf"^[^,。;]{{0,6}}(?:{_WEAK})")
_DATED = re.compile(rf"(?:{_DATE}|确保)")
_TWO_INCOMES = re.compile(r"城乡(?:常住)?居民")
_TWO_ALIKE = re.compile(r"([\u4e00-\u9fff]{2})(?:和|与|、|及)[\u4e00-\u9fff]{1,8}\1")
_LEAD_IN = re.compile(r"^(?:并|且|同时|以及|使|,)+")


def find_deeds(text: str) -> Iterator[Deed]:
    """The promises without a number in a folded, squeezed text, in order.

    A stretch that names two things of a kind (城鄉居民…同步, 篩查和聽力篩查) gives two with one quote.
    """
    for start, end in _stretches(text):
        stretch = text[start:end]
        if _SKIP.search(stretch):
            continue
        for pattern, kind, inner, doubt in _PATTERNS:
            match = pattern.search(stretch)
            first = start
            if match and "成立" in match[0]:
                # 支持…建設…、嘉魚縣成立…: the founding is a promise of its own.
                first += stretch.rfind("、", 0, match.start() + 1) + 1
            if match is None or (kind is Kind.MILESTONE and _only_urged(text[first:end])):
                continue
            if lead := _LEAD_IN.match(text[first:end]):
                first += lead.end()
            deed = Deed(first, end, kind, inner, doubt)
            yield deed
            alike = kind is Kind.RELATIVE and _TWO_INCOMES.search(stretch)
            if alike or (kind is Kind.COVERAGE and _TWO_ALIKE.search(stretch) and "应" in match[0]):
                yield deed
            break


def _only_urged(stretch: str) -> bool:
    """推動…盡快開工 urges an act without a date; 推動…年內通氣 promises it."""
    return bool(_WEAK_MILESTONE.match(stretch)) and not _DATED.search(stretch)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign in "(〔[“《【":
            depth += 1
        elif sign in ")〕]”》】":
            depth = max(0, depth - 1)
        elif sign in "。;!\n" or (sign in ",:" and not depth):
            depth = 0
            if at > start:
                yield start, at
            start = at + 1
    if len(text) > start:
        yield start, len(text)
