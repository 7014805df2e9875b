"""The documents that the layout tests set: a full one, and small ones for one question each."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lianze.reports.typeset.model import (
    Addressee,
    Annex,
    AttachmentNote,
    CheckpointMark,
    Column,
    Document,
    FigureRun,
    Heading,
    Imprint,
    Paragraph,
    RedHead,
    Run,
    Signature,
    Table,
    Title,
)
from lianze.reports.typeset.numbering import number_headings

AT = datetime(2023, 12, 8, 9, 30, tzinfo=UTC)
ON = date(2023, 12, 8)
OFFICE = "云溪市归国华侨联合会"
RARE = "䶮㛃堃喆𠮷龑"

IMPRINT = Imprint(
    f"{OFFICE}办公室",
    ON,
    ("市委办公室", "市纪委监委", "驻市委统战部纪检监察组", "各县（市、区）归国华侨联合会", "本会各科室"),
)


def prose(text: str) -> Paragraph:
    """A paragraph without figures."""
    return Paragraph((Run(text),))


def count(number: int | str, figure: str) -> FigureRun:
    """A figure of the whole office in its year."""
    return FigureRun(str(number), figure, "yunxi@2023", f"数据项{figure}")


OPENING = (
    Title((f"{OFFICE}2023年党风廉政建设责任制执行情况报告",)),
    Addressee(("市委", "市纪委监委")),
    prose("本会把管党治党责任记在平时，现将全年执行情况报告如下："),
    Heading(1, (Run("工作开展情况"),)),
    Heading(2, (Run("把牢政治方向，落实“第一议题”"),)),
    Heading(
        3,
        (Run("抓实理论学习。"),),
        (
            Run("一是集中学习"),
            count(22, "study.sessions"),
            Run("次，其中党组专题"),
            count(7, "study.core"),
            Run("次；二是整改率达"),
            count("100%", "finding.closed_share"),
            Run("。"),
        ),
    ),
    Heading(2, (Run("段首标题。"),), (Run("标题与正文同段，字体不同。"),)),
    Heading(4, (Run("四级标题"),)),
    prose(f"姓名中的罕见字不得缺字：{RARE}。会员OpenData与2023年并列。"),
)

MIDDLE = tuple(
    Paragraph((Run("各科室逐项登记、逐项销号，提醒谈话"), count(n, "talk.people"), Run("人次。" + "持续落实，" * n)))
    for n in range(1, 24)
)

TABLE = Table(
    (Column("序号", 1, "center"), Column("事项", 5), Column("次数", 1.5, "right")),
    tuple(
        ((Run(str(n)),), (Run("党组研究廉政风险防控" * (1 + n % 3)),), (count(n, "meeting.held"),)) for n in range(1, 9)
    ),
    "表1 会议研究情况",
)

ENDING = (
    AttachmentNote(
        ("廉政风险防控清单及其登记、销号、复核情况的逐项说明（含各支部、各科室和各工作小组）", "谈话情况表")
    ),
    Signature(OFFICE, ON),
    Annex("附件1"),
    Title(("廉政风险防控清单",)),
    prose("清单所列各项均已登记。"),
)

REPORT = Document(
    blocks=number_headings((*OPENING, *MIDDLE, TABLE, *ENDING)),
    subject="党风廉政建设责任制",
    author=OFFICE,
    red_head=RedHead(f"{OFFICE}文件", "云侨〔2023〕8号", "林静"),
    checkpoint=CheckpointMark("9f86d081884c7d65" * 4, "lianze:checkpoint:9f86d081884c7d65", ("2023年12月8日签名",)),
    imprint=IMPRINT,
)

GRID = Document(blocks=(prose("国" * 28 * 100),))
PUNCTUATED = Document(blocks=(prose("清正廉洁，勤勉尽责。“实事求是”《条例》（试行）：" * 60),))
SHORT = Document(blocks=(Title(("关于廉政工作的报告",)), Addressee(("市委",)), prose("正文。"), Signature(OFFICE, ON)))
ROOM = Document(blocks=(prose("国" * 28 * 17),), imprint=IMPRINT)
NO_ROOM = Document(blocks=(prose("国" * 28 * 20),), imprint=IMPRINT)

HOSTILE_TEXT = (
    "\x00控制\x07字符\x1b\x9f",
    "<w:p>&amp;]]><!--",
    "A" * 5000,
    "https://" + "很长的网址/" * 300,
    "😀🏳️‍🌈👩‍👩‍👧",
    "\ud800孤立代理",
    "\u202e反向\u202c",
    "多\n行\r\n文\t字\u2028分",
    "e\u0301\u0301\u0301" * 50,
    "مرحبا שלום ไทย",
    "\ue000\U0010fffd\ufffe",
    "",
)
HOSTILE = Document(
    blocks=tuple(
        block
        for text in HOSTILE_TEXT
        for block in (
            Title((text,)),
            Heading(1, (Run(text),), number=1),
            Paragraph((Run(text), FigureRun(text, "f", text.replace("|", ""), text))),
            Addressee((text,)),
            AttachmentNote((text, text)),
            Signature(text, ON),
            Table((Column(text),), (((Run(text),),),), text),
        )
    ),
    subject=HOSTILE_TEXT[0],
    author=HOSTILE_TEXT[1],
    red_head=RedHead(HOSTILE_TEXT[4], HOSTILE_TEXT[1], HOSTILE_TEXT[6], HOSTILE_TEXT[:5]),
    checkpoint=CheckpointMark("\x00<&>", HOSTILE_TEXT[1], HOSTILE_TEXT[:4]),
    imprint=Imprint(HOSTILE_TEXT[1], ON, HOSTILE_TEXT[:3]),
)
LONG = Document(blocks=tuple(prose(f"第{n}段，共一万段。") for n in range(1, 10_001)))
