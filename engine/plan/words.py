"""The vocabulary of promises, in folded writing: every table is read from top to bottom beside the phrases.

Source: the counts of 6176 real number phrases (以上 439, 左右 284, 達到 244, 超 195, 突破 136 …).
"""

from enum import Enum

from engine.model.target import Comparator


class Word(Enum):
    """What a word before a number does to it."""

    AT_LEAST = "a floor, said outright"
    MORE_THAN = "a floor that equality does not keep"
    AT_MOST = "a ceiling, said outright"
    LESS_THAN = "a ceiling that equality does not keep"
    REACH = "a level to reach or to hold; the indicator may make it a ceiling"
    HOLD = "a ceiling, unless 以上 follows"
    LOWER = "a level to come down to: a ceiling, unless 以上 follows"
    INCREASE = "growth by the number"
    DECREASE = "a reduction by the number"
    SOFT = "about the number"
    FILLER = "no direction"


_BEFORE: dict[Word, str] = {
    Word.AT_LEAST: "≥ ≧ 不少于 不低于 不小于 不下于 不得少于 不得低于 不能少于 不能低于 至少 最少 最低 起码 "
    "下限为 底线为",
    Word.MORE_THAN: "> 逾 超逾 超过 超出 超 突破 过 高于 大于 多于 高出 优于 破 冲破 迈过 跨过 不止",
    Word.AT_MOST:
        "≤ ≦ 不超过 不超 不超出 不高于 不大于 不多于 不得超过 不得高于 不得大于 不能超过 不突破 不得突破 最多 最高 "
        "至多"
    " 上限为 不长于",
    Word.LESS_THAN: "< 低于 小于 少于 不足 不到 短于",
    Word.REACH:
        "达到 达 达至 达成 稳定在 保持在 维持在 巩固在 提高到 提高至 提高为 提升到 提升至 提升为 增加到 增加至 "
        "增至 增到 增长到"
    " 增长至 扩大到 扩大至 扩至 升至 升到 上升到 上升至 恢复到 发展到 发展至 壮大到 延长到 延长至 拓展到 "
    "拓展至 调增到 累计达 占到"
    " 占 为 是 迈上 跨上 站上 登上 迈向 跨越 保持 稳定 攀升至 拓宽至 调整为 调整到 做到 保有 保 培育至 "
    "发展为 上调至 上调到 集聚到"
    " 壮大至 集聚 聚集 增加为 优化到 优化至 完善至 推进至 改善至 改善到 倍增至 倍增到 回升至 回升到 争取到 "
    "冲刺 冲击 挺进",
    Word.HOLD: "控制在 控制到 控制为 控制 限制在 稳控在 管控在 压控在 严控在",
    Word.LOWER:
        "降至 降到 降为 降低到 降低至 降低为 下降到 下降至 下降为 压减到 压减至 压缩到 压缩至 压缩为 压降到 "
        "压降至 压到 压至"
    " 减少到 减少至 减少为 减至 减到 减为 缩减到 缩减至 缩减为 缩短到 缩短至 缩短为 缩小到 缩小至 缩小为 "
    "缩至 精简到 精简至 精简为"
    " 降低在 下调至 下调到 削减到 削减至 压紧至 回落至 回落到 收窄至 收窄到",
    Word.INCREASE:
        "增长 增加 增幅 增速 涨幅 增长率 增值率 提高 提升 上升 上涨 回升 扩大 递增 增收 增资 提标 多增 增 上浮 增量 "
        "增产 增效"
    " 上调 增幅为 翻",
    Word.DECREASE:
        "下降 降低 降幅 减少 压减 压降 压缩 削减 缩减 缩短 缩小 减 降 下调 下降率 减排 减量 少 收窄 精简 回落 "
        "减幅",
    Word.SOFT: "近 约 大约 将近 接近 约为 大概 约达 上下 约占",
    Word.FILLER:
        "在 均 都 分别 各 再 又 也 了 力争 确保 争取 保证 实现 要 将 应 须 需 能 可 共 总 合计 累计 共计 总计 "
        "同比 年均"
    " 平均 幅度 速度 比例 水平 目标 基本 全部 全年 年度 每年 同比增速 力促 以 内 预计 预期 预期目标 任务 "
    "普遍 同口径增速 总体"
    " 一律 全面 高质量 高标准 有效 新 务必 年 达标率 其中 至 到 于 数量 方面 按 按照 严格 有望 率先 成功 "
    "稳步 已 就 则 至少在 今年 各自"
    " 总数 每 逐步 整体 比上年 较上年 比去年 较去年 同 比 积极 努力 总量 户均 一举 原则上 每人每月 每人每年 "
    "每人每天 每月 每人 每亩 左右 与 和 或 本年度 本年 可比价",
}  # fmt: skip

