"""The one writer of the audit list: log-ins, refusals, exports and looks into restricted registers."""

from datetime import datetime
from uuid import UUID

from lianze.org.models import Account, AuditRecord


def append_audit(
    account: Account | None,
    action: str,
    about: str,
    address: str,
    now: datetime,
    organisation_id: UUID | None = None,
    who: str = "",
) -> None:
    """Adds a line about what `account` did, or where there is none `who`, else about the name that was tried. It stands
    in the list of `organisation_id`, else of the account's own."""
    own = account.organisation_id if account else None
    AuditRecord.objects.create(
        organisation_id=organisation_id or own,
        at=now,
        account_id=account.id if account else None,
        who=account.username if account else (who or about)[:200],
        action=action,
        about=about[:500],
        address=address[:60],
    )
