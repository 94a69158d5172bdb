"""Sends what is written down as a `Notice`, again and again while a provider fails.

What a provider has taken is confirmed by `sent_at` and never sent again. What it
refused is tried again after growing pauses, `MOST_TRIES` times in all. So is what was
under way when the process died: nobody knows whether that one went out, so it may
come twice rather than never.
"""

import datetime as dt

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django_tasks import task

from activities.models import Notice, NoticeWay, Registration
from activities.models.notice import MUST_REACH
from activities.notice_texts import text_of
from activities.states import Channel
from home.ticks import tick
from learners import sms
from learners.phones import is_mobile

log = structlog.get_logger("notices")

# After each failure: half a day in all, so that a bad night of the provider is over.
PAUSES = tuple(dt.timedelta(minutes=m) for m in (1, 5, 20, 60, 180, 360))
MOST_TRIES = len(PAUSES) + 1
# Longer than any provider takes: whoever has not come back by then was killed.
UNDER_WAY = dt.timedelta(minutes=10)
# Fresh news waits in the same queue behind a round of old ones.
MOST_AT_ONCE = 200


def ways_to(registration: Registration) -> dict[NoticeWay, str]:
    """The address by each way somebody can be reached; empty when by none.

    The learner's telephone, else that of the account that registered, and its
    e-mail. Staff who registered for somebody get nothing. No text goes to a landline.
    """
    account = registration.acted_by
    is_own = account is not None and registration.channel == Channel.ONLINE
    phone = registration.learner.phone or (account.phone if is_own else "")
    addresses = {
        NoticeWay.SMS: phone if sms.is_available() and is_mobile(phone) else "",
        NoticeWay.EMAIL: account.email if is_own else "",
    }
    return {way: address for way, address in addresses.items() if address}


def by_hand(registration: Registration, kind: str, ref: str) -> list[Notice]:
    """What a member of staff has to tell; empty where it need not arrive."""
    way = NoticeWay.HAND
    told = Notice(registration=registration, kind=kind, way=way, ref=ref)
    return [told] if kind in MUST_REACH else []


@tick
def take_up_unsent() -> None:
    """Leaves the sending to a task: a provider that hangs holds up no tick."""
    if due().exists():
        send_unsent.enqueue()


@task(queue_name="notices")
def send_unsent() -> None:
    """Repeatable, and safe beside itself."""
    send(due().order_by("next_try_at")[:MOST_AT_ONCE])


def due() -> QuerySet[Notice]:
    return Notice.objects.filter(next_try_at__lte=timezone.now())


def send(notices: QuerySet[Notice]) -> None:
    """Tries each once. One that fails stops no other; none raises."""
    related = "registration__run__activity", "registration__learner"
    for notice in notices.select_related(*related, "registration__acted_by"):
        if notice.tries >= MOST_TRIES:
            _give_up(notice, "killed")
        elif _take(notice):
            _try(notice)


def _take(notice: Notice) -> bool:
    """False when another process was quicker."""
    until = timezone.now() + UNDER_WAY
    same = Notice.objects.filter(pk=notice.pk, next_try_at=notice.next_try_at)
    taken = same.update(next_try_at=until, tries=F("tries") + 1)
    notice.tries += 1
    return bool(taken)


def _try(notice: Notice) -> None:
    try:
        was_sent = _hand_over(notice)
    except Exception as error:  # noqa: BLE001 - whatever a provider's library raises
        _failed(notice, type(error).__name__)
    else:
        _settle(notice, sent_at=timezone.now() if was_sent else None)


def _hand_over(notice: Notice) -> bool:
    """False when there is nothing to say any more, or no way to say it."""
    address = ways_to(notice.registration).get(NoticeWay(notice.way))
    text = text_of(notice)
    if not address or not text:
        return False
    if notice.way == NoticeWay.SMS:
        return sms.send(address, text)
    with translation.override(settings.LANGUAGE_CODE):
        subject = translation.gettext("报名的消息")
    return bool(send_mail(subject, text, None, [address]))


def _failed(notice: Notice, error: str) -> None:
    """Only the kind of error is logged: its words may hold the number."""
    if notice.tries >= MOST_TRIES:
        _give_up(notice, error)
        return
    _settle(notice, next_try_at=timezone.now() + PAUSES[notice.tries - 1])
    log.warning("notice not sent", notice=notice.pk, way=notice.way, error=error)


def _give_up(notice: Notice, error: str) -> None:
    _settle(notice)
    same = Notice.objects.filter(
        registration=notice.registration_id, kind=notice.kind, ref=notice.ref
    )
    if not same.exclude(sent_at=None).exists():
        left = by_hand(notice.registration, notice.kind, notice.ref)
        Notice.objects.bulk_create(left, ignore_conflicts=True)
    log.error("notice given up", notice=notice.pk, way=notice.way, error=error)


def _settle(notice: Notice, *, sent_at=None, next_try_at=None) -> None:
    notice.sent_at, notice.next_try_at = sent_at, next_try_at
    notice.save(update_fields=["sent_at", "next_try_at"])