#: Word before a number → what it does.
BEFORE: dict[str, Word] = {token: word for word, tokens in _BEFORE.items() for token in tokens.split()}
LONGEST_BEFORE = max(map(len, BEFORE))

#: Short words that are also the end of another word: 商超10家 exceeds nothing, 签约50个 is not about 50.
NOT_AFTER: dict[str, str] = {
    "超": "商高反赶", "过": "通经不超渡越难错路", "破": "侦突爆打攻", "达": "发到直抵传通雷表送",
    "近": "附临靠就最亲", "约": "节集签履预合制契邀条简", "保": "环医社低参担确投安劳三险人两",
    "为": "行作认成", "占": "抢", "减": "压消缩核递", "降": "下压升", "增": "新净倍递", "少": "减缺至最不",
    "是": "特于", "提升": "改造", "新": "创更翻", "与": "参", "同": "合", "比": "占", "要": "主需", "可": "许",
    "能": "功智产动节性", "应": "供响适",
}  # fmt: skip

#: What a word behind the unit of measure does.
AFTER: dict[str, Comparator | None] = {
    "及以上": Comparator.AT_LEAST, "以上": Comparator.AT_LEAST, "之上": Comparator.AT_LEAST,
    "及以内": Comparator.AT_MOST, "及以下": Comparator.AT_MOST, "以内": Comparator.AT_MOST, "之内": Comparator.AT_MOST,
    "以下": Comparator.AT_MOST, "之下": Comparator.AT_MOST, "内": Comparator.AT_MOST,
    "左右": None, "上下": None, "多": None, "余": None,
}  # fmt: skip

#: A promise that is only striven for. 争取资金 is getting money, 争取达到 is striving.
STRIVING = (
    r"力争|争取(?=在|用|到(?:20|□|年|今|明|本|[一二三四]季)|达|突破|超|实现|增长|完成|建成|新增|进入|全年|年内|年底|今年|总|提前|再|保持|稳定|每|"
    r"\d)|力求|力促(?=.{0,12}\d)"
)

#: Indicators of which less is better: a bare number is a ceiling. Not the change of one (能耗下降3%).
CEILING_INDICATOR = (
    r"(?:失业率|死亡率|死亡人数|发病率|患病率|不良率|不良贷款率|负债率|杠杆率|赤字率|赤字|辍学率|流失率|"
    r"发生率|事故起数|漏损率|损失率|线损率|空置率"
    r"|返贫率|误报率|差错率|超标率|超标天数|污染天数|发案率|案发率|投诉率|信访量|浓度|PM2\.5|PM10|能耗|水耗|"
    r"电耗|用水量|用水总量|排放量|排放总量"
    r"|排放强度|消费总量|成本占|物流成本|费用率|时限|办理时间|办结时间|用时|耗时|时长限|响应时间|等候时间|"
    r"等待时间|重污染天|劣V类|劣Ⅴ类|劣五类|涨幅"
    r"|受害率|抽检不合格率|不合格率|万人发案|受灾率|损耗率|抛荒率|撂荒率|PUE值?|电能利用效率|婴儿死亡率|"
    r"三公经费|感染率|缺陷率|停电时间|债务率|人员占比限|通胀率"
    r"|贫困发生率|火灾受害率|跑冒率|控制数|控制率|生师比|班额|大班额比例|近视率|复发率|再犯率|重新犯罪率|"
    r"投诉量|拥堵指数|物价指数|价格指数|CPI)"
)

