"""Where a key stands in a TOML file: the standard parser does not tell, and a fault without a line is hard to mend."""

import re

HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]|[^\s"\'#\[\]{},]+')


def find_line(text: str, path: tuple[str | int, ...]) -> int:
    """1-based line of the deepest part of `path` that can be found; 0 for an empty file.

    `path` alternates names and positions, e.g. ("figure", 3, "where").
    """
    lines = text.splitlines()
    if not lines:
        return 0
    start, name, found = 0, "", 1
    for part in path:
        if isinstance(part, str):
            name = f"{name}.{part}" if name else part
            line = find_key(lines, start, part)
            found = line if line else found
        else:
            header = find_header(lines, start, name, part)
            if not header:
                # An inline array: its items have no lines of keys to look further in.
                return find_item(lines, found, part)
            start = found = header
    return found


def find_header(lines: list[str], start: int, name: str, position: int) -> int:
    """1-based line of the `position`-th table `[[name]]` after line `start`; 0 when there is none."""
    seen = -1
    for number, line in enumerate(lines[start:], start + 1):
        match = HEADER.match(line)
        if match and match.group(1) == name:
            seen += 1
            if seen == position:
                return number
    return 0


def find_key(lines: list[str], start: int, key: str) -> int:
    """1-based line of `key = …` in the table that begins at line `start`; 0 when it is not there."""
    for number, line in enumerate(lines[start:], start + 1):
        if HEADER.match(line) and number > start:
            return 0
        if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
            return number
    return 0


def find_item(lines: list[str], key_line: int, position: int) -> int:
    """1-based line of the `position`-th item of the array `key = [ … ]` that begins at `key_line`; else `key_line`."""
    _, equals, rest = lines[key_line - 1].partition("=")
    if not equals:
        return key_line
    line, depth, seen, at_item = key_line, 0, 0, False
    for match in TOKEN.finditer("\n".join([rest, *lines[key_line:]])):
        token = match.group()
        if token == "\n":
            line += 1
        elif token.startswith("#"):
            continue
        elif token == "," and depth == 1:
            seen, at_item = seen + 1, False
        elif token in "]}":
            depth -= 1
        else:
            if depth == 1 and not at_item:
                if seen == position:
                    return line
                at_item = True
            depth += token in "[{"
        if depth <= 0 and token == "]":
            break
    return key_line
