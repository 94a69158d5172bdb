"""Where our sources speak: what they mark for translation, and what they forget.

Works on the text of the sources alone, so that no GNU gettext is needed.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.template.base import Lexer, TokenType
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[2]
APPS = ["home", "learners", "courses_catalog", "activities", "search", "site/config"]
CHINESE = re.compile("[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff65]")

# The arguments that are words, by the name of the function (gettext's own keywords).
MARKERS = {
    "_": "m",
    "gettext": "m",
    "gettext_lazy": "m",
    "gettext_noop": "m",
    "ngettext": "mp",
    "ngettext_lazy": "mp",
    "pgettext": "cm",
    "pgettext_lazy": "cm",
    "npgettext": "cmp",
    "npgettext_lazy": "cmp",
}
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
MARKED = re.compile(rf"\b(_|n?p?gettext)\(\s*({STRING}(?:\s*,\s*{STRING})*)")


class Message(NamedTuple):
    context: str | None
    text: str
    plural: str


def python_files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def template_files() -> Iterator[Path]:
    yield from sorted(
        path
        for path in (ROOT / "templates").rglob("*")
        if path.suffix in {".html", ".txt"}
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- What is marked for translation -----------------------------------------------


def _message(marker: str, words: list[str]) -> Message:
    parts = dict(zip(MARKERS[marker], words, strict=False))
    return Message(parts.get("c"), parts["m"], parts.get("p", ""))


def _marker(call: ast.AST) -> str:
    if not isinstance(call, ast.Call):
        return ""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    name = function.id if isinstance(function, ast.Name) else name
    return name if name in MARKERS else ""


def _words(call: ast.Call) -> list[str]:
    """The leading arguments written as plain strings."""
    words = []
    for argument in call.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        words.append(argument.value)
    return words


def marked_in_python(source: str) -> set[Message]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        marker = _marker(node)
        words = _words(node) if marker else []
        if len(words) >= len(MARKERS.get(marker, "x")):
            found.add(_message(marker, words))
    return found


def marked_in_template(source: str) -> set[Message]:
    """As makemessages would find them: Django turns the template into Python."""
    return {
        _message(marker, list(ast.literal_eval(f"({words},)")))
        for marker, words in MARKED.findall(templatize(source))
    }


def marked_anywhere() -> dict[Message, str]:
    """Every message of our sources, with a file it stands in."""
    found = {}
    for path in python_files():
        for message in marked_in_python(path.read_text()):
            found[message] = name_of(path)
    for path in template_files():
        for message in marked_in_template(path.read_text()):
            found[message] = name_of(path)
    return found


# --- Chinese that nobody can translate --------------------------------------------


class Unmarked(NamedTuple):
    """A string, and the outermost function, class or constant it stands in."""

    scope: str
    line: int
    text: str


def _docstrings(tree: ast.AST) -> set[int]:
    """The ids of string expressions that are statements: docstrings and notes."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _scope(statement: ast.stmt) -> str:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return statement.name
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return targets[0].id if isinstance(targets[0], ast.Name) else ""


def _unmarked(node: ast.AST, quiet: set[int]) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield node
        return
    marked = _marker(node)
    for child in ast.iter_child_nodes(node):
        if id(child) not in quiet and not (marked and isinstance(child, ast.Constant)):
            yield from _unmarked(child, quiet)


def unmarked_in_python(source: str) -> list[Unmarked]:
    tree = ast.parse(source)
    quiet = _docstrings(tree)
    return [
        Unmarked(_scope(statement), found.lineno, found.value)
        for statement in tree.body
        for found in _unmarked(statement, quiet)
    ]


def _visible(token) -> str:
    """What of a template's token is shown as it stands, in every language."""
    if token.token_type == TokenType.COMMENT:
        return ""
    if token.token_type == TokenType.TEXT:
        return re.sub(r"<!--.*?-->", "", token.contents, flags=re.DOTALL)
    if token.token_type == TokenType.BLOCK and token.contents.startswith("trans"):
        return ""
    return MARKED.sub("", token.contents)


def unmarked_in_template(source: str) -> list[Unmarked]:
    found, until = [], ""
    for token in Lexer(source).tokenize():
        name = (token.contents.split() or [""])[0]
        if token.token_type == TokenType.BLOCK:
            if until:
                until = "" if name == until else until
                continue
            if name in {"blocktranslate", "blocktrans", "comment"}:
                until = f"end{name}"
                continue
        if not until and CHINESE.search(text := _visible(token)):
            found.append(Unmarked("", token.lineno, " ".join(text.split())))
    return found
