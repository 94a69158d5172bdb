"""Wagtail's accounts, with our list of them."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "learners.staff_accounts.AccountViewSet"
