"""Files that are sent along with an answer, as the browser hands them over. They are never written to disk in clear."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from balie.desk.intake import File
from balie.kernel import Invalid, Sentence, sentence


def files_of(request: HttpRequest) -> list[File]:
    """What was chosen in the form. Raises Invalid for so much that it was not even read: text and page are kept."""
    if _unread(request):
        most = settings.BALIE_ANSWER_FILES
        say = sentence("The files are far more than the {most} MB that an answer carries. Nothing was sent.", most=most)
        raise Invalid(say)
    return [_file(one) for one in request.FILES.getlist("files")]


def files_again(request: HttpRequest) -> Sentence | None:
    """After a refusal: no browser keeps the files that were chosen, so they are asked for anew."""
    if request.method != "POST" or not (request.FILES or _unread(request)):
        return None
    return sentence("Your text is kept. Choose the files again: a browser does not keep them.")


def _unread(request: HttpRequest) -> bool:
    """Whether the form was larger than is held in memory: its fields were read then, its files were let go."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    return int(size) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE if size.isdigit() else False


def _file(one: "UploadedFile[bytes]") -> File:
    return File(one.name or "", one.read(), one.content_type or "application/octet-stream")
