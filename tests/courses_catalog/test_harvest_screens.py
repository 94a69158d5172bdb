"""The screens of the harvest, who sees them, and what is decided there."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from courses_catalog.harvesting import hooks
from courses_catalog.harvesting.curating import Decision
from courses_catalog.harvesting.curating import accept as accept_now
from courses_catalog.models import (
    AllianceMember,
    Course,
    Harvest,
    HarvestedRecord,
    Resource,
)
from home.models import NodeRole, Role
from tests.courses_catalog.fake_repository import (
    FakeRepository,
    dc,
    deleted,
    page,
    record,
    serving,
)
from tests.factories import UserFactory, small_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return small_network()


@pytest.fixture
def member(net):
    return AllianceMember.objects.create(
        name="江西社区教育网",
        harvest_url="https://edu.example/oai",
        harvest_node=net.county,
    )


def person(node=None, role=Role.EDITOR):
    user = UserFactory()
    group, _created = Group.objects.get_or_create(name="tests")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    user.groups.add(group)
    if node:
        NodeRole.objects.create(user=user, node=node, role=role)
    return user


OF_RESOURCE = {"kind": "video", "isbn": "", "duration": 12}


def waiting(member, number=1, *, model="resource", **values) -> HarvestedRecord:
    values = {
        "model": model,
        "title": f"书法{number}",
        "summary": "从握笔讲起。",
        "theme": "civic",
        "audiences": ["older_people"],
        "tags": ["毛笔"],
        "link": f"https://edu.example/{number}",
        "contributor": "王老师",
        "licence": "CC-BY-4.0",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
        "language": "zh",
        "level": "",
        "hours": None,
        **(OF_RESOURCE if model == "resource" else {}),
    } | values
    return HarvestedRecord.objects.create(
        member=member,
        identifier=f"oai:edu.example:{number}",
        prefix="oai_dc",
        metadata="<dc/>",
        title=values["title"],
        theme=values["theme"],
        values=values,
        changed_at=timezone.now(),
    )


def arguments(name: str, harvested) -> list:
    if name in ("harvest_queue", "harvest_accept", "harvest_turn_down"):
        return []
    of_member = name in ("harvest_member", "harvest_start")
    return [harvested.member_id if of_member else harvested.pk]


def answers(client, harvested) -> dict[str, tuple]:
    """Of every address both ways, with the record ticked."""
    found = {}
    for address in hooks.addresses():
        url = reverse(address.name, args=arguments(address.name, harvested))
        data = {"pk": harvested.pk, "reason": "x", "leave": "1"}
        found[address.name] = (
            client.get(url, data).status_code,
            client.post(url, data).status_code,
        )
    return found


# --- Who ----------------------------------------------------------------------------

ASKERS = {
    "below": ("township", Role.EDITOR),
    "sibling": ("other_county", Role.EDITOR),
    "desk": ("county", Role.DESK),
    "nobody": (None, None),
}


@pytest.mark.parametrize("who", ASKERS)
def test_nobody_else_picks_from_a_member(client, net, member, who):
    where, role = ASKERS[who]
    client.force_login(person(where and getattr(net, where), role))
    harvested = waiting(member)
    before = HarvestedRecord.objects.values().get()
    wrong = {
        name: found
        for name, found in answers(client, harvested).items()
        if not set(found) <= {302, 403, 404, 405} or 200 in found
    }
    assert not wrong
    assert HarvestedRecord.objects.values().get() == before
    assert not Course.objects.exists() and not Resource.objects.exists()


@pytest.mark.parametrize("where", ["county", "city", None])
def test_the_editors_of_the_node_and_above_pick(client, net, member, where):
    user = person(getattr(net, where)) if where else UserFactory(is_superuser=True)
    client.force_login(user)
    found = answers(client, waiting(member))
    gets = {name: get for name, (get, _post) in found.items()}
    assert gets == {
        "harvest_queue": 200,
        "harvest_accept": 200,
        "harvest_turn_down": 200,
        "harvest_record": 200,
        "harvest_settle": 405,
        "harvest_think_again": 405,
        "harvest_member": 200,
        "harvest_start": 405,
    }
    assert not {post for _get, post in found.values()} & {403, 500}


def test_a_member_of_another_s_is_not_there(client, net, member):
    """Though she picks from one of her own."""
    AllianceMember.objects.create(
        name="别的", harvest_url="https://x.example/oai", harvest_node=net.other_county
    )
    client.force_login(person(net.other_county))
    harvested = waiting(member)
    html = client.get(reverse("harvest_queue")).content.decode()
    assert "书法1" not in html and member.name not in html
    found = answers(client, harvested)
    found.pop("harvest_queue")
    assert {status for both in found.values() for status in both} <= {404, 405}


def test_without_a_node_only_administrators_pick(client, net, member):
    AllianceMember.objects.update(harvest_node=None)
    client.force_login(person(net.city))
    assert client.get(reverse("harvest_queue")).status_code == 403
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse("harvest_queue")).status_code == 200


def test_the_menu_shows_it_to_whom_it_is_for(client, net, member):
    for where, shown in (("county", True), ("township", False)):
        client.force_login(person(getattr(net, where)))
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("harvest_queue") in html) is shown


# --- The queue ----------------------------------------------------------------------


@pytest.fixture
def curator(client, net):
    user = person(net.county)
    client.force_login(user)
    return user


def shown(client, **query) -> set[str]:
    html = client.get(reverse("harvest_queue"), query).content.decode()
    return {name for name in ("甲一", "乙二", "丙三", "丁四") if f">{name}<" in html}


def test_the_queue_is_filtered(client, net, member, curator):
    other = AllianceMember.objects.create(
        name="别的", harvest_url="https://x.example/oai", harvest_node=net.county
    )
    waiting(member, 1, title="甲一", theme="health")
    waiting(other, 2, title="乙二")
    gone = waiting(member, 3, title="丙三")
    HarvestedRecord.objects.filter(pk=gone.pk).update(is_deleted=True)
    no = waiting(member, 4, title="丁四")
    HarvestedRecord.objects.filter(pk=no.pk).update(state="turned_down")
    assert shown(client) == {"甲一", "乙二"}
    assert shown(client, theme="health") == {"甲一"}
    assert shown(client, member=other.pk) == {"乙二"}
    assert shown(client, q="甲") == {"甲一"}
    assert shown(client, q="edu.example:2") == {"乙二"}
    assert shown(client, state="turned_down") == {"丁四"}
    assert shown(client, state="changed") == set()
    assert shown(client, state="x", member="x", theme="x", p="x") == {"甲一", "乙二"}


def test_the_queue_costs_few_queries(
    client, member, curator, django_assert_max_num_queries
):
    for number in range(60):
        waiting(member, number)
    with django_assert_max_num_queries(30):
        html = client.get(reverse("harvest_queue")).content.decode()
    assert html.count('name="pk"') == 50


def test_what_is_harvested_is_shown_as_text(client, member, curator):
    harvested = waiting(
        member, title="<script>alert(1)</script>", link="https://x.example/?a=<b>"
    )
    HarvestedRecord.objects.update(metadata="<script>alert(2)</script>")
    for url in (
        reverse("harvest_queue"),
        reverse("harvest_record", args=[harvested.pk]),
    ):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html


# --- Accepting ----------------------------------------------------------------------


def accept(client, *harvested, follow=True, **values):
    data = {"pk": [each.pk for each in harvested], "theme": "", "publish": "yes"}
    url = reverse("harvest_accept")
    return client.post(url, data | values, follow=follow).content.decode()


def test_several_are_accepted_at_once(client, net, member, curator):
    some = [waiting(member, 1), waiting(member, 2, model="course")]
    html = accept(client, *some, node=net.village.pk)
    assert "接收了 2 条" in html
    resource, course = Resource.objects.get(), Course.objects.get()
    assert resource.live and course.live
    assert {resource.owner_node_id, course.owner_node_id} == {net.village.pk}
    assert (resource.link, course.source_link) == (
        "https://edu.example/1",
        "https://edu.example/2",
    )
    assert resource.tag_names == ["毛笔"]
    harvested = HarvestedRecord.objects.get(resource=resource)
    assert (harvested.state, harvested.decided_by) == ("accepted", curator)
    assert shown(client) == set()


def test_a_draft_is_for_nobody_yet(client, net, member, curator):
    accept(client, waiting(member), node=net.village.pk, publish="no", theme="health")
    resource = Resource.objects.get()
    assert (resource.live, resource.theme) == (False, "health")
    assert client.get(resource.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("where", ["other_county", "city"])
def test_no_record_is_given_to_a_foreign_node(client, net, member, curator, where):
    html = accept(client, waiting(member), node=getattr(net, where).pk)
    assert "请选您自己负责的网点" in html
    assert not Resource.objects.exists()


def test_a_theme_is_asked_for_where_the_source_says_none(client, net, member, curator):
    some = [waiting(member, 1, theme=""), waiting(member, 2, theme="health")]
    html = accept(client, *some, node=net.village.pk)
    assert "没有主题的算作" in html and not Resource.objects.exists()
    accept(client, *some, node=net.village.pk, theme="mind")
    themes = Resource.objects.order_by("pk").values_list("title", "theme")
    assert set(themes) == {("书法1", "mind"), ("书法2", "health")}


def test_what_leads_nowhere_is_not_accepted(client, net, member, curator):
    some = [waiting(member, 1, link=""), waiting(member, 2)]
    html = accept(client, *some, node=net.village.pk)
    assert "接收了 1 条" in html and "1 条没有接收" in html
    assert Resource.objects.count() == 1


def test_what_somebody_else_decided_meanwhile_stays_decided(net, member, curator):
    harvested, decision = waiting(member), Decision(curator, net.village)
    assert accept_now(harvested.pk, decision)
    assert accept_now(harvested.pk, decision) is None
    assert Resource.objects.count() == 1


def test_two_of_the_same_number_are_both_accepted(client, net, member, curator):
    other = AllianceMember.objects.create(
        name="别的", harvest_url="https://x.example/oai", harvest_node=net.county
    )
    accept(client, waiting(member), waiting(other), node=net.village.pk)
    numbers = Resource.objects.order_by("pk").values_list("identifier", flat=True)
    assert list(numbers) == ["oai:edu.example:1", ""]


@pytest.mark.parametrize(
    ("said", "code"), [("en", "en"), ("en-GB", "en"), ("zh-Hans", "zh-hans"),
                       ("fr", "zh-hans"), ("", "zh-hans")],
)  # fmt: skip
def test_a_record_keeps_its_language(net, member, curator, said, code):
    record = accept_now(
        waiting(member, language=said).pk, Decision(curator, net.village)
    )
    assert record.locale.language_code == code


def test_turning_down_says_why_and_can_be_taken_back(client, member, curator):
    harvested = waiting(member)
    url = reverse("harvest_turn_down")
    client.post(url, {"pk": harvested.pk})
    harvested.refresh_from_db()
    assert harvested.state == "waiting"
    client.post(url, {"pk": harvested.pk, "reason": "内容过时"})
    harvested.refresh_from_db()
    assert (harvested.state, harvested.reason) == ("turned_down", "内容过时")
    one = reverse("harvest_record", args=[harvested.pk])
    assert "内容过时" in client.get(one).content.decode()
    client.post(reverse("harvest_think_again", args=[harvested.pk]))
    harvested.refresh_from_db()
    assert (harvested.state, harvested.reason) == ("waiting", "")


@pytest.mark.parametrize("pk", ["x", "", "9" * 30, "-1", "²"])
def test_what_is_ticked_wrongly_is_not_there(client, member, curator, pk):
    assert client.get(reverse("harvest_accept"), {"pk": pk}).status_code == 404


# --- What the public reads ----------------------------------------------------------


def test_the_public_page_says_where_it_is_from(client, net, member, curator):
    for model, page_of in (("resource", Resource), ("course", Course)):
        harvested = waiting(member, model, model=model)
        accept(client, harvested, node=net.village.pk)
        html = client.get(page_of.objects.get().get_absolute_url()).content.decode()
        assert "来自" in html and member.name in html
        assert (f"到{member.name}去学" in html) is (model == "course")
        assert f'href="https://edu.example/{model}"' in html
        assert "oai:edu.example" not in html.partition("ld+json")[0]
        assert "署名（CC BY 4.0）" in html


def test_the_words_of_an_unknown_licence_are_kept(client, net, member, curator):
    harvested = waiting(member, licence="", rights="仅供个人学习")
    accept(client, harvested, node=net.village.pk)
    resource = Resource.objects.get()
    assert resource.source_rights == "仅供个人学习"
    assert "仅供个人学习" in client.get(resource.get_absolute_url()).content.decode()


# --- What changes later -------------------------------------------------------------


@pytest.fixture
def source(settings, member):
    settings.FETCH_PRIVATE_HOSTS = ["127.0.0.1"]
    with serving(FakeRepository()) as repository:
        AllianceMember.objects.update(harvest_url=repository.url)
        member.refresh_from_db()
        yield repository


def harvest(client, member, source, *records) -> None:
    source.answers = [page(*records)]
    Harvest.objects.all().delete()
    client.post(reverse("harvest_start", args=[member.pk]))


@pytest.fixture
def now(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


BEFORE = {
    "title": "书法",
    "type": "视频",
    "description": "旧说明",
    "subject": "公民素养",
}


@pytest.fixture
def taken(client, net, member, curator, source, now):
    """A resource that was accepted."""
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE)))
    accept(client, HarvestedRecord.objects.get(), node=net.village.pk)
    return Resource.objects.get()


def test_a_change_at_the_source_waits_for_a_click(client, member, source, taken, now):
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE | {"title": "书法入门"})))
    taken.refresh_from_db()
    assert taken.title == "书法"
    assert HarvestedRecord.objects.get().is_changed
    assert shown(client, state="changed") == set()
    html = client.get(reverse("harvest_queue"), {"state": "changed"}).content.decode()
    assert "书法入门" in html
    one = HarvestedRecord.objects.get()
    client.post(reverse("harvest_settle", args=[one.pk]), {"field": ["title"]})
    taken.refresh_from_db()
    assert (taken.title, taken.summary) == ("书法入门", "旧说明")
    assert taken.live and not taken.has_unpublished_changes
    assert "书法入门" in client.get(taken.get_absolute_url()).content.decode()
    assert not HarvestedRecord.objects.get().is_changed


def test_what_we_edited_is_not_ticked_and_stays(client, member, source, taken, now):
    taken.title = "我们的名字"
    taken.save_revision().publish()
    changed = BEFORE | {"title": "书法入门", "description": "新说明"}
    with now():
        harvest(client, member, source, record(1, dc(**changed)))
    one = HarvestedRecord.objects.get()
    html = client.get(reverse("harvest_record", args=[one.pk])).content.decode()
    assert 'value="summary" checked' in html
    assert 'value="title">' in html
    client.post(reverse("harvest_settle", args=[one.pk]), {"field": ["summary"]})
    taken.refresh_from_db()
    assert (taken.title, taken.summary) == ("我们的名字", "新说明")


def test_what_was_left_is_asked_about_when_it_changes_again(
    client, member, source, taken, now
):
    for title in ("一", "二"):
        with now():
            harvest(client, member, source, record(1, dc(**BEFORE | {"title": title})))
        one = HarvestedRecord.objects.get()
        assert one.is_changed
        client.post(reverse("harvest_settle", args=[one.pk]), {"leave": "1"})
        assert not HarvestedRecord.objects.get().is_changed
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE | {"title": "二"})))
    assert not HarvestedRecord.objects.get().is_changed
    taken.refresh_from_db()
    assert taken.title == "书法"


def test_a_draft_somebody_writes_is_not_published_by_it(
    client, member, source, taken, now
):
    taken.title = "写了一半"
    taken.save_revision()
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE | {"title": "新"})))
    one = HarvestedRecord.objects.get()
    url = reverse("harvest_settle", args=[one.pk])
    html = client.post(url, {"field": ["title"]}, follow=True).content.decode()
    assert "还没发布的修改" in html
    taken.refresh_from_db()
    assert taken.title == "书法"
    assert HarvestedRecord.objects.get().is_changed


def test_what_the_source_deletes_is_taken_down(client, member, source, taken, now):
    with now():
        harvest(client, member, source, deleted(1))
    taken.refresh_from_db()
    assert not taken.live
    assert client.get(taken.get_absolute_url()).status_code == 410
    html = client.get(reverse("harvest_queue"), {"state": "changed"}).content.decode()
    assert "来源已删除" in html
    history = reverse(Resource.snippet_viewset.get_url_name("history"), args=[taken.pk])
    assert "来源网站删除了这条记录" in client.get(history).content.decode()
    one = HarvestedRecord.objects.get()
    one_url = reverse("harvest_record", args=[one.pk])
    assert "也撤下了" in client.get(one_url).content.decode()
    client.post(reverse("harvest_settle", args=[one.pk]), {"leave": "1"})
    assert not HarvestedRecord.objects.get().is_changed
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE)))
    taken.refresh_from_db()
    one.refresh_from_db()
    # it is back at the source; whether here too, somebody decides
    assert (one.is_deleted, one.is_changed, taken.live) == (False, True, False)


def test_a_record_of_another_node_is_not_changed_from_here(
    client, net, member, source, taken, now
):
    """The county picks, but the record went to the other county since."""
    Resource.objects.update(owner_node=net.other_village)
    with now():
        harvest(client, member, source, record(1, dc(**BEFORE | {"title": "新"})))
    one = HarvestedRecord.objects.get()
    url = reverse("harvest_settle", args=[one.pk])
    assert client.post(url, {"field": ["title"]}).status_code in (302, 403)
    taken.refresh_from_db()
    assert taken.title == "书法"
    assert HarvestedRecord.objects.get().is_changed


# --- The member ---------------------------------------------------------------------


def test_how_harvests_went_is_told(client, member, curator, source, now):
    with now():
        harvest(client, member, source, record(1), record("bad", dc(title="")))
    html = client.get(reverse("harvest_member", args=[member.pk])).content.decode()
    assert "采集完成" in html and "oai:edu.example:bad" in html


def test_a_member_that_rests_is_not_harvested(client, member, curator):
    AllianceMember.objects.update(is_active=False)
    url = reverse("harvest_start", args=[member.pk])
    assert "停用了" in client.post(url, follow=True).content.decode()
    assert not Harvest.objects.exists()


def test_a_member_whose_records_we_show_is_not_deleted(client, net, member):
    client.force_login(UserFactory(is_superuser=True))
    harvested = waiting(member)
    url = reverse("alliance_members:delete", args=[member.pk])
    accept(client, harvested, node=net.village.pk)
    assert "不能删除" in client.post(url, follow=True).content.decode()
    assert AllianceMember.objects.exists()
    HarvestedRecord.objects.update(state="waiting")
    client.post(url)
    assert not AllianceMember.objects.exists()


def test_the_token_of_a_member_is_kept_and_never_shown(client, net, member):
    client.force_login(UserFactory(is_superuser=True))
    url = reverse("alliance_members:edit", args=[member.pk])
    values = {
        "name": member.name,
        "is_active": "on",
        "harvest_url": member.harvest_url,
        "harvest_prefix": "lom",
        "harvest_hours": 12,
    }
    client.post(url, values | {"harvest_token": "secret-1"})
    assert "secret-1" not in client.get(url).content.decode()
    client.post(url, values)
    member.refresh_from_db()
    assert (member.harvest_token, member.harvest_hours) == ("secret-1", 12)
    client.post(url, values | {"harvest_url": ""})
    member.refresh_from_db()
    assert member.harvest_token == ""
