"""我和家人: the pages and the form that registration shows too."""

import datetime as dt

import pytest
from django.db.models import ProtectedError

from home.models import NetworkNodePage
from learners import households
from learners.household_forms import PersonForm
from learners.models import Learner, LearnerAccess, Relation
from tests.factories import LearnerFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db

FAMILY = "/my/family/"
ADD = "/my/family/add/"


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def mother(user):
    return households.add(user, "王秀兰", Relation.PARENT, dt.date(1956, 3, 8))


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", [FAMILY, ADD, "/my/family/1/", "/my/account/"])
def test_strangers_are_asked_to_sign_in_and_come_back(client, path):
    assert client.get(path).url == f"/accounts/login/?next={path}"


def test_an_empty_household_says_what_to_do(client, user):
    assert "先把自己或家人添上" in text(client.get(FAMILY))


def test_a_person_is_added_and_listed(client, user):
    small_network()
    data = {"relation": "parent", "name": "王秀兰", "born_on": "1956年3月8日"}
    response = client.post(ADD, data, follow=True)
    assert response.redirect_chain == [(FAMILY, 302)]
    assert "王秀兰" in text(response)
    assert "1956 年生" in text(response)
    assert Learner.objects.get().born_on == dt.date(1956, 3, 8)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "请填姓名"),
        ("name", "王3", "姓名里只能有文字"),
        ("relation", "", "请选一选是您的什么人"),
        ("born_on", "56", "这个日期看不懂"),
        ("born_on", "2999-01-01", "出生日期还没到"),
        ("phone", "123", "请写 11 位手机号"),
        ("residence", "999999", "请在列表里选一个地方"),
    ],
)
def test_mistakes_are_explained_and_nothing_typed_is_lost(
    client, user, field, value, sentence
):
    good = {"relation": "parent", "name": "王秀兰", "born_on": "1956-03-08"}
    page = text(client.post(ADD, {**good, field: value}))
    assert page.count(sentence) == 2
    assert 'role="alert"' in page
    assert f'href="#id_{field}' in page
    for name in {"name", "born_on"} - {field}:
        assert f'value="{good[name]}"' in page
    if field in ("name", "born_on", "phone") and value:
        assert f'value="{value}"' in page
    assert not Learner.objects.exists()


def test_a_person_is_changed(client, user, mother):
    page = text(client.get(f"{FAMILY}{mother.pk}/"))
    assert 'value="1956-03-08"' in page
    client.post(f"{FAMILY}{mother.pk}/", {"name": "王秀蓝", "born_on": "19560309"})
    mother.refresh_from_db()
    assert (mother.name, mother.born_on) == ("王秀蓝", dt.date(1956, 3, 9))


def test_a_page_opened_before_another_change_overwrites_nothing(client, user, mother):
    url = f"{FAMILY}{mother.pk}/"
    shown = client.get(url).context["form"]
    sent = {"seen": shown["seen"].value(), "born_on": "1956-03-08", "phone": ""}
    households.change(mother, name="王秀莲")
    answer = client.post(url, sent | {"name": "王秀兰", "phone": "13900000000"})
    assert "别人改过这个人的信息。现在写着：姓名：王秀莲；" in text(answer)
    assert 'value="13900000000"' in text(answer)
    mother.refresh_from_db()
    assert (mother.name, mother.phone) == ("王秀莲", "")


def test_a_person_is_removed(client, user, mother):
    response = client.post(f"{FAMILY}{mother.pk}/remove/", follow=True)
    assert "移除了：王秀兰" in text(response)
    assert not Learner.objects.exists()


def test_somebody_with_registrations_stays_and_the_page_says_why(
    client, user, mother, monkeypatch
):
    def protected(self):
        raise ProtectedError("registrations", set())

    monkeypatch.setattr(Learner, "delete", protected)
    response = client.post(f"{FAMILY}{mother.pk}/remove/", follow=True)
    assert "有报名记录，不能移除" in text(response)
    assert Learner.objects.filter(pk=mother.pk).exists()


@pytest.mark.parametrize("path", ["/my/family/{}/", "/my/family/{}/remove/"])
def test_people_of_other_accounts_are_not_found(client, user, path):
    stranger = households.add(UserFactory(), "别人", Relation.SELF)
    address = path.format(stranger.pk)
    assert client.post(address, {"name": "改名"}).status_code == 404
    assert Learner.objects.get().name == "别人"


def test_removing_is_a_post(client, user, mother):
    assert client.get(f"{FAMILY}{mother.pk}/remove/").status_code == 405


def test_the_pages_stay_with_the_person(client, user, mother):
    for path in (FAMILY, ADD, f"{FAMILY}{mother.pk}/", "/my/account/"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_long_list_costs_no_more_queries(client, user, django_assert_max_num_queries):
    net = small_network()
    for number in range(12):
        households.add(user, f"家人{number}", Relation.OTHER, None, "", net.village)
    client.get(FAMILY)
    with django_assert_max_num_queries(6):
        client.get(FAMILY)


# --- The form elsewhere ---------------------------------------------------------------


def test_the_form_asks_only_for_what_is_needed(user):
    assert set(PersonForm(user=user, ask=()).fields) == {"relation", "name", "phone"}
    form = PersonForm(user=user, ask=("born_on",))
    assert form.fields["born_on"].required
    assert "residence" not in form.fields


def test_a_needed_date_must_be_given(user):
    form = PersonForm({"relation": "self", "name": "陈静"}, user=user)
    assert form.errors == {"born_on": ["请填出生日期。"]}


def test_oneself_is_offered_until_known(user):
    def offered():
        return [value for value, _ in PersonForm(user=user).fields["relation"].choices]

    assert "self" in offered()
    households.add(user, "陈静", Relation.SELF)
    assert "self" not in offered()


def test_townships_are_offered_by_county(user):
    net = small_network()
    form = PersonForm(user=user, ask=("residence",))
    groups = dict(form.fields["residence"].choices[1:])
    assert groups[net.county.short_name] == [(net.township.pk, net.township.short_name)]


def test_other_places_can_be_offered(user):
    net = small_network()
    places = NetworkNodePage.objects.filter(pk=net.village.pk)
    form = PersonForm(
        {"relation": "self", "name": "陈静", "residence": net.village.pk},
        user=user,
        ask=("residence",),
        places=places,
    )
    assert form.is_valid(), form.errors
    assert form.save().residence.pk == net.village.pk


def test_a_full_household_is_told_in_the_form(user):
    for number in range(households.MOST_PEOPLE):
        learner = LearnerFactory(name=f"家人{number}")
        LearnerAccess.objects.create(
            user=user, learner=learner, relation=Relation.OTHER
        )
    form = PersonForm({"relation": "other", "name": "又一位"}, user=user, ask=())
    assert "教学点" in form.non_field_errors()[0]


def test_saving_the_form_again_makes_nobody_twice(user):
    data = {"relation": "parent", "name": "王秀兰", "born_on": "1956-03-08"}
    saved = []
    for _click in range(2):
        form = PersonForm(data, user=user)
        assert form.is_valid()
        saved.append(form.save().pk)
    assert saved[0] == saved[1]
