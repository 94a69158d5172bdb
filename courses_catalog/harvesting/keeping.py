"""Writes what came in a page; nothing of it is published here.

A record that is the same as before changes nothing, so a page may come twice. A record
that was taken over waits for a click when its source changes: a link swapped after
curation would otherwise be on our pages unseen. Deleted at its source, it is taken
down at once: a dead link is worse for a resident than a page that is missing.
"""

from collections import Counter

import structlog
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from courses_catalog.harvesting.answers import Received, written
from courses_catalog.harvesting.curating import take_down
from courses_catalog.harvesting.mapping import mapped
from courses_catalog.models import AllianceMember, HarvestedRecord, HarvestedState
from courses_catalog.oai.provider import is_own

log = structlog.get_logger("harvest")


def keep(member: AllianceMember, received: list[Received]) -> tuple[Counter, list]:
    """What became of them, and [identifier, sentence] of those left out.

    The caller holds the transaction.
    """
    counts, wrong = Counter(), []
    names = [each.identifier for each in received]
    # the last one holds where a page names a record twice
    latest = {each.identifier: each for each in received}
    standing = {
        each.identifier: each for each in member.harvested.filter(identifier__in=names)
    }
    for identifier, each in latest.items():
        try:
            # a savepoint: a value the database refuses costs this record alone
            with transaction.atomic():
                counts[_kept(member, each, standing.get(identifier))] += 1
        except (ValueError, DataError, IntegrityError) as error:
            wrong.append([identifier, str(error)])
        except OperationalError:
            raise
        except Exception:
            log.exception("a harvested record could not be kept", record=identifier)
            wrong.append([identifier, "It could not be understood."])
    return counts, wrong


def _kept(member, received: Received, known: HarvestedRecord | None) -> str:
    if _comes_from_us(received):
        return "own"
    if received.is_deleted:
        return _deleted(received, known)
    fields = {
        "datestamp": received.datestamp,
        "sets": received.sets,
        "prefix": member.harvest_prefix,
        "metadata": written(received.metadata),
        "origins": received.origins,
        "values": mapped(received),
    }
    fields["title"] = fields["values"]["title"]
    fields["theme"] = fields["values"]["theme"]
    if known is None:
        HarvestedRecord.objects.create(
            member=member,
            identifier=received.identifier,
            changed_at=timezone.now(),
            **fields,
        )
        return "new"
    return _changed(known, fields)


def _comes_from_us(received: Received) -> bool:
    """Ours, or one we know already that comes back by way of another."""
    before = [origin["identifier"] for origin in received.origins]
    if any(map(is_own, (received.identifier, *before))):
        return True
    return bool(before) and _is_known(before)


def _is_known(identifiers: list[str]) -> bool:
    return HarvestedRecord.objects.filter(identifier__in=identifiers).exists()


def _changed(known: HarvestedRecord, fields: dict) -> str:
    is_back = known.is_deleted
    is_same = known.metadata == fields["metadata"] and not is_back
    for name, value in fields.items():
        setattr(known, name, value)
    known.is_deleted = False
    if not is_same:
        known.changed_at = timezone.now()
        if known.state == HarvestedState.ACCEPTED:
            known.is_changed = is_back or known.values != known.taken
    known.save()
    return "unchanged" if is_same else "changed"


def _deleted(received: Received, known: HarvestedRecord | None) -> str:
    if known is None or known.is_deleted:
        return "unchanged"
    known.is_deleted, known.datestamp = True, received.datestamp
    known.changed_at = timezone.now()
    known.is_changed = known.state == HarvestedState.ACCEPTED
    known.save()
    if known.record and known.record.live:
        take_down(known.record)
    return "deleted"
