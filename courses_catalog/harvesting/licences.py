"""Which of our licences a foreign statement of rights names, if any."""

import re

from courses_catalog.vocabulary import Licence

# Another version has other terms: it is none of ours, and its words are kept.
_DEED = re.compile(
    r"https?://creativecommons\.org/"
    r"(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)/4\.0|publicdomain/(zero)/1\.0)\b"
)
_CODE = re.compile(r"\bcc[\s-]?(?:(by(?:-nc)?(?:-sa|-nd)?)[\s-]4\.0|0)\b")
_BY_NAME = {
    "by": Licence.CC_BY,
    "by-sa": Licence.CC_BY_SA,
    "by-nc": Licence.CC_BY_NC,
    "by-nc-nd": Licence.CC_BY_NC_ND,
}


def licence_of(rights: list[str]) -> str:
    """Empty where the words name none we know, or more than one."""
    found = {licence for text in rights if (licence := _named(text))}
    return found.pop() if len(found) == 1 else ""


def _named(text: str) -> str:
    said = text.strip().lower()
    labels = {str(Licence(value).label).lower(): value for value in Licence.values}
    if said in labels:
        return labels[said]
    if deed := _DEED.search(said):
        return Licence.CC0 if deed.group(2) else _BY_NAME.get(deed.group(1), "")
    if code := _CODE.search(said):
        return _BY_NAME.get(code.group(1), "") if code.group(1) else Licence.CC0
    return ""
