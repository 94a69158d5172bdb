"""Real servers for the tests, each on a free port with a folder of its own.

A server that cannot be had makes the tests that ask for it skip with the reason, or
fail where REQUIRE_SERVICES=1.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


def unavailable(reason: str) -> None:
    """Skips the test that asked, or fails it where servers are required."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _newest(pattern: str) -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob(pattern))
    return found[-1] if found else None


def _as_postgres(*command) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


class Cluster:
    """A PostgreSQL in a folder and on a port of its own, to be started more than once.

    `url` is its address.
    """

    def __init__(self, *, fsync: bool):
        binaries = _newest("*/bin/initdb")
        if binaries is None:
            unavailable("PostgreSQL server binaries not found (apt: postgresql-15)")
        self.bin_dir, self.port = binaries.parent, free_port()
        self.home = Path(f"/tmp/shexue-pg-{os.getpid()}-{free_port()}")  # noqa: S108
        self.home.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres", "postgres")
        self.data = self.home / "data"
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={self.home} "
            f"-c fsync={'on' if fsync else 'off'} -c max_connections=300 -c jit=off"
        )
        self._run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "trust",
            "--locale=C.UTF-8", "-E", "UTF8", "--no-sync",
        )  # fmt: skip

    def start(self) -> None:
        self._control("-o", self.options, "-l", self.home / "log", "start")

    def stop(self) -> None:
        """At once; removes its folder too."""
        self._control("-m", "immediate", "stop", check=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def kill(self) -> None:
        """SIGKILL to the server and all it has started, as a machine's end would."""
        server = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        doomed = [server, *children_of(server)]
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in doomed):
            time.sleep(0.02)

    def _control(self, *words, check=True) -> None:
        self._run("pg_ctl", "-D", self.data, "-w", *words, check=check)

    def _run(self, program: str, *words, check=True) -> None:
        subprocess.run(
            _as_postgres(self.bin_dir / program, *words),
            check=check,
            stdout=subprocess.DEVNULL,
            cwd=self.home,
        )


def children_of(pid: int) -> list[int]:
    """The process ids of those `pid` has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in found.split()]


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A cluster for as long as the block lasts; yields its URL."""
    cluster = Cluster(fsync=False)
    try:
        cluster.start()
        yield cluster.url
    finally:
        cluster.stop()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis without persistence; yields its URL."""
    binary = shutil.which("redis-server")
    if binary is None:
        unavailable("redis-server not found (apt: redis-server)")
    port = free_port()
    process = subprocess.Popen(
        [binary, "--port", str(port), "--save", "", "--bind", "127.0.0.1"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(timeout=10)


def new_database(server_url: str, name: str) -> str:
    """Creates an empty database on the server; returns its URL."""
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server_url.rsplit("/", 1)[0] + f"/{name}"


@contextlib.contextmanager
def process(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Runs `command` in the project's folder for as long as the block lasts."""
    running = subprocess.Popen(
        command, env=environment, cwd=Path(__file__).resolve().parents[1]
    )
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


def chromium() -> str:
    """The path of the machine's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    unavailable("Chromium not found (apt: chromium)")
    return ""


def node() -> str:
    """The path of Node.js."""
    found = shutil.which("node")
    if found is None:
        unavailable("Node.js not found (apt: nodejs)")
    return found or ""


def libical() -> ctypes.CDLL:
    """The C library with which Evolution and KOrganizer read calendars."""
    with contextlib.suppress(OSError):
        return ctypes.CDLL("libical.so.3")
    unavailable("libical not found (apt: libical3)")
    raise AssertionError


def wait_for(port: int, seconds: float = 20) -> None:
    """Returns once something listens on `port` of this machine."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=1),
        ):
            return
        time.sleep(0.05)
    unavailable(f"nothing answered on port {port} after {seconds} s")


def wait_for_page(address: str, seconds: float = 60) -> None:
    """Returns once the site at `address` (host:port) says it is alive."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://{address}/healthz", timeout=5),
        ):
            return
        time.sleep(0.2)
    unavailable(f"no site answered at {address} after {seconds} s")
