"""What only administrators reach, and the pictures, files and translations of others.

One line for each address; `REFUSED` ones answer 403 or 404 to whoever has a role on
nodes, and to whoever has none. `Things` is what the arguments name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Things:
    """Everything an address may name, none of it the asker's own."""

    user: object
    group: object
    node_role: object
    access: object
    site: object
    locale: object
    redirect: object
    workflow: object
    task: object
    collection: object
    image: object
    document: object
    course: object
    translation: object
    segment: object
    synonym_group: object
    alliance_member: object


@dataclass(frozen=True)
class Url:
    args: Callable = field(default=lambda things: [])
    method: str = "get"


def of(name: str, *more) -> Callable:
    return lambda things: [getattr(things, name).pk, *more]


def _screens(namespace: str, thing: str, names: str, bare: str = "") -> dict[str, Url]:
    """`names` of addresses that take the key of `thing`; `bare` ones take nothing."""
    return {
        **{f"{namespace}:{name}": Url(of(thing)) for name in names.split()},
        **{f"{namespace}:{name}": Url() for name in bare.split()},
    }


FORMS = "edit delete usage history history_results"
LIST = "index index_results add"
USERS = f"{FORMS} copy"
WORKFLOWS = "wagtailadmin_workflows"

ADMINISTRATORS = {
    **_screens("node_roles", "node_role", FORMS, LIST),
    **_screens("synonyms", "synonym_group", FORMS, LIST),
    **_screens("alliance_members", "alliance_member", FORMS, LIST),
    **_screens("access_log", "access", FORMS, LIST),
    **_screens("wagtailusers_users", "user", USERS, LIST),
    **_screens("wagtailusers_groups", "group", FORMS, LIST),
    **_screens("wagtailsites", "site", USERS, LIST),
    **_screens("wagtaillocales", "locale", USERS, LIST),
    **_screens("wagtailredirects", "redirect", "edit delete", LIST),
    "wagtailredirects:start_import": Url(),
    "wagtailredirects:process_import": Url(method="post"),
    **_screens(WORKFLOWS, "workflow", "edit disable usage usage_results"),
    **_screens(WORKFLOWS, "task", "edit_task disable_task"),
    f"{WORKFLOWS}:enable": Url(of("workflow"), "post"),
    f"{WORKFLOWS}:enable_task": Url(of("task"), "post"),
    f"{WORKFLOWS}:remove": Url(of("workflow"), "post"),
    f"{WORKFLOWS}:index": Url(),
    f"{WORKFLOWS}:index_results": Url(),
    f"{WORKFLOWS}:add": Url(),
    f"{WORKFLOWS}:task_index": Url(),
    f"{WORKFLOWS}:task_index_results": Url(),
    f"{WORKFLOWS}:select_task_type": Url(),
    f"{WORKFLOWS}:add_task": Url(lambda t: ["wagtailcore", "groupapprovaltask"]),
    **_screens(
        "wagtailadmin_collections", "collection", "edit delete set_privacy", "index add"
    ),
    "wagtailadmin_reports:page_types_usage": Url(),
    "wagtailadmin_reports:page_types_usage_results": Url(),
    "wagtailsettings:edit": Url(lambda t: ["home", "sitesettings"]),
    "wagtailsettings:preview_on_edit": Url(
        lambda t: ["home", "sitesettings", t.site.pk], "post"
    ),
    # editors upload pictures, no files; each picture is its uploader's to change
    **_screens("wagtaildocs", "document", "edit delete document_usage"),
    "wagtaildocs:index": Url(),
    "wagtaildocs:index_results": Url(),
    "wagtaildocs:add": Url(),
    "wagtaildocs:add_multiple": Url(),
    "wagtaildocs:edit_multiple": Url(of("document"), "post"),
    "wagtaildocs:delete_multiple": Url(of("document"), "post"),
    "wagtaildocs:create_multiple_from_uploaded_document": Url(of("document"), "post"),
    "wagtaildocs:delete_upload_multiple": Url(of("document"), "post"),
    "wagtaildocs_chooser:create": Url(method="post"),
    **_screens("wagtailimages", "image", "edit delete image_usage url_generator"),
    "wagtailimages:preview": Url(of("image", "width-50")),
    "wagtailimages:url_generator_output": Url(of("image")),
    "wagtailimages:edit_multiple": Url(of("image"), "post"),
    "wagtailimages:delete_multiple": Url(of("image"), "post"),
    "wagtailimages:create_multiple_from_uploaded_image": Url(of("image"), "post"),
    "wagtailimages:delete_upload_multiple": Url(of("image"), "post"),
    # the words of a page or course of somebody else's
    **_screens(
        "wagtail_localize", "translation", "download_pofile preview_translation"
    ),
    "wagtail_localize:upload_pofile": Url(of("translation"), "post"),
    "wagtail_localize:machine_translate": Url(of("translation"), "post"),
    "wagtail_localize:stop_translation": Url(of("translation"), "post"),
    "wagtail_localize:edit_string_translation": Url(
        lambda t: [t.translation.pk, t.segment.pk], "put"
    ),
    "wagtail_localize:edit_override": Url(
        lambda t: [t.translation.pk, t.segment.pk], "put"
    ),
    "wagtail_localize:update_translations": Url(lambda t: [t.translation.source.pk]),
    "wagtail_localize:submit_snippet_translation": Url(
        lambda t: ["courses_catalog", "course", t.course.pk]
    ),
    "wagtail_localize:snippets_api_detail": Url(
        lambda t: ["courses_catalog", "course", t.course.pk]
    ),
}

# Reached by every editor, and why that shows or changes nothing of somebody's.
OPEN = {
    # which kinds of catalogue records there are; the lists of each ask again
    "wagtailsnippets:index",
    # an upload of one's own, a page of the network to choose from
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    # pictures and files are the whole network's to show: they are public once stored
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtailimages_chooser:chosen",
    "wagtailimages_chooser:chosen_multiple",
    "wagtailimages_chooser:create",
    "wagtailimages_chooser:select_format",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtaildocs_chooser:chosen",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:images:find",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:documents:find",
    # an address on another site, typed by whoever asks
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    # the names of workflow tasks, read only; making one is asked about in the view
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chosen",
    # words of the admin itself
    "wagtail_localize:javascript_catalog",
}
