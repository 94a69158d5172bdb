"""Runs the background tasks: one thread a queue, so that notices never wait behind
a rebuild of the search index, and every minute the ticks of `home.ticks`."""

import signal
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from home import reaper, ticks

SECONDS_BETWEEN_TICKS = 60.0
SECONDS_BETWEEN_LOOKS = 0.2
# What a worker that is told to stop may still take for the task at hand.
SECONDS_TO_FINISH = 25.0


class Command(BaseCommand):
    help = "Runs background tasks of all queues until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument(
            "--queues", default="", help="names, separated by commas; all by default"
        )
        parser.add_argument(
            "--interval", type=float, default=1.0, help="seconds between two looks"
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="runs the ticks and what is in the queues, then ends",
        )

    def handle(self, *, queues: str, interval: float, once: bool, **options):
        names = queues.split(",") if queues else settings.TASKS["default"]["QUEUES"]
        if once:
            ticks.run_all()
            worker(names, interval=0, batch=True).run()
            return
        told = Told()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, told.stop)
        run_until(told, [worker([name], interval=interval) for name in names])


class Told:
    """Whether we were told to stop.

    A plain flag: an Event has a lock, and a second signal arriving while the first
    sets it would wait for itself for ever.
    """

    was = False

    def stop(self, *_signal) -> None:
        self.was = True


def worker(queues: list[str], *, interval: float, batch: bool = False) -> Worker:
    """A worker of `django_tasks_db` for these queues, told apart by its name."""
    return Worker(
        queue_names=queues,
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=reaper.worker_id(queues[0]),
        excluded_queue_names=[],
    )


def run_until(told: Told, workers: list[Worker]) -> None:
    """Works until told to stop; then each worker may finish the task it is at."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.run, daemon=True) for one in workers]
    threads.append(threading.Thread(target=_tick_until, args=[stop], daemon=True))
    for thread in threads:
        thread.start()
    # a worker that died (the database went away) takes the process with it, so that
    # whoever started it starts it again
    while not told.was and all(thread.is_alive() for thread in threads):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    was_told = told.was
    stop.set()
    for one in workers:
        one.running = False
    for thread in threads[:-1]:
        thread.join(SECONDS_TO_FINISH)
    if not was_told:
        raise SystemExit(1)


def _tick_until(stop: threading.Event) -> None:
    while True:
        ticks.run_all()
        if stop.wait(SECONDS_BETWEEN_TICKS):
            return
