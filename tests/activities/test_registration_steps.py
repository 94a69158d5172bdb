"""The steps a resident goes through, each of which works without script."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from activities.models import Registration
from activities.states import Channel, RegistrationStatus
from learners import households
from learners.models import Relation
from tests.factories import (
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    SessionFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

SOON = timezone.now() + dt.timedelta(days=10)


def run_of(**fields):
    run = RunFactory(
        first_starts_at=SOON, last_ends_at=SOON + dt.timedelta(hours=2), **fields
    )
    SessionFactory(run=run, starts_at=SOON)
    return run


@pytest.fixture(autouse=True)
def nothing_cached():
    """Public pages of an earlier test have the same addresses."""
    cache.clear()


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def person(user, name="王秀兰", relation=Relation.PARENT, **fields):
    return households.add(user, name, relation, **fields)


def url(name, *args):
    return reverse(name, args=args)


def check_data(response, **fields):
    return {"key": response.context["form"]["key"].value()} | fields


class TestBegin:
    def test_it_shows_the_run_and_leads_to_the_first_question(self, client):
        run = run_of()
        response = client.get(url("register", run.pk))
        assert run.activity.title in response.content.decode()
        assert url("register_who", run.pk) in response.content.decode()

    def test_it_is_the_same_for_everybody_and_may_be_cached(self, client, user):
        run = run_of()
        first = client.get(url("register", run.pk))
        client.force_login(user)
        assert client.get(url("register", run.pk)).content == first.content
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert not first.cookies

    def test_it_says_all_that_is_in_the_way_and_leads_nowhere(self, client):
        run = run_of(is_open=False, is_cancelled=True)
        page = client.get(url("register", run.pk)).content.decode()
        assert "这个活动取消了。" in page
        assert "这个活动现在不接受报名。" in page
        assert url("register_who", run.pk) not in page

    def test_a_full_run_says_that_one_would_wait(self, client):
        run = run_of(capacity=1, taken=1)
        assert "排进候补" in client.get(url("register", run.pk)).content.decode()

    def test_an_unpublished_activity_is_not_there(self, client):
        run = run_of()
        type(run.activity).objects.filter(pk=run.activity_id).update(live=False)
        assert client.get(url("register", run.pk)).status_code == 404

    def test_it_costs_few_queries(self, client, django_assert_max_num_queries):
        run = run_of()
        client.get(url("register", run.pk))
        with django_assert_max_num_queries(12):
            client.get(url("register", run.pk), {"again": 1})


class TestSigningIn:
    @pytest.mark.parametrize("step", ["register_who", "register_add_person"])
    def test_a_lost_session_comes_back_to_the_same_step(self, client, step):
        here = url(step, run_of().pk)
        response = client.post(here, {"who": "1"})
        assert response.status_code == 302
        assert response.url == f"{url('account_login')}?next={here}"

    def test_it_comes_back_to_the_last_step_too(self, client, user):
        here = url("register_check", run_of().pk, person(user).pk)
        response = client.post(here, {"key": "x"})
        assert response.url == f"{url('account_login')}?next={here}"
        assert not Registration.objects.exists()


class TestWho:
    def test_an_account_without_people_is_asked_for_the_first(self, signed_in):
        run = run_of()
        response = signed_in.get(url("register_who", run.pk))
        assert response.url == url("register_add_person", run.pk)

    def test_who_cannot_register_is_shown_with_the_reason(self, signed_in, user):
        run = run_of(min_age=60)
        person(user, born_on=dt.date(1990, 1, 1))
        page = signed_in.get(url("register_who", run.pk)).content.decode()
        assert "这个班只收满 60 岁的人。" in page
        assert "disabled" in page

    def test_choosing_leads_to_the_last_look(self, signed_in, user):
        run, mother = run_of(), person(user)
        response = signed_in.post(url("register_who", run.pk), {"who": mother.pk})
        assert response.url == url("register_check", run.pk, mother.pk)

    @pytest.mark.parametrize("who", [{}, {"who": "0"}, {"who": "x"}])
    def test_no_choice_is_an_error_at_the_top_and_at_the_question(
        self, signed_in, user, who
    ):
        run = run_of()
        person(user)
        response = signed_in.post(url("register_who", run.pk), who)
        page = response.content.decode()
        assert response.status_code == 422
        assert 'role="alert"' in page
        assert 'href="#id_who_0"' in page
        assert 'id="id_who_0"' in page
        assert 'id="id_who_error"' in page

    def test_who_is_blocked_cannot_be_chosen(self, signed_in, user):
        run = run_of(min_age=60)
        young = person(user, born_on=dt.date(1990, 1, 1))
        response = signed_in.post(url("register_who", run.pk), {"who": young.pk})
        assert response.status_code == 422

    def test_nobody_of_another_account_can_be_chosen(self, signed_in, user):
        run, stranger = run_of(), person(UserFactory())
        person(user)
        response = signed_in.post(url("register_who", run.pk), {"who": stranger.pk})
        assert response.status_code == 422
        assert (
            signed_in.get(url("register_check", run.pk, stranger.pk)).status_code == 404
        )

    def test_a_missing_birth_date_is_asked_for_and_then_goes_on(self, signed_in, user):
        run, mother = run_of(min_age=60), person(user)
        response = signed_in.post(url("register_who", run.pk), {"who": mother.pk})
        assert response.url == url("register_details", run.pk, mother.pk)
        response = signed_in.post(
            response.url, {"name": mother.name, "born_on": "1950年3月8日"}
        )
        assert response.url == url("register_check", run.pk, mother.pk)

    def test_a_birth_date_that_does_not_fit_leads_back_to_the_reason(
        self, signed_in, user
    ):
        run, mother = run_of(min_age=60), person(user)
        response = signed_in.post(
            url("register_details", run.pk, mother.pk),
            {"name": mother.name, "born_on": "1999-03-08"},
        )
        assert response.url == url("register_who", run.pk)

    def test_it_costs_few_queries_however_large_the_family(
        self, signed_in, user, django_assert_max_num_queries
    ):
        run = run_of(max_active=2, min_age=1)
        for number in range(8):
            person(user, name="一二三四五六七八"[number])
        with django_assert_max_num_queries(20):
            signed_in.get(url("register_who", run.pk))


class TestPerson:
    def test_somebody_added_on_the_spot_goes_on_to_the_last_look(self, signed_in, user):
        run = run_of()
        response = signed_in.post(
            url("register_add_person", run.pk), {"relation": "self", "name": "陈静"}
        )
        assert response.url == url(
            "register_check", run.pk, households.self_of(user).pk
        )

    def test_only_what_the_run_looks_at_is_asked(self, signed_in):
        plain = signed_in.get(url("register_add_person", run_of().pk))
        assert "born_on" not in plain.context["form"].fields
        assert "residence" not in plain.context["form"].fields
        strict = run_of(min_age=60, residence=small_network().village)
        asked = signed_in.get(url("register_add_person", strict.pk)).context["form"]
        assert asked.fields["born_on"].required
        assert asked.fields["residence"].required

    def test_one_may_say_that_one_lives_in_the_village_itself(self, signed_in):
        net = small_network()
        form = signed_in.get(
            url("register_add_person", run_of(residence=net.village).pk)
        ).context["form"]
        offered = set(form.fields["residence"].queryset)
        assert {net.village.pk, net.sibling_village.pk, net.township.pk} <= {
            one.pk for one in offered
        }
        assert net.other_village.pk not in {one.pk for one in offered}

    def test_bad_input_is_kept_and_explained(self, signed_in):
        response = signed_in.post(
            url("register_add_person", run_of(min_age=60).pk),
            {"relation": "parent", "name": "王建平", "born_on": "56"},
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert 'value="王建平"' in page
        assert 'value="56"' in page
        assert 'href="#id_born_on"' in page


class TestCheck:
    def test_it_shows_who_what_and_when_and_registers(self, signed_in, user):
        run, mother = run_of(), person(user)
        here = url("register_check", run.pk, mother.pk)
        response = signed_in.get(here)
        assert "王秀兰" in response.content.decode()
        response = signed_in.post(here, check_data(response))
        registration = Registration.objects.get()
        assert response.url == url("my_registration", registration.pk)
        assert registration.status == RegistrationStatus.PLACED
        assert (registration.learner, registration.acted_by) == (mother, user)
        assert registration.channel == Channel.ONLINE

    def test_a_double_click_registers_once(self, signed_in, user):
        here = url("register_check", run_of().pk, person(user).pk)
        data = check_data(signed_in.get(here))
        answers = {signed_in.post(here, data).url for _ in range(2)}
        assert len(answers) == Registration.objects.count() == 1

    def test_a_relative_confirms_where_the_run_asks(self, signed_in, user):
        run = run_of(consent_from_age=60)
        mother = person(user, born_on=dt.date(1950, 1, 1))
        here = url("register_check", run.pk, mother.pk)
        page = signed_in.get(here)
        refused = signed_in.post(here, check_data(page, consented_by=" "))
        assert refused.status_code == 422
        assert "请填确认的家人的姓名。" in refused.content.decode()
        # the key stays, so that the corrected form is still one registration
        assert check_data(refused) == check_data(page)
        signed_in.post(here, check_data(page, consented_by="陈静"))
        assert Registration.objects.get().consented_by == "陈静"

    def test_who_is_too_young_to_need_it_is_not_asked(self, signed_in, user):
        run = run_of(consent_from_age=60)
        young = person(user, born_on=dt.date(1990, 1, 1))
        form = signed_in.get(url("register_check", run.pk, young.pk)).context["form"]
        assert "consented_by" not in form.fields

    def test_what_is_in_the_way_is_said_instead_of_the_button(self, signed_in, user):
        run = run_of(is_open=False, min_age=60)
        page = signed_in.get(
            url("register_check", run.pk, person(user).pk)
        ).content.decode()
        assert "这个活动现在不接受报名。" in page
        assert "请补上出生日期。" in page
        assert "确认报名" not in page

    def test_a_form_without_its_key_is_no_error_page(self, signed_in, user):
        here = url("register_check", run_of().pk, person(user).pk)
        assert signed_in.post(here, {}).status_code == 422

    def test_pages_of_one_person_are_kept_by_nobody(self, signed_in, user):
        run, mother = run_of(), person(user)
        for page in (
            url("register_who", run.pk),
            url("register_add_person", run.pk),
            url("register_check", run.pk, mother.pk),
        ):
            header = signed_in.get(page).headers["Cache-Control"]
            assert "private" in header
            assert "no-store" in header

    def test_other_methods_are_refused(self, signed_in, user):
        here = url("register_check", run_of().pk, person(user).pk)
        assert signed_in.put(here).status_code == 405


def test_a_rush_over_the_last_place_answers_with_the_waiting_list(signed_in, user):
    run, mother = run_of(capacity=1), person(user)
    here = url("register_check", run.pk, mother.pk)
    data = check_data(signed_in.get(here))
    other = RegistrationFactory(run=run, learner=LearnerFactory())
    response = signed_in.post(here, data, follow=True)
    other.refresh_from_db()
    assert other.status == RegistrationStatus.PLACED
    assert "候补第 1 位" in response.content.decode()


def test_a_mistyped_birth_date_can_be_put_right_on_the_way(signed_in, user):
    mother = person(user, born_on=dt.date(1990, 11, 8))
    run = run_of(min_age=55)
    who = signed_in.get(url("register_who", run.pk)).content.decode()
    details = url("register_details", run.pk, mother.pk)
    assert f'href="{details}"' in who
    assert "下一步" not in who
    assert f'href="{url("calendar")}">看别的活动' in who
    sent = {"name": mother.name, "born_on": "1954年11月8日"}
    changed = signed_in.post(details, sent)
    assert changed.headers["Location"] == url("register_check", run.pk, mother.pk)


def test_the_button_of_a_full_class_says_waiting_list(signed_in, user):
    mother = person(user)
    run = run_of(capacity=1, taken=1, waiting_capacity=5)
    last = signed_in.get(url("register_check", run.pk, mother.pk)).content.decode()
    assert "确认候补" in last and "确认报名" not in last


@pytest.mark.parametrize(
    ("taken", "told"), [(0, "马上告诉您报上了没有"), (1, "马上告诉您候补第几位")]
)
def test_the_last_step_says_what_one_will_be_told(signed_in, user, taken, told):
    mother = person(user)
    run = run_of(capacity=1, taken=taken, waiting_capacity=5)
    last = signed_in.get(url("register_check", run.pk, mother.pk)).content.decode()
    assert told in last
