"""docs/generated/permissions.md."""

from collections.abc import Mapping

from lianze.pack import Pack
from tests.permissions.tree import RELATIONS, Tree

HEAD = """# Permissions, tried 权限实测表

Made by a test that sends every request as every role; the same test holds each answer against `roles.toml` by way of
`lianze.rules`. Each cell has four signs: in the {relations} organisation of whoever asks (本单位、上级、下级、同级).
Where a page is about the asker alone there is one sign.

✓ done, or refused for its content only · ✗ refused with the reason (403) · – as though it were not there (404) · → log in first (302, 401)

"""


def render_table(cells: Mapping[tuple[str, str, str, str], str], tree: Tree, pack: Pack) -> str:
    """One line for each method and address, and each kind of register."""
    roles = [holder.role for holder in tree.holders]
    titles = " | ".join(f"{pack.roles[role].title} `{role}`" for role in roles)
    lines = [f"| method | address | register | {titles} | nobody |", "|---" * (len(roles) + 4) + "|"]
    for method, address, register in dict.fromkeys(key[:3] for key in cells):
        found = " | ".join(cells[method, address, register, role] for role in (*roles, ""))
        lines.append(f"| {method} | `{address.split('?')[0]}` | {register} | {found} |")
    return HEAD.format(relations=", ".join(RELATIONS)) + "\n".join(lines) + "\n"
