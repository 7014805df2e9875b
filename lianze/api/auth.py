"""Who asks: the account behind a token, at its desk, for one kind of request."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from lianze.api.refused_tokens import note_refused
from lianze.domain.errors import Refused
from lianze.ledger.audit import append_audit
from lianze.ledger.desks import find_organisation, open_desk
from lianze.ledger.tokens import read_token
from lianze.org.packs import read_pack

if TYPE_CHECKING:
    from lianze.ledger.actions import Desk
    from lianze.org.models import ApiToken


class ApiRequest(HttpRequest):
    """A request that came with a token that holds."""

    desk: "Desk"
    auth: "ApiToken"


class Token(HttpBearer):
    """Opens the desk of `Authorization: Bearer …` in the organisation that `?organisation=` names."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> "ApiToken | None":
        """The token; None (401) where it does not hold. Refused without the scope, NotFound for an organisation that
        none of the account's roles reaches."""
        now, day = timezone.now(), timezone.localdate()
        known = read_token(token, now)
        if known is None:
            note_refused(token, f"{request.method} {request.path}", request.META.get("REMOTE_ADDR", ""), now)
            return None
        pack = read_pack()
        asker = cast(ApiRequest, request)
        asker.auth = known
        organisation = find_organisation(
            known.account, request.GET.get("organisation", "").replace("\0", ""), pack, day
        )
        asker.desk = open_desk(known.account, organisation, pack, day, now)
        if self.scope and self.scope not in known.scopes:
            raise Refused(f"令牌没有“{self.scope}”这一用途 / the token was not made for {self.scope}")
        return known


def note(request: ApiRequest, action: str, about: str) -> None:
    """A line of the audit list."""
    desk = getattr(request, "desk", None)
    place = desk.organisation.id if desk else None
    append_audit(request.auth.account, action, about, request.META.get("REMOTE_ADDR", ""), timezone.now(), place)


def note_look(request: ApiRequest, register_id: str, about: str) -> None:
    """A line when the register is a restricted one."""
    if request.desk.pack.registers[register_id].restricted:
        note(request, "viewed", f"API {about}")
