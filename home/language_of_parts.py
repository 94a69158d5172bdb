"""Chinese words on pages of another language say that they are Chinese.

Names of places and people, and whatever nobody has translated yet, stand in the
midst of English sentences; without `lang` a screen reader spells them out letter by
letter (WCAG 3.1.2). They come from every table and reach the page through every
template, so they are marked where all of them pass: in the finished page.
"""

import re

from django.utils.translation import get_language

LANGUAGE = "zh-Hans"
_HAN = r"\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff65"
# from the first to the last Chinese character; what may stand between is not a letter
_CHINESE = re.compile(f"[{_HAN}](?:[^A-Za-z<>&;]*[{_HAN}])?")
# what holds no elements is left as it is, and so is a text that already says it
_TEXT = re.compile(
    r"<(script|style|title|textarea)\b.*?</\1>"
    r"|<(\w+)[^>]*\blang=\"zh[^>]*>[^<]*(?=</\2>)"
    r"|<option(?P<option>[^>]*>)(?P<choice>[^<]*)"
    r"|<!--.*?-->|<[^>]*>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)


def mark_chinese(get_response):
    """Middleware: marks the Chinese words of HTML in another language."""

    def middleware(request):
        response = get_response(request)
        if _is_foreign_page(request, response):
            if hasattr(response, "render"):
                response.render()
            response.content = marked(response.content.decode())
        return response

    return middleware


def marked(page: str) -> str:
    """`page` with every run of Chinese in its texts and options marked as such.

    `bdi` has no look of its own, and a text that was one item of a flexible box
    stays one.
    """
    return _TEXT.sub(_mark, page)


def _is_foreign_page(request, response) -> bool:
    return (
        not (get_language() or "zh").startswith("zh")
        and not response.streaming
        and not request.path.startswith("/admin/")
        and response.headers.get("Content-Type", "").startswith("text/html")
    )


def _mark(found: re.Match) -> str:
    whole = found[0]
    if not _CHINESE.search(found["text"] or found["choice"] or ""):
        return whole
    if found["choice"]:
        return f'<option lang="{LANGUAGE}"{found["option"]}{found["choice"]}'
    parts = _CHINESE.sub(_run, whole)
    return parts if _CHINESE.fullmatch(whole.strip()) else f"<bdi>{parts}</bdi>"


def _run(found: re.Match) -> str:
    return f'<bdi lang="{LANGUAGE}">{found[0]}</bdi>'
