"""Cells of files that open in Excel and WPS, and run nothing there."""

# A cell that begins so is a formula to a spreadsheet (OWASP: CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Without it Excel takes the file for GBK and shows Chinese as noise.
BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value, *, keeps_lines: bool = False) -> str:
    """Text a spreadsheet takes for text: an apostrophe before what it would run.

    Control characters, which no spreadsheet file may hold, are left out.
    """
    text = str(value if value is not None else "")
    if text.lstrip(" ").startswith(DANGEROUS):
        text = f"'{text}"
    kept = "\t\n" if keeps_lines else "\t"
    return "".join(letter for letter in text if letter.isprintable() or letter in kept)


def unsafe(text: str) -> str:
    """What `safe` was given: without the apostrophe it put before."""
    if text.startswith("'") and text[1:].lstrip(" ").startswith(DANGEROUS):
        return text[1:]
    return text
