"""What every page shows whoever reads it: never a person, session or token."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from home.models import SiteSettings
from home.site_names import city_name, site_name
from home.version import is_elder, version_url


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    url: str
    current: bool

    @property
    def absolute(self) -> str:
        """With host, as search engines want it."""
        return settings.BASE_URL.rstrip("/") + self.url


LANGUAGE_NAMES = {"zh-hans": "简体中文", "en": "English"}


def language_links(request, elsewhere: dict[str, str] | None = None):
    """One link a language: the same address under its prefix.

    `elsewhere` gives, by language code, addresses of translations that stand under
    a slug of their own.
    """
    here = request.get_full_path()
    return [
        LanguageLink(
            code=code,
            name=LANGUAGE_NAMES[code],
            url=(elsewhere or {}).get(code) or translate_url(here, code),
            current=code == get_language(),
        )
        for code, _name in settings.LANGUAGES
    ]


def site(request) -> dict:
    """Variables of base.html; see its header for their use."""
    if request.path.startswith("/admin/"):
        return {}
    return {
        "SITE_NAME": site_name(),
        "CITY_NAME": city_name(),
        "site_settings": SiteSettings.for_request(request).for_reader(),
        "elder": is_elder(request),
        "version_url": version_url(request),
        "language_links": language_links(request),
        "canonical_url": settings.BASE_URL.rstrip("/") + request.path,
        "DEMO": settings.DEMO,
    }
