"""Who gets a place: order, waiting list, promotion, limits, and what is written."""

import datetime as dt

import pytest
import time_machine

from activities import allocation
from activities.models import FeedVersion, Registration, RegistrationEvent
from activities.registration import register, withdraw
from activities.states import Channel, RegistrationStatus
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
    small_network,
)
from tests.factories.registration import FIRST

pytestmark = pytest.mark.django_db

PENDING, PLACED, WAITING, REFUSED, WITHDRAWN = (
    RegistrationStatus.PENDING,
    RegistrationStatus.PLACED,
    RegistrationStatus.WAITING,
    RegistrationStatus.REFUSED,
    RegistrationStatus.WITHDRAWN,
)
BEFORE = FIRST - dt.timedelta(days=5)


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel(BEFORE, tick=True):
        yield


def claims(run, count: int) -> list[Registration]:
    return [RegistrationFactory(run=run) for _ in range(count)]


def statuses(registrations) -> list[str]:
    for one in registrations:
        one.refresh_from_db()
    return [one.status for one in registrations]


def leave(registration) -> bool:
    return withdraw(
        registration, acted_by=registration.acted_by, channel=Channel.ONLINE
    )


def counts(run) -> tuple[int, int]:
    run.refresh_from_db()
    return run.taken, run.waiting


def test_places_go_in_the_order_of_the_claims():
    run = RunFactory(capacity=2, waiting_capacity=2)
    five = claims(run, 5)
    allocation.allocate(run.pk)
    assert statuses(five) == [PLACED, PLACED, WAITING, WAITING, REFUSED]
    assert five[4].refusals == ["full"]
    assert counts(run) == (2, 2)


def test_allocating_again_changes_nothing():
    run = RunFactory(capacity=1)
    three = claims(run, 3)
    allocation.allocate(run.pk)
    events = RegistrationEvent.objects.count()
    allocation.allocate(run.pk)
    assert statuses(three) == [PLACED, WAITING, WAITING]
    assert (counts(run), RegistrationEvent.objects.count()) == ((1, 2), events)


def test_who_withdraws_gives_the_place_to_the_first_in_line():
    run = RunFactory(capacity=1)
    three = claims(run, 3)
    allocation.allocate(run.pk)
    assert leave(three[0])
    assert statuses(three) == [WITHDRAWN, PLACED, WAITING]
    assert counts(run) == (1, 1)


def test_who_withdrew_is_not_first_in_line_any_more():
    run = RunFactory(capacity=1)
    first, second, third = claims(run, 3)
    allocation.allocate(run.pk)
    leave(second)
    again = register(
        run=run,
        learner=second.learner,
        channel=Channel.ONLINE,
        acted_by=second.acted_by,
        idempotency_key="again",
    )
    leave(first)
    assert statuses([second, third, again]) == [WITHDRAWN, PLACED, WAITING]
    assert counts(run) == (1, 1)


def test_the_last_in_line_is_never_before_the_first():
    run = RunFactory(capacity=1)
    line = claims(run, 6)
    allocation.allocate(run.pk)
    order = []
    for _ in range(5):
        placed = Registration.objects.get(run=run, status=PLACED)
        order.append(placed.pk)
        leave(placed)
    order.append(Registration.objects.get(run=run, status=PLACED).pk)
    assert order == [one.pk for one in line]


def test_withdrawing_twice_gives_one_place_back():
    run = RunFactory(capacity=1)
    three = claims(run, 3)
    allocation.allocate(run.pk)
    assert [leave(three[0]), leave(three[0])] == [True, False]
    assert statuses(three) == [WITHDRAWN, PLACED, WAITING]


def test_leaving_the_waiting_list_frees_no_place():
    run = RunFactory(capacity=1)
    two = claims(run, 2)
    allocation.allocate(run.pk)
    leave(two[1])
    assert statuses(two) == [PLACED, WITHDRAWN]
    assert counts(run) == (1, 0)


