"""The facts of a place, as components/facts.html shows them; blank ones go."""

from django.utils.translation import gettext as _

from home.maps import map_links


def facts_of(node) -> list[dict]:
    """Where a place is, when it is open, how to reach it and what it offers."""
    candidates = [_address(node), _phone(node), _hours(node), _comfort(node)]
    return [fact for fact in candidates if fact["text"]]


def _address(node) -> dict:
    fact = {"icon": "place", "label": _("地址"), "text": node.address}
    maps = map_links(node)
    if node.address and maps:
        fact |= {"url": maps[0]["url"], "link": _("看怎么走")}
    return fact


def _phone(node) -> dict:
    return {"icon": "phone", "label": _("电话"), "text": node.phone}


def _hours(node) -> dict:
    return {"icon": "clock", "label": _("开放"), "text": node.opening_hours}


def _comfort(node) -> dict:
    known = [
        (node.has_step_free_access, _("轮椅能进。")),
        (node.has_accessible_toilet, _("有无障碍卫生间。")),
        (node.is_certification_point, _("可以办理学习成果认证。")),
    ]
    lines = [node.facilities, "".join(word for holds, word in known if holds)]
    text, *more = [line for line in lines if line] or [""]
    fact = {"icon": "check", "label": _("方便"), "text": text}
    return fact | {"more": "".join(more)}
