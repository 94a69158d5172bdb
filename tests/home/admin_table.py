"""What an editor may reach in the admin: one line for every address about a page.

`below` is a page under her node, `seat` her node's own page, `foreign` any page of a
sibling's or a parent's. To bring a new address, add a line to PAGE_URLS (it is then
asked for every level and relation), to LISTS (it must not name foreign drafts), to
ADMINISTRATORS or OPEN of `admin_only`, or to ELSEWHERE when a table of its own asks.
"""

from collections.abc import Callable
from dataclasses import dataclass

ALLOWED, REFUSED = True, False


@dataclass(frozen=True)
class PageUrl:
    """`args` builds the arguments of the address from a `Target`."""

    args: Callable
    method: str = "get"
    below: bool = ALLOWED
    seat: bool = ALLOWED
    foreign: bool = REFUSED
    query: dict | None = None


@dataclass
class Target:
    """A page and all that hangs on it that an address may name."""

    node: object
    page: object
    alias: object
    revision: object
    in_workflow: object = None  # another page at the same node


def page(target):
    return [target.page.pk]


def node(target):
    return [target.node.pk]


def revision(target):
    return [target.page.pk, target.revision.pk]


def in_workflow(target):
    return [target.in_workflow.pk]


def task(target):
    state = target.in_workflow.current_workflow_task_state
    return [target.in_workflow.pk, "approve", state.pk]


PAGES = "wagtailadmin_pages:"
ACTIVITY = ["activities", "activitypage"]

PAGE_URLS = {
    f"{PAGES}add": PageUrl(lambda t: [*ACTIVITY, t.node.pk]),
    f"{PAGES}preview_on_add": PageUrl(lambda t: [*ACTIVITY, t.node.pk]),
    f"{PAGES}add_subpage": PageUrl(node),
    f"{PAGES}usage": PageUrl(page),
    f"{PAGES}edit": PageUrl(page),
    f"{PAGES}preview_on_edit": PageUrl(page),
    f"{PAGES}view_draft": PageUrl(page),
    f"{PAGES}delete": PageUrl(page, seat=REFUSED),
    f"{PAGES}unpublish": PageUrl(page, seat=REFUSED),
    # the alias of a seat stands beside it, outside the subtree
    f"{PAGES}convert_alias": PageUrl(lambda t: [t.alias.pk], seat=REFUSED),
    f"{PAGES}move": PageUrl(page, seat=REFUSED),
    f"{PAGES}move_confirm": PageUrl(
        lambda t: [t.page.pk, t.page.get_parent().pk], seat=REFUSED
    ),
    f"{PAGES}set_page_position": PageUrl(page, method="post", seat=REFUSED),
    f"{PAGES}copy": PageUrl(page),
    # approving is for those the workflow names, not for the editor of the page
    f"{PAGES}workflow_action": PageUrl(
        task, method="post", below=REFUSED, seat=REFUSED
    ),
    f"{PAGES}collect_workflow_action_data": PageUrl(task, below=REFUSED, seat=REFUSED),
    f"{PAGES}confirm_workflow_cancellation": PageUrl(in_workflow),
    f"{PAGES}workflow_preview": PageUrl(
        lambda t: [
            t.in_workflow.pk,
            t.in_workflow.current_workflow_task_state.task_id,
        ],
        below=REFUSED,
        seat=REFUSED,
    ),
    # no page can be private: a public cache answers for all of them
    f"{PAGES}set_privacy": PageUrl(page, below=REFUSED, seat=REFUSED),
    f"{PAGES}lock": PageUrl(page, method="post"),
    f"{PAGES}unlock": PageUrl(page, method="post"),
    # only sends on to the history, which asks for itself
    f"{PAGES}revisions_index": PageUrl(page, foreign=ALLOWED),
    f"{PAGES}revisions_view": PageUrl(revision),
    f"{PAGES}revisions_revert": PageUrl(revision),
    f"{PAGES}revisions_unschedule": PageUrl(revision),
    f"{PAGES}revisions_compare": PageUrl(
        lambda t: [t.page.pk, "earliest", t.revision.pk]
    ),
    f"{PAGES}workflow_history": PageUrl(in_workflow),
    f"{PAGES}workflow_history_detail": PageUrl(
        lambda t: [t.in_workflow.pk, t.in_workflow.current_workflow_state.pk]
    ),
    f"{PAGES}history": PageUrl(page),
    f"{PAGES}history_results": PageUrl(page),
    "wagtailadmin_api:pages:detail": PageUrl(page),
    # translating is an administrator's work until somebody is given it
    "wagtail_localize:submit_page_translation": PageUrl(
        page, below=REFUSED, seat=REFUSED
    ),
    "wagtail_localize:convert_to_alias": PageUrl(page, below=REFUSED, seat=REFUSED),
}

