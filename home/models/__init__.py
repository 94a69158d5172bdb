from .content_version import ContentVersion
from .home_page import HomePage
from .network import NetworkNodePage
from .roles import NodeRole, Role
from .site_settings import SiteSettings

__all__ = [
    "ContentVersion",
    "HomePage",
    "NetworkNodePage",
    "NodeRole",
    "Role",
    "SiteSettings",
]
