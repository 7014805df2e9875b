"""The font configuration under which LibreOffice runs: the machine's own, our folders, our stand-ins."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from lianze.reports.typeset.wordxml import clean

STAND_INS: Final = Path(__file__).with_name("fonts.conf")
VARIABLE: Final = "LIANZE_FONTS"
# Where scripts/debian-packages.sh unpacks Fandol, and where an installed TeX keeps it out of fontconfig's sight.
UNPACKED: Final = Path(__file__).parents[3] / "build" / "fonts"
TEX: Final = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")


def font_environment(folder: Path) -> dict[str, str]:
    """Write the configuration into `folder`; the environment variables that make fontconfig read it."""
    path = folder / "fonts.conf"
    path.write_text(render_fontconfig(font_folders(), os.environ.get("FONTCONFIG_FILE")), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(path)}


def characters_without_font(text: str) -> list[str]:
    """Those that no font of this machine can draw, each once and in order; they would be empty boxes in a PDF.

    Everything is taken as drawable where fontconfig is not installed.
    """
    program = shutil.which("fc-list")
    uncommon = dict.fromkeys(sign for sign in clean(text) if not is_common(sign))
    if program is None or not uncommon:
        return []
    with tempfile.TemporaryDirectory(prefix="lianze-fonts-") as name:
        environment = os.environ | font_environment(Path(name))
        return [sign for sign in uncommon if not has_font(program, sign, environment)]


def is_common(sign: str) -> bool:
    """Whether every Chinese font has it (GB 2312), or it draws nothing."""
    if unicodedata.category(sign) in ("Cf", "Mn", "Zs", "Cc"):
        return True
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def has_font(program: str, sign: str, environment: Mapping[str, str]) -> bool:
    """Whether fontconfig knows a font with this character; of a private one no font says what was meant."""
    if unicodedata.category(sign) == "Co":
        return False
    command = [program, "--format", "%{family}", f":charset={ord(sign):x}"]
    return bool(subprocess.run(command, env=environment, capture_output=True, check=False).stdout)


def font_folders() -> list[Path]:
    """Folders of fonts besides the machine's own that exist: those of LIANZE_FONTS first."""
    named = [Path(name) for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]
    return [folder.resolve() for folder in (*named, UNPACKED, TEX) if folder.is_dir()]


def render_fontconfig(folders: Iterable[Path], own: str | None = None) -> str:
    """A configuration that adds folders and stand-ins to `own`, or to the machine's where None."""
    folders_xml = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(own or "/etc/fonts/fonts.conf")}</include>{folders_xml}'
        f"<include>{escape(str(STAND_INS))}</include></fontconfig>"
    )
