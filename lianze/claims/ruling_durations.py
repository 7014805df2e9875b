"""Stretches of time: 近三年 is a period, 5日内 a deadline, 培训3天 a claim.

The rule gives class and reason, or None where it has nothing to say.
"""

import re

from lianze.claims.place import HAN, Place, Ruling

_DURATIONS = frozenset(
    [
        "年",
        "个月",
        "月",
        "周",
        "天",
        "日",
        "小时",
        "分钟",
        "岁",
        "个工作日",
        "工作日",
        "个学期",
        "学期",
        "个季度",
        "个星期",
        "个小时",
        "个年度",
        "个学年",
        "多月",
    ]
)
_LASTED = re.compile(
    r"为期|历时|累计|共|达|时长|用时|超过|超|不少于|学习|调研|培训|驻村|蹲点|下沉|值班|集训|研讨|教育|读书|走访|服务|授课|志愿|训练|开展|工作|合计|总计|平均"
)
_SPAN_BEFORE = re.compile(
    r"(?:近|过去|最近|前|后|连续|满|任职|第|这|逾期|试用期|有效期|保存|服务期|入党|工龄|党龄|刑期|每隔|提前|超过|间隔|上一|下一|现年|年满|距今|有期徒刑|拘役|任期|周期)\s?(?:了|为|约|近)?\Z"
)
_AGE_OF = re.compile(r"(?:平均|最大|最小|最高|最低|最长|最年轻)[^，]{0,8}\Z")
_CHANGED_TO = re.compile(
    r"(?:由|从|缩短|压缩|压减|延长|减少|减|增加|降低|降|提高|提速|快|早)(?:了|至|到|为)?[原来之前的]{0,3}\Z"
)
_COUNTED_TIME = frozenset(("天", "小时", "分钟", "个小时", "个工作日", "工作日"))
_SPAN_AFTER = re.compile(r"来|内|间|以来|期间|前|后|之[内前后]|以[前后内上下]|多来|制|期|任期|规划|计划|行动|左右内")
_DEADLINE = re.compile(r"内|之内|以内|前|之前")


def duration(p: Place) -> Ruling:
    """A claim only where the clause says that something lasted, or was made shorter or longer."""
    if p.quantity.counted_in not in _DURATIONS:
        return None
    if p.quantity.counted_in == "岁":
        return None if _AGE_OF.search(p.before) else ("standard", "age")
    if _SPAN_BEFORE.search(p.before) and not _LASTED.search(p.before[-4:]):
        return "period", "span"
    if _CHANGED_TO.search(p.before) and p.after.startswith(("以内", "以下", "之内")):
        return None  # 缩短至18分钟以内: reached, not allowed
    if _DEADLINE.match(p.after) and p.quantity.counted_in != "年":
        return "standard", "deadline"
    if _SPAN_AFTER.match(p.after):
        return "period", "span"
    if p.quantity.counted_in in ("小时",) and re.match(r"(?:热线|值守|在线|开通|值班|不间断)", p.after):
        return "name", "round_the_clock"
    if _CHANGED_TO.search(p.before):
        return None
    if p.quantity.counted_in in _COUNTED_TIME and not p.after and HAN.search(p.before[-2:]):
        return None
    if _LASTED.search(p.before[-12:]) or re.match(
        r"的?(?:集中|专题|学习|培训|调研|研讨|读书|脱产|封闭|廉政|教育)", p.after
    ):
        return None
    return "period", "duration"
