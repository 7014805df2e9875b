#!/bin/sh
# The Debian packages that the tests and the demo use besides Python: installed where that is allowed,
# named otherwise. With CI=true a missing one is a failure. Does nothing, and quickly, when all is there.
set -eu
cd "$(dirname "$0")/.."

FONTS=build/fonts/fandol
TEX=/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
MISSING=""
UNTESTED=""

# need PACKAGE WHAT-STAYS-UNTESTED COMMAND...: the command succeeds where the package is not needed.
need() {
    package=$1 untested=$2
    shift 2
    "$@" >/dev/null 2>&1 && return 0
    MISSING="$MISSING $package"
    UNTESTED="$UNTESTED
  $package: $untested"
}

postgresql_server() { command -v postgres || ls /usr/lib/postgresql/*/bin/postgres; }
# fc-list may itself be missing, so the files are looked for where Debian puts them.
font_file() { ls /usr/share/fonts/*/"$1"; }
fandol() { [ -f "$FONTS/FandolFang-Regular.otf" ] || [ -f "$TEX/FandolFang-Regular.otf" ]; }

look() {
    MISSING="" UNTESTED=""
    need postgresql "the ledger on PostgreSQL" postgresql_server
    need libreoffice-writer-nogui "the report as PDF, its lines and pages" command -v soffice
    need fontconfig "the stand-ins for Chinese fonts" command -v fc-match
    need fonts-noto-cjk "rare characters in PDF" font_file noto/NotoSerifCJK-Bold.ttc
    need fonts-liberation2 "Latin letters and digits in PDF" font_file liberation2/LiberationSerif-Regular.ttf
    need fonts-babelstone-han "the rarest characters of names in PDF" font_file babelstone/BabelStoneHan.ttf
    need poppler-utils "looking at PDF pages" command -v pdftoppm
    need chromium "the web pages in a browser" command -v chromium
    need chromium-l10n "pictures of pages with the browser's own words in Chinese" ls /usr/lib/chromium/locales/zh-CN.pak
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@"
}

# Needs no root, where package lists are there.
download_tex() { (cd "$1" && apt-get -qq download texlive-lang-chinese 2>/dev/null); }

# texlive-lang-chinese is 49 MB and asks for TeX; only its six Fandol fonts (34 MB) are unpacked, without TeX.
unpack_fandol() {
    folder=$(mktemp -d)
    if download_tex "$folder" || { may_install && apt update && download_tex "$folder"; }; then
        mkdir -p "$FONTS"
        dpkg-deb --fsys-tarfile "$folder"/*.deb |
            tar -x -C "$FONTS" --strip-components=9 --wildcards ".$TEX/Fandol[FHKS]*.otf"
    fi
    rm -rf "$folder"
}

look
if [ -n "$MISSING" ] && may_install; then
    echo "Installing$MISSING"
    # A fresh container has no package lists at all.
    # shellcheck disable=SC2086  # a list of names
    apt install -y --no-install-recommends $MISSING || { apt update && apt install -y --no-install-recommends $MISSING; } || true
    look
fi
if ! fandol && command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
    unpack_fandol
fi
fandol || UNTESTED="$UNTESTED
  texlive-lang-chinese: 仿宋, 楷体 and 黑体 in PDF, which are printed in Noto instead"

[ -n "$UNTESTED" ] || exit 0
echo "Missing Debian packages, and what stays untested without them:$UNTESTED" >&2
[ "${CI:-}" != true ] || exit 1
