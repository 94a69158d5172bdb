import pytest
from django.urls import reverse

from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db


def test_an_activity_never_saved_can_be_looked_at_before_it_is(client):
    village = small_network().village
    client.force_login(UserFactory(is_superuser=True))
    form = client.get(
        reverse(
            "wagtailadmin_pages:add", args=["activities", "activitypage", village.pk]
        )
    ).context["form"]
    values = {
        name: bound.value() if bound.value() is not None else ""
        for name, bound in ((field.html_name, field) for field in form)
    }
    values |= {
        "title": "毛线编织班",
        "slug": "mao-xian",
        "theme": "skills",
        "starts_at": "2027-03-02 09:30",
    }
    for stream in ("body", "teachers", "schedule_changes"):
        values[f"{stream}-count"] = "0"
        values.pop(stream, None)
    address = reverse(
        "wagtailadmin_pages:preview_on_add",
        args=["activities", "activitypage", village.pk],
    )
    answer = client.post(address, values)
    assert answer.json() == {"is_valid": True, "is_available": True}
    page = client.get(address, {"in_preview_panel": "true"})
    assert page.status_code == 200
    assert "毛线编织班" in page.content.decode()
