"""No name, phone, e-mail or code of anybody reaches a log."""

import logging

import pytest

from tests.learners.conftest import PHONE

pytestmark = pytest.mark.django_db


def test_a_whole_visit_leaves_nothing_personal_in_the_logs(
    client, ask_for_code, last_code, caplog
):
    caplog.set_level(logging.DEBUG)
    ask_for_code(PHONE)
    code = last_code()
    wrong = "000000" if code != "000000" else "111111"
    client.post("/accounts/login/code/confirm/", {"code": wrong})
    client.post("/accounts/login/code/confirm/", {"code": code})
    client.post(
        "/my/family/add/",
        {"relation": "parent", "name": "王秀兰", "born_on": "1956-03-08"},
    )
    client.post("/accounts/email/", {"email": "wang@example.cn", "action_add": ""})
    client.get("/my/account/data/")
    client.post("/accounts/logout/")
    client.post("/accounts/login/password/", {"login": PHONE, "password": "secret-9"})
    written = [
        record.getMessage()
        for record in caplog.records
        # the test's own view of SQL; the setting of every site leaves it off
        if not record.name.startswith(("django.db", "django.template"))
    ]
    assert any("/my/family/add/" in line for line in written)
    for secret in (PHONE, "139 1111", "王秀兰", "1956", "wang@", code, "secret-9"):
        assert not [line for line in written if secret in line]
