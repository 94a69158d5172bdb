"""Links that open a map program at a place.

Links only: no map is embedded. The services themselves turn WGS-84 into the
coordinates maps of China must use.
"""

from urllib.parse import urlencode

from django.utils.translation import gettext as _


def map_links(node) -> list[dict]:
    """高德地图 first, the one most people have; none for a place without a point."""
    if node is None or node.latitude is None or node.longitude is None:
        return []
    return [
        {"name": _("高德地图"), "url": _amap(node)},
        {"name": _("百度地图"), "url": _baidu(node)},
    ]


def _amap(node) -> str:
    query = {
        "position": f"{node.longitude},{node.latitude}",
        "name": node.title,
        "coordinate": "wgs84",
    }
    return f"https://uri.amap.com/marker?{urlencode(query)}"


def _baidu(node) -> str:
    query = {
        "location": f"{node.latitude},{node.longitude}",
        "title": node.title,
        "content": node.title,
        "coord_type": "wgs84",
        "output": "html",
        "src": "shexue",
    }
    return f"https://api.map.baidu.com/marker?{urlencode(query)}"