def test_a_claim_can_be_withdrawn_before_it_is_decided():
    run = RunFactory(capacity=1)
    two = claims(run, 2)
    leave(two[0])
    assert statuses(two) == [WITHDRAWN, PLACED]
    assert counts(run) == (1, 0)


def test_a_raised_capacity_lets_in_as_many_as_fit():
    run = RunFactory(capacity=1)
    four = claims(run, 4)
    allocation.allocate(run.pk)
    type(run).objects.filter(pk=run.pk).update(capacity=3)
    allocation.allocate(run.pk)
    assert statuses(four) == [PLACED, PLACED, PLACED, WAITING]
    assert counts(run) == (3, 1)


def test_a_capacity_taken_away_lets_in_everybody():
    run = RunFactory(capacity=1)
    four = claims(run, 4)
    allocation.allocate(run.pk)
    type(run).objects.filter(pk=run.pk).update(capacity=None)
    allocation.allocate(run.pk)
    assert statuses(four) == [PLACED] * 4


def test_a_lowered_capacity_takes_no_place_away():
    run = RunFactory(capacity=3)
    three = claims(run, 3)
    allocation.allocate(run.pk)
    late = RegistrationFactory(run=run)
    leave(three[0])
    assert statuses([*three, late]) == [WITHDRAWN, PLACED, PLACED, PLACED]


def test_those_who_wait_come_before_a_new_claim():
    run = RunFactory(capacity=1)
    old = claims(run, 2)
    allocation.allocate(run.pk)
    new = RegistrationFactory(run=run)
    leave(old[0])
    assert statuses([*old, new]) == [WITHDRAWN, PLACED, WAITING]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"is_cancelled": True}, ["cancelled"]),
        ({"opens_at": FIRST}, ["not_yet_open"]),
        ({"min_age": 60}, ["birth_date_needed"]),
        ({"is_open": False, "min_age": 60}, ["paused", "birth_date_needed"]),
    ],
)
def test_a_claim_that_breaks_rules_is_refused_with_all_reasons(fields, codes):
    claim = RegistrationFactory(run=RunFactory(**fields))
    allocation.allocate(claim.run_id)
    assert statuses([claim]) == [REFUSED]
    assert claim.refusals == codes
    assert claim.events.get().reason == ",".join(codes)


def test_a_claim_made_in_time_is_not_refused_because_the_decision_came_late():
    run = RunFactory(closes_at=BEFORE + dt.timedelta(minutes=1))
    claim = RegistrationFactory(run=run)
    with time_machine.travel(BEFORE + dt.timedelta(hours=1)):
        late = RegistrationFactory(run=run)
        allocation.allocate(run.pk)
    assert statuses([claim, late]) == [PLACED, REFUSED]


@pytest.mark.parametrize("change", [{"is_cancelled": True}, {"is_open": False}])
def test_nobody_is_promoted_into_what_is_cancelled_or_hidden(change):
    run = RunFactory(capacity=1)
    two = claims(run, 2)
    allocation.allocate(run.pk)
    type(run).objects.filter(pk=run.pk).update(**change)
    leave(two[0])
    assert statuses(two) == [WITHDRAWN, WAITING]


@pytest.mark.parametrize(
    ("change", "is_decided"),
    [
        ({}, True),
        ({"is_open": False}, False),
        ({"is_cancelled": True}, False),
        ({"last_ends_at": BEFORE - dt.timedelta(days=90)}, False),
        ({"last_ends_at": None}, True),
    ],
)
def test_the_sweep_looks_where_a_free_place_is_awaited(monkeypatch, change, is_decided):
    run = RunFactory(capacity=1)
    type(run).objects.filter(pk=run.pk).update(waiting=1, **change)
    seen = []
    monkeypatch.setattr(allocation, "allocate", seen.append)
    with time_machine.travel(BEFORE):
        allocation.sweep()
    assert seen == ([run.pk] if is_decided else [])


