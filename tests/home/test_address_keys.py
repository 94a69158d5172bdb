"""Whatever number an address holds, the answer is a page and never an error."""

import pytest

from learners import households
from learners.models import Relation
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db
NUMBERS = ["0", "9" * 9, "9" * 12, "9" * 18, "9" * 19, "9" * 30]

PUBLIC = [
    "/place/set/{}/",
    "/courses/{}/",
    "/register/{}/",
    "/register/{}/who/",
    "/my/{}/",
    "/my/family/{}/",
    "/feeds/node/{}.ics",
    "/feeds/node/{}/civic.ics",
    "/feeds/activity/{}.ics",
    "/feeds/session/{}.ics",
    "/feeds/mine/{}.ics",
    "/admin/activities/{}/roster/",
]
QUERIES = [
    "/places/?under={}",
    "/places/?q=x&page={}",
    "/place/?under={}",
    "/calendar/?place={}",
    "/calendar/?from={}&to={}",
    "/calendar/?page={}",
    "/calendar/?cursor={}&after={}",
    "/calendar/month/?month={}",
    "/calendar/week/?week={}",
    "/search/?q=x&page={}",
    "/search/?q=x&place={}",
    "/subscribe/?place={}",
    "/subscribe/?activity={}",
    "/courses/?page={}",
    "/styles/?page={}",
]


@pytest.fixture(autouse=True)
def real_page(client):
    client.raise_request_exception = False


def asked(client, address, number):
    return client.get(address.replace("{}", number)).status_code


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("address", PUBLIC)
def test_a_key_that_nothing_has_is_not_found(client, address, number):
    client.force_login(UserFactory(is_superuser=True))
    assert asked(client, address, number) == 404


@pytest.mark.parametrize("number", [*NUMBERS, "-1", "9" * 5000])
@pytest.mark.parametrize("address", QUERIES)
def test_a_number_that_means_nothing_is_no_error(client, address, number):
    small_network()
    assert asked(client, address, number) == 200


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("action", ["new", "revoke"])
def test_a_calendar_of_nobody_is_not_found(client, action, number):
    client.force_login(UserFactory())
    response = client.post(f"/my/calendar/{number}/{action}/")
    assert response.status_code == 404


@pytest.mark.parametrize("number", NUMBERS)
def test_a_person_of_nobody_is_not_found(client, number):
    account = UserFactory()
    client.force_login(account)
    households.add(account, "王秀兰", Relation.PARENT)
    response = client.post(f"/my/family/{number}/remove/")
    assert response.status_code == 404
