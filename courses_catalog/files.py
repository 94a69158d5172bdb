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


ALLOWED_INLINE = ("video/", "audio/", "image/", "application/pdf")
_FTYP, _ZIP, _MPEG = 4, b"PK\x03\x04", 0xE0
# With what a file of this kind begins, and at which byte.
SIGNATURES = {
    ".mp4": (_FTYP, b"ftyp"),
    ".m4a": (_FTYP, b"ftyp"),
    ".webm": (0, b"\x1a\x45\xdf\xa3"),
    ".ogg": (0, b"OggS"),
    ".pdf": (0, b"%PDF-"),
    ".epub": (0, _ZIP),
    ".docx": (0, _ZIP),
    ".pptx": (0, _ZIP),
    ".xlsx": (0, _ZIP),
    ".jpg": (0, b"\xff\xd8\xff"),
    ".png": (0, b"\x89PNG\r\n\x1a\n"),
}
FIRST_BYTES = 512


def kept_files() -> Storage:
    return FileSystemStorage(location=settings.RESOURCE_ROOT)


def type_of(name: str) -> str:
    """The media type a file of this name is served as; empty for one not allowed."""
    return TYPES.get(PurePath(name).suffix.lower(), "")


def is_inline(media_type: str) -> bool:
    """Whether a browser shows it in its place; it saves everything else."""
    return media_type.startswith(ALLOWED_INLINE)


def check_file(file) -> None:
    """Raises ValidationError for a kind that may not be uploaded, and for a file
    that is not what its name says."""
    if not type_of(file.name):
        allowed = " ".join(suffix.removeprefix(".") for suffix in TYPES)
        raise ValidationError(
            _("不能上传这种文件。可以上传：%(allowed)s。") % {"allowed": allowed}
        )
    suffix = PurePath(file.name).suffix.lower()
    begin = _first_bytes(file)
    if begin is not None and not _begins_as(suffix, begin):
        raise ValidationError(
            _("文件的内容不是 %(kind)s。请用原来的软件另存一份再上传。")
            % {"kind": suffix.removeprefix(".")}
        )


def _first_bytes(file) -> bytes | None:
    """Leaves an upload at its beginning; None for a kept file that is missing."""
    was_closed = file.closed
    try:
        file.seek(0)
        begin = file.read(FIRST_BYTES)
        file.seek(0)
    except FileNotFoundError:
        return None
    if was_closed:
        file.close()
    return begin


def _begins_as(suffix: str, begin: bytes) -> bool:
    if suffix == ".txt":
        return b"\0" not in begin
    if suffix == ".mp3":
        is_frame = begin[:1] == b"\xff" and begin[1:2] >= bytes([_MPEG])
        return begin.startswith(b"ID3") or is_frame
    at, signature = SIGNATURES[suffix]
    return begin[at:].startswith(signature)
