"""Whoever may GET a page may ask for its head: link checkers and caches do."""

import pytest

from tests.factories import RunFactory, UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/places/",
        "/place/",
        "/place/forget/",
        "/calendar/",
        "/calendar/month/",
        "/calendar/week/",
        "/search/?q=x",
        "/search/suggest/?q=x",
        "/subscribe/",
        "/courses/",
        "/feeds/city.ics",
        "/register/{run}/",
        "/my/",
        "/my/family/",
        "/my/account/",
        "/my/account/data/",
    ],
)
def test_a_page_that_is_read_answers_head_as_it_answers_get(client, path):
    small_network()
    client.force_login(UserFactory())
    path = path.replace("{run}", str(RunFactory().pk))
    head = client.head(path)
    assert head.status_code == client.get(path).status_code
    assert head.status_code in (200, 302)
    assert head.content == b""
