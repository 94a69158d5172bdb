"""What has to be known before a claim is written, and no more."""

from activities.models import Run

# In a rush this is asked for every claim. Through the ORM it is two queries and more
# than twice the CPU, most of it spent on writing the statements.
_RUN_FOR = """
SELECT run.id, run.first_starts_at, run.consent_from_age
FROM activities_run run
JOIN wagtailcore_page page ON page.id = run.activity_id
JOIN learners_learneraccess access ON access.learner_id = %s AND access.user_id = %s
WHERE run.id = %s AND page.live
"""


def run_for(run_id: int, *, learner_id: int, account_id: int) -> Run | None:
    """The run, with the fields consent depends on; others are read when asked for.

    None unless its activity is published and the account acts for the learner.
    """
    found = Run.objects.raw(_RUN_FOR, [learner_id, account_id, run_id])
    return next(iter(found), None)
