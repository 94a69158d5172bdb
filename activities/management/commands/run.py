"""`make run`: a whole site on one machine, from an empty folder."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from activities.demo import accounts

FIRST_PORT = 8000
SERVER = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
SERVER += ["--log-level", "warning"]
WORKER = [sys.executable, "manage.py", "worker"]


class Command(BaseCommand):
    help = "Migrates, loads the demo data once, then runs server and task worker."
    requires_system_checks: list = []

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("For a first run only: config.settings.dev has DEMO.")
        self._prepare()
        port = free_port(FIRST_PORT)
        address = f"127.0.0.1:{port}"
        processes = [start(command, address) for command in (SERVER, WORKER)]
        self.stdout.write(welcome(f"http://{address}"))
        sys.stdout.flush()
        wait_for_any(processes)

    def _prepare(self):
        if has_unapplied_migrations():
            self.stdout.write("正在建立数据库 / creating the database …")
            call_command("migrate", verbosity=0)
        call_command("demo_data", stdout=self.stdout)
        connection.close()


def start(command: list[str], address: str) -> subprocess.Popen:
    """Server or worker, in a session of its own; both know the site's address."""
    environment = {
        "BASE_URL": f"http://{address}",
        "WEB_WORKERS": "1",
        "WEB_THREADS": "8",
        "LOG_LEVEL": "WARNING",
        **os.environ,
        "BIND": address,
    }
    return subprocess.Popen(  # noqa: S603 - our own
        command, env=environment, cwd=settings.BASE_DIR, start_new_session=True
    )


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on.

    Raises CommandError when a hundred in a row are taken.
    """
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise CommandError(f"Ports {first}–{first + 99} are all taken.")


def welcome(url: str) -> str:
    """What to open and who to be."""
    return (
        f"\n  {settings.SITE_NAME}    {url}/\n"
        f"  管理 / admin    {url}/admin/\n"
        f"  短信 / text messages    {url}/demo/inbox/\n\n{accounts.describe()}\n"
        "  按 Ctrl+C 停止 / Ctrl+C stops\n"
    )


# What server and worker may take to finish before they are ended.
SECONDS_TO_STOP = 8


def wait_for_any(processes: list[subprocess.Popen]) -> None:
    """Waits until one ends or we are told to stop, then stops them all.

    They are in sessions of their own: the terminal's Ctrl+C reaches us alone, and
    each of them gets one signal.
    """

    def stop(*_args):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            end(process)


def end(process: subprocess.Popen) -> None:
    """Waits for a process that was told to stop; kills it when it takes too long."""
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
