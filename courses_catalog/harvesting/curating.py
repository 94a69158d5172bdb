"""What people decide about harvested records: only here does one become ours."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Locale

from courses_catalog.bulk.columns import KINDS
from courses_catalog.models import HarvestedRecord, HarvestedState
from home.models import NetworkNodePage, Role
from home.permissions import can_act_under

TAKEN_DOWN = "courses_catalog.source_gone"
# Fields a source fills and may fill again; the others are the curator's.
FROM_SOURCE = (
    "title",
    "summary",
    "audiences",
    "contributor",
    "level",
    "hours",
    "licence",
    "kind",
    "isbn",
    "duration",
    "link",
    "tags",
)
LANGUAGES = {"zh": "zh-hans", "en": "en"}


@dataclass(frozen=True)
class Decision:
    """Whose accepted records become. `theme` is for those whose source says none;
    with `overrides` for all."""

    user: object
    node: NetworkNodePage
    theme: str = ""
    overrides: bool = False
    publish: bool = True

    def theme_of(self, harvested: HarvestedRecord) -> str:
        own = "" if self.overrides and self.theme else harvested.theme
        return own or self.theme


def members_of(user, members):
    """Those whose records `user` picks from."""
    if user.is_superuser:
        return members
    ours = members.exclude(harvest_node=None).select_related("harvest_node")
    mine = [each.pk for each in ours if _may(user, each.harvest_node)]
    return members.filter(pk__in=mine)


def _may(user, node) -> bool:
    return can_act_under(user, node.path, (Role.EDITOR,))


def can_decide(user, record) -> bool:
    """Whether `user` may change what `record` became, too."""
    return record is None or _may(user, record.owner_node)


def why_not(harvested: HarvestedRecord, decision: Decision) -> str:
    """Empty where it can be accepted; else a word for it, for the form to explain."""
    if harvested.state != HarvestedState.WAITING or harvested.is_deleted:
        return "decided"
    if not decision.theme_of(harvested):
        return "theme"
    if harvested.values["model"] == "resource" and not harvested.link:
        return "link"
    return ""


@transaction.atomic
def accept(pk: int, decision: Decision):
    """The new record; None where somebody decided before, or it cannot be."""
    if not _may(decision.user, decision.node):
        raise PermissionDenied
    harvested = _locked(pk)
    if harvested is None or why_not(harvested, decision):
        return None
    record = _born(harvested, decision)
    record.save()
    revision = record.save_revision(user=decision.user)
    if decision.publish:
        revision.publish(user=decision.user)
    _decide(harvested, decision.user, HarvestedState.ACCEPTED)
    setattr(harvested, harvested.values["model"], record)
    harvested.taken, harvested.is_changed = harvested.values, False
    harvested.save()
    return record


def _locked(pk: int) -> HarvestedRecord | None:
    harvested = HarvestedRecord.objects.select_for_update(of=("self",))
    return harvested.select_related("member").filter(pk=pk).first()


def _decide(harvested, user, state, reason: str = "") -> None:
    harvested.state, harvested.reason = state, reason
    harvested.decided_by, harvested.decided_at = user, timezone.now()


def _born(harvested: HarvestedRecord, decision: Decision):
    values = harvested.values
    model = KINDS[values["model"]]
    record = model(
        owner_node=decision.node,
        theme=decision.theme_of(harvested),
        locale=_locale(values["language"]),
        live=False,
        identifier=_free_identifier(model, harvested, decision.node),
    )
    _fill(record, harvested, FROM_SOURCE)
    return record


def _locale(language: str) -> Locale:
    """Of the content where the site speaks it, else its own."""
    code = LANGUAGES.get(language.lower().split("-")[0], "")
    found = Locale.objects.filter(language_code=code).first()
    return found or Locale.get_default()


def _free_identifier(model, harvested, node) -> str:
    """The one of the source, where our field holds it and no other record has it."""
    longest = model._meta.get_field("identifier").max_length
    name = harvested.identifier
    taken = model.objects.filter(owner_node=node, identifier=name).exists()
    return "" if taken or len(name) > longest else name


def _fill(record, harvested: HarvestedRecord, names) -> None:
    """Gives `record` what the source says of `names`, and always where it is from."""
    values = harvested.values
    for name in names:
        if name == "tags":
            record.tags.set(values["tags"])
        elif name in values and hasattr(record, name):
            setattr(record, name, values[name])
    record.source = harvested.member.name
    record.source_link = values["link"]
    record.source_rights = "" if values["licence"] else values["rights"]


@transaction.atomic
def turn_down(pk: int, user, reason: str) -> bool:
    harvested = _locked(pk)
    if harvested is None or harvested.state != HarvestedState.WAITING:
        return False
    _decide(harvested, user, HarvestedState.TURNED_DOWN, reason)
    harvested.save()
    return True


@transaction.atomic
def think_again(pk: int, user) -> bool:
    """What was turned down waits again; so does what became a record that is gone."""
    harvested = _locked(pk)
    if harvested is None or harvested.state == HarvestedState.WAITING:
        return False
    if harvested.record is not None:
        return False
    _decide(harvested, user, HarvestedState.WAITING)
    harvested.taken, harvested.is_changed = {}, False
    harvested.save()
    return True


@dataclass(frozen=True)
class Difference:
    """A field the source changed. `is_edited` where we changed it ourselves, too."""

    name: str
    ours: object
    theirs: object
    is_edited: bool


def differences(harvested: HarvestedRecord) -> list[Difference]:
    """Between what our record was last given and what the source says now."""
    if harvested.record is None:
        return []
    record, found = _latest(harvested.record), []
    for name in FROM_SOURCE:
        before, now = harvested.taken.get(name), harvested.values.get(name)
        if before == now or not hasattr(record, name):
            continue
        ours = _standing(record, name)
        if ours != now:
            found.append(Difference(name, ours, now, is_edited=ours != before))
    return found


def _latest(record):
    """As the editor would open it."""
    return record.get_latest_revision_as_object()


def _standing(record, name: str):
    if name == "tags":
        return record.tag_names
    value = getattr(record, name)
    return str(value) if name == "hours" and value is not None else value


@transaction.atomic
def take_over(pk: int, user, names) -> bool:
    """Our record gets `names` from the source, and is published if it was public. What
    is not named stays ours. False while somebody is at the record."""
    harvested = _locked(pk)
    if harvested is None or not harvested.is_changed or harvested.record is None:
        return False
    standing = harvested.record
    # an unfinished draft is not published by a click on another screen
    if standing.locked or (standing.live and standing.has_unpublished_changes):
        return False
    record = _latest(standing)
    _fill(record, harvested, [name for name in FROM_SOURCE if name in names])
    revision = record.save_revision(user=user)
    if standing.live:
        revision.publish(user=user)
    _settle(harvested, user)
    return True


def _settle(harvested: HarvestedRecord, user) -> None:
    """What differs from here on was changed by us."""
    harvested.taken, harvested.is_changed = harvested.values, False
    harvested.decided_by, harvested.decided_at = user, timezone.now()
    harvested.save()


@transaction.atomic
def leave_as_it_is(pk: int, user) -> None:
    harvested = _locked(pk)
    if harvested is not None and harvested.is_changed:
        _settle(harvested, user)


def take_down(record) -> None:
    """The source deleted it. The history of the record says so."""
    record.unpublish(log_action=False)
    log(record, TAKEN_DOWN)
