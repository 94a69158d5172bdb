"""Tells the person what became of her nomination: a text message, else an e-mail.

The row that says so is written with the event. A provider that fails is tried again
after growing pauses; what was sent is never sent again.
"""

import datetime as dt
import re

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django_tasks import task

from courses_catalog.models import NominationNotice
from courses_catalog.nominations.states import NominationAct
from home.ticks import tick
from learners import sms
from learners.phones import is_mobile

log = structlog.get_logger("notices")

PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 360)]
# Longer than any provider takes: whoever has not come back by then was killed.
UNDER_WAY = dt.timedelta(minutes=10)
MOST_AT_ONCE = 50
LONGEST_REASON = 40


def tell_later(nomination) -> None:
    tell_of_nominations.enqueue()


@tick
def tell_again() -> None:
    if _due().exists():
        tell_of_nominations.enqueue()


@task(queue_name="notices")
def tell_of_nominations() -> None:
    """Repeatable, and safe beside itself."""
    for notice in _due()[:MOST_AT_ONCE]:
        if _take(notice):
            _try(notice)


def _due():
    due = NominationNotice.objects.filter(next_try_at__lte=timezone.now())
    return due.select_related("event__nomination__user", "event__node").order_by("pk")


def _take(notice: NominationNotice) -> bool:
    """False where another process was quicker."""
    same = NominationNotice.objects.filter(pk=notice.pk, next_try_at=notice.next_try_at)
    until = timezone.now() + UNDER_WAY
    taken = same.update(next_try_at=until, tries=F("tries") + 1)
    notice.tries += 1
    return bool(taken)


def _try(notice: NominationNotice) -> None:
    notice.next_try_at = None
    try:
        if _sent(notice):
            notice.sent_at = timezone.now()
    except Exception as error:  # noqa: BLE001 - whatever a provider's library raises
        if notice.tries <= len(PAUSES):
            notice.next_try_at = timezone.now() + PAUSES[notice.tries - 1]
        # only the kind of error: its words may hold the number
        log.warning(
            "nomination notice not sent",
            notice=notice.pk,
            error=type(error).__name__,
            tries=notice.tries,
        )
    notice.save(update_fields=["sent_at", "next_try_at"])


def _sent(notice: NominationNotice) -> bool:
    """False where there is no way to the person; her page says it all the same."""
    nomination = notice.event.nomination
    # a landline to be called at gets no text: the number she signs in with does
    numbers = [nomination.phone, nomination.user.phone]
    mobile = next(filter(is_mobile, numbers), "")
    with translation.override(settings.LANGUAGE_CODE):
        text = text_of(notice.event)
        if mobile and sms.is_available():
            return sms.send(mobile, text)
        if address := nomination.user.email:
            return bool(send_mail(_("当老师的申请"), text, None, [address]))
    return False


def text_of(event) -> str:
    words = {
        "site": settings.SITE_NAME,
        "place": event.node.title if event.node else "",
        "reason": _short(event.reason),
    }
    return {
        NominationAct.RETURNED: _(
            "【%(site)s】您当老师的申请，%(place)s请您改一改：%(reason)s。"
            "登录后在“我的账号”里改好再交。"
        ),
        NominationAct.REFUSED: _(
            "【%(site)s】您当老师的申请没有通过，%(place)s说明：%(reason)s。"
        ),
        NominationAct.LISTED: _(
            "【%(site)s】您当老师的申请通过了，已经列入网站的教师名单。谢谢您。"
        ),
    }[NominationAct(event.act)] % words


def _short(reason: str) -> str:
    """Without its full stop, and no longer than a text has room for."""
    said = re.sub(r"[\u3002.]+$", "", reason)
    return Truncator(said).chars(LONGEST_REASON, truncate="…")
