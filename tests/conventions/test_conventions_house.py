"""The house rules a machine can see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "learners", "courses_catalog", "activities", "search")
MOST_LINES = 300
NAMELESS = {"utils.py", "helpers.py", "services.py", "common.py", "misc.py"}
CSS_BYTES = 25 * 1024


def sources() -> list[Path]:
    folders = [*APPS, "site/config", "bench"]
    return [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_a_file_holds_one_thing():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert not long


def test_a_module_is_named_after_what_it_does():
    assert not [path for path in sources() if path.name in NAMELESS]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_carry_hashes_and_no_host(name):
    text = (ROOT / name).read_text()
    pins = re.findall(r"^[\w.\-\[\]]+==\S+", text, re.MULTILINE)
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text and "--index-url" not in text


def test_the_stylesheets_stay_small():
    sheets = (ROOT / "site" / "static" / "css").rglob("*.css")
    assert 0 < sum(path.stat().st_size for path in sheets) <= CSS_BYTES


def test_the_import_root_is_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert not {"site", "/site", "site/"} & set(ignored)


def test_templates_carry_no_inline_style_or_script():
    """The content policy forbids both; under the admin Wagtail writes its own."""
    inline = re.compile(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\ssrc=)")
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if inline.search(path.read_text())
    ]
    assert not wrong


def test_migrations_say_what_they_do():
    names = [
        path.stem for app in APPS for path in (ROOT / app).glob("migrations/0*.py")
    ]
    assert names
    assert not [name for name in names if re.search(r"_auto_|_and_more$", name)]


def test_a_test_that_commits_puts_back_what_migrations_wrote():
    """Without it the next such test meets content types with other numbers."""
    commits = re.compile(r"transactional_db|live_server|(?<!\w)transaction=True[^)]*\)")
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for found in commits.findall(path.read_text())
        if path.name != Path(__file__).name and "serialized_rollback=True" not in found
    ]
    assert not wrong
