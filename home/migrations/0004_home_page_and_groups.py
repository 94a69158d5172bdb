"""The home page and site of the default language, and the groups of the roles.

Run again after a reversal it finds what it made before.
"""

import uuid

from django.conf import settings
from django.db import migrations

ROOT_PATH = "0001"
EDITORS, DESK = "网点编辑", "报名台"


def make_home_page(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("home", "HomePage")
    if HomePage.objects.exists():
        return
    _remove_welcome_page(Page)
    Locale = apps.get_model("wagtailcore", "Locale")
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    Locale.objects.get_or_create(language_code="en")
    path = _free_path(Page)
    home = HomePage.objects.create(
        title=settings.SITE_NAME,
        draft_title=settings.SITE_NAME,
        slug="home",
        content_type=_content_type(apps),
        path=path,
        depth=2,
        numchild=0,
        url_path="/home/",
        translation_key=uuid.uuid4(),
        locale=locale,
        live=True,
    )
    root = Page.objects.get(path=ROOT_PATH)
    root.numchild = Page.objects.filter(depth=2, path__startswith=ROOT_PATH).count()
    root.save()
    Site = apps.get_model("wagtailcore", "Site")
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost", root_page_id=home.pk, is_default_site=True
        )


def _content_type(apps):
    ContentType = apps.get_model("contenttypes", "ContentType")
    found, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    return found


def _remove_welcome_page(Page):
    """Wagtail's own first page, unless somebody has built below it."""
    welcome = Page.objects.filter(
        depth=2, slug="home", content_type__model="page", numchild=0
    )
    welcome.delete()


def _free_path(Page):
    taken = set(
        Page.objects.filter(depth=2, path__startswith=ROOT_PATH).values_list(
            "path", flat=True
        )
    )
    steps = (f"{ROOT_PATH}{number:04d}" for number in range(1, 10000))
    return next(path for path in steps if path not in taken)


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    access = Permission.objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in (EDITORS, DESK):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
    _let_upload_pictures(apps, Group.objects.get(name=EDITORS))


def _let_upload_pictures(apps, group):
    Collection = apps.get_model("wagtailcore", "Collection")
    Permission = apps.get_model("auth", "Permission")
    GroupCollectionPermission = apps.get_model(
        "wagtailcore", "GroupCollectionPermission"
    )
    root = Collection.objects.get(depth=1)
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages",
        codename__in=["add_image", "choose_image"],
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_index_of_addresses"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]
    operations = [
        migrations.RunPython(make_home_page, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
