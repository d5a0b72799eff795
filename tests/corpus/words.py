"""What offices write in headers and cells, from the design (§3, §8) and the domain notes (§1.2, §1.3, §4)."""

from collections.abc import Mapping, Sequence

KINDS = ("visits", "cases", "letters", "backlog")

# The first heading of a field is the plain one of clean logs.
HEADINGS: Mapping[str, Sequence[str]] = {
    "serial": ("序号", "编号"),
    "level": ("级别", "层级", "登记级别", "信访级别", "领导级别"),
    "post": ("职务", "领导职务"),
    "leader": ("责任领导", "批示领导"),
    "unit": ("责任单位", "承办单位", "办理单位", "主办单位", "承办部门", "责任部门"),
    "region": ("问题属地", "属地", "信访区县", "区县", "乡镇", "所属镇街"),
    "category": ("问题类别", "内容分类", "问题分类", "诉求类型"),
    "channel": ("信访渠道", "信访形式", "信访方式", "来源"),
    "accepted_on": ("受理日期", "受理时间"),
    "due_on": ("办结时限", "法定办结日期", "限办日期"),
    "closed_on": ("办结日期", "办结时间", "实际办结日期", "结案时间"),
    "persons": ("信访人数", "人数"),
    "status": ("办理状态", "处理状态", "办理情况"),
    "outcome": ("办理结果", "化解结果"),
    "closed_flag": ("是否办结",),
    "settled_flag": ("息诉罢访", "是否息诉罢访"),
    "resolved_flag": ("是否解决", "诉求是否解决"),
    "satisfaction": ("满意度（对信访部门）",),
    "satisfaction_unit": ("满意度（对责任单位）",),
    "involved": ("涉及人数",),
    "name": ("信访人", "姓名"),
    "identity": ("身份证号", "证件号码"),
    "telephone": ("联系电话", "手机"),
    "address": ("住址", "户籍地"),
    "text": ("主要内容", "反映内容"),
}

KIND_HEADINGS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "visits": {
        "received_on": ("接访日期", "接访时间", "来访时间", "接待时间", "登记日期"),
        "level": ("接访级别", "级别", "层级", "领导级别"),
        "post": ("接访领导职务", "职务"),
        "leader": ("接访领导", "接访领导姓名", "接待领导姓名"),
        "persons": ("来访人数", "人数", "人次", "上访人数", "信访人数"),
        "batches": ("批次", "起数"),
        "case_no": ("接访编号",),
    },
    "cases": {
        "received_on": ("登记日期", "登记时间", "信访日期", "信访时间"),
        "level": ("包案级别", "级别", "层级", "登记级别"),
        "post": ("包案领导职务", "职务"),
        "leader": ("包案领导", "包案领导姓名"),
        "status": ("办理状态", "处理状态", "信访件状态", "办理情况", "案件进展"),
        "case_no": ("信访件编号", "案件编号", "信访编号", "受理编号"),
    },
    "letters": {
        "received_on": ("来信时间", "登记日期", "接件时间", "登记时间"),
        "case_no": ("信件编号", "留言编号"),
        "closed_on": ("办结日期", "答复时间", "办结时间"),
    },
    "backlog": {
        "received_on": ("登记日期", "登记时间", "上报日期"),
        "level": ("包案级别", "级别", "层级"),
        "leader": ("包案领导", "责任领导"),
        "status": ("办理状态", "当前阶段", "办理情况", "处理状态"),
        "case_no": ("化解编号", "案件编号"),
        "closed_on": ("办结日期", "化解完成日期", "实际化解时间", "结案时间"),
    },
}

UNITS_OF_HEADINGS: Mapping[str, Sequence[str]] = {
    "persons": ("（人）", "(人)", "（人次）"),
    "batches": ("（批）", "(批次)"),
    "received_on": ("（年月日）",),
    "closed_on": ("（年/月/日）",),
}

PARENTS: Mapping[str, str] = {
    **dict.fromkeys(("received_on", "level", "leader", "post", "region", "channel"), "基本情况"),
    **dict.fromkeys(("batches", "persons", "involved", "category"), "反映情况"),
    **dict.fromkeys(("name", "identity", "telephone", "address"), "信访人信息"),
    **dict.fromkeys(("status", "closed_on", "outcome", "closed_flag", "settled_flag", "resolved_flag", "unit"), "办理情况"),
    **dict.fromkeys(("satisfaction", "satisfaction_unit"), "群众评价"),
}
SPLIT_HEADINGS: Mapping[str, tuple[str, str]] = {
    "received_on": ("接访", "日期"),
    "level": ("接访", "级别"),
    "leader": ("接访", "领导"),
    "batches": ("来访", "批次"),
    "persons": ("来访", "人数"),
}

