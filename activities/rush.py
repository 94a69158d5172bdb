"""Who decides when many claims come at once, and how seldom.

A claim costs one statement, deciding it costs ten. Alone, one is decided at once.
Under a rush a thread of its own decides a run once every `BETWEEN` seconds, for
everybody who came in the meantime; no request waits for it. The figures are in
docs/decisions/0004-how-a-rush-is-decided.md.
"""

import threading
import time
from collections import defaultdict

import structlog
from django.db import connections

from activities.allocation import allocate
from activities.models import Registration
from activities.states import RegistrationStatus

log = structlog.get_logger("rush")

# Seconds between two rounds on one run in a process, while claims keep coming.
BETWEEN = 0.06
# Seconds a page waits for the answer to a claim, and between two looks.
PATIENCE, LOOK = 1.0, 0.05

# At most one thread of this process decides a run. The lock of the run's row, in
# `allocation`, is what keeps processes apart and the figures right.
_turns: dict[int, threading.Lock] = defaultdict(threading.Lock)


def see_decided(run_id: int) -> None:
    """Decides the claims on the run, or leaves them to the thread that is at it.

    To be called after the claim was committed. None is left over: who has the turn
    looks for claims once more after giving it up, and whoever found it taken had
    written theirs before. (After a killed process `allocation.sweep` does.)
    """
    with _Turn(run_id) as is_mine:
        was_free = is_mine and allocate(run_id)
    # a run that stays locked is left to the task
    if was_free and _pending(run=run_id).exists():
        _in_background(run_id)


def decide_the_rest(run_id: int) -> None:
    """Round after round, until no claim on the run is left."""
    is_mine = was_free = True
    while is_mine and was_free and _pending(run=run_id).exists():
        with _Turn(run_id) as is_mine:
            while is_mine and was_free and _pending(run=run_id).exists():
                time.sleep(BETWEEN)
                was_free = allocate(run_id)


def wait_for(registration_id: int) -> None:
    """Returns when the claim is decided, or when it takes long. Decides nothing."""
    end = time.monotonic() + PATIENCE
    while _pending(pk=registration_id).exists() and time.monotonic() < end:
        time.sleep(LOOK)


class _Turn:
    """Whether the turn on a run is ours; given back at the end, and then forgotten.

    Two who take turns at a forgotten one and a new one are kept apart by the row.
    """

    def __init__(self, run_id: int):
        self._run_id, self._lock = run_id, _turns[run_id]

    def __enter__(self) -> bool:
        self._is_mine = self._lock.acquire(blocking=False)
        return self._is_mine

    def __exit__(self, *_raised) -> None:
        if self._is_mine:
            _turns.pop(self._run_id, None)
            self._lock.release()


def _in_background(run_id: int) -> threading.Thread:
    """No daemon: a process that is told to stop ends when the claims are decided."""
    thread = threading.Thread(target=_in_a_thread, args=[run_id], name=f"run-{run_id}")
    thread.start()
    return thread


def _in_a_thread(run_id: int) -> None:
    try:
        decide_the_rest(run_id)
    except Exception:
        log.exception("rounds stopped", run=run_id)
    finally:
        connections.close_all()


def _pending(**which):
    return Registration.objects.filter(status=RegistrationStatus.PENDING, **which)