#: Indicators that grow from nothing every year: reaching 500亿元 of output is a total, not a level.
FLOW_INDICATOR = (
    r"收入|产值|增加值|投资|交易额|成交额|成交总额|成交量|销售额|零售额|网零额|营收|产量|总产|进出口|出口|"
    r"进口|客流|吞吐量|游客|人次|税收|利润|消费|贷款投放|融资额|到位资金"
    r"|利用外资|货运量|客运量|发电量|采购额|授信|贸易额|缴费|交易量|销量|播种面积|处置量|利用量|发放|资金|"
    r"外资|订单|经费支出|补贴|成交|旅游总|接待|结算|生产总值|GDP|总额"
)

#: Verbs of which the number counts the deeds of the year.
CREATING = (
    r"新增|净增|凈增|新建|新开工|新签约|新引进|新培育|新认定|新改扩?建|新改建|改扩建|扩建|改建|建设|建成|"
    r"建立|改造|提升改造|培育|培养|培训|引进|引育|招引|招聘|招录|举办|开展|"
    r"组织|创建|争创|创成|打造|认定"
    r"|完成|实施|申报|获批|获评|落地|签约|开工|竣工|投产|筹集|筹建|整治|治理|修复|新植|种植|植树|造林|植造|"
    r"清理|清退|淘汰|拆除|处置|盘活|出让|供应|发放|投放|发行|争取|筛查|"
    r"救助|帮扶|资助|解决|化解|办理"
    r"|制定|制修订|修订|出台|发布|推出|推广|转化|登记|入库|新入库|纳入|上市|新上|启动|开通|开行|新开通|投用|"
    r"建好|办好|建强|选派|选树|评选|遴选|走访|服务|孵化|设立|成立|布局|"
    r"安装|加装|更新|购置|配备|配置|配建|储备|谋划|铺设"
    r"|敷设|架设|疏浚|清淤|加固|绿化|新造|新辟|开发|开辟|开设|增设|增加|增补|新设|新认证|认证|创作|拍摄|编制|"
    r"验收|交付|腾退|回收|收储|消化|去化|压减|减少|削减|吸引|吸纳|"
    r"输送|转移|带动|扶持|支持|惠及|覆盖|受益|巩固|改善|提质|提升|推动"
    r"|推进|加快|抓好|抓实|实现|策划|招商|兑现|减免|安置|保障|提供|延伸|打通|贯通|畅通|新改|升级|接待|销售|"
    r"研发|攻克|攻关|突破(?=\D)|揭榜|授权|申请|办结|查处|检查|抽检|"
    r"监测|检测|排查|巡查|完善|优化|深化|选育|繁育|出栏|存栏|收购|生产|播种|扩种|流转|托管|发展|做强|壮大|"
    r"洽谈|对接|储备|挂牌|发掘|挖掘|展演|演出|送戏|放映|配送|调处|调解|"
    r"布设|建|办|修|引|育|聘|选|种|植"
)

#: Verbs before a number that only counts a list named elsewhere: 围绕5个重点领域.
LISTING = (
    r"(?:围绕|聚焦|紧盯|紧扣|突出|坚持|按照|瞄准|依托|落实|抓实|抓牢|立足|把握|强化|发挥|用好|用足|锚定|对照|"
    r"针对|统筹|贯彻|践行|严守|遵循|健全|深化|打好|打赢|聚力|突破)$"
)

#: Nouns that a number lists rather than promises: 五个方面, 3项制度.
ABSTRACT = (
    r"(?:个|项|大|条|种|类)?(?:方面|维度|环节|层面|原则|关系|抓手|要素|理念|意识|能力|统筹|坚持|确保|领域|"
    r"关键|主线|定位|目标|机制|制度|体系|战略"
    r"|重点(?:领域|方向|环节|区域|部位|行业|方面)|主攻方向|方向|转变|作用|优势(?!农|产业|特色|企业|学科|项目|品种|果)|层次|阶段|梯队|板块|关键环节|"
    r"重大战略|确立|维护|自信|突破(?=$|[,。;])|强化|聚焦|革命|"
    r"统一|效益|清单|约束性指标|预期性指标|文章|中心任务|标准(?!化))"
)

