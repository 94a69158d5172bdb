"""Files of resources: kept apart from the public media folder, and checked.

Nothing under `RESOURCE_ROOT` is served by its path: the view asks whether the
resource is public first.
"""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.translation import gettext as _

_OFFICE = "application/vnd.openxmlformats-officedocument"
# What may be uploaded, and as what it is served. Nothing a browser would run.
TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".txt": "text/plain",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}


def kept_files() -> Storage:
    return FileSystemStorage(location=settings.RESOURCE_ROOT)


def type_of(name: str) -> str:
    """The media type a file of this name is served as; empty for one not allowed."""
    return TYPES.get(PurePath(name).suffix.lower(), "")


def check_file(file) -> None:
    """Raises ValidationError, naming what may be uploaded, for any other kind."""
    if type_of(file.name):
        return
    allowed = " ".join(suffix.removeprefix(".") for suffix in TYPES)
    raise ValidationError(
        _("不能上传这种文件。可以上传：%(allowed)s。") % {"allowed": allowed}
    )
