"""The sentences of notices, in the site's first language: a phone has no other."""

from functools import wraps

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from activities.models import NoticeKind, Session
from activities.states import SessionStatus
from home.templatetags.look import full_date_time


def _in_site_language(function):
    @wraps(function)
    def spoken(*args, **kwargs):
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return spoken


@_in_site_language
def status_text(registration, kind: str) -> str:
    """What became of a registration; names the activity and no person."""
    activity = registration.run.activity
    words = {
        NoticeKind.PLACED: _("您报的“%(title)s”报上了。%(when)s"),
        NoticeKind.WAITING: _(
            "您报的“%(title)s”名额满了，已经排进候补。有空位按顺序给，轮到您再告诉您。"
        ),
        NoticeKind.PROMOTED: _(
            "您候补的“%(title)s”有空位了，已经给您报上。%(when)s"
            "来不了请到“我的报名”退出，名额让给下一位。"
        ),
        NoticeKind.REFUSED: _(
            "您报的“%(title)s”这次没有报上。原因请看“我的报名”，或者打电话问一问。"
        ),
        NoticeKind.WITHDRAWN: _(
            "您报的“%(title)s”已经由工作人员替您退出。有疑问请打电话问一问。"
        ),
    }
    values = {"title": activity.title, "when": _when(registration.run)}
    return _signed(words[kind] % values)


@_in_site_language
def session_text(session, kind: str) -> str:
    """What became of one session of an activity."""
    when = full_date_time(session.starts_at)
    title = session.activity.title
    if kind == NoticeKind.CANCELLED:
        text = _("“%(title)s”原定 %(when)s 的这一次取消了，请不要白跑一趟。")
    elif session.venue:
        text = _("“%(title)s”有一次改了，现在是 %(when)s，地点 %(venue)s。")
    else:
        text = _("“%(title)s”有一次改了，现在是 %(when)s。")
    return _signed(text % {"title": title, "when": when, "venue": session.venue})


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


def _signed(text: str) -> str:
    """Providers ask for the sender's name in front."""
    return _("【%(name)s】%(text)s") % {"name": settings.SITE_NAME, "text": text}
