"""`make docs`: writes docs/generated from the built-in pack; the tests hold the committed pages against it."""

from pathlib import Path

from lianze.pack import load_builtin
from lianze.pack.reference import render_pack_docs

FOLDER = Path(__file__).parents[1] / "docs" / "generated"


def main() -> None:
    """Writes every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in render_pack_docs(load_builtin()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/generated/{name}")


if __name__ == "__main__":
    main()
