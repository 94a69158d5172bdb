"""A rush on one run over HTTP, beside the same stack with a POST that does nothing."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import rush
from bench.measure import ROOT, show, site

CONNECTIONS = (1, 20, 100)
SECONDS = 8
PEOPLE = 6_000


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (apt: wrk)")
    with site("postgresql") as url:
        from django.core.management import call_command

        source = str(ROOT / "home" / "demo" / "jiujiang_divisions.csv")
        call_command("import_network", source, verbosity=0)
        people = rush.add_people(PEOPLE)
        runs = [rush.add_run(number) for number in range(len(CONNECTIONS))]
        database = _server_process(url)
        with rush.server(url) as (address, pid):
            for connections, run in zip(CONNECTIONS, runs, strict=True):
                _compare(address, (pid, database), people, run, connections)
        _pgbench(url, runs)


def _server_process(url: str) -> int:
    """The process id of the database server behind `url`."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        (folder,) = cursor.fetchone()
    return int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])


def _compare(address, processes, people, run, connections: int) -> None:
    empty = [
        rush.request_line("/bench/empty/", session, "") for _learner, session in people
    ]
    real = [
        rush.request_line(
            f"/register/{run.pk}/for/{learner}/",
            session,
            f"key=bench-{run.pk}-{learner}",
        )
        for learner, session in people
    ]
    nothing = _measured(address, processes, empty, connections, "empty POST")
    registering = _measured(address, processes, real, connections, "registration")
    show(
        f"{connections}: ratio registration / empty POST",
        rate=registering["rate"] / nothing["rate"],
        cpu=registering["cpu"] / nothing["cpu"],
    )
    _report(run, registering["requests"])


def _measured(address, processes, lines, connections: int, words: str) -> dict:
    before = rush.cpu_seconds(*processes)
    seen = rush.post(address, lines, connections=connections, seconds=SECONDS)
    spent = rush.cpu_seconds(*processes) - before
    seen["rate"] = seen["requests"] / seen["seconds"]
    seen["cpu"] = spent / max(1, seen["requests"])
    show(
        f"{connections}: {words}",
        per_second=seen["rate"],
        p50=seen["p50"],
        p95=seen["p95"],
        p99=seen["p99"],
        cpu_ms=seen["cpu"] * 1000,
        errors=seen["errors"],
    )
    return seen


def _report(run, requests: int) -> None:
    """The truth in the database: nothing oversold, lost or doubled."""
    from activities.models import Registration, Run
    from activities.states import RegistrationStatus

    rows = Registration.objects.filter(run=run)
    stored = Run.objects.get(pk=run.pk)
    placed = rows.filter(status=RegistrationStatus.PLACED).count()
    show(
        "   rows of this run",
        answered=requests,
        written=rows.count(),
        learners=rows.values("learner").distinct().count(),
        placed=placed,
        capacity=stored.capacity,
        undecided=rows.filter(status=RegistrationStatus.PENDING).count(),
    )
    if placed >= stored.capacity:
        show("   seconds until all places were gone", seconds=_until_full(rows))


def _until_full(rows) -> float:
    from activities.states import RegistrationStatus

    placed = rows.filter(status=RegistrationStatus.PLACED)
    first = rows.earliest("created_at").created_at
    return (placed.latest("decided_at").decided_at - first).total_seconds()


# the claim and what the allocator writes, as bare statements
PGBENCH = """\
\\set learner random(1, {people})
BEGIN;
INSERT INTO activities_registration
  (run_id, learner_id, status, channel, consented_by, refusals, idempotency_key,
   created_at)
VALUES ({run}, {first} + :learner - 1, 'withdrawn', 'online', '', '[]',
        gen_random_uuid()::text, now());
COMMIT;
BEGIN;
SELECT id, taken FROM activities_run WHERE id = {run} FOR NO KEY UPDATE;
INSERT INTO activities_registrationevent
  (registration_id, status, channel, reason, at)
VALUES (currval('activities_registration_id_seq'), 'placed', 'online', '', now());
UPDATE activities_registration SET decided_at = now()
  WHERE id = currval('activities_registration_id_seq');
UPDATE activities_run SET waiting = waiting + 1 WHERE id = {run};
COMMIT;
"""


def _pgbench(url: str, runs) -> None:
    from learners.models import Learner

    first = Learner.objects.order_by("pk").first().pk
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(PGBENCH.format(run=runs[0].pk, first=first, people=PEOPLE))
        script.flush()
        for connections in CONNECTIONS:
            output = subprocess.run(
                ["pgbench", "-n", "-f", script.name, "-T", "5", "-j2",
                 "-c", str(connections), url],
                check=True,
                capture_output=True,
                text=True,
            ).stdout  # fmt: skip
            rate = next(line for line in output.splitlines() if line[:5] == "tps =")
            show(
                f"{connections}: pgbench, the same statements",
                per_second=float(rate.split()[2]),
            )


if __name__ == "__main__":
    main()
