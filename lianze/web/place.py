"""Working in another organisation of the tree: one that some role of the account reaches, and no other."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from lianze.ledger.desks import find_organisation, read_reached
from lianze.web.language import both
from lianze.web.requests import DeskRequest


def page(request: DeskRequest) -> HttpResponse:
    """The organisations to choose from, and the choice; what is not reached is as though it were not there."""
    desk = request.desk
    if request.method == "POST":
        code = request.POST.get("organisation", "")
        found = find_organisation(request.user, code, desk.pack, desk.actor.day)
        request.session["organisation"] = str(found.id)
        messages.success(request, both(f"现在办理“{found.short_name}”的事项。", f"Now at work in {found.short_name}."))
        return redirect("workbench")
    reached = read_reached(request.user, desk.organisation, desk.pack, desk.actor.day)
    return render(request, "web/place.html", {"here": "place", "reached": reached})
