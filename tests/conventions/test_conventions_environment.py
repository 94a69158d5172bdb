"""The README names every environment variable the settings read, and no other."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(
    r'(?:env\.\w+|environ\.get|required)\(\s*"([A-Z_]+)"|environ\["([A-Z_]+)"\]'
)


def names_in_settings() -> set[str]:
    files = [*(ROOT / "site" / "config").rglob("*.py"), ROOT / "gunicorn.conf.py"]
    found = READ.findall("\n".join(path.read_text() for path in files))
    return {first or second for first, second in found}


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_table_of_environment_variables_is_complete(name):
    table = [
        line.split("|")[1]
        for line in (ROOT / name).read_text().splitlines()
        if line.startswith("| `")
    ]
    described = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+|BIND|DEBUG)`", " ".join(table)))
    assert described - {"DJANGO_SETTINGS_MODULE"} == names_in_settings()
