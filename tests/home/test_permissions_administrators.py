"""What only administrators reach, asked by everybody else who enters the admin."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Site, Task, Workflow
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses_catalog.models import AllianceMember
from home.models import NodeRole, Role
from learners.models import AccessAct, AccessEntry
from search.models import SynonymGroup
from tests.factories import CourseFactory, UserFactory, small_network
from tests.factories.activities import published_activity
from tests.home.admin_only import ADMINISTRATORS, Things
from tests.home.test_permissions_matrix import AS_SCRIPT, is_refused

pytestmark = pytest.mark.django_db

# who asks → her role and where, from the sibling village whose things they are
ASKERS = {
    "village": (Role.EDITOR, "village"),
    "another county": (Role.EDITOR, "other_county"),
    "desk": (Role.DESK, "sibling_village"),
    "no role": (None, ""),
}


def asker(net, who):
    role, where = ASKERS[who]
    user = UserFactory()
    group = Group.objects.create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user.groups.add(group)
    if role:
        NodeRole.objects.create(user=user, node=getattr(net, where), role=role)
    return user


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def things(net, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    owner = UserFactory()
    page = published_activity(net.sibling_village, title="别处的活动")
    source, _made = TranslationSource.update_or_create_from_instance(page)
    english = Locale.objects.get(language_code="en")
    translation = Translation.objects.create(source=source, target_locale=english)
    translation.save_target(publish=True)
    return Things(
        user=owner,
        group=Group.objects.first(),
        node_role=NodeRole.objects.create(
            user=owner, node=net.sibling_village, role=Role.EDITOR
        ),
        access=AccessEntry.objects.create(
            user=owner, act=AccessAct.READ, subject="别处的名单", count=1
        ),
        site=Site.objects.get(),
        locale=english,
        redirect=Redirect.objects.create(old_path="/old", redirect_link="/new/"),
        workflow=Workflow.objects.get(),
        task=Task.objects.first(),
        collection=Collection.get_first_root_node().add_child(name="别处的"),
        image=get_image_model().objects.create(
            title="别处的", file=get_test_image_file(), uploaded_by_user=owner
        ),
        document=get_document_model().objects.create(
            title="别处的", file=ContentFile(b"x", "x.txt"), uploaded_by_user=owner
        ),
        course=CourseFactory(owner_node=net.sibling_village, live=False),
        translation=translation,
        segment=source.stringsegment_set.first(),
        synonym_group=SynonymGroup.objects.first(),
        alliance_member=AllianceMember.objects.create(name="别处的"),
    )


@pytest.mark.parametrize("who", ASKERS)
def test_what_is_for_administrators_is_refused_to_everybody_else(
    client, net, things, who
):
    client.force_login(asker(net, who))
    answers = {
        name: getattr(client, entry.method)(
            reverse(name, args=entry.args(things)), **AS_SCRIPT
        )
        for name, entry in ADMINISTRATORS.items()
    }
    wrong = {n: a.status_code for n, a in answers.items() if not is_refused(a)}
    assert not wrong
    assert not StringTranslation.objects.exists()


# Wagtail leaves the file it drew a thumbnail into to the garbage collector
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_an_administrator_reaches_them(client, things):
    client.force_login(UserFactory(is_superuser=True))
    screens = {
        name: client.get(reverse(name, args=entry.args(things)), follow=True)
        for name, entry in ADMINISTRATORS.items()
        if entry.method == "get" and name.endswith((":index", ":edit", ":api_detail"))
    }
    # a record of who read what is never edited
    wrong = {n: a.status_code for n, a in screens.items() if a.status_code != 200}
    assert set(wrong) <= {"access_log:edit"}


@pytest.mark.parametrize(
    ("where", "sees"), [("sibling_village", True), ("village", False)]
)
def test_the_courses_offered_to_translators_are_those_of_their_own_subtree(
    client, net, things, where, sees
):
    user = UserFactory()
    NodeRole.objects.create(user=user, node=getattr(net, where), role=Role.EDITOR)
    client.force_login(user)
    url = reverse(
        "wagtail_localize:snippets_api_listing", args=["courses_catalog", "course"]
    )
    assert (things.course.title in client.get(url).content.decode()) is sees
