"""Takes up tasks whose worker was killed: the queue itself leaves them RUNNING.

Tasks are written so that running one again does no harm.
"""

import datetime as dt
import os
import socket
import uuid

import structlog
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home.ticks import tick

log = structlog.get_logger("reaper")

# A worker of another machine cannot be asked whether it lives: longer than any task.
ELSEWHERE_GONE_AFTER = dt.timedelta(hours=1)
# A task that killed its worker this many times is not run again.
MOST_ATTEMPTS = 5


def worker_id(queue: str) -> str:
    """Names this process so that `reap` can tell whether it is still there.

    At most 64 characters: machine, process, start of the process, queue, random.
    """
    machine = socket.gethostname()[:20]
    began = _started(os.getpid())
    return f"{machine}/{os.getpid()}/{began}/{queue[:10]}/{uuid.uuid4().hex[:6]}"


@tick
def reap() -> int:
    """Gives the tasks of workers that are gone back to their queue.

    Returns how many. A task that has brought down five workers is marked FAILED.
    """
    count = 0
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    for stored in running:
        if not _is_worker_alive(stored):
            count += _give_back(stored)
    return count


def _give_back(stored: DBTaskResult) -> int:
    """Only if it is still the same attempt: its worker may have ended it just now."""
    same = DBTaskResult.objects.filter(
        pk=stored.pk, status=TaskResultStatus.RUNNING, started_at=stored.started_at
    )
    if len(stored.worker_ids) >= MOST_ATTEMPTS:
        log.error("task given up", task=stored.task_path, id=str(stored.pk))
        return same.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path="home.reaper.GivenUp",
            traceback="Every worker that ran this task was killed.",
        )
    log.warning("task taken up again", task=stored.task_path, id=str(stored.pk))
    return same.update(status=TaskResultStatus.READY, started_at=None)


def _is_worker_alive(stored: DBTaskResult) -> bool:
    machine, pid, began = _parse(stored.worker_ids[-1] if stored.worker_ids else "")
    if machine != socket.gethostname()[:20]:
        since = stored.started_at or stored.enqueued_at
        return timezone.now() - since < ELSEWHERE_GONE_AFTER
    return _started(pid) == began


def _parse(name: str) -> tuple[str, int, str]:
    parts = name.split("/")
    if len(parts) < 4 or not parts[1].isdigit():
        return "", 0, ""
    return parts[0], int(parts[1]), parts[2]


def _started(pid: int) -> str:
    """When the process began, so that a reused number is not taken for it; "" if gone.

    Without /proc (macOS) only the number itself can be asked for.
    """
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[19]
    except FileNotFoundError:
        return "" if os.path.isdir("/proc/self") else _is_running(pid)


def _is_running(pid: int) -> str:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    return "running"
