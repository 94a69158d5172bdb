"""Where a record was harvested from, as the guidelines of the protocol say it.

A harvester that meets a record of its own in it takes nothing over: two platforms that
harvest each other would otherwise hand everything to and fro.
"""

from courses_catalog.oai.xml import add, root, stamped

NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance"
SCHEMA = f"{NAMESPACE}.xsd"
# What is told of each place it came by, in the order of the schema.
ORIGIN = ("baseURL", "identifier", "datestamp", "metadataNamespace")
_FORMATS = {
    "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}


def written(harvested):
    """`harvested` comes with its member; the way it came before is told inside."""
    parent = provenance = root("provenance", f"{NAMESPACE} {SCHEMA}", default=NAMESPACE)
    date = stamped(harvested.received_at)
    for origin in (_nearest(harvested), *harvested.origins):
        parent = add(parent, "originDescription", harvestDate=date, altered="true")
        for name in ORIGIN:
            add(parent, name, origin[name])
        # when it came to the one before us, nobody told
        date = origin["datestamp"]
    return provenance


def _nearest(harvested) -> dict[str, str]:
    return {
        "baseURL": harvested.member.harvest_url,
        "identifier": harvested.identifier,
        "datestamp": stamped(harvested.datestamp or harvested.received_at),
        "metadataNamespace": _FORMATS.get(harvested.prefix, ""),
    }