class TestLimits:
    """`max_active` counts places held in the run's county."""

    @pytest.fixture
    def net(self):
        return small_network()

    def hold_place(self, learner, node, **fields):
        run = RunFactory(node_path=node.path, **fields)
        return RegistrationFactory(run=run, learner=learner, status=PLACED)

    def claim(self, learner, node, **fields):
        run = RunFactory(node_path=node.path, max_active=1, **fields)
        claim = RegistrationFactory(run=run, learner=learner)
        allocation.allocate(run.pk)
        return statuses([claim])[0]

    @pytest.mark.parametrize(
        ("elsewhere", "expected"),
        [
            ("village", REFUSED),
            ("sibling_village", REFUSED),
            ("county", REFUSED),
            ("other_village", PLACED),
            ("city", PLACED),
        ],
    )
    def test_it_counts_within_the_county(self, net, elsewhere, expected):
        learner = LearnerFactory()
        self.hold_place(learner, getattr(net, elsewhere))
        assert self.claim(learner, net.village) == expected

    def test_a_run_of_the_city_centre_counts_the_whole_city(self, net):
        learner = LearnerFactory()
        self.hold_place(learner, net.other_village)
        assert self.claim(learner, net.city) == REFUSED

    @pytest.mark.parametrize(
        "fields", [{"is_cancelled": True}, {"last_ends_at": BEFORE}]
    )
    def test_what_is_over_or_cancelled_does_not_count(self, net, fields):
        learner = LearnerFactory()
        self.hold_place(learner, net.village, **fields)
        assert self.claim(learner, net.village) == PLACED

    def test_waiting_does_not_count(self, net):
        learner = LearnerFactory()
        waiting = RunFactory(node_path=net.village.path)
        RegistrationFactory(run=waiting, learner=learner, status=WAITING)
        assert self.claim(learner, net.village) == PLACED

    def test_who_has_come_to_the_limit_is_passed_over_and_stays_in_line(self, net):
        run = RunFactory(capacity=1, max_active=1, node_path=net.village.path)
        three = claims(run, 3)
        allocation.allocate(run.pk)
        self.hold_place(three[1].learner, net.village)
        leave(three[0])
        assert statuses(three) == [WITHDRAWN, WAITING, PLACED]


class TestWritten:
    """Every change leaves its event, its feed version and its task."""

    def test_an_event_says_who_when_what_and_why(self):
        desk = UserFactory()
        claim = RegistrationFactory(run=RunFactory(capacity=1))
        allocation.allocate(claim.run_id)
        withdraw(claim, acted_by=desk, channel=Channel.PHONE, reason="搬家")
        placed, withdrawn = claim.events.all()
        assert (placed.status, placed.acted_by) == (PLACED, claim.acted_by)
        assert (withdrawn.status, withdrawn.acted_by) == (WITHDRAWN, desk)
        assert (withdrawn.channel, withdrawn.reason) == (Channel.PHONE, "搬家")
        assert withdrawn.at >= placed.at

    def test_a_place_given_or_taken_makes_the_private_feed_new(self):
        claim = RegistrationFactory(run=RunFactory(capacity=1))
        version = FeedVersion.objects.create(
            scope=f"learner:{claim.learner_id}", modified_at=BEFORE
        )
        numbers = []
        for act in (lambda: allocation.allocate(claim.run_id), lambda: leave(claim)):
            act()
            version.refresh_from_db()
            numbers.append(version.number)
        assert 1 < numbers[0] < numbers[1]

    def test_many_claims_cost_as_many_statements_as_one(
        self, django_assert_max_num_queries
    ):
        run = RunFactory(capacity=50)
        claims(run, 50)
        # the immediate backend of the tests sends the notices inside: without it
        with django_assert_max_num_queries(9), pytest.MonkeyPatch.context() as patch:
            patch.setattr(allocation, "tell_later", lambda news: None)
            allocation.allocate(run.pk)
        assert counts(run) == (50, 0)
