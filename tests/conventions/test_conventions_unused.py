"""Nothing lies about that no page shows any more."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "learners", "courses_catalog", "activities", "search")
# Found by their name in packages, not in this code.
OVERRIDES = ("account/", "allauth/", "mfa/", "wagtailadmin/", "wagtailusers/")
BY_DJANGO = {"500.html"}


def read(*folders: str, endings: tuple[str, ...]) -> str:
    files = (
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in endings and path.is_file()
    )
    return "\n".join(path.read_text() for path in files)


def test_every_template_is_named_somewhere():
    said = read(*APPS, "site/config", endings=(".py",))
    said += read("templates", endings=(".html", ".txt"))
    templates = ROOT / "templates"
    names = {str(p.relative_to(templates)) for p in templates.rglob("*.html")}
    unused = {
        name
        for name in names - BY_DJANGO
        if not name.startswith(OVERRIDES)
        # f"activities/{view}.html": folder and ending may be added where it is shown
        and not re.search(rf"[\"/]{re.escape(Path(name).stem)}(\.html)?\"", said)
    }
    assert not unused


def test_every_class_of_the_stylesheets_is_worn_somewhere():
    said = read(*APPS, endings=(".py",)) + read("templates", endings=(".html",))
    said += read("site/static/js", endings=(".js",))
    # status--{{ tone }}, is-{{ state }}: every ending of these is taken for used
    built = set(re.findall(r"([\w-]+-)\{[{%]", said))
    css = read("site/static/css", endings=(".css",))
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    unused = {
        name
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", css)
        if not name.startswith(tuple(built))
        and not re.search(rf"(?<![\w-]){name}(?![\w-])", said)
    }
    assert not unused
