"""A repository that answers as a test tells it to, over real HTTP on loopback."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

OAI = "http://www.openarchives.org/OAI/2.0/"
DC = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
THEN = "2026-05-01T08:00:00Z"


class FakeRepository:
    """`answers` is a queue for ListRecords: texts, or (status, headers, body). Identify
    is answered by itself; `asked` keeps the arguments of every request."""

    def __init__(self):
        self.answers: list = []
        self.asked: list[dict[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.granularity = "YYYY-MM-DDThh:mm:ssZ"
        # for what no queue can say: takes the handler, and has answered if it is true
        self.special: Callable = lambda handler: False
        self.url = ""

    def answer(self, path: str, headers) -> tuple[int, dict, bytes]:
        query = parse_qs(urlsplit(path).query)
        arguments = {name: values[0] for name, values in query.items()}
        self.asked.append(arguments)
        self.headers.append(dict(headers))
        if arguments.get("verb") == "Identify":
            said = identify(self.granularity)
        else:
            said = self.answers.pop(0) if self.answers else error("noRecordsMatch")
        if isinstance(said, tuple):
            return said
        return 200, {"Content-Type": "text/xml; charset=utf-8"}, said.encode()

    @property
    def listed(self) -> list[dict[str, str]]:
        """The arguments of the ListRecords requests, without the verb."""
        lists = [each for each in self.asked if each.get("verb") == "ListRecords"]
        return [
            {name: value for name, value in each.items() if name != "verb"}
            for each in lists
        ]


@contextmanager
def serving(repository: FakeRepository):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if repository.special(self):
                return
            status, headers, body = repository.answer(self.path, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    repository.url = f"http://127.0.0.1:{server.server_port}/oai"
    try:
        yield repository
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def envelope(inner: str, date: str = THEN) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{OAI}">'
        f"<responseDate>{date}</responseDate><request>x</request>{inner}</OAI-PMH>"
    )


def identify(granularity: str) -> str:
    return envelope(
        "<Identify><repositoryName>x</repositoryName>"
        "<protocolVersion>2.0</protocolVersion>"
        f"<granularity>{granularity}</granularity></Identify>"
    )


def error(code: str, date: str = THEN) -> str:
    return envelope(f'<error code="{code}">no</error>', date)


def page(*records: str, token: str | None = None, date: str = THEN) -> str:
    more = "" if token is None else f"<resumptionToken>{token}</resumptionToken>"
    return envelope(f"<ListRecords>{''.join(records)}{more}</ListRecords>", date)


def record(number, inner: str | None = None, *, sets=(), about: str = "") -> str:
    inner = dc(title=f"课程{number}") if inner is None else inner
    return (
        f"<record><header><identifier>oai:edu.example:{number}</identifier>"
        f"<datestamp>2026-04-01T00:00:00Z</datestamp>"
        + "".join(f"<setSpec>{each}</setSpec>" for each in sets)
        + f"</header><metadata>{inner}</metadata>{about}</record>"
    )


def deleted(number) -> str:
    return (
        f'<record><header status="deleted"><identifier>oai:edu.example:{number}'
        "</identifier><datestamp>2026-04-02T00:00:00Z</datestamp></header></record>"
    )


def dc(**elements) -> str:
    """Values are text or lists of it, already escaped."""
    elements.setdefault("identifier", "https://edu.example/1")
    inner = "".join(
        f"<dc:{name}>{value}</dc:{name}>"
        for name, values in elements.items()
        for value in ([values] if isinstance(values, str) else values)
    )
    return f"<oai_dc:dc {DC}>{inner}</oai_dc:dc>"