KIND_NAMES: Mapping[str, Sequence[str]] = {
    "visits": ("领导干部接访登记表", "领导接访台账", "群众来访登记表"),
    "cases": ("领导包案台账", "信访事项办理台账", "包案化解情况登记表"),
    "letters": ("群众来信登记表", "批阅来信台账", "来信办理情况登记表"),
    "backlog": ("信访积案台账", "积案化解情况登记表", "信访积案排查登记表"),
}
NEUTRAL_NAMES = ("台账", "登记表", "明细表", "工作簿")

CLOSED, SETTLED, RESOLVED, EXCLUDED = "closed", "settled", "resolved", "excluded"
CLOSING = ("已办结", "办结", "已结案", "结案", "已回复", "审结", "回复完成", "解释说明")
SETTLING = ("息诉罢访", "息诉息访", "息访罢访", "签订息访协议")
RESOLVING = ("已化解", "已解决", "解决")
EXCLUDING = ("不予受理", "不再受理", "作废", "已撤案", "退单", "重复件", "已合并", "无效")
OPEN = ("办理中", "处理中", "已受理", "已交办", "已转派", "已登记", "待受理", "待回复", "推进化解", "化解中", "已签收")
UNKNOWN_STATUS = ("甲类流程", "测试环节")
STATUS_SETS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CLOSING, frozenset({CLOSED})),
    **dict.fromkeys(SETTLING, frozenset({CLOSED, SETTLED})),
    **dict.fromkeys(RESOLVING, frozenset({CLOSED, RESOLVED})),
    **dict.fromkeys(EXCLUDING, frozenset({EXCLUDED})),
    **dict.fromkeys((*OPEN, *UNKNOWN_STATUS), frozenset()),
    "Closed": frozenset({CLOSED}),
    **dict.fromkeys(("Open", "In Progress", "Pending", "Assigned"), frozenset()),
}
OUTCOME_SETS: Mapping[str, frozenset[str]] = {
    "解决": frozenset({RESOLVED}),
    "已解决": frozenset({RESOLVED}),
    "已化解": frozenset({RESOLVED}),
    "息诉罢访": frozenset({SETTLED}),
    "解释说明": frozenset(),
    "未解决": frozenset(),
}

LEVEL_WORDS: Mapping[str, Sequence[str]] = {
    "市级": ("市级", "市", "市级领导", "市领导"),
    "县级": ("县级", "县", "区县", "县区", "县级领导", "县市区", "县（市、区）"),
    "乡级": ("乡级", "乡镇", "乡镇级", "乡镇领导", "乡镇（街道）", "街道镇"),
    "省级": ("省级", "省"),
    "村级": ("村级", "村"),
}
UNKNOWN_LEVELS = ("开发新片", "特设片区")

GROUP_VALUES: Mapping[str, Sequence[str]] = {
    "unit": ("甲县住建局", "乙区人社局", "丙县教育局", "丁市公安局", "戊县农业局"),
    "region": ("甲县", "乙区", "丙县", "丁镇", "戊街道"),
    "category": ("城乡建设", "劳动社保", "农村农业", "教育", "涉法涉诉"),
    "channel": ("来信", "来访", "网上信访", "来电", "领导批示"),
}
SATISFACTION = ("非常满意", "满意", "基本满意", "不满意", "未评价", "")

YES_NO: Sequence[tuple[str | int, str | int | None]] = (("是", "否"), ("√", None), (1, 0), ("√", "×"), ("Y", "N"))
DONE: Mapping[str, tuple[str, str]] = {
    "closed_flag": ("已办结", "未办结"),
    "settled_flag": ("已息诉罢访", "未息诉罢访"),
    "resolved_flag": ("已解决", "未解决"),
}

# Never to be seen in any output: plainly invented persons.
CANARY_NAMES = ("测试甲某", "测试乙某", "测试丙某", "测试丁某", "测试戊某")
CANARY_LEADER = ("测试领导己", "测试领导庚")
CANARY_TEXT = ("金丝雀文本一", "金丝雀文本二", "金丝雀文本三")
CANARY_ADDRESS = "测试路0号"
CANARY_TELEPHONE = "0000000"
CANARIES = (*CANARY_NAMES, *CANARY_LEADER, *CANARY_TEXT, CANARY_ADDRESS, CANARY_TELEPHONE)


def headings(kind: str, field: str) -> Sequence[str]:
    """The headings of a field in a kind of log, the plain one first."""
    return KIND_HEADINGS[kind].get(field) or HEADINGS[field]
