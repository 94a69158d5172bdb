"""Asking the provider, and reading what it says."""

from defusedxml import ElementTree

PROVIDER = "/oai"
NAMES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}


def asked(client, verb: str, *, headers=None, **arguments):
    """The root of the answer; `from_` stands for from."""
    query = {"verb": verb} | {key.rstrip("_"): arguments[key] for key in arguments}
    response = client.get(PROVIDER, query, headers=headers)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def texts(root, path: str) -> list[str]:
    return [element.text for element in root.findall(path, NAMES)]


def error_of(root) -> str:
    errors = root.findall("oai:error", NAMES)
    return errors[0].get("code") if errors else ""


def headers_of(root) -> dict[str, str]:
    """Of every record its key with kind, and its status: "" or "deleted"."""
    return {
        header.find("oai:identifier", NAMES).text.rpartition(":")[2]: header.get(
            "status", ""
        )
        for header in root.iterfind(".//oai:header", NAMES)
    }
