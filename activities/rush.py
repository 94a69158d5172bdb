"""Who decides when many claims come at once, and how seldom.

A claim costs one statement, deciding it costs ten. So under a rush a process decides
a run once every `BETWEEN` seconds, for everybody who came in the meantime; nobody
else waits for it. Alone, one is decided at once. The figures are in
docs/decisions/0004-how-a-rush-is-decided.md.
"""

import threading
import time
from collections import defaultdict

from activities.allocation import allocate
from activities.models import Registration
from activities.states import RegistrationStatus

# Seconds between two rounds on one run in a process, while claims keep coming; and
# those its decider waits then for somebody else to take over.
BETWEEN, HANDING_OVER = 0.06, 0.01
# Seconds a page waits for the answer to a claim, and between two looks.
PATIENCE, LOOK = 1.0, 0.05


class _Turn:
    """At most one thread of this process decides a run; the lock of the run's row,
    in `allocation`, is what keeps processes apart and the figures right."""

    def __init__(self):
        self.lock = threading.Lock()
        self.is_crowded = False
        self.next_at = 0.0


_turns: dict[int, _Turn] = defaultdict(_Turn)


def see_decided(run_id: int) -> None:
    """Decides the claims on the run, or leaves them to the thread that is at it.

    To be called after the claim was committed. None is left over: who has the turn
    looks for claims once more after giving it up, and whoever found it taken had
    written theirs before. (After a killed process `allocation.sweep` does.)
    """
    turn = _turns[run_id]
    while turn.lock.acquire(blocking=False):
        try:
            if turn.is_crowded:
                time.sleep(max(0, turn.next_at - time.monotonic()))
            was_free = allocate(run_id)
            turn.next_at = time.monotonic() + BETWEEN
        finally:
            turn.lock.release()
        turn.is_crowded = _pending(run=run_id).exists()
        # a run that stays locked is left to the task
        if not (turn.is_crowded and was_free):
            return
        time.sleep(HANDING_OVER)


def wait_for(registration_id: int) -> None:
    """Returns when the claim is decided, or when it takes long. Decides nothing."""
    end = time.monotonic() + PATIENCE
    while _pending(pk=registration_id).exists() and time.monotonic() < end:
        time.sleep(LOOK)


def _pending(**which):
    return Registration.objects.filter(status=RegistrationStatus.PENDING, **which)
