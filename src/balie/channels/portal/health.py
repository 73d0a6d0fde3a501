"""Whether the program runs: for the machine that watches it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as soon as pages can be served; says nothing of what is kept."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
