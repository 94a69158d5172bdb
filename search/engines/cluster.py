"""Reaching an Elasticsearch or OpenSearch cluster by SEARCH_URL.

    opensearch://host:port/prefix, elasticsearch+https://user:password@a:9200,b:9200/x

`prefix` begins the names of all that the site keeps there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import HttpHeaders, Urllib3HttpNode
from elastic_transport import TransportError as NotReached
from elasticsearch import ApiError, Elasticsearch

from search.engines.base import EngineUnavailable

SCHEMES = ("elasticsearch", "opensearch", "elasticsearch+https", "opensearch+https")
DEFAULT_PREFIX = "shexue"
# A reader waits no longer for an engine that does not answer.
SECONDS = 5
BAD_REQUEST = 400
_ADDRESS = re.compile(
    r"(?P<scheme>[a-z+]+)://(?:(?P<user>[^:@/]*):(?P<password>[^@/]*)@)?"
    r"(?P<hosts>[^@/]+)(?:/(?P<prefix>[a-z0-9][a-z0-9_-]*)?)?"
)


@dataclass(frozen=True)
class Cluster:
    client: Elasticsearch
    prefix: str


class PlainNode(Urllib3HttpNode):
    """Speaks plain JSON: OpenSearch refuses the media types of the client, and names
    itself in no header the client looks for."""

    def perform_request(self, method, target, body=None, headers=None, **options):
        headers = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if name in headers:
                is_lines = "ndjson" in headers[name]
                headers[name] = f"application/{'x-ndjson' if is_lines else 'json'}"
        answer = super().perform_request(method, target, body, headers, **options)
        said = HttpHeaders(answer.meta.headers)
        said.setdefault("x-elastic-product", "Elasticsearch")
        return answer._replace(meta=replace(answer.meta, headers=said))


def cluster(address: str) -> Cluster:
    """Raises ImproperlyConfigured for what is no such address."""
    found = _ADDRESS.fullmatch(address)
    if found is None or found["scheme"] not in SCHEMES:
        raise ImproperlyConfigured(
            f"SEARCH_URL={address.partition('://')[0]}://…: expected database:// or "
            "opensearch://host:port/prefix, the prefix in lower-case letters, "
            "digits, - and _."
        )
    protocol = "https" if found["scheme"].endswith("https") else "http"
    hosts = tuple(
        f"{protocol}://{_with_port(host)}" for host in found["hosts"].split(",")
    )
    account = None
    if found["user"]:
        account = (unquote(found["user"]), unquote(found["password"]))
    return Cluster(_client(hosts, account), found["prefix"] or DEFAULT_PREFIX)


@lru_cache(maxsize=8)  # one pool of connections in a process
def _client(hosts: tuple[str, ...], account: tuple[str, str] | None) -> Elasticsearch:
    return Elasticsearch(
        list(hosts),
        basic_auth=account,
        node_class=PlainNode,
        request_timeout=SECONDS,
        max_retries=2,
        retry_on_timeout=False,
    )


def _with_port(host: str) -> str:
    return host if re.search(r":\d+$", host) else f"{host}:9200"


@contextmanager
def reaching() -> Iterator[None]:
    """Raises EngineUnavailable where the cluster does not answer as it should.

    Only what it refuses as badly asked is passed on: that is our mistake.
    """
    try:
        yield
    except NotReached as error:
        # the client wraps a cause in a cause
        raise EngineUnavailable(error.message.rpartition("caused by: ")[2]) from error
    except ApiError as error:
        if error.status_code == BAD_REQUEST:
            raise
        raise EngineUnavailable(str(error)) from error
