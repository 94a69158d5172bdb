"""Which language an answer is in, and which words on a page are in another."""

from django.middleware.locale import LocaleMiddleware

from home.templatetags.look import bcp47


def foreign(code: str, language: str) -> str:
    """The BCP 47 code to mark text with, empty when it is in the reader's language."""
    return "" if code == language else bcp47(code)


class LanguageOfAddress(LocaleMiddleware):
    """Feeds are one document for everybody, and the API is told its language: none of
    them is said to depend on the reader's, which would keep a copy for each in the
    caches on the way."""

    def process_response(self, request, response):
        if request.path_info.startswith(("/feeds/", "/api/")):
            return response
        return super().process_response(request, response)
