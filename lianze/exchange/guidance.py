"""What the template says to whoever fills it in: notes on titles, examples, the page of instructions."""

from collections.abc import Iterator, Sequence

from lianze.exchange.columns import Column, SheetPlan
from lianze.pack.numbers import expected

PEOPLE = "张明、李华"
MOST_LISTED = 8


def note_of(column: Column) -> str:
    """The note on a column's title: what to write, what is accepted, other titles for it."""
    field = column.field
    lines = ["必填" if field.required else "选填", field.help, type_note(column)]
    if field.kinds:
        lines.append("只用于部分类型的记录")
    if field.aliases:
        lines.append("也可写作：" + "、".join(field.aliases))
    return "\n".join(line for line in lines if line)


def type_note(column: Column) -> str:
    """What a cell takes; "" for any text."""
    return takes(column).partition(" / ")[0]


def takes(column: Column) -> str:
    """What a cell takes, in both languages; "" for any text."""
    if column.options.options:
        titles = [option.title for option in column.options.options]
        listed, is_long = "、".join(titles[:MOST_LISTED]), len(titles) > MOST_LISTED
        more = (f"等{len(titles)}项，见下拉列表", f" … {len(titles)} in all, in its drop-down") if is_long else ("", "")
        return f"可选：{listed}{more[0]} / one of {listed}{more[1]}"
    if column.field.type in ("integer", "decimal"):
        return expected(column.field)
    notes = {
        "date": "日期，如 2023-03-05 / a day, as 2023-03-05",
        "boolean": "填“是”或“否” / 是 or 否 (yes or no)",
        "unit": "机构名称 / a unit's name",
        "person": "姓名；同名的填人员编号 / a name; of namesakes the number",
    }
    return notes.get(column.field.type, "")


def example_of(column: Column, plan: SheetPlan) -> str:
    """A plausible value."""
    field = column.field
    if field.example:
        return field.example
    if field.kinds:
        return ""
    if column.key == "number":
        return f"{plan.id[:2].upper()}001"
    if column.key.startswith("@"):
        return PEOPLE if column.many and field.help.startswith("几人") else "张明"
    if not field.required and field.type not in ("unit", "choice"):
        return ""
    if column.options.options:
        return column.options.options[0].title
    return {"date": "2023-03-15", "boolean": "是", "unit": "办公室", "person": "张明", "integer": "1"}.get(
        field.type, ""
    )


def sentences_of(plans: Sequence[SheetPlan]) -> Iterator[str]:
    """The page of instructions, a sentence a line."""
    yield "1. 每本台账一张工作表，工作表名称不要改动；不用的表可以留空，也可以删去。"
    yield "2. 带 * 的红底列必须填写；把光标停在列名上可看到说明。列的先后可以调整，不用的选填列可以删去，不要添加其他列。"
    yield "3. 先填“机构”“人员”“任职”“分工”四张表，再填各台账；人员的姓名、机构的名称须与这四张表一致。"
    yield "4. 日期可写作 2023-03-05、2023/3/5、2023.3.5、2023年3月5日或20230305，须有年月日。"
    yield "5. 一格内写几个人的，用“、”隔开；表态等写在姓名后的括号内，如 张明（同意）、李华（反对）。"
    yield "6. “编号”在本台账内不得重复；被其他表引用的记录必须有编号，引用时填对方的编号，几个用“、”隔开。"
    yield "7. 没有编号的行，按类型、主要内容、日期等认定是否为同一条记录；修改后重新导入，台账保留每一次修改。"
    yield "8. 工作簿中删去的行不会从台账中删去；要撤回一条记录，请在系统中办理并写明理由。"
    yield "9. 佐证文件放在工作簿旁边的“佐证”文件夹内，在“佐证”列填文件名，几个用“、”隔开。"
    yield "10. 导入要么全部成功，要么一行也不写入；有问题时会一次列出全部问题所在的表、行、列。"
    yield "11. 谈话内容、举报内容、个人有关事项的填报内容不写入台账，只记办理的环节、时间和材料存放处。"
    yield ""
    yield "工作表：" + "、".join(plan.title for plan in plans)