#: What is money or size of a single project, when the number follows directly.
ATTRIBUTE = (
    r"(?:总投资额?|计划投资|估算投资|概算投资|预计投资|项目投资|投资规模|总建筑面积|建筑面积|占地面积|占地|"
    r"总面积|规划面积|用地面积|全长|总长|全线长|总里程|线路长|总库容|库容|"
    r"注册资本|注册资金|年产|日产|日处理|年处理"
    r"|设计年产|单体投资|单项投资|单个投资|一期投资|二期投资|总造价|造价|建设面积|宽约?|单机容量|长约?|面积约|可容纳|设计时速|设计速度|时速|路基宽度?|路面宽度?|红线宽度?|其中地上|地上|地下|设病床|设床位|"
    r"年供水|日供水|投资)"
)

#: Nouns that cannot be counted at the beginning of what follows 以上: the class of something.
CLASS_HEAD = r"(?:的)?[\u4e00-\u9fffA-Za-z“]"

#: Units of measure that count time: promises only where the words say so.
_TIME_UNITS_LISTED = "年 个月 月 天 日 周 小时 分钟 秒 秒钟 个工作日 工作日 个小时 个季度 季度 季 课时 学时 个学时"
TIME_UNITS = frozenset(_TIME_UNITS_LISTED.split())
TIME_INDICATOR = (
    r"(?:天数|时间|时限|时长|年限|寿命|周期|比例|日数|用时|耗时|平均受教育|学时|课时|频次|工时|期限|时数|停电|通勤)"
)

#: Units that measure and so can bound a class of things; all others count things.
MEASURES = (
    r"[百千万亿十]*(?:元|美元|欧元|港元|人民币|亩|公顷|平方米|平方公里|平米|㎡|m2|吨|千瓦|兆瓦|吉瓦|kW|MW|GW|"
    r"千伏安|公里|千米|米|立方米|斤|公斤|千瓦时|度|床|张|户|人|"
    r"名|头|只|羽|千伏|kV|瓦|克|升|P|km|万|亿|蒸吨|马力|吨级)$"
)

#: Units of measure that engine.units does not hold, because nobody has submitted one yet.
_MORE_UNITS_LISTED = (
    "分贝 延长米 延米 ug/m3 μg/m3 mg/m3 mg/L "
    "㎡ ㎥ ㎢ ㎞ ㎏ 个标准箱 标准箱 个标箱 个批次 批次 课时 学时 个课时 个学时 个小时 千伏 kV 吨级 P PB TB EB "
    "EFLOPS EFlops Gbps Mbps Tbps 海里 航次 艘次 省 市 区 镇 乡 街道 行政村 节 集 曲 趟 台次 辆次 车 园 校 "
    "层 尊 立方 方 标立方米 蒸吨 千卡 人天 人年 桩 枪 柜 格 杆 丛 窝 箱次 只次 头次 亿立方 号楼 株次 单元 个单元 "
    "板 顶 服务站 门次 顿 餐 餐次 份次 条次 车皮 标台 标准台 折 段 桶 包 捆 卷 页 帧 幕 首 届次 场馆 尺 马力 "
    "人日 小时/天 个/万人 间次 套次 户均 个百分位 位次 分位 个位次 亿次 批/次 家/次 项次 支队伍 组次 亿级 元/吨 "
    "元/公斤 元/斤 元/千瓦时 元/人·年 元/人·月 元/人月 元/人年 元/月 元/年 元/天 人/户 兆 km2"
)
MORE_UNITS = _MORE_UNITS_LISTED.split()
#: How many of the people or things a density is counted by: 每千人口托位数.
PER = (
    r"每(?:百|千|万|十万|百万|亿)+(?:元|人|户|常住|名|个|从业|劳动|辆|平方|亩|就业)|每(?:平方公里|立方米|亩|"
    r"公顷|吨|股|人|户|平方米)(?!都|至少|均)|万人|千人|人均|"
    r"户均|亩均|单位(?:面积|GDP|地区)|万元(?:GDP|地区|工业|产值|单位)|地均|均"
)

#: Units of measure of a share: they never count things.
SHARE_UNITS = ("%", "‰", "成", "百分点")
#: A verb right before a number, so that the number counts its deeds.
COUNT_VERB = rf"(?:{CREATING}|抓好|引导|引育|共建|争取建设|落成|规划建设|各建|新办)(?:了|好|成|出)?$"
