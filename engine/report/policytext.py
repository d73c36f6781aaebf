"""The policy in force, in words: what a book decided that the plan does not say, each with where it comes from."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.model.rule import Ladder, Policy, Rule
from engine.model.scoring import Method, MethodName, Scheme, Veto
from engine.quantities import format_decimal
from engine.report.words import Words

#: What is decided, how, and the document that says so (empty where it is the book's own).
Line = tuple[str, str, str]

_REASONS = ("missing", "unusable", "different-measure", "no-baseline")


def policy_lines(policy: Policy, rules: Sequence[tuple[Rule, str]], words: Words) -> list[Line]:
    """Bands, ties, rounding, what counts at the year's end alone, methods, weights and prices.

    `rules` are those that anybody was judged by, each with the name of its indicator.
    """
    names = {rule.id: name for rule, name in rules}
    lines: list[Line] = [
        ("判定檔次（總量、水平、覆蓋類，差距按百分點）", _ladder(policy.paced), ""),
        ("判定檔次（百分比速率類，差距按百分點）", _ladder(policy.percent), ""),
    ]
    for rule, name in rules:
        if rule.ladder is not None:
            lines.append(("判定檔次：" + name, _ladder(rule.ladder), ""))
    lines += [
        (
            "進度",
            f"累計類按時間比例計算{policy.pace_word}（一季度25%、上半年50%、前三季度75%），規則另定節點的從其規定；"
            f"速率和底線不按時間折算；超出{format_decimal(policy.ahead_margin)}個百分點以上為超進度",
            "",
        ),
        ("捨入", "判定一律用分數精確計算，不作捨入；所列差距和得分四捨五入，僅供閱讀", ""),
        ("並列", "得分（未捨入）相同的位次相同，其後位次順延", ""),
    ]
    annual = [name for rule, name in rules if rule.annual]
    lines.append(("僅年終考核的指標", "、".join(annual) or "無", ""))
    if policy.deadline_days is not None:
        lines.append(("報送期限", f"期末後{policy.deadline_days}日內", ""))
    lines.append(("督辦回復期限", f"發文後{policy.notices.reply_days}日內", ""))
    if policy.scoring is not None:
        if policy.scoring.quarters is not None:
            weights = "、".join(f"{format_decimal(weight)}%" for weight in policy.scoring.quarters.weights)
            lines.append(("四個季度的權重", weights, policy.scoring.quarters.document))
        for scheme in policy.scoring.schemes:
            lines += _scheme_lines(scheme, names, words)
    return lines


def _ladder(ladder: Ladder) -> str:
    passing, risky = format_decimal(ladder.passing), format_decimal(ladder.risky)
    if ladder.passing == ladder.risky:
        return f"不低於{passing}為達標，其餘為未達標"
    return f"不低於{passing}為達標，不低於{risky}為預警，其餘為未達標"


def _scheme_lines(scheme: Scheme, names: dict[str, str], words: Words) -> Iterator[Line]:
    group = scheme.name
    mark = words["illustrative"] if scheme.illustrative else ""

    def line(what: str, how: str, document: str) -> Line:
        return f"{group}：{what}", how, document + mark

    yield line("計分辦法", _method(scheme.method), scheme.method.document)
    for override in scheme.overrides:
        listed = "、".join(names.get(rule, rule) for rule in override.rules)
        how = f"權重{format_decimal(override.weight)}：" + listed
        if override.method is not None:
            how += f"；{_method(override.method)}（{override.method.document}）"
        yield line("另定權重", how, override.document)
    prices = [
        f"{words[reason]}{'不計入' if price is None else f'計{format_decimal(price)}分'}"
        for reason, price in ((reason, scheme.undecided.get(reason)) for reason in _REASONS)
    ]
    unset = scheme.undecided.get("not-applicable")
    if unset is not None:
        prices.append(f"未設置該項目標計{format_decimal(unset)}分")
    yield line("未判定的計分", "、".join(prices), scheme.document)
    if scheme.annual_only:
        yield line("年終計分", "、".join(names.get(rule, rule) for rule in scheme.annual_only), scheme.document)
    for bonus in scheme.bonus:
        points = "、".join(format_decimal(point) for point in bonus.first)
        how = f"{names.get(bonus.rule, bonus.rule)}居前{len(bonus.first)}位的依次加{points}分"
        if bonus.only_if:
            how += "，須同時達標：" + "、".join(names.get(rule, rule) for rule in bonus.only_if)
        yield line("加分", how, bonus.document)
    veto = "被一票否決的不排位次" if scheme.veto is Veto.UNRANKED else "被一票否決的計零分"
    yield line("一票否決", veto, scheme.document)
    criteria = f"表揚前{scheme.commended}位；點名後{scheme.named}位"
    if scheme.named_below is not None:
        criteria += f"、得分低於{format_decimal(scheme.named_below)}分"
    criteria += "和被一票否決的"
    yield line("表揚與點名", criteria, scheme.document)


def _method(method: Method) -> str:
    number = format_decimal
    match method.name:
        case MethodName.VERDICT:
            outcomes = (("pass", "達標"), ("at-risk", "預警"), ("fail", "未達標"))
            return "按判定計分：" + "、".join(
                f"{word}{number(method.points.get(outcome, Fraction(0)))}分" for outcome, word in outcomes
            )
        case MethodName.COMPLETION:
            return f"按完成應達數的比例計分，最多{number(method.cap)}分"
        case MethodName.ALL_OR_NOTHING:
            return "完成得100分，未完成不得分"
        case MethodName.RANK:
            return f"按位次計分，第一位100分，每後一位減{number(method.step)}分"
        case MethodName.EFFICACY:
            return f"功效系數法：組內最好的100分，最差的{number(method.base)}分，其餘按比例"
        case MethodName.MET_THEN_RANK:
            share = f"每後一位減其餘分數的{number(method.step)}%"
            return f"達標得{number(method.met)}分，超過目標的再按位次得其餘分數，{share}"
        case MethodName.LINEAR:
            return (
                f"恰好完成得{number(method.base)}分，每高（低）1個百分點加（減）{number(method.per_point)}分，"
                f"最多{number(method.cap)}分"
            )
