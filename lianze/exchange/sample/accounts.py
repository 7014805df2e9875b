"""Ready-made accounts of the sample year: one for each role that people hold, of the sample's own people."""

from datetime import datetime

from django.utils import timezone

from lianze.ledger.states import Author
from lianze.ledger.upsert import Pen
from lianze.ledger.write_accounts import AccountState, create_account, write_grant
from lianze.org.models import Account, Organisation, Person
from lianze.pack import Pack

PASSWORD = "lianze-demo-2023"
# User name, role, code of the sample's person; an outside role has none.
CAST = (
    ("clerk", "clerk", "P08"),
    ("head", "section_head", "P05"),
    ("leader", "leader", "P02"),
    ("principal", "principal", "P01"),
    ("discipline", "discipline", ""),
    ("sysadmin", "sysadmin", ""),
    ("secadmin", "secadmin", ""),
    ("auditor", "auditor", ""),
)


def make_demo_accounts(organisation: Organisation, pack: Pack, now: datetime) -> list[tuple[str, str, str]]:
    """(user name, password, role's title) of each; accounts that are there stay as they are."""
    people = {person.code: person for person in Person.objects.filter(organisation_id=organisation.id)}
    pen = Pen(organisation.id, Author("lianze demo"), "", now)
    made = []
    for username, role, code in CAST:
        if role not in pack.roles:
            continue
        title = pack.roles[role].title
        if not Account.objects.filter(username=username).exists():
            person = people.get(code)
            state = AccountState(username, person.name if person else title, person.id if person else None)
            account = create_account(pen, state, PASSWORD, is_own=True)
            write_grant(pen, account, role, timezone.localdate(now))
        made.append((username, PASSWORD, title))
    return made
