"""Validated import of a workbook against python-calamine reading the same file."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

ROWS = 20_000
PEOPLE = 40
HEADER = ("编号", "类型", "主题", "日期", "组织单位", "承办人", "地点", "内容摘要", "主持人", "参加人员", "记录人")
KINDS = ("集中学习", "党组会议", "支部党员大会", "主题党日", "第一议题学习", "观看警示教育片")
# The child has a data folder of its own; it prints seconds of the first import, of the second, and of reading alone.
CHILD = "from bench.importing import measure; measure({book!r}, {folder!r})"


def rows_of(count: int) -> Iterator[list[object]]:
    """A year of meetings of a large office, three people or so a row."""
    chance = random.Random(7)
    names = [f"王{chr(0x4E00 + n)}" for n in range(PEOPLE)]
    for number in range(count):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(365))
        people = chance.sample(names, 4)
        yield [
            f"HD{number:06}",
            chance.choice(KINDS),
            f"第{number}次会议研究党风廉政工作",
            day,
            f"第{chance.randrange(12)}科",
            people[0],
            "三楼会议室",
            "传达学习上级会议精神，研究贯彻落实意见",
            people[0],
            "、".join(people[1:3]),
            people[3],
        ]


def write_book(path: Path, count: int) -> None:
    """A workbook of `count` meetings and the office that holds them."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        units = [["名称", "编码", "类别"], *([f"第{n}科", f"K{n}", "内设机构"] for n in range(12))]
        people: list[list[object]] = [["姓名", "编号", "所在机构", "入职日期"]]
        people += [[f"王{chr(0x4E00 + n)}", f"P{n:03}", f"第{n % 12}科", date(2010, 1, 4)] for n in range(PEOPLE)]
        for name, rows in (("机构", units), ("人员", people), ("活动台账", [HEADER, *rows_of(count)])):
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


def read_only(book: Path) -> float:
    """Seconds of calamine turning every sheet into Python rows."""
    start = time.perf_counter()
    with CalamineWorkbook.from_path(book) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()
    return time.perf_counter() - start


def measure(book: str, folder: str) -> None:
    """In the child: prints the seconds of each."""
    import os

    os.environ["LIANZE_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "lianze.settings"
    import django

    django.setup()
    from lianze.cli.init import initialise
    from lianze.cli.office import open_desk
    from lianze.exchange.importing import import_workbook

    initialise("bench", "某市某会", "某会", "市委")
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        import_workbook(open_desk("bench"), Path(book))
        seconds.append(time.perf_counter() - start)
    print(*seconds, min(read_only(Path(book)) for _ in range(3)))


def run(count: int = ROWS) -> list[dict[str, object]]:
    """Rows a second, first and second import, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="lianze-bench-") as folder:
        book = Path(folder) / "book.xlsx"
        write_book(book, count)
        code = CHILD.format(book=str(book), folder=str(Path(folder) / "data"))
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    first, again, alone = (float(part) for part in done.stdout.split())
    baseline = f"{count / alone:,.0f} rows/s, calamine alone"
    return [
        row(
            "import of new rows, validated, with revisions and leaves",
            count,
            first,
            alone,
            baseline,
            "aim ≥ 3,000 rows/s",
        ),
        row("the same workbook again: every row compared, none written", count, again, alone, baseline, ""),
    ]


def row(name: str, count: int, seconds: float, alone: float, baseline: str, note: str) -> dict[str, object]:
    """One line of the table; the ratio is time against time, less is better."""
    shown = f"{count / seconds:,.0f} rows/s"
    aim = {"met": count / seconds >= 3000} if "aim" in note else {}
    said = "time against time, less is better" + (f"; {note}" if note else "")
    return {"name": name, "value": shown, "baseline": baseline, "ratio": seconds / alone, "note": said, **aim}
