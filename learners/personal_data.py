"""Everything the site holds on an account and its household (个人信息保护法 art. 45).

Read from the models themselves: a table that a later app hangs on a learner or an
account is in the download without anybody remembering to add it.
"""

from allauth.account.models import EmailAddress
from django.db import models

from learners import households
from learners.models import AccessEntry, Learner, User

# Keys and hashes protect the person; her own copy would only be one more to lose.
SECRET = {
    "password",
    "phone_hash",
    "idempotency_key",
    "token_hash",
    "seed",
    "data",
    "key",
}


def collect(user: User) -> dict:
    """Plain values ready for JSON; times are ISO 8601 in UTC."""
    return {
        "account": {
            **_fields(user),
            "emails": _related_rows(user, only={EmailAddress}),
            "other": _related_rows(user, without={EmailAddress, AccessEntry}),
        },
        "household": [_person(one) for one in households.learners_of(user)],
    }


def _person(learner: Learner) -> dict:
    return {
        "relation": learner.relation,
        **_fields(learner),
        "records": _related_rows(learner),
    }


def _related_rows(instance, only=None, without=frozenset()) -> dict | list:
    """{"app.model": [row, …]} of the rows that point at `instance`, two deep."""
    found = {}
    for relation in instance._meta.related_objects:
        model = relation.related_model
        if model in without or (only is not None and model not in only):
            continue
        rows = model._base_manager.filter(**{relation.field.name: instance})
        if listed := [_row(row) for row in rows.order_by("pk")]:
            found.setdefault(model._meta.label_lower, []).extend(listed)
    return found


def _row(row) -> dict:
    events = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE:
            rows = relation.related_model._base_manager.filter(
                **{relation.field.name: row}
            )
            if listed := [_fields(one) for one in rows.order_by("pk")]:
                events[relation.related_model._meta.label_lower] = listed
    return {**_fields(row), **events}


def _fields(instance) -> dict:
    return {
        field.name: _plain(field, instance)
        for field in instance._meta.concrete_fields
        if field.name not in SECRET
    }


def _plain(field, instance):
    value = field.value_from_object(instance)
    if field.is_relation and value is not None:
        # other people's accounts are a number here, never their name
        is_person = issubclass(field.related_model, (User, Learner))
        return value if is_person else str(getattr(instance, field.name))
    return value
