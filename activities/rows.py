"""Sessions as lines of a list: what components/event_row.html shows of each.

However many sessions, the places are named in one query, and translations are
looked up in one more where the reader's language is not the activities' own.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.availability import Availability, session_availability
from activities.models import ActivityPage
from activities.vocabulary import Delivery
from activities.wording import repeat_line
from home.dates import time_range
from home.languages import foreign
from home.network import names_of
from home.theme_badge import ThemeBadge, theme_badge


@dataclass(frozen=True)
class Row:
    """The contract of components/event_row.html; `language` is "" for the page's."""

    url: str
    title: str
    language: str
    theme: ThemeBadge | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    time_line: str
    place_line: str
    status: Availability
    places_line: str
    places_taken: int | None
    places_total: int | None
    note: str


def row(session, *, at: dt.datetime, language: str | None = None) -> Row:
    """One session as a line; for more than one, `rows` costs no more queries."""
    return rows([session], at=at, language=language)[0]


def rows(
    sessions: Iterable, *, at: dt.datetime, language: str | None = None, within=None
) -> list[Row]:
    """Lines in the order of `sessions`, which come from `with_activity()`.

    `at` is the aware moment availability is said for; `language` a code of
    `LANGUAGES`, the active one unless given. `within` is the node whose page shows
    the lines: the place line leaves out what the heading there says already.
    """
    sessions = list(sessions)
    paths = {session.node_path for session in sessions}
    names = names_of(paths, within=within.path if within else "")
    pages = pages_for_reader(
        [session.activity for session in sessions], language or get_language()
    )
    return [
        _row(each, pages[each.activity_id], names.get(each.node_path, ""), at)
        for each in sessions
    ]


@dataclass(frozen=True)
class PageForReader:
    """Where a link to an activity leads and how it reads, for one language."""

    url: str
    title: str
    venue: str
    language: str


def pages_for_reader(activities, language: str) -> dict[int, PageForReader]:
    """By primary key: the published translation into `language`, else the original.

    No query where all activities are in `language` already.
    """
    translated = _translations(activities, language)
    site_roots = SimpleNamespace()  # get_url_parts keeps what it looked up here
    return {
        each.pk: _page_for_reader(
            translated.get(each.translation_key, each), language, site_roots
        )
        for each in activities
    }


def _translations(activities, language: str) -> dict:
    """Public translations into `language`, by their translation key.

    None of an activity that was unpublished: they are hidden with it.
    """
    foreign = {
        each.translation_key
        for each in activities
        if each.live and each.locale.language_code != language
    }
    if not foreign:
        return {}
    found = ActivityPage.objects.live().filter(
        translation_key__in=foreign, locale__language_code=language
    )
    return {page.translation_key: page for page in found.select_related("locale")}


def _page_for_reader(page, language: str, site_roots) -> PageForReader:
    parts = page.get_url_parts(site_roots)
    return PageForReader(
        url=(parts and parts[2]) or "",
        title=page.title,
        venue=page.venue,
        language=foreign(page.locale.language_code, language),
    )


def place_line(session, name: str, venue: str) -> str:
    """Where one session is held, `name` being the full name of its node.

    `venue` is the activity's own, in the reader's language.
    """
    if session.other_venue:
        return _("%(venue)s（换地方）") % {"venue": session.other_venue}
    return place_words(session.activity, name, venue)


def place_words(activity, name: str, venue: str) -> str:
    """The place by its full name and room; an online one says who invites."""
    if activity.delivery == Delivery.ONLINE and not name:
        return _("线上")
    if activity.delivery == Delivery.ONLINE:
        return _("线上，%(place)s举办") % {"place": name}
    return " ".join(word for word in (name, venue) if word)


def _row(session, page: PageForReader, name: str, at: dt.datetime) -> Row:
    state = session_availability(session, at=at)
    return Row(
        url=page.url,
        title=page.title,
        language=page.language,
        theme=theme_badge(session.theme),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_line=_time_line(session),
        place_line=place_line(session, name, page.venue),
        status=state,
        places_line=state.places_line,
        places_taken=state.taken,
        places_total=state.total,
        note=_note(session, state),
    )


def _time_line(session) -> str:
    time = time_range(session.starts_at, session.ends_at)
    rhythm = repeat_line(session.activity)
    if not rhythm:
        return time
    return _("%(time)s，%(rhythm)s") % {"time": time, "rhythm": rhythm}


def _note(session, state: Availability) -> str:
    if state.code == "cancelled":
        return session.activity.cancelled_reason or session.note
    if session.note:
        return session.note
    if session.is_moved:
        return _("这一次改了时间，请看清楚。")
    return _("不用报名，到时候来就行。") if state.code == "walk_in" else ""
