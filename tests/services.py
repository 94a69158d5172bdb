"""Real servers for the tests, each on a free port with a folder of its own.

A server that cannot be had makes the tests that ask for it skip with the reason, or
fail where REQUIRE_SERVICES=1.
"""

import contextlib
import ctypes
import os
import shutil
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


@contextlib.contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A cluster in `folder`; yields its URL and removes it at the end."""
    binaries = _newest("*/bin/initdb")
    if binaries is None:
        unavailable("PostgreSQL server binaries not found (apt: postgresql-15)")
    bin_dir = binaries.parent
    home = Path(f"/tmp/shexue-pg-{os.getpid()}-{free_port()}")  # noqa: S108
    home.mkdir()
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data, port = home / "data", free_port()
    subprocess.run(
        _as_postgres(
            bin_dir / "initdb", "-D", data, "-U", "postgres", "-A", "trust",
            "--locale=C.UTF-8", "-E", "UTF8", "--no-sync",
        ),
        check=True,
        capture_output=True,
        cwd=home,
    )  # fmt: skip
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} "
        "-c fsync=off -c max_connections=300 -c jit=off"
    )
    control = [bin_dir / "pg_ctl", "-D", data, "-w"]
    subprocess.run(
        _as_postgres(*control, "-o", options, "-l", home / "log", "start"),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=home,
    )
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            _as_postgres(*control, "-m", "immediate", "stop"),
            check=False,
            stdout=subprocess.DEVNULL,
            cwd=home,
        )
        shutil.rmtree(home, ignore_errors=True)


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
