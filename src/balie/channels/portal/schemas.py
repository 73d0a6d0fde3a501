"""The form of register files, for editors: a JSON Schema each for registers, settings and answers, at an address that stays."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from balie.register.shape import Kind, schema


@require_safe
def form(request: HttpRequest, kind: Kind) -> JsonResponse:
    """One schema, which names its own address (`$id`), so that whoever keeps a copy knows where it is from."""
    found = {**schema(kind), "$id": request.build_absolute_uri()}
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Type"] = "application/schema+json"
    response.headers["Access-Control-Allow-Origin"] = "*"  # editors on other pages may read what is public anyway
    return response