# Lists, trees and reports: an editor never finds a foreign draft in them.
LISTS = {
    "wagtailadmin_home": [],
    "wagtailadmin_explore_root": [],
    "wagtailadmin_explore": node,
    "wagtailadmin_explore_results": node,
    f"{PAGES}type_use": ACTIVITY,
    f"{PAGES}type_use_results": ACTIVITY,
    f"{PAGES}choose_parent": ACTIVITY,
    f"{PAGES}search": [],
    f"{PAGES}search_results": [],
    "wagtailadmin_choose_page": [],
    "wagtailadmin_choose_page_child": node,
    "wagtailadmin_choose_page_search": [],
    "wagtailadmin_choose_page_chosen_multiple": [],
    "searched_words": [],
    "searched_words_results": [],
    # whose records they name: tests/courses_catalog/test_upkeep.py
    "broken_links": [],
    "broken_links_results": [],
    "records_to_review": [],
    "records_to_review_results": [],
    "wagtailadmin_reports:locked_pages": [],
    "wagtailadmin_reports:locked_pages_results": [],
    "wagtailadmin_reports:workflow": [],
    "wagtailadmin_reports:workflow_results": [],
    "wagtailadmin_reports:workflow_tasks": [],
    "wagtailadmin_reports:workflow_tasks_results": [],
    "wagtailadmin_reports:site_history": [],
    "wagtailadmin_reports:site_history_results": [],
    "wagtailadmin_reports:aging_pages": [],
    "wagtailadmin_reports:aging_pages_results": [],
    "wagtailadmin_api:pages:listing": [],
    "activities:index": [],
    "activities:index_results": [],
    "activities:choose_parent": [],
    "wagtail_localize:translations_report": [],
    "wagtail_localize:translations_report_results": [],
    "wagtail_localize:snippets_api_listing": ["courses_catalog", "course"],
}

# Asked in tests of their own.
ELSEWHERE_NAMES = {
    "wagtail_bulk_action",  # test_bulk_actions_…
    "wagtailadmin_editing_sessions:ping",  # test_somebody_else_s_editing_…
    "wagtailadmin_editing_sessions:release",
    # redirects by a path the caller already knows
    "wagtailadmin_api:pages:find",
    "wagtailadmin_api:pages:action",
    # one's own account, sign-in, assets
    "wagtailadmin_error_test",
    "wagtailadmin_account",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_dismissibles",
    "wagtailadmin_block_preview",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
}
# Asked in tables of their own, which know every address of theirs.
ELSEWHERE_PREFIXES = (
    "activity_roster",  # tests/activities/test_roster_permissions.py
    # tests/courses_catalog/test_courses_permissions.py
    "wagtailsnippets_courses_catalog_",
    "wagtailsnippetchoosers_courses_catalog_",
    # tests/courses_catalog/test_bulk_screens.py
    "catalogue_bulk",
    "catalogue_import_",
    "harvest_",  # tests/courses_catalog/test_harvest_screens.py
    # tests/courses_catalog/test_nominations_permissions.py
    "nomination",
    "teacher_loan",
    # for whoever forgot a password: nobody is signed in
    "wagtailadmin_password_reset",
)
