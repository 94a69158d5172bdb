"""One place for each thing: nothing is written out a second time to the letter."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("home", "learners", "courses_catalog", "activities", "search")
# Smaller ones are a name for an expression, and say the same by accident.
LEAST_NODES = 20


def doubles(sources: dict[str, str]) -> list[list[str]]:
    """Groups of places that hold the same function, class or named value."""
    places = defaultdict(list)
    for name, source in sources.items():
        for node in ast.parse(source).body:
            if (said := _said(node)) is not None:
                places[said].append(f"{name}:{node.lineno}")
    return [found for found in places.values() if len(found) > 1]


def _said(node) -> str | None:
    """What it does, whatever it is called; None for what may stand twice."""
    if isinstance(node, ast.Assign):
        # a table, or something made by another: private = cache_control(…)
        made = isinstance(node.value, ast.Call | ast.Dict) and _size(node.value) > 6
        said = ast.dump(node.value)
        # a day is a day, whoever counts in days
        return said if made and "timedelta" not in said else None
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        body = node.body[1:] if ast.get_docstring(node) else node.body
        size = sum(map(_size, body))
        parts = [ast.dump(part) for part in (*body, *node.decorator_list)]
        if isinstance(node, ast.FunctionDef):
            parts.append(ast.dump(node.args))
        return "".join(parts) if size >= LEAST_NODES else None
    return None


def _size(node) -> int:
    return sum(1 for _node in ast.walk(node))


@pytest.mark.parametrize(
    "code",
    [
        "private = cache_control(private=True, no_store=True)",
        'TABLE = {1: "Mon", 2: "Tue", 3: "Wed"}',
        "def NAME(text, mark):\n"
        "    parts = text.split(mark)\n"
        "    return [part.strip() for part in parts if part]",
    ],
)
def test_a_second_copy_is_seen_under_another_name(code):
    sources = {f"{name}.py": code.replace("NAME", name) for name in ("one", "two")}
    assert doubles(sources) == [["one.py:1", "two.py:1"]]


def test_nothing_is_written_twice():
    sources = {
        str(path.relative_to(ROOT)): path.read_text()
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    }
    assert not doubles(sources)
