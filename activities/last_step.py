"""The claim of a rush: looked up, permitted and written in one statement."""

from django.db import connection
from django.utils import timezone

from activities.states import Channel, RegistrationStatus

# Thousands of times in one minute. Through the ORM it is three statements and three
# times the CPU; what it repeats, who acts for a learner and what is published, is
# compared with the ORM's answer in tests/activities/test_registration_last_step.py.
_CLAIM = """
INSERT INTO activities_registration
    (run_id, learner_id, acted_by_id, status, channel, consented_by,
     override_reason, refusals, idempotency_key, created_at)
SELECT run.id, %s, %s, %s, %s, '', '', '[]', %s, %s
FROM activities_run run
WHERE run.id = %s AND run.consent_from_age IS NULL
    AND (SELECT live FROM wagtailcore_page WHERE id = run.activity_id)
    AND EXISTS (SELECT 1 FROM learners_learneraccess
                WHERE learner_id = %s AND user_id = %s)
ON CONFLICT DO NOTHING
RETURNING id
"""


def claim(
    run_id: int, *, learner_id: int, account_id: int, idempotency_key: str
) -> int | None:
    """The primary key of a new claim of an account for one of its household.

    None, and nothing written, where more has to be known first: the activity is not
    published, the learner is not of the household, a relative may have to consent,
    or there is a claim with this key or an active one already.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            [
                learner_id,
                account_id,
                RegistrationStatus.PENDING.value,
                Channel.ONLINE.value,
                idempotency_key,
                now,
                run_id,
                learner_id,
                account_id,
            ],
        )
        found = cursor.fetchone()
    return found[0] if found else None
