"""The worker's minute: ticks, and tasks whose worker was killed."""

import datetime as dt
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home import reaper, ticks
from home.management.commands import worker


@pytest.fixture
def registered(monkeypatch):
    """An empty register of ticks."""
    monkeypatch.setattr(ticks, "_TICKS", {})


@pytest.mark.django_db
class TestTicks:
    def test_every_tick_runs(self, registered):
        ran = []
        ticks.tick(lambda: ran.append("one"))

        @ticks.tick
        def two():
            ran.append("two")

        assert ticks.run_all() == []
        assert ran == ["one", "two"]

    def test_one_that_fails_stops_no_other(self, registered):
        ran = []

        @ticks.tick
        def failing():
            raise ValueError("broken")

        @ticks.tick
        def other():
            ran.append("other")

        assert len(ticks.run_all()) == 1
        assert ran == ["other"]

    def test_registering_twice_runs_once(self, registered):
        ran = []

        def again():
            ran.append(1)

        ticks.tick(again)
        ticks.tick(again)
        ticks.run_all()
        assert ran == [1]

    def test_the_project_s_own_are_there(self):
        assert {"home.reaper.reap", "activities.allocation.sweep"} <= set(ticks._TICKS)


def running(worker_ids, *, since=dt.timedelta(seconds=5)) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [[]], "kwargs": {}},
        task_path="activities.notices.tell_session_changed",
        queue_name="notices",
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now() - since,
        worker_ids=worker_ids,
    )


def gone() -> str:
    """The name a worker had whose process has ended."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = reaper._started(process.pid)
    process.communicate()
    return f"{socket.gethostname()[:20]}/{process.pid}/{began}/notices/abcdef"


@pytest.mark.django_db
class TestReaper:
    def status(self, task) -> str:
        task.refresh_from_db()
        return task.status

    def test_a_worker_that_lives_keeps_its_task(self):
        task = running([reaper.worker_id("notices")], since=dt.timedelta(days=1))
        assert reaper.reap() == 0
        assert self.status(task) == TaskResultStatus.RUNNING

    def test_the_task_of_a_killed_worker_is_ready_again(self):
        task = running([gone()])
        assert reaper.reap() == 1
        assert self.status(task) == TaskResultStatus.READY

    def test_a_reused_process_number_is_not_taken_for_the_worker(self):
        machine, pid = socket.gethostname()[:20], os.getpid()
        task = running([f"{machine}/{pid}/1/notices/abcdef"])
        assert reaper.reap() == 1
        assert self.status(task) == TaskResultStatus.READY

    @pytest.mark.parametrize("name", ["elsewhere/1/2/notices/abcdef", "unknown", None])
    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            (reaper.ELSEWHERE_GONE_AFTER - dt.timedelta(seconds=30), 0),
            (reaper.ELSEWHERE_GONE_AFTER, 1),
        ],
    )
    def test_a_worker_of_another_machine_is_given_up_after_an_hour(
        self, name, since, expected
    ):
        running([name] if name else [], since=since)
        assert reaper.reap() == expected

    def test_a_task_that_kills_its_workers_is_given_up(self):
        task = running([gone()] * reaper.MOST_ATTEMPTS)
        reaper.reap()
        assert self.status(task) == TaskResultStatus.FAILED
        assert task.finished_at is not None

    def test_names_are_told_apart_and_fit_the_column(self):
        names = {reaper.worker_id("notices-and-more") for _ in range(20)}
        assert len(names) == 20
        assert all(len(name) <= 64 for name in names)


ROOT = Path(__file__).resolve().parents[2]
# a handler interrupted by the next signal, a hundred times over
SIGNALLED = """
import os, signal, sys, threading
sys.path[:0] = [".", "site"]
import django
django.setup()
from home.management.commands import worker
told = worker.Told()
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, told.stop)
def shower():
    for _ in range(100):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
threading.Timer(0.3, shower).start()
worker.ticks.run_all = lambda: None
worker.run_until(told, [])
"""


class Stub:
    """Stands for a queue's worker: runs until told, or dies at once."""

    def __init__(self, *, dies=False):
        self.running, self.dies = True, dies

    def run(self):
        while self.running and not self.dies:
            threading.Event().wait(0.01)


class TestCommand:
    @pytest.fixture(autouse=True)
    def quiet(self, monkeypatch):
        self.ticked = threading.Event()
        monkeypatch.setattr(worker.ticks, "run_all", self.ticked.set)

    def test_it_ticks_and_ends_when_told(self):
        told, stubs = worker.Told(), [Stub(), Stub()]
        threading.Thread(target=lambda: self.ticked.wait() and told.stop()).start()
        worker.run_until(told, stubs)
        assert [one.running for one in stubs] == [False, False]

    def test_two_signals_at_once_stop_it_as_one_does(self, tmp_path):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        }
        running = subprocess.Popen(
            [sys.executable, "-c", SIGNALLED], env=environment, cwd=ROOT
        )
        assert running.wait(timeout=60) == 0

    def test_a_queue_that_died_ends_the_process_with_an_error(self):
        with pytest.raises(SystemExit) as ended:
            worker.run_until(worker.Told(), [Stub(), Stub(dies=True)])
        assert ended.value.code == 1

    def test_one_worker_a_queue_named_so_that_the_reaper_finds_it(self):
        made = worker.worker(["notices"], interval=1)
        assert made.queue_names == ["notices"]
        assert reaper._parse(made.worker_id)[1] == os.getpid()

    @pytest.mark.django_db
    def test_once_ticks_and_works_off_what_is_there(self, monkeypatch):
        made = []

        def once(queues, **options):
            made.append((queues, options))
            return Stub(dies=True)

        monkeypatch.setattr(worker, "worker", once)
        call_command("worker", "--once", "--queues", "default,notices")
        assert self.ticked.is_set()
        assert made == [(["default", "notices"], {"interval": 0, "batch": True})]
