"""What a rush needs: people signed in, a run to want, a server to ask."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import ROOT

CSRF = "b" * 32
CAPACITY = 300


def add_people(count: int, name: str) -> list[tuple[int, str]]:
    """(learner id, session key) of `count` new residents, signed in."""
    from learners.models import Learner, LearnerAccess, Relation, User

    users = User.objects.bulk_create(
        [
            User(username=f"{name}{n}", password="!", phone_hash=f"{name}{n}")
            for n in range(count)
        ]
    )
    learners = Learner.objects.bulk_create(
        [Learner(name=f"学员{n}") for n in range(count)]
    )
    pairs = list(zip(users, learners, strict=True))
    LearnerAccess.objects.bulk_create(
        LearnerAccess(user=user, learner=learner, relation=Relation.SELF)
        for user, learner in pairs
    )
    return [(learner.pk, _sign_in(user)) for user, learner in pairs]


def _sign_in(user) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def add_run(number: int):
    """A published course run with 300 places and an open waiting list."""
    import datetime as dt

    from django.utils import timezone

    from activities.models import ActivityPage
    from activities.vocabulary import RegistrationMode
    from home.models import NetworkNodePage
    from home.vocabulary import Theme

    node = NetworkNodePage.objects.filter(depth=6).first()
    page = ActivityPage(
        title=f"热门班{number}",
        slug=f"hot-{number}",
        theme=Theme.CIVIC,
        starts_at=timezone.now() + dt.timedelta(days=30),
        registration_mode=RegistrationMode.WHOLE_RUN,
        capacity=CAPACITY,
    )
    node.add_child(instance=page)
    page.save_revision().publish()
    return page.runs.get()


@contextlib.contextmanager
def server(url: str) -> Iterator[tuple[str, int]]:
    """(address, process id) of gunicorn with the house's two times four threads."""
    from tests import services

    address = f"127.0.0.1:{services.free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": url,
            "BIND": address,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        for _each_worker in range(20):
            services.wait_for_page(address)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def post(address: str, lines: list[str], *, connections: int, seconds: int) -> dict:
    """What wrk saw: requests, seconds, p50, p95, p99 (ms), errors.

    And `answers`: status and address of each, as "302 /my/17/".
    """
    with tempfile.TemporaryDirectory() as folder:
        source, answers = Path(folder) / "requests", Path(folder) / "answers"
        source.write_text("\n".join(lines))
        output = subprocess.run(
            [
                "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s",
                "-s", str(ROOT / "bench" / "post.lua"), f"http://{address}",
                "--", str(source), str(answers),
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout  # fmt: skip
        found = next(one for one in output.splitlines() if one.startswith("RESULT "))
        seen = json.loads(found.removeprefix("RESULT "))
        return seen | {"answers": answers.read_text().splitlines()}


def request_line(path: str, session: str, body: str = "") -> str:
    cookie = f"sessionid={session}; csrftoken={CSRF}"
    return f"{path}\t{cookie}\tcsrfmiddlewaretoken={CSRF}{body}"


def cpu_seconds(*roots: int) -> float:
    """User and system time so far of these processes and all below them."""
    parents, spent = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rsplit(") ", 1)[1].split()
            parents[int(folder.name)] = int(fields[1])
            # own time, and that of children already waited for
            spent[int(folder.name)] = sum(int(fields[n]) for n in (11, 12, 13, 14))
    ticks = sum(
        used for pid, used in spent.items() if _descends(pid, set(roots), parents)
    )
    return ticks / os.sysconf("SC_CLK_TCK")


def _descends(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    while pid:
        if pid in roots:
            return True
        pid = parents.get(pid, 0)
    return False
