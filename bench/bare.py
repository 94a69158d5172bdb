"""The statements of one registration alone, by pgbench: what the database could do.

Each transaction decides its own claim; the site decides many in one.
"""

import subprocess
import tempfile

from bench.measure import show

SECONDS = 5
# Learners of each client: an active registration is one per learner and run.
EACH = 60

SCRIPT = """\
\\set learner {first} + :client_id * {each} + random(0, {each} - 1)
INSERT INTO activities_registration
  (run_id, learner_id, status, channel, consented_by, refusals, idempotency_key,
   created_at)
VALUES ({run}, :learner, 'pending', 'online', '', '[]', gen_random_uuid()::text, now())
RETURNING id AS claim \\gset
BEGIN;
SELECT * FROM activities_run WHERE id = {run} FOR NO KEY UPDATE;
SELECT * FROM activities_registration claim
  JOIN learners_learner learner ON learner.id = claim.learner_id
  WHERE claim.id = :claim;
UPDATE activities_registration SET status = 'refused', decided_at = now()
  WHERE id = :claim;
INSERT INTO activities_registrationevent
  (registration_id, status, channel, reason, at)
VALUES (:claim, 'refused', 'online', '', now());
SELECT scope FROM activities_feedversion WHERE scope = 'learner:' || :learner;
INSERT INTO django_tasks_database_dbtaskresult
  (id, status, enqueued_at, args_kwargs, priority, task_path, worker_ids, queue_name,
   backend_name, run_after, exception_class_path, traceback)
VALUES (gen_random_uuid(), 'READY', now(), '{{}}', 0, 'bench', '[]', 'bench', 'default',
   '9999-01-01', '', '');
UPDATE activities_run SET waiting = waiting + 1 WHERE id = {run};
COMMIT;
"""


def measure(url: str, run, connections: tuple[int, ...]) -> None:
    from learners.models import Learner

    first = Learner.objects.earliest("pk").pk
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT.format(run=run.pk, first=first, each=EACH))
        script.flush()
        for clients in connections:
            show(
                f"{clients}: the bare statements",
                per_second=_rate(script, clients, url),
            )


def _rate(script, clients: int, url: str) -> float:
    output = subprocess.run(
        ["pgbench", "-n", "-f", script.name, "-T", str(SECONDS), "-j2",
         "-c", str(clients), url],
        check=True,
        capture_output=True,
        text=True,
    ).stdout  # fmt: skip
    rate = next(line for line in output.splitlines() if line.startswith("tps ="))
    return float(rate.split()[2])
