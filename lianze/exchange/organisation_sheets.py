"""The sheets about the organisation itself: id, title, columns."""

from decimal import Decimal

from lianze.pack.definitions import Field

# Longest names and codes that the tables keep, in characters.
NAME, CODE = Decimal(100), Decimal(40)

UNIT = (
    Field("name", "名称", "Name", "text", required=True, maximum=NAME, aliases=("机构名称",), example="办公室"),
    Field("code", "编码", "Code", "text", required=True, maximum=CODE, aliases=("机构编码",), example="bgs"),
    Field(
        "kind",
        "类别",
        "Kind",
        "choice",
        required=True,
        vocabulary="unit_kind",
        aliases=("机构类别",),
        example="内设机构",
    ),
    Field("parent", "上级编码", "Code of the unit above", "text", maximum=CODE),
    Field("created_on", "成立日期", "Set up on", "date"),
    Field("closed_on", "撤销日期", "Closed on", "date"),
)
PERSON = (
    Field("name", "姓名", "Name", "text", required=True, maximum=NAME, example="张明"),
    Field(
        "code",
        "编号",
        "Number",
        "text",
        maximum=CODE,
        aliases=("人员编号", "工号"),
        example="P01",
        help="本单位内不重复；不填的按姓名、所在机构认定，新来的人自动编号",
    ),
    Field("unit", "所在机构", "Unit", "unit", required=True, aliases=("所在科室", "科室", "部门"), example="办公室"),
    Field("joined_on", "入职日期", "Joined on", "date", required=True, aliases=("到岗日期",), example="2020-01-02"),
    Field("left_on", "离职日期", "Left on", "date", aliases=("离岗日期",), help="在本单位的最后一天"),
    Field("party_member_since", "入党日期", "Party member since", "date", aliases=("入党时间",)),
    Field("note", "备注", "Note", "text"),
)
APPOINTMENT = (
    Field("person", "姓名", "Name", "person", required=True, example="张明", help="同名的填人员编号"),
    Field("post", "职务", "Post", "text", required=True, maximum=NAME, example="办公室主任"),
    Field("unit", "所在机构", "Unit", "unit", required=True, aliases=("所在科室", "科室", "部门"), example="办公室"),
    Field("capacity", "身份", "Capacity", "choice", required=True, vocabulary="capacity", example="科室负责人"),
    Field("rank", "职级", "Rank", "choice", required=True, vocabulary="rank", example="科级及以下"),
    Field("start_on", "起", "From", "date", required=True, aliases=("任职日期", "起始日期"), example="2020-01-02"),
    Field("end_on", "止", "To", "date", aliases=("免职日期", "截止日期"), help="任职的最后一天；仍在任的不填"),
)
PORTFOLIO = (
    Field("person", "姓名", "Name", "person", required=True, example="张明", help="同名的填人员编号"),
    Field("area", "事项", "Area", "choice", vocabulary="area", aliases=("分管事项",), example="财务"),
    Field("unit", "分管机构", "Unit in charge of", "unit", aliases=("分管科室",)),
    Field("start_on", "起", "From", "date", required=True, aliases=("起始日期",), example="2023-01-01"),
    Field("end_on", "止", "To", "date", aliases=("截止日期",)),
    Field("document", "文件", "Paper", "text", maximum=2 * NAME, aliases=("文号", "依据文件")),
)
ORGANISATION_SHEETS: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    ("unit", "机构", UNIT),
    ("person", "人员", PERSON),
    ("appointment", "任职", APPOINTMENT),
    ("portfolio", "分工", PORTFOLIO),
)
