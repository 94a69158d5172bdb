"""What learners already have, counted for the rules."""

from collections.abc import Iterable

from django.db.models import Count, Q

from activities.models import Registration
from activities.rules import Standing
from activities.states import ACTIVE, HOLDS_PLACE
from home.levels import Level
from home.models import NetworkNodePage

STEP = NetworkNodePage.steplen


def standings(run, learners: Iterable, *, at) -> dict[int, Standing]:
    """By learner's primary key, in two queries at most.

    Places held are counted in the county of the run, in runs that are not over at
    `at`, without this run; a place on a waiting list is not held.
    """
    ids = [learner.pk for learner in learners]
    here = set(
        Registration.objects.filter(
            run=run, learner_id__in=ids, status__in=ACTIVE
        ).values_list("learner_id", flat=True)
    )
    held = places_held(run, ids, at=at)
    return {pk: Standing(pk in here, held.get(pk, 0)) for pk in ids}


def places_held(run, learner_ids: Iterable[int], *, at) -> dict[int, int]:
    """Places held elsewhere in the run's county; empty when the run sets no limit."""
    if run.max_active is None:
        return {}
    counted = (
        Registration.objects.filter(
            Q(run__last_ends_at=None) | Q(run__last_ends_at__gt=at),
            learner_id__in=list(learner_ids),
            status__in=HOLDS_PLACE,
            run__is_cancelled=False,
            run__node_path__startswith=county_path(run.node_path),
        )
        .exclude(run=run)
        .values_list("learner_id")
        .annotate(places=Count("pk"))
    )
    return dict(counted)


def county_path(node_path: str) -> str:
    """The tree path of the county a node is in; the city centre counts city-wide."""
    above = [node_path[:end] for end in range(STEP, len(node_path) + 1, STEP)]
    county = NetworkNodePage.objects.filter(
        path__in=above, level=Level.COUNTY_COLLEGE
    ).values_list("path", flat=True)
    return county.first() or node_path
