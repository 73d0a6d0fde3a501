"""The first page: which desks live here, and where each says what it keeps."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balie import register
from balie.channels.context import DeskShown, desk_of


@dataclass(frozen=True)
class DeskListed:
    shown: DeskShown
    address: str


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """Every desk whose register is in force, with its name and the address at which it takes questions."""
    listed = [DeskListed(desk_of(slug), register.mail_address(register.in_force(slug))) for slug in register.desks()]
    return render(request, "portal/desks.html", {"desks": listed})
