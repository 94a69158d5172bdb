"""A real OpenSearch 2.19 for the tests, from the jars of tests/opensearch/pom.xml.

The jars stand in a cache folder outside the repository and are fetched once.
"""

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

from tests import services

POM = Path(__file__).parent / "opensearch" / "pom.xml"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shexue"
# The runner listens on no port above.
LAST_PORT = 9299
RUNNER = "org.codelibs.opensearch.runner.OpenSearchRunner"
SETTINGS = """
network.host: 127.0.0.1
transport.port: {transport}
cluster.routing.allocation.disk.threshold_enabled: false
"""
ALONE = "discovery.type: single-node\n"
TOGETHER = """
discovery.seed_hosts: [{seeds}]
discovery.initial_state_timeout: 120s
"""
# each node is called alike: the first is told by its address
FIRST = "cluster.initial_cluster_manager_nodes: [{first}]\n"
READY = "_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true"
READY = "_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true"
FETCH_SECONDS, START_SECONDS, PROBE_SECONDS = 600, 90, 2


def jars() -> Path:
    """The folder of the jars; skips (or fails) where they cannot be had."""
    for program, package in (("java", "openjdk-17-jre-headless"), ("mvn", "maven")):
        if shutil.which(program) is None:
            services.unavailable(f"{program} not found (apt: {package})")
    folder = CACHE / f"opensearch-{_version()}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _fetch(folder)
    return folder


def _version() -> str:
    return POM.read_text().rpartition("<version>")[2].partition("<")[0]


def _fetch(folder: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", POM, "dependency:copy-dependencies"]
    done = subprocess.run(
        [*command, f"-DoutputDirectory={folder}"],
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
    )
    if done.returncode:
        services.unavailable(f"mvn failed: {done.stdout.strip()[-300:]}")
    (folder / "complete").touch()


class Node:
    """One node in a folder and on a port of its own, to be started more than once."""

    def __init__(self, folder: Path, port: int):
        self._folder, self._jars, self.port = folder, jars(), port
        self._conf = folder / "conf"
        self._conf.mkdir(parents=True)
        transport = services.free_port()
        self.transport = f"127.0.0.1:{transport}"
        self._settings = SETTINGS.format(transport=transport)
        self._process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def configure(self, settings: str) -> None:
        """Says how it finds others, before its first start."""
        (self._conf / "opensearch.yml").write_text(self._settings + settings)

    def start(self) -> None:
        """Returns once it answers, with all it has stored."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    "java", "-Xms512m", "-Xmx512m", "-Dlog4j2.disable.jmx=true",
                    "-cp", f"{self._jars}/*", RUNNER,
                    "-basePath", self._folder / "base", "-confPath", self._conf,
                    "-numOfNode", "1", "-baseHttpPort", str(self.port - 1),
                    "-clusterName", "shexue-tests",
                ],
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(
                    f"http://{self.address}/{READY}", timeout=PROBE_SECONDS
                ),
            ):
                return
            time.sleep(0.2)
        log = (self._folder / "log").read_text(errors="replace")[-500:]
        self.kill()
        services.unavailable(f"OpenSearch did not start: {log}")

    @contextlib.contextmanager
    def address_for_a_test(self) -> Iterator[str]:
        """A SEARCH_URL where nothing is kept; what was kept is gone afterwards."""
        prefix = f"t{uuid.uuid4().hex[:8]}"
        address = f"opensearch://{self.address}/{prefix}"
        yield address
        # not before Django is set up
        from search.engines.cluster import cluster

        cluster(address).client.indices.delete(index=f"{prefix}-*")

    def kill(self) -> None:
        """SIGKILL, as a machine's end would; what it has stored stays."""
        if self._process:
            self._process.kill()
            self._process.wait(timeout=20)
            self._process = None


def _free_ports(count: int) -> list[int]:
    """The highest free ones of those the runner can listen on."""
    found = []
    for port in range(LAST_PORT, LAST_PORT - 90, -1):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            return found
    services.unavailable("no free port for OpenSearch")
    raise AssertionError


@contextlib.contextmanager
def opensearch(folder: Path) -> Iterator[Node]:
    """A node that runs for as long as the block lasts."""
    node = Node(folder, *_free_ports(1))
    node.configure(ALONE)
    try:
        node.start()
        yield node
    finally:
        node.kill()


@contextlib.contextmanager
def cluster_of_three(folder: Path) -> Iterator[list[Node]]:
    """Three nodes, of which the first manages the cluster until it is killed."""
    ports = _free_ports(3)
    nodes = [Node(folder / str(port), port) for port in ports]
    seeds = TOGETHER.format(seeds=", ".join(f'"{n.transport}"' for n in nodes))
    for node in nodes:
        is_first = node is nodes[0]
        node.configure(
            seeds + (FIRST.format(first=f'"{node.transport}"') if is_first else "")
        )
    try:
        for node in nodes:
            node.start()
        yield nodes
    finally:
        for node in nodes:
            node.kill()
