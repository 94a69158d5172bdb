"""A household filled in another tab between the check and the writing."""

import pytest
from django.urls import reverse

from learners import households
from learners.household_forms import PersonForm
from learners.models import Learner, LearnerAccess, Relation
from tests.factories import LearnerFactory, RunFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSON = {"relation": Relation.OTHER, "name": "又一位"}


@pytest.fixture
def signed_in(client, monkeypatch):
    """Whose household looks free to the form, and is not once its lock is had."""
    user = UserFactory()
    for number in range(households.MOST_PEOPLE):
        learner = LearnerFactory(name=f"家人{number}")
        LearnerAccess.objects.create(
            user=user, learner=learner, relation=Relation.OTHER
        )
    monkeypatch.setattr(PersonForm, "_is_full", lambda form: False)
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("name", "status"), [("add_family_member", 200), ("register_add_person", 422)]
)
def test_it_is_told_in_the_form_with_what_was_typed(signed_in, name, status):
    args = [RunFactory().pk] if name == "register_add_person" else []
    response = signed_in.post(reverse(name, args=args), PERSON)
    page = response.content.decode()
    assert response.status_code == status
    assert "最多登记 12 个人" in page
    assert 'value="又一位"' in page
    assert Learner.objects.count() == households.MOST_PEOPLE
