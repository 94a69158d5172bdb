"""A rush on one run over HTTP, beside the same stack with a POST that does nothing.

The house bars, at 100 connections: 70 % of the rate of the empty POST, the CPU of
two of it, p99 300 ms, 300 places gone in 2 s, nothing oversold, lost or doubled.
"""

import shutil
import sys
import time
from pathlib import Path

from bench import bare, rush
from bench.measure import ROOT, show, site

CONNECTIONS = (1, 20, 100)
SECONDS = 8
PEOPLE = 8_000
SETTLING = 2


def main() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed (apt: wrk)")
    with site("postgresql") as url:
        from django.core.management import call_command

        source = str(ROOT / "home" / "demo" / "jiujiang_divisions.csv")
        call_command("import_network", source, verbosity=0)
        # others for each of the two: a session once read stays in the cache
        idle, people = rush.add_people(PEOPLE, "idle"), rush.add_people(PEOPLE, "busy")
        runs = [rush.add_run(number) for number in range(len(CONNECTIONS))]
        processes = [_server_process()]
        with rush.server(url) as (address, pid):
            processes.append(pid)
            _warm_up(address, idle, people)
            for connections, run in zip(CONNECTIONS, runs, strict=True):
                empty = [
                    rush.request_line("/bench/empty/", session) for _pk, session in idle
                ]
                nothing = _measured(address, processes, empty, connections, "empty")
                claims = _claims(run, people)
                seen = _measured(address, processes, claims, connections, "register")
                _compare(connections, nothing, seen)
                _check(run, seen["answers"])
        bare.measure(url, rush.add_run(len(CONNECTIONS)), CONNECTIONS)


def _server_process() -> int:
    """The process id of the database server."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        (folder,) = cursor.fetchone()
    return int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])


def _claims(run, people) -> list[str]:
    return [
        rush.request_line(
            f"/register/{run.pk}/for/{learner}/", session, f"&key=b-{run.pk}-{learner}"
        )
        for learner, session in people
    ]


def _warm_up(address: str, idle, people) -> None:
    """What a process does once is not what a request costs."""
    lines = [
        rush.request_line("/bench/empty/", session) for _pk, session in idle[-200:]
    ]
    lines += _claims(rush.add_run(99), people[-200:])
    rush.post(address, lines, connections=8, seconds=2)


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


def _compare(connections: int, nothing: dict, seen: dict) -> None:
    show(
        f"{connections}: registration / empty POST",
        rate=seen["rate"] / nothing["rate"],
        cpu=seen["cpu"] / nothing["cpu"],
    )


def _check(run, answers: list[str]) -> None:
    """The truth in the database: nothing oversold, lost, doubled or undecided."""
    from activities.allocation import sweep
    from activities.models import Registration, Run
    from activities.states import RegistrationStatus

    # wrk leaves when its time is over, and requests under way are still answered
    time.sleep(SETTLING)
    rows = Registration.objects.filter(run=run)
    pending = rows.filter(status=RegistrationStatus.PENDING)
    left_over = pending.count()
    sweep()
    promised = {_registration(answer) for answer in answers}
    stored = set(rows.values_list("pk", flat=True))
    placed = rows.filter(status=RegistrationStatus.PLACED)
    run = Run.objects.get(pk=run.pk)
    show(
        "   rows of this run",
        answered=len(answers),
        lost=len(promised - stored),
        doubled=rows.count() - rows.values("learner").distinct().count(),
        oversold=max(0, placed.count() - run.capacity),
        miscounted=abs(placed.count() - run.taken),
        left_to_the_sweep=left_over,
        undecided=pending.count(),
    )
    if placed.count() == run.capacity:
        first = rows.earliest("created_at").created_at
        gone = placed.latest("decided_at").decided_at - first
        show("   all places gone", seconds=gone.total_seconds())


def _registration(answer: str) -> int | None:
    """The number in "302 /my/17/"; None, which no row has, for another answer."""
    status, _space, address = answer.partition(" ")
    number = address.strip("/").removeprefix("my/")
    return int(number) if status == "302" and number.isdigit() else None


if __name__ == "__main__":
    main()
