"""`make bench`: runs every benchmark and writes docs/benchmarks.md with machine and date."""

import importlib
import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from bench.rows import Row

MODULES = ("figures", "importing", "typeset", "claims", "tlog", "ledger", "web")
TARGET = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def machine() -> str:
    """Processor, cores, Python and system."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def rows_of(name: str) -> list[Row]:
    """The rows of one module; a module that is not there yet has none."""
    if not (Path(__file__).parent / f"{name}.py").is_file():
        return []
    sys.stderr.write(f"{name} …\n")
    found: list[Row] = importlib.import_module(f"bench.{name}").run()
    return found


def main() -> None:
    """Runs the modules named on the command line, or all, and writes the table when all ran."""
    chosen = sys.argv[1:] or list(MODULES)
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC).date()}: {machine()}.",
        "Ratios compare with the baseline named beside them, measured in the same run on the same data.",
        "",
        "| what | measured | baseline | ratio | aim met | note |",
        "|---|---|---|---|---|---|",
    ]
    failed = []
    for name in chosen:
        try:
            rows = rows_of(name)
        except Exception:
            # What the others measured, some of it for minutes, is not thrown away with it.
            traceback.print_exc()
            failed.append(name)
            continue
        for row in rows:
            met = {True: "yes", False: "**no**", None: ""}[row.get("met")]
            cells = (row["name"], row["value"], row["baseline"], f"{row['ratio']:.2f}", met, row["note"])
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    if failed:
        lines += ["", f"Could not be measured this time: {', '.join(failed)}."]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if len(chosen) == len(MODULES):
        TARGET.write_text(text, encoding="utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
