"""Tells the registered what happened: a text message, and e-mail to the account.

Enqueued in the transaction of the change (queue "notices"), so neither is there
without the other. A `Notice` row is written before each message, so a batch that
crashed half-way and runs again tells nobody twice. No message names another person.
"""

from collections.abc import Iterable

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from activities.models import Notice, NoticeKind, Registration, Session
from activities.notice_texts import session_text, status_text
from activities.states import ACTIVE, Channel, SessionStatus
from learners import sms

log = structlog.get_logger("notices")


def tell_later(news: dict[str, list[int]]) -> None:
    """Enqueues one task for a batch: primary keys of registrations by kind."""
    if news:
        tell.enqueue(news)


def session_changed(session_ids: Iterable[int]) -> None:
    """Tells everybody registered that these sessions were cancelled or moved."""
    ids = sorted(session_ids)
    if ids:
        tell_session_changed.enqueue(ids)


@task(queue_name="notices")
def tell(news: dict[str, list[int]]) -> None:
    """Repeatable. One message that fails stops no other; the task then fails."""
    messages = [
        (registration, kind, "", status_text(registration, kind))
        for kind, ids in news.items()
        for registration in _registrations().filter(pk__in=ids)
        if kind != NoticeKind.REFUSED or _was_decided_late(registration)
    ]
    _send_all(messages)


@task(queue_name="notices")
def tell_session_changed(session_ids: list[int]) -> None:
    """Repeatable: each version of a session is told once."""
    messages = []
    for session in Session.objects.filter(pk__in=session_ids).with_activity():
        kind = _kind_of_change(session)
        ref = f"{session.pk}:{session.sequence}"
        for one in _registrations().filter(run=session.run_id, status__in=ACTIVE):
            messages.append((one, kind, ref, session_text(session, kind)))
    _send_all(messages)


def _kind_of_change(session) -> NoticeKind:
    if session.status == SessionStatus.CANCELLED:
        return NoticeKind.CANCELLED
    return NoticeKind.MOVED


def _registrations():
    return Registration.objects.select_related("run__activity", "learner", "acted_by")


def _was_decided_late(registration) -> bool:
    """The page that was open could not say it; nearly always it has."""
    waited = registration.decided_at - registration.created_at
    return waited.total_seconds() > 5


def _send_all(messages) -> None:
    failures = []
    for message in messages:
        try:
            _send_once(*message)
        except Exception as error:
            log.exception("notice not sent", registration=message[0].pk)
            failures.append(error)
    if failures:
        raise failures[0]


def _send_once(registration, kind, ref: str, text: str) -> None:
    """The row first, then the message; a message refused takes the row back."""
    with transaction.atomic():
        notice, is_new = Notice.objects.get_or_create(
            registration=registration, kind=kind, ref=ref
        )
    if not is_new:
        return
    try:
        was_sent = _send(registration, text)
    except Exception:
        notice.delete()
        raise
    if was_sent:
        notice.sent_at = timezone.now()
        notice.save(update_fields=["sent_at"])


def _send(registration, text: str) -> bool:
    """To the learner's telephone, else the account's; staff get nothing.

    False when there is no way to reach anybody.
    """
    account = registration.acted_by
    is_own = account is not None and registration.channel == Channel.ONLINE
    phone = registration.learner.phone or (account.phone if is_own else "")
    was_sent = bool(phone) and sms.send(phone, text)
    if is_own and account.email:
        with translation.override(settings.LANGUAGE_CODE):
            subject = translation.gettext("报名的消息")
        was_sent = bool(send_mail(subject, text, None, [account.email])) or was_sent
    return was_sent
