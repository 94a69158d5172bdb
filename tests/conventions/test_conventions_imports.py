"""Imports point one way: home ← learners ← catalogue ← activities ← search."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["home", "learners", "courses_catalog", "activities", "search"]


def imported_apps(source: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and imports_by_name(node):
            names.add(node.args[0].value.split(".")[0])
    return names & set(ORDER)


def imports_by_name(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    is_written_out = call.args and isinstance(call.args[0], ast.Constant)
    return name in {"import_string", "import_module"} and bool(is_written_out)


@pytest.mark.parametrize(
    "line",
    ["import search.forms", "from search import x", 'import_string("search.forms.X")'],
)
def test_every_way_of_importing_is_seen(line):
    assert imported_apps(line) == {"search"}


@pytest.mark.parametrize("app", ORDER)
def test_an_app_imports_only_what_stands_before_it(app):
    allowed = set(ORDER[: ORDER.index(app) + 1])
    wrong = {
        str(path.relative_to(ROOT)): sorted(imported_apps(path.read_text()) - allowed)
        for path in (ROOT / app).rglob("*.py")
        if imported_apps(path.read_text()) - allowed
    }
    # migrations of home name no later app; demo data is told through a command
    assert not wrong
