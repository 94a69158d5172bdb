"""The sentences of notices, in the site's first language: a phone has no other."""

import re
from functools import wraps

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from activities.models import NoticeKind, Registration, Session
from activities.states import ACTIVE, RegistrationStatus, SessionStatus
from home.models import NetworkNodePage, SiteSettings
from home.network import SEPARATOR, names_of
from home.templatetags.look import full_date_time, month_day

# A text of Chinese longer than 70 characters goes out in parts of 67, each paid for.
TWO_MESSAGES = 2 * 67
LONGEST_NAME = 12
LONGEST_REASON = 30
SHORTEST_TITLE = 8


def _in_site_language(function):
    @wraps(function)
    def spoken(*args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return spoken


# What was to be said is left unsaid when it has come to be untrue.
STILL_TRUE = {
    NoticeKind.PLACED: (RegistrationStatus.PLACED,),
    NoticeKind.PROMOTED: (RegistrationStatus.PLACED,),
    NoticeKind.WAITING: (RegistrationStatus.WAITING,),
    NoticeKind.REFUSED: (RegistrationStatus.REFUSED,),
    NoticeKind.WITHDRAWN: (RegistrationStatus.WITHDRAWN,),
}
OF_SESSIONS = (NoticeKind.CANCELLED, NoticeKind.MOVED)
ASK_BY_PHONE = (NoticeKind.HIDDEN, NoticeKind.SEVERAL)


def text_of(notice) -> str:
    """The sentence of `notice` as of now, to its learner; "" when it is out of date.

    A daughter who looks after two parents has one telephone: it says which of them.
    """
    text = _said(notice)
    return _to(notice.registration.learner.name, text) if text else ""


def _said(notice) -> str:
    registration, kind = notice.registration, NoticeKind(notice.kind)
    if registration.status not in STILL_TRUE.get(kind, ACTIVE):
        return ""
    if not holds(kind, registration.run.activity):
        return ""
    if kind not in OF_SESSIONS:
        return status_text(registration, kind)
    pk, sequence = notice.ref.split(":")
    session = Session.objects.filter(pk=pk, sequence=sequence).with_activity().first()
    return session_text(session, kind) if session else ""


def holds(kind: NoticeKind, activity) -> bool:
    """Whether what was to be said of the whole activity still is so."""
    if kind == NoticeKind.HIDDEN:
        return not activity.live
    if kind == NoticeKind.SHOWN:
        return activity.live and not activity.cancelled_reason
    return kind != NoticeKind.CALLED_OFF or bool(activity.cancelled_reason)


@_in_site_language
def status_text(registration, kind: str) -> str:
    """What became of a registration; names the activity and its place, no person."""
    activity = registration.run.activity
    words = {
        NoticeKind.PLACED: _("您报的%(place)s“%(title)s”报上了。%(when)s"),
        NoticeKind.WAITING: _(
            "您报的%(place)s“%(title)s”名额满了，现在候补第 %(position)s 位。"
            "有空位按顺序给，轮到您再告诉您。"
        ),
        NoticeKind.PROMOTED: _(
            "您候补的%(place)s“%(title)s”有空位了，已经给您报上。%(when)s"
            "来不了请到“我的报名”退出，名额让给下一位。"
        ),
        NoticeKind.REFUSED: _(
            "您报的%(place)s“%(title)s”这次没有报上。"
            "原因请看“我的报名”，或者打电话问一问。"
        ),
        NoticeKind.WITHDRAWN: _(
            "您报的%(place)s“%(title)s”已经由工作人员替您退出。有疑问请打电话问一问。"
        ),
        NoticeKind.CALLED_OFF: _(
            "您报的%(place)s“%(title)s”整个取消了，不再上课，请不要白跑一趟。"
            "原因：%(reason)s。"
        ),
        NoticeKind.SEVERAL: _(
            "您报的%(place)s“%(title)s”有几次课改了时间、地点或者取消了。%(when)s"
            "别的请看“我的报名”，或者打电话%(phone)s问一问。"
        ),
        NoticeKind.HIDDEN: _(
            "您报的%(place)s“%(title)s”暂时不公开了，"
            "请先不要来，打电话%(phone)s问一问。"
        ),
        NoticeKind.SHOWN: _(
            "您报的%(place)s“%(title)s”又公开了，照常上课，您的报名还在。%(when)s"
        ),
    }
    values = {
        "title": activity.title,
        "place": _place(registration.run.node_path),
        "when": _when(registration.run),
        "position": _position(registration) if kind == NoticeKind.WAITING else "",
        "phone": _phone(registration.run) if kind in ASK_BY_PHONE else "",
        "reason": _reason(activity.cancelled_reason),
    }
    return _fitting(words[kind], values)


@_in_site_language
def session_text(session, kind: str) -> str:
    """What became of one session of an activity."""
    when = full_date_time(session.starts_at)
    title = session.activity.title
    reason = session.activity.cancelled_reason or session.note
    if kind == NoticeKind.CANCELLED:
        text = _("%(place)s“%(title)s”原定 %(when)s 的这一次取消了，请不要白跑一趟。")
        if reason:
            text += _("原因：%(note)s。")
    elif session.venue:
        text = _(
            "%(place)s“%(title)s”%(day)s的这一次改了，现在是 %(when)s，地点 %(venue)s。"
        )
    else:
        text = _("%(place)s“%(title)s”%(day)s的这一次改了，现在是 %(when)s。")
    place = _place(session.node_path)
    values = {"place": place, "title": title, "when": when, "venue": session.venue}
    values["day"] = month_day(session.original_date)
    values["note"] = _reason(reason)
    return _fitting(text, values)


def _reason(typed: str) -> str:
    """Without its full stop, and no longer than a text has room for."""
    said = re.sub(r"[\u3002.]+$", "", typed)
    return Truncator(said).chars(LONGEST_REASON, truncate="…")


@_in_site_language
def unsigned(text: str) -> str:
    """As somebody says it who need not say where she calls from."""
    return text.removeprefix(_signed(""))


def _place(path: str) -> str:
    """十里街道濂溪社区教学点: villages of one name are told apart by their township."""
    names = names_of({path}).get(path, "")
    return "".join(names.split(SEPARATOR)[-2:])


def _position(registration) -> int:
    """In the line as it stands now."""
    before = Registration.objects.filter(
        run=registration.run_id,
        status=RegistrationStatus.WAITING,
        pk__lt=registration.pk,
    )
    return before.count() + 1


def _fitting(text: str, values: dict) -> str:
    """The signed sentence; a long title is cut before a third message is paid for."""
    said = _signed(text % values)
    over = len(said) + LONGEST_NAME - TWO_MESSAGES
    if over <= 0:
        return said
    title = Truncator(values["title"])
    most = max(len(values["title"]) - over, SHORTEST_TITLE)
    return _signed(text % (values | {"title": title.chars(most, truncate="…")}))


@_in_site_language
def _to(name: str, text: str) -> str:
    words = {"name": name[:LONGEST_NAME], "text": unsigned(text)}
    return _signed(_("%(name)s：%(text)s") % words)


def _when(run) -> str:
    coming = (
        Session.objects.filter(run=run, status=SessionStatus.SCHEDULED)
        .upcoming(timezone.now())
        .order_by("starts_at")
        .first()
    )
    if coming is None:
        return ""
    when = full_date_time(coming.starts_at)
    if coming.venue:
        return _("%(when)s 开始，地点 %(venue)s。") % {
            "when": when,
            "venue": coming.venue,
        }
    return _("%(when)s 开始。") % {"when": when}


def _phone(run) -> str:
    """Of the place that holds it, else the hotline's; with the space it needs."""
    nodes = NetworkNodePage.objects.filter(path=run.node_path)
    sites = SiteSettings.objects.filter(site__is_default_site=True)
    phone = (
        nodes.values_list("phone", flat=True).first()
        or sites.values_list("hotline", flat=True).first()
    )
    return f" {phone} " if phone else ""


def _signed(text: str) -> str:
    """Providers ask for the sender's name in front."""
    return _("【%(name)s】%(text)s") % {"name": settings.SITE_NAME, "text": text}
