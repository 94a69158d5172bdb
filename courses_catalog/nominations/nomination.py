"""The only code that changes what becomes of a nomination.

Each act locks the row, asks the rules again, writes, appends its event and tells the
person in the same transaction.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from courses_catalog.models import (
    Nomination,
    NominationEvent,
    NominationNotice,
    Proof,
    Teacher,
)
from courses_catalog.nominations import rules
from courses_catalog.nominations.notices import tell_later
from courses_catalog.nominations.states import (
    TOLD,
    NominationAct,
    NominationStatus,
)
from courses_catalog.nominations.steps import next_step, steps_after, steps_of
from courses_catalog.objections import refuse
from courses_catalog.vocabulary import ShareScope, TeacherOrigin
from learners.models import User

# The words on the form under which somebody agrees to be shown.
CONSENT_VERSION = "2026-11"


@transaction.atomic
def submit(user: User, node, **words) -> Nomination:
    """Hands in what `user` filled in, with the proofs that wait for it.

    `words` are fields of `Nomination`. Raises Refused where one is open already.
    """
    # the account's row is the lock of its nominations
    User.objects.select_for_update().get(pk=user.pk)
    refuse(rules.against_nominating(user))
    nomination = Nomination.objects.create(
        user=user,
        node=node,
        consent_version=CONSENT_VERSION,
        consented_at=timezone.now(),
        **words,
    )
    Proof.objects.filter(user=user, nomination=None).update(nomination=nomination)
    _note(nomination, NominationAct.SUBMITTED, actor=user, node=node)
    _go_on(nomination, steps_of(node))
    return nomination


@transaction.atomic
def resubmit(nomination: Nomination, *, node, **words) -> Nomination:
    """Hands in what was corrected, to whom it came back from.

    From another place than before it begins there again.
    """
    nomination = _locked(nomination)
    refuse(rules.against_correcting(nomination))
    for name, value in words.items():
        setattr(nomination, name, value)
    nomination.consent_version = CONSENT_VERSION
    nomination.consented_at = timezone.now()
    is_moved = nomination.node_id != node.pk
    steps = steps_of(node) if is_moved else _from_turn(nomination)
    nomination.node = node
    Proof.objects.filter(user=nomination.user, nomination=None).update(
        nomination=nomination
    )
    _note(nomination, NominationAct.RESUBMITTED, actor=nomination.user, node=node)
    _go_on(nomination, steps)
    return nomination


@transaction.atomic
def decide(
    nomination: Nomination, *, act: str, by: User, seen: int, reason: str = ""
) -> Nomination:
    """Agrees, sends back or refuses, for the node whose turn it is.

    Raises Refused, too where somebody else was quicker: `seen` is the last event
    that the reviewer had before her.
    """
    nomination = _locked(nomination)
    refuse(
        rules.against_decision(nomination, by, act=act, reason=reason, seen=seen),
    )
    _note(nomination, act, actor=by, node=nomination.turn, reason=reason.strip())
    if act == NominationAct.AGREED:
        _go_on(nomination, steps_after(nomination), by=by)
    elif act == NominationAct.RETURNED:
        nomination.status = NominationStatus.RETURNED
        nomination.save()
    else:
        _close(nomination, NominationStatus.REFUSED)
    return nomination


@transaction.atomic
def withdraw(nomination: Nomination) -> Nomination:
    """The person takes back her nomination, and with it her consent to be shown."""
    nomination = _locked(nomination)
    refuse(rules.against_withdrawing(nomination))
    _take_off_the_list(nomination)
    _note(nomination, NominationAct.WITHDRAWN, actor=nomination.user)
    _close(nomination, NominationStatus.WITHDRAWN)
    return nomination


def _locked(nomination: Nomination) -> Nomination:
    """Without its places: PostgreSQL would join those of before to the row it waited
    for."""
    return Nomination.objects.select_for_update().get(pk=nomination.pk)


def _from_turn(nomination: Nomination) -> list:
    return [nomination.turn, *steps_after(nomination)]


def _go_on(nomination: Nomination, steps: list, by: User | None = None) -> None:
    """To the first step that has somebody who decides; listed after the last."""
    turn, passed = next_step(steps, nomination)
    for node in passed:
        _note(nomination, NominationAct.PASSED, node=node)
    if turn is None:
        nomination.teacher = _listed(nomination, by)
        _note(nomination, NominationAct.LISTED, actor=by, node=nomination.node)
        _close(nomination, NominationStatus.LISTED)
        return
    nomination.turn = turn
    nomination.status = NominationStatus.REVIEW
    nomination.save()


def _listed(nomination: Nomination, by: User | None) -> Teacher:
    """Published as an editor would: from here on it is a record of her place's own."""
    teacher = Teacher(
        title=nomination.shown_name,
        summary=nomination.summary,
        theme=nomination.theme,
        introduction=nomination.introduction,
        availability=nomination.availability,
        can_be_borrowed=nomination.can_be_borrowed,
        owner_node=nomination.node,
        origin=TeacherOrigin.NOMINATED,
        share_scope=ShareScope.PUBLIC,
        locale=Locale.get_default(),
    )
    teacher.tags.add(*nomination.subjects)
    teacher.save()
    teacher.save_revision(user=by).publish(user=by)
    return teacher


def _take_off_the_list(nomination: Nomination) -> None:
    """With all translations and drafts: a draft could be published again."""
    if nomination.teacher is None:
        return
    versions = Teacher.objects.filter(
        translation_key=nomination.teacher.translation_key
    )
    nomination.teacher = None
    nomination.save(update_fields=["teacher"])
    for version in versions.order_by("-pk"):
        version.delete()


def _close(nomination: Nomination, status: NominationStatus) -> None:
    nomination.status = status
    nomination.turn = None
    nomination.closed_at = timezone.now()
    nomination.save()


def _note(nomination: Nomination, act: str, **details) -> None:
    event = NominationEvent.objects.create(nomination=nomination, act=act, **details)
    if act in TOLD:
        NominationNotice.objects.create(event=event, next_try_at=timezone.now())
        tell_later(nomination)
