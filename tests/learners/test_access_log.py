"""Who read whose registrations: only ever added to, read by administrators."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learners import access_log
from learners.models import AccessAct, AccessEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return access_log.record(UserFactory(username="li"), "export", "run:12", 30)


def test_an_entry_says_who_did_what_to_how_many(entry):
    entry.refresh_from_db()
    assert (entry.user.username, entry.act) == ("li", AccessAct.EXPORT)
    assert (entry.subject, entry.count) == ("run:12", 30)


def test_an_unknown_act_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="look"):
        access_log.record(UserFactory(), "look", "run:12", 1)


def test_an_entry_is_neither_changed_nor_removed(entry):
    entry.count = 0
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    assert AccessEntry.objects.get().count == 30


def test_administrators_read_the_log(client, entry, django_assert_num_queries):
    client.force_login(UserFactory(is_superuser=True))
    client.get("/admin/access-log/")
    with CaptureQueriesContext(connection) as one_row:
        client.get("/admin/access-log/")
    for number in range(15):
        user = UserFactory(username=f"editor-{number}")
        access_log.record(user, "read", "run:12", 1)
    with django_assert_num_queries(len(one_row)):
        response = client.get("/admin/access-log/")
    assert response.status_code == 200
    assert "run:12" in response.content.decode()


@pytest.mark.parametrize("path", ["new/", "edit/{}/", "delete/{}/", "copy/{}/"])
def test_nobody_changes_the_log_in_the_admin(client, entry, path):
    client.force_login(UserFactory(is_superuser=True))
    address = f"/admin/access-log/{path.format(entry.pk)}"
    assert client.post(address).status_code in (302, 403, 404)
    assert AccessEntry.objects.get().count == 30


def test_the_log_offers_no_button_to_add(client, entry):
    client.force_login(UserFactory(is_superuser=True))
    page = client.get("/admin/access-log/").content.decode()
    assert "/admin/access-log/new/" not in page
    assert f"/admin/access-log/edit/{entry.pk}/" not in page


def test_other_staff_do_not_see_the_log(client, entry):
    from django.contrib.auth.models import Permission

    editor = UserFactory()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert client.get("/admin/access-log/").status_code in (302, 403)
    assert "access-log" not in client.get("/admin/").content.decode()
