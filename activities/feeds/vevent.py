"""One session as a VEVENT; the profile is written down in docs/feeds.md."""

import datetime as dt
from decimal import Decimal
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Event, vCalAddress

from activities.feeds.text import one_line, paragraphs
from activities.models import ActivityPage, Session
from activities.states import SessionStatus
from activities.vocabulary import Delivery
from activities.wording import fee_line, join_words
from home.dates import SHANGHAI
from home.models import NetworkNodePage
from home.network import spelt_out
from home.vocabulary import Audience


def vevent(session: Session, activity: ActivityPage, nodes: dict) -> str:
    """The VEVENT of `session`, folded, CRLF at every line's end.

    Speaks the language of the site, whoever asks. `nodes` holds the activity's node
    and those above it by path (see `nodes_on_the_way`). Every time in it is
    stored, so the same row gives the same bytes.
    """
    path = activity.path[: -activity.steplen]
    with override(settings.LANGUAGE_CODE):
        event = _when(session)
        _what(event, session, activity, path, nodes)
        _where(event, session, activity, path, nodes)
        _whose(event, path, nodes)
    return event.to_ical().decode()


def _when(session: Session) -> Event:
    event = Event()
    event.add("uid", session.uid)
    event.add("dtstamp", _utc(session.modified_at))
    event.add("last-modified", _utc(session.modified_at))
    event.add("created", _utc(session.created_at))
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts_at.astimezone(SHANGHAI))
    event.add("dtend", session.ends_at.astimezone(SHANGHAI))
    event.add("class", "PUBLIC")
    # a village's whole calendar must not make its subscribers look busy
    event.add("transp", "TRANSPARENT")
    return event


def _what(event: Event, session, activity, path: str, nodes: dict) -> None:
    cancelled = session.status == SessionStatus.CANCELLED
    title = one_line(activity.title) or _("活动")
    event.add("summary", _("【已取消】") + title if cancelled else title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("description", _description(session, activity, path, nodes))
    event.add("categories", _categories(activity))
    event.add("url", activity_url(activity))


def _where(event, session, activity, path: str, nodes: dict) -> None:
    node = nodes.get(path)
    event.add("location", _location(session, activity, path, nodes))
    if session.is_held_elsewhere(activity) or node is None:
        return
    if activity.address or activity.delivery == Delivery.ONLINE:
        # the node's point would lead to the wrong door
        return
    if node.latitude is not None and node.longitude is not None:
        event.add("geo", (_degrees(node.latitude), _degrees(node.longitude)))


def _whose(event: Event, path: str, nodes: dict[str, NetworkNodePage]) -> None:
    """RFC 5546 asks every published event for one organiser; nobody can answer it."""
    organiser = vCalAddress(f"mailto:noreply@{settings.UID_DOMAIN}")
    node = nodes.get(path)
    organiser.params["CN"] = one_line(node.title if node else settings.SITE_NAME)
    event.add("organizer", organiser)


def _location(session, activity, path: str, nodes: dict) -> str:
    """From the large to the small, as an address is read in Chinese."""
    node = nodes.get(path)
    place = spelt_out(path, nodes)
    if activity.delivery == Delivery.ONLINE:
        return one_line(_("线上（%(place)s主办）") % {"place": place})
    if session.is_held_elsewhere(activity):
        # whether it is in the same building nobody has said
        return _("%(venue)s（换地方）") % {"venue": one_line(session.venue)}
    return _usual_place(activity, place, node)


def _usual_place(activity, place: str, node) -> str:
    address = activity.address or (node.address if node else "")
    parts = [place, address, activity.venue]
    return "，".join(one_line(part) for part in parts if part)


def _description(session, activity, path: str, nodes: dict) -> str:
    is_elsewhere = session.is_held_elsewhere(activity)
    lines = [
        _change(session, activity),
        _elsewhere(session, activity, path, nodes) if is_elsewhere else "",
        session.note,
        activity.summary,
        _teachers(activity),
        fee_line(activity),
        "" if is_elsewhere else activity.directions,
        activity_url(activity),
    ]
    return "\n".join(line for line in map(paragraphs, lines) if line)


def _change(session: Session, activity: ActivityPage) -> str:
    if session.status == SessionStatus.CANCELLED:
        reason = one_line(activity.cancelled_reason)
        if reason:
            return _("这一次已取消。原因：%(reason)s") % {"reason": reason}
        return _("这一次已取消。")
    return _("这一次改了时间或地点，以这里为准。") if session.is_moved else ""


def _elsewhere(session, activity, path: str, nodes: dict) -> str:
    usual = _usual_place(activity, spelt_out(path, nodes), nodes.get(path))
    words = {"venue": one_line(session.venue), "usual": usual}
    return _("这一次在%(venue)s。平时在%(usual)s。") % words


def _teachers(activity: ActivityPage) -> str:
    names = [block.value["name"] for block in activity.teachers]
    names = join_words(name for name in names if name)
    return _("老师：%(names)s") % {"names": names} if names else ""


def _categories(activity: ActivityPage) -> list[str]:
    audiences = [Audience(value).label for value in activity.audiences or []]
    return [
        activity.get_theme_display(),
        activity.get_kind_display(),
        *map(str, audiences),
    ]


def activity_url(activity: ActivityPage) -> str:
    """The public address of the activity's page."""
    parts = activity.get_url_parts()
    path = parts[2] if parts and parts[2] else "/"
    return urljoin(settings.BASE_URL, path)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def _degrees(value: Decimal) -> float:
    return float(round(value, 6))
