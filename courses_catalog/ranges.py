"""Part of a file, as players ask for it (RFC 9110, section 14): one range at a time."""

import re

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
LONGEST = 4096


class Unsatisfiable(Exception):
    """Nothing of what is asked for lies within the file."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; None for what is no single range, so all is sent."""
    found = _RANGE.fullmatch(header.strip()) if len(header) < LONGEST else None
    if not found or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        first, last = max(size - int(last), 0), size - 1
    else:
        first, last = int(first), min(int(last or size), size - 1)
        if found[2] and int(found[2]) < first:
            return None
    if first > last or first >= size:
        raise Unsatisfiable
    return first, last
