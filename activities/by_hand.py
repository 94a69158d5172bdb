"""Who has to be told by telephone or at the door: no message reaches them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from activities.models import Notice, NoticeKind, NoticeWay, Registration, Run, Session
from activities.notice_texts import (
    OF_SESSIONS,
    STILL_TRUE,
    holds,
    session_text,
    status_text,
    unsigned,
)
from activities.rules import is_over
from activities.states import ACTIVE


@dataclass(frozen=True)
class ToTell:
    """One person of a run, and all she has to be told, in the order it happened."""

    registration: Registration
    texts: tuple[str, ...]
    notices: tuple[int, ...]


def left_to_tell(*, run) -> QuerySet[Notice]:
    """Of those still on the list; whether it still concerns them `to_tell` knows."""
    return Notice.objects.filter(
        registration__run=run,
        registration__status__in=ACTIVE,
        way=NoticeWay.HAND,
        sent_at=None,
    )


def to_tell(run: Run) -> list[ToTell]:
    """Nobody is named whom it no longer concerns: who left, or what is past."""
    if is_over(run, at=timezone.now()):
        return []
    notices = list(
        Notice.objects.filter(
            registration__run=run, way=NoticeWay.HAND, sent_at=None
        ).select_related("registration__learner", "registration__acted_by")
    )
    texts = _Texts(run, notices)
    said: dict[int, list[tuple[Notice, str]]] = defaultdict(list)
    for notice in sorted(notices, key=lambda one: one.pk):
        if text := texts.of(notice):
            said[notice.registration_id].append((notice, text))
    return [_person(said[pk]) for pk in sorted(said)]


def told(registration: Registration, notices: list[int], *, acted_by) -> bool:
    """Writes down who told it; False when somebody else had."""
    waiting = Notice.objects.filter(
        registration=registration, pk__in=notices, way=NoticeWay.HAND, sent_at=None
    )
    return bool(waiting.update(sent_at=timezone.now(), told_by=acted_by))


class _Texts:
    """The sentences of one run's notices: each is made once, whoever it is for."""

    def __init__(self, run: Run, notices: list[Notice]):
        self.run = run
        self._made: dict[tuple[str, str], str] = {}
        pks = [one.ref.split(":")[0] for one in notices if one.kind in OF_SESSIONS]
        coming = Session.objects.filter(pk__in=pks).with_activity()
        self._sessions = {
            f"{session.pk}:{session.sequence}": session
            for session in coming.upcoming(timezone.now())
        }

    def of(self, notice: Notice) -> str:
        if notice.registration.status not in STILL_TRUE.get(notice.kind, ACTIVE):
            return ""
        key = notice.kind, notice.ref
        if key not in self._made:
            self._made[key] = unsigned(self._make(notice))
        return self._made[key]

    def _make(self, notice: Notice) -> str:
        kind = NoticeKind(notice.kind)
        if kind in OF_SESSIONS:
            session = self._sessions.get(notice.ref)
            return session_text(session, kind) if session else ""
        if not holds(kind, self.run.activity):
            return ""
        notice.registration.run = self.run
        return status_text(notice.registration, kind)


def _person(said: list[tuple[Notice, str]]) -> ToTell:
    return ToTell(
        registration=said[0][0].registration,
        texts=tuple(dict.fromkeys(text for _notice, text in said)),
        notices=tuple(notice.pk for notice, _text in said),
    )
