"""Asking addresses that other people wrote down: what a record or a member says must
not lead us into our own network, nor hold us up.

Only http and https, also after a redirect. A name is looked up once and the connection
goes to the address that was looked at, so that a second answer of its name server
changes nothing. The whole answer has a limit in bytes and in seconds. Nothing is
unpacked: we ask for plain answers. Proxies of the environment are not used.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

MOST_REDIRECTS = 5
CHUNK = 64 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
# 6to4 carries an IPv4 address to where it belongs.
_CARRIER = ipaddress.ip_network("2002::/16")
# A name with many dead addresses must not hold us up with each of them.
MOST_ADDRESSES = 3
# What may stand in an address as it is; all else is written with per cent signs.
_SAFE = "/?&=%:@!$'()*+,;~#[]"


class Unreachable(Exception):
    """No answer that can be used; the message says why, for logs and administrators."""


class Forbidden(Unreachable):
    """The address is none we ask."""


@dataclass(frozen=True)
class Limits:
    """`seconds` for the whole answer, `bytes` of its body; `patience` for a silence."""

    seconds: float = 60
    bytes: int = 8 * 1024 * 1024
    patience: float = 20


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def fetch(
    url: str, *, method: str = "GET", headers=None, limits=None, cut_short=False
) -> Answer:
    """The answer at the end of all redirects, whatever its status.

    What is longer than the limit is refused, or, with `cut_short`, not read further.
    `Authorization` is told to nobody but the host that was asked first.
    """
    limits = limits or Limits()
    until = time.monotonic() + limits.seconds
    headers, first = dict(headers or {}), None
    for _hop in range(MOST_REDIRECTS + 1):
        place = _place(url)
        first = first or place
        if place != first:
            headers.pop("Authorization", None)
        answer = _asked(url, method, headers, replace(limits, seconds=_left(until)))
        target = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not target:
            if len(answer.body) > limits.bytes and not cut_short:
                raise Unreachable(f"The answer is longer than {limits.bytes} bytes.")
            return answer
        url = urljoin(url, target)
    raise Unreachable(f"More than {MOST_REDIRECTS} redirects.")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Unreachable("The answer takes too long.")
    return left


def _place(url: str) -> tuple[str, str, int]:
    """Scheme, host and port; raises Forbidden for what is no address of the web."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Forbidden("The address cannot be read.") from error
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise Forbidden("Only http and https, without a user, are asked.")
    return parts.scheme, host, port


def is_allowed(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if mapped := getattr(found, "ipv4_mapped", None):
        found = mapped
    is_odd = found.is_multicast or found.is_reserved or found in _CARRIER
    return found.is_global and not is_odd


def _addresses(host: str, port: int) -> list[tuple]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"The name {host} is not known.") from error
    if host in settings.FETCH_PRIVATE_HOSTS:
        return found
    if not all(is_allowed(sockaddr[0]) for *_kind, sockaddr in found):
        raise Forbidden(f"{host} is not on the public internet.")
    return found


def _dialled(host: str, port: int, patience: float) -> socket.socket:
    """A connection to one of the addresses that were looked at."""
    reason = None
    found = _addresses(host, port)[:MOST_ADDRESSES]
    for family, kind, protocol, _name, sockaddr in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(patience)
        try:
            connection.connect(sockaddr)
        except OSError as error:
            connection.close()
            reason = error
        else:
            return connection
    raise Unreachable(f"{host} does not answer.") from reason


class _Plain(HTTPConnection):
    dialled = None

    def connect(self):
        self.sock = self.dialled = _dialled(self.host, self.port, self.timeout)


class _Secure(HTTPSConnection):
    dialled = None

    def connect(self):
        plain = _dialled(self.host, self.port, self.timeout)
        # the handshake later: it may drip too
        self.sock = self.dialled = ssl.create_default_context().wrap_socket(
            plain, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()


def _asked(url: str, method: str, headers: dict, limits: Limits) -> Answer:
    scheme, host, port = _place(url)
    kind = _Secure if scheme == "https" else _Plain
    connection = kind(host, port, timeout=min(limits.patience, limits.seconds))
    watch = _Watch(connection, limits.seconds)
    try:
        with watch:
            return _read(connection, url, method, headers, limits)
    except Unreachable:
        raise
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable(watch.reason or f"{host}: {error}") from error
    finally:
        connection.close()


def _read(connection, url, method, headers, limits) -> Answer:
    parts = urlsplit(url)
    target = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        target += f"?{quote(parts.query, safe=_SAFE)}"
    asked = {"User-Agent": _name(), "Accept-Encoding": "identity", **headers}
    connection.request(method, target, headers=asked)
    with connection.getresponse() as response:
        told = {name.lower(): value for name, value in response.getheaders()}
        if told.get("content-encoding", "identity").lower() != "identity":
            raise Unreachable("The answer is packed though we asked for a plain one.")
        body = bytearray()
        while len(body) <= limits.bytes and (part := response.read1(CHUNK)):
            body += part
        if response.length and len(body) <= limits.bytes:
            raise Unreachable("The answer ends before its time.")
        return Answer(url, response.status, bytes(body), told)


def _name() -> str:
    return f"Shexue (+{settings.BASE_URL})"


class _Watch:
    """Cuts a connection that drips on beyond its time: every byte ends a silence, so
    that a time limit on reading alone would never be reached."""

    reason = ""

    def __init__(self, connection, seconds: float):
        self.connection = connection
        self.timer = threading.Timer(seconds, self._cut)
        self.timer.daemon = True

    def _cut(self) -> None:
        self.reason = "The answer takes too long."
        # kept apart: the connection itself lets go of it once an answer has begun
        if self.connection.dialled is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self.connection.dialled, socket.SHUT_RDWR)

    def __enter__(self):
        self.timer.start()

    def __exit__(self, *_error):
        self.timer.cancel()
        if self.reason:
            raise Unreachable(self.reason)
