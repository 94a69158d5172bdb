"""A rush in which a worker and the database are killed: nobody is lost or doubled.

Two hundred clients register over HTTP at gunicorn and a PostgreSQL of their own. Like
a browser whose page did not come, each sends the same form again until it has an
answer.
"""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from bench import rush
from bench.measure import ROOT
from tests import services
from tests.factories import small_network

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

CLIENTS, EACH = 200, 2
PEOPLE = CLIENTS * EACH
# answers after which a worker is killed, and the database
WORKER_AT, DATABASE_AT = PEOPLE // 6, PEOPLE // 3
# seconds: the database stays away, a client gives up
AWAY, PATIENCE = 1.0, 60
RESULT = re.compile(r"/my/(\d+)/")
_SWEEP = "from activities.allocation import sweep; sweep()"


@pytest.fixture
def people():
    """Written where the tests write, and copied from there: migrating takes longer."""
    small_network()
    return rush.add_people(PEOPLE, "killed")


@pytest.fixture
def run(people):
    return rush.add_run(1)


@pytest.fixture
def database(run):
    """A cluster that may be killed, with all that this test's database holds."""
    cluster = services.Cluster(fsync=True)
    try:
        cluster.start()
        source = {**connection.settings_dict}
        address = f"postgres://postgres@127.0.0.1:{source['PORT']}/{source['NAME']}"
        dump = subprocess.run(
            [cluster.bin_dir / "pg_dump", address], check=True, capture_output=True
        ).stdout
        subprocess.run(
            [cluster.bin_dir / "psql", "-q", "-v", "ON_ERROR_STOP=1", cluster.url],
            input=dump,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def server(database, monkeypatch):
    """(address, process id) of gunicorn; it knows the sessions this process made."""
    for name in ("SECRET_KEY", "FIELD_HASH_KEY"):
        monkeypatch.setenv(name, getattr(settings, name))
    keys = ",".join(settings.FIELD_ENCRYPTION_KEYS)
    monkeypatch.setenv("FIELD_ENCRYPTION_KEYS", keys)
    monkeypatch.setenv("LOG_LEVEL", "CRITICAL")
    with rush.server(database.url) as (address, pid):
        yield address, pid


class Client:
    """Registers some people one after another and counts what had to be repeated."""

    def __init__(self, address: str, run, people):
        self.address, self.run, self.people = address, run, people
        self.answers: dict[int, int] = {}
        self.repeated = 0

    def __call__(self) -> None:
        for learner, session in self.people:
            self.answers[learner] = self._insist(learner, session)

    def _insist(self, learner: int, session: str) -> int:
        """The number of the registration the site answered with."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, location = self._send(learner, session)
                found = RESULT.fullmatch(location)
                if status == 302 and found:
                    return int(found[1])
                assert status >= 500, f"{status} {location}"
            self.repeated += 1
            time.sleep(0.3)
        raise AssertionError(f"no answer for {learner}")

    def _send(self, learner: int, session: str) -> tuple[int, str]:
        line = rush.request_line(
            f"/register/{self.run.pk}/for/{learner}/", session, f"&key=k{learner}"
        )
        path, cookie, body = line.split("\t")
        type_of_form = "application/x-www-form-urlencoded"
        headers = {"Cookie": cookie, "Content-Type": type_of_form}
        host = http.client.HTTPConnection(self.address, timeout=15)
        try:
            host.request("POST", path, body, headers)
            answer = host.getresponse()
            return answer.status, answer.headers.get("Location", "")
        finally:
            host.close()


def all_at_once(clients: list[Client], meanwhile) -> None:
    """Every client in a thread; `meanwhile` runs beside them. Raises what they do."""
    gate = threading.Barrier(len(clients) + 1)

    def begin(client):
        gate.wait()
        client()

    with ThreadPoolExecutor(len(clients)) as threads:
        running = [threads.submit(begin, client) for client in clients]
        gate.wait()
        meanwhile()
        for one in running:
            one.result()


def answers(clients: list[Client]) -> int:
    return sum(len(client.answers) for client in clients)


def kill_both(clients: list[Client], database, master: int) -> None:
    """In the middle of the rush, however fast this machine is."""
    _wait_for_answers(clients, WORKER_AT)
    os.kill(services.children_of(master)[0], signal.SIGKILL)
    _wait_for_answers(clients, DATABASE_AT)
    database.kill()
    time.sleep(AWAY)
    database.start()


def _wait_for_answers(clients: list[Client], count: int) -> None:
    end = time.monotonic() + PATIENCE
    while answers(clients) < count and time.monotonic() < end:
        time.sleep(0.01)
    assert count <= answers(clients) < PEOPLE


def sweep(database) -> None:
    """What the worker does once a minute, on the cluster of this test."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", _SWEEP],
        check=True,
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        },
    )


class Truth:
    """What the database says about the run, past every cache and connection."""

    def __init__(self, url: str, run):
        with psycopg.connect(url) as connection:
            self.rows = connection.execute(
                "SELECT id, learner_id, status FROM activities_registration"
                " WHERE run_id = %s ORDER BY id",
                [run.pk],
            ).fetchall()
            self.taken, self.waiting, self.capacity = connection.execute(
                "SELECT taken, waiting, capacity FROM activities_run WHERE id = %s",
                [run.pk],
            ).fetchone()
            (self.events,) = connection.execute(
                "SELECT count(*) FROM activities_registrationevent"
            ).fetchone()

    def of_status(self, status: str) -> list[int]:
        return [pk for pk, _learner, found in self.rows if found == status]


def test_killing_a_worker_and_the_database_in_a_rush_loses_and_doubles_nobody(
    people, run, database, server
):
    address, master = server
    clients = [Client(address, run, people[n::CLIENTS]) for n in range(CLIENTS)]
    before = set(services.children_of(master))

    all_at_once(clients, lambda: kill_both(clients, database, master))

    # it was felt, and gunicorn went on by itself: one worker new, one as before
    assert sum(client.repeated for client in clients) > 0
    workers = set(services.children_of(master))
    assert (len(workers), len(workers & before)) == (2, 1)
    sweep(database)
    truth = Truth(database.url, run)
    answered = {
        learner: pk for client in clients for learner, pk in client.answers.items()
    }
    assert len(answered) == PEOPLE
    # every answer is a row, every row an answer: nobody lost, nobody doubled
    assert answered == {learner: pk for pk, learner, _status in truth.rows}
    assert len(truth.rows) == PEOPLE
    # nobody undecided, nobody oversold, nobody refused while there is room
    placed, waiting = truth.of_status("placed"), truth.of_status("waiting")
    assert len(placed) == truth.taken == truth.capacity
    assert len(waiting) == truth.waiting == PEOPLE - truth.capacity
    assert truth.events == PEOPLE
