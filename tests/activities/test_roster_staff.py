"""The roster: what it shows, what it writes down, and registering by hand."""

import csv
import datetime as dt
import io
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from activities import allocation
from activities.models import Registration, Run
from activities.registration import withdraw
from activities.roster import gone, roster
from activities.roster_exports import safe
from activities.states import Channel, RegistrationStatus
from learners import households
from learners.models import AccessAct, AccessEntry, Learner, Relation
from tests.factories import (
    ActivityPageFactory,
    LearnerFactory,
    RegistrationFactory,
    RunFactory,
    UserFactory,
    small_network,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SOON = NOW + dt.timedelta(days=10)
PLACED, WAITING = RegistrationStatus.PLACED, RegistrationStatus.WAITING


@pytest.fixture
def staff():
    return UserFactory(is_superuser=True, first_name="敏", last_name="刘")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def run_of(**fields):
    fields.setdefault("last_ends_at", SOON + dt.timedelta(hours=2))
    return RunFactory(first_starts_at=SOON, **fields)


def address(name, run, *args):
    return reverse(f"activity_roster{name}", args=[run.activity_id, *args])


def fill(desk, run, **fields):
    """Opens the form, and sends it with the key it carries."""
    url = address("_register", run)
    key = desk.get(url).context["form"]["key"].value()
    return desk.post(url, {"key": key, "channel": "desk"} | fields)


class TestShown:
    def test_placed_come_first_then_those_who_wait_in_their_order(self):
        run = run_of(capacity=2)
        people = [RegistrationFactory(run=run) for _ in range(4)]
        allocation.allocate(run.pk)
        RegistrationFactory(run=run, status=RegistrationStatus.WITHDRAWN)
        rows = roster(run)
        assert [row.registration for row in rows] == people
        assert [row.number for row in rows] == [1, 2, 1, 2]

    def test_it_says_age_telephone_channel_and_who_acted(self, staff):
        account = UserFactory(phone="13911112222")
        run = run_of()
        mother = households.add(
            account, "王秀兰", Relation.PARENT, born_on=dt.date(1950, 1, 1)
        )
        me = households.add(account, "陈静", Relation.SELF, phone="13833334444")
        for learner, acted_by, channel in (
            (mother, account, Channel.ONLINE),
            (me, account, Channel.ONLINE),
            (LearnerFactory(), staff, Channel.DESK),
        ):
            RegistrationFactory(
                run=run,
                learner=learner,
                acted_by=acted_by,
                channel=channel,
                status=PLACED,
            )
        rows = roster(run, with_phones=True)
        assert rows[0].age == timezone.localdate(SOON).year - 1950
        assert [row.phone for row in rows] == ["13911112222", "13833334444", ""]
        masked = ["139****2222", "138****4444", ""]
        assert [row.phone for row in roster(run)] == masked
        assert [row.acted_by for row in rows][:2] == ["家人代报", "本人"]
        assert rows[2].acted_by == staff.get_full_name()

    def test_the_page_shows_it_in_a_fixed_number_of_queries(
        self, desk, django_assert_max_num_queries
    ):
        run = run_of()
        for _ in range(12):
            RegistrationFactory(run=run, status=PLACED)
        desk.get(address("", run))
        with django_assert_max_num_queries(30):
            page = desk.get(address("", run)).content.decode()
        assert "报上 0 人" in page
        assert page.count("替他退出") == 12

    def test_telephones_are_masked_until_asked_for_and_asking_is_written_down(
        self, desk
    ):
        run = run_of()
        learner = LearnerFactory(phone="13812345678")
        RegistrationFactory(run=run, learner=learner, status=PLACED)
        page = desk.get(address("", run)).content.decode()
        assert "138****5678" in page
        assert "13812345678" not in page
        page = desk.get(address("", run), {"phones": "1"}).content.decode()
        assert "13812345678" in page
        asked = AccessEntry.objects.latest("pk")
        assert (asked.subject, asked.count) == (f"phones:run:{run.pk}", 1)

    def test_who_waits_is_shown_with_her_place_in_the_line(self, desk):
        run = run_of(capacity=1)
        for _ in range(3):
            RegistrationFactory(run=run)
        allocation.allocate(run.pk)
        page = desk.get(address("", run)).content.decode()
        assert "候补第 1 位" in page
        assert "候补第 2 位" in page
        assert "候补第 3 位" not in page

    def test_runs_of_single_sessions_are_told_apart(self, desk):
        run = run_of()
        other = RunFactory(
            activity=run.activity, first_starts_at=SOON, last_ends_at=SOON
        )
        RegistrationFactory(run=other, learner__name="李桂英", status=PLACED)
        assert "李桂英" not in desk.get(address("", run)).content.decode()
        chosen = desk.get(address("", run), {"run": other.pk})
        assert "李桂英" in chosen.content.decode()

    def test_an_activity_nobody_registers_for_says_so(self, desk):
        activity = ActivityPageFactory(parent=small_network().village)
        page = desk.get(reverse("activity_roster", args=[activity.pk]))
        assert "没有名单" in page.content.decode()

    @pytest.mark.parametrize("query", [{"run": "x"}, {"run": "0"}])
    def test_an_unknown_run_is_not_found(self, desk, query):
        assert desk.get(address("", run_of()), query).status_code == 404


class TestGone:
    """Below the list, folded: who is not on it any more, and why."""

    @pytest.fixture
    def run(self, staff):
        run = run_of(capacity=1, waiting_capacity=0)
        account = UserFactory()
        refused = households.add(account, "高志强", Relation.PARENT)
        placed = RegistrationFactory(run=run, learner__name="李桂英")
        RegistrationFactory(run=run, learner=refused, acted_by=account)
        allocation.allocate(run.pk)
        withdraw(placed, acted_by=staff, channel=Channel.PHONE, reason="搬家")
        return run

    def test_it_says_who_when_why_and_by_whom(self, run, staff):
        left, refused = gone(run)
        assert (left.name, left.status) == ("李桂英", "已退出")
        assert (left.reason, left.channel) == ("搬家", "电话")
        assert left.acted_by == staff.get_full_name()
        assert (refused.name, refused.status) == ("高志强", "没有报上")
        assert "名额满了" in refused.reason
        assert refused.acted_by == "家人代报"
        assert refused.at.startswith(f"{timezone.localdate():%Y-%m-%d} ")

    def test_the_page_shows_and_counts_them(self, desk, run):
        page = desk.get(address("", run)).content.decode()
        assert "没有报上的和退出的（2）" in page
        assert "搬家" in page
        assert AccessEntry.objects.get().count == 2

    def test_files_and_the_sheet_stay_without_them(self, desk, run):
        for name in ("_csv", "_print"):
            assert "李桂英" not in desk.get(address(name, run)).content.decode()

    def test_who_came_back_is_on_the_list(self, run):
        known = Learner.objects.get(name="李桂英")
        RegistrationFactory(run=run, learner=known)
        allocation.allocate(run.pk)
        assert [row.name for row in roster(run)] == ["李桂英"]

    def test_an_erased_name_is_said_to_be_so(self, run):
        Learner.objects.update(name="")
        assert {row.name for row in gone(run)} == {"已注销"}

    def test_however_many_it_takes_two_queries(
        self, run, django_assert_max_num_queries
    ):
        for _ in range(5):
            RegistrationFactory(run=run)
        Run.objects.filter(pk=run.pk).update(is_open=False)
        allocation.allocate(run.pk)
        with django_assert_max_num_queries(2):
            assert len(gone(run)) == 7


class TestWrittenDown:
    @pytest.mark.parametrize(
        ("name", "act"),
        [
            ("", AccessAct.READ),
            ("_csv", AccessAct.EXPORT),
            ("_xlsx", AccessAct.EXPORT),
            ("_print", AccessAct.EXPORT),
        ],
    )
    def test_each_look_and_file_is_recorded_with_the_number_of_people(
        self, desk, staff, name, act
    ):
        run = run_of()
        RegistrationFactory(run=run, status=PLACED)
        assert desk.get(address(name, run)).status_code == 200
        entry = AccessEntry.objects.get()
        assert (entry.user, entry.act, entry.count) == (staff, act, 1)
        assert entry.subject == f"run:{run.pk}"

    def test_nothing_of_it_is_kept_by_browsers(self, desk):
        run = run_of()
        for name in ("", "_csv", "_xlsx", "_print", "_register"):
            header = desk.get(address(name, run)).headers["Cache-Control"]
            assert "no-store" in header


class TestExports:
    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  @x"],
    )
    def test_what_a_spreadsheet_would_run_is_text(self, text):
        assert safe(text).startswith("'")

    @pytest.mark.parametrize("text", ["王秀兰", "13800008000", "3-1", "a=b", ""])
    def test_other_text_stays_as_it_is(self, text):
        assert safe(text) == text

    def test_control_characters_that_spoil_the_file_are_left_out(self):
        assert safe("王\x00秀\x07兰") == "王秀兰"

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_a_file_is_named_after_activity_place_and_date(self, desk, kind):
        net = small_network()
        run = run_of(activity__parent=net.village, activity__title='书法：\r"隶/书"')
        Run.objects.filter(pk=run.pk).update(node_path=net.village.path)
        response = desk.get(address(f"_{kind}", run))
        header = response.headers["Content-Disposition"]
        plain, _marks, full = header.partition("; filename*=UTF-8''")
        day = timezone.localdate(SOON).isoformat()
        assert plain.isascii()
        assert plain.startswith('attachment; filename="roster-shu-fa')
        assert plain.endswith(f'{day}.{kind}"')
        name = unquote(full)
        assert name.startswith("名单 书法： 隶 书 ")
        assert net.village.short_name in name
        assert name.endswith(f" {day}.{kind}")
        assert not set(name) & set('\r\n\\/:*?"<>|')

    def dangerous_run(self):
        run = run_of()
        learner = LearnerFactory(name='=HYPERLINK("http://x")', phone="13800008000")
        RegistrationFactory(run=run, learner=learner, status=PLACED)
        return run

    def test_the_csv_opens_in_excel_with_chinese(self, desk):
        response = desk.get(address("_csv", self.dangerous_run()))
        text = response.content.decode()
        assert text.startswith("\ufeff序号,姓名")
        rows = list(csv.reader(io.StringIO(text[1:])))
        assert rows[1][1] == '\'=HYPERLINK("http://x")'
        assert rows[1][3] == "13800008000"
        assert "attachment" in response.headers["Content-Disposition"]

    def test_the_xlsx_holds_no_formula(self, desk):
        response = desk.get(address("_xlsx", self.dangerous_run()))
        sheet = load_workbook(io.BytesIO(response.content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in cells} == {"s"}
        assert sheet["A1"].value == "序号"
        assert sheet["D2"].value == "13800008000"

    def test_the_sheet_to_sign_lists_those_with_a_place(self, desk):
        run = run_of(capacity=1)
        placed = LearnerFactory(name="李桂英", phone="13812345678")
        waiting = LearnerFactory(name="吴建军")
        for learner in (placed, waiting):
            RegistrationFactory(run=run, learner=learner)
        allocation.allocate(run.pk)
        page = desk.get(address("_print", run)).content.decode()
        assert "李桂英" in page
        assert "吴建军" not in page
        assert "5678" in page
        assert "13812345678" not in page


class TestByHand:
    def test_somebody_without_an_account_is_registered(self, desk, staff):
        run = run_of()
        response = fill(desk, run, name="胡月娥", channel="phone", phone="15700000032")
        assert response.status_code == 302
        registration = Registration.objects.get()
        assert registration.status == PLACED
        assert registration.channel == Channel.PHONE
        assert registration.acted_by == staff
        assert registration.learner.name == "胡月娥"
        assert not registration.learner.access.exists()

    def test_a_full_run_takes_onto_the_waiting_list(self, desk):
        run = run_of(capacity=1, taken=1)
        response = fill(desk, run, name="胡月娥")
        page = desk.get(response.url).content.decode()
        assert Registration.objects.get().status == WAITING
        assert "排进了候补" in page

    def test_the_same_name_and_telephone_are_the_same_person(self, desk):
        known = LearnerFactory(name="胡月娥", phone="15700000032")
        fill(desk, run_of(), name="胡月娥", phone="157 0000 0032")
        fill(desk, run_of(), name="胡月娥", phone="15700000033")
        first, second = Registration.objects.order_by("pk")
        assert first.learner == known
        assert second.learner != known

    def test_who_registered_online_is_found_by_the_number_of_the_account(self, desk):
        account = UserFactory(phone="15700000032", is_phone_verified=True)
        people = [
            households.add(account, "胡月娥", Relation.SELF),
            households.add(account, "王秀兰", Relation.PARENT),
        ]
        for learner in people:
            fill(desk, run_of(), name=learner.name, phone="15700000032")
        assert [one.learner for one in Registration.objects.order_by("pk")] == people
        assert Learner.objects.count() == 2

    def test_a_second_way_in_brings_no_second_place(self, desk):
        account = UserFactory(phone="15700000032", is_phone_verified=True)
        learner = households.add(account, "胡月娥", Relation.SELF)
        held = run_of()
        RegistrationFactory(run=held, learner=learner, status=PLACED)
        fill(desk, held, name="胡月娥", phone="15700000032")
        other = RunFactory(
            activity__parent=held.activity.get_parent(),
            node_path=held.node_path,
            first_starts_at=SOON,
            last_ends_at=SOON,
            max_active=1,
        )
        response = fill(desk, other, name="胡月娥", phone="15700000032")
        assert "到了上限" in str(response.context["form"].non_field_errors())
        assert Registration.objects.count() == 1

    def test_a_number_nobody_has_proved_finds_nobody(self, desk):
        account = UserFactory(phone="15700000032", is_phone_verified=False)
        learner = households.add(account, "胡月娥", Relation.SELF)
        fill(desk, run_of(), name="胡月娥", phone="15700000032")
        assert Registration.objects.get().learner != learner

    def test_who_is_on_the_list_already_is_said_to_be_so(self, desk):
        run = run_of()
        said = []
        for _ in range(2):
            response = fill(desk, run, name="胡月娥", phone="15700000032")
            said.append(desk.get(response.url).content.decode())
        assert "胡月娥报上了" in said[0]
        assert "胡月娥早就在名单上了" in said[1]
        assert "胡月娥报上了" not in said[1]
        assert Registration.objects.count() == 1

    @pytest.mark.parametrize(
        ("phone", "is_reached"),
        [("15700000032", True), ("07928580000", False), ("", False)],
    )
    def test_the_clerk_hears_who_gets_no_text(self, desk, phone, is_reached):
        response = fill(desk, run_of(), name="胡月娥", phone=phone)
        page = desk.get(response.url).content.decode()
        assert ("收不到短信：有变动要您打电话" in page) is not is_reached
        assert (page.count("收不到短信") == 0) is is_reached

    def test_sending_twice_registers_once(self, desk):
        run = run_of()
        url = address("_register", run)
        key = desk.get(url).context["form"]["key"].value()
        for _ in range(2):
            data = {"key": key, "channel": "desk", "name": "胡月娥"}
            assert desk.post(url, data).status_code == 302
        assert (Registration.objects.count(), Learner.objects.count()) == (1, 1)

    def test_the_same_rules_hold_and_all_reasons_are_told_at_their_fields(self, desk):
        run = run_of(
            min_age=60, desk_only_from_age=50, consent_from_age=50, is_open=False
        )
        response = fill(
            desk, run, name="胡月娥", channel="phone", born_on="1970年1月1日"
        )
        errors = response.context["form"].errors
        assert response.status_code == 422
        assert set(errors) == {"born_on", "channel", "consented_by", "__all__"}
        assert 'value="胡月娥"' in response.content.decode()
        assert not Registration.objects.exists()
        assert not Learner.objects.exists()

    def test_at_the_desk_the_oldest_register_with_a_relative_s_consent(self, desk):
        run = run_of(desk_only_from_age=80, consent_from_age=80)
        fill(desk, run, name="胡月娥", born_on="19300101", consented_by="高志强")
        assert Registration.objects.get().consented_by == "高志强"

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "胡月娥", "phone": "12"}, "phone"),
            ({"name": "胡月娥", "channel": "online"}, "channel"),
            ({"name": "胡月娥", "key": ""}, "key"),
        ],
    )
    def test_bad_input_is_explained(self, desk, fields, field):
        response = fill(desk, run_of(), **fields)
        assert response.status_code == 422
        assert field in response.context["form"].errors

    def test_only_what_the_run_looks_at_is_asked(self, desk):
        form = desk.get(address("_register", run_of())).context["form"]
        assert {"born_on", "residence", "consented_by"}.isdisjoint(form.fields)


class TestWhoIsKnownAlready:
    """A desk adds what is missing; what is stored it neither changes nor sees."""

    BORN = dt.date(1970, 1, 1)

    @pytest.fixture
    def net(self):
        return small_network()

    @pytest.fixture
    def known(self, net):
        return LearnerFactory(
            name="胡月娥",
            phone="15700000032",
            born_on=self.BORN,
            residence=net.other_township,
        )

    def send(self, desk, run, **fields):
        return fill(desk, run, name="胡月娥", phone="15700000032", **fields)

    def test_another_birth_date_is_said_and_not_written(self, desk, known):
        response = self.send(desk, run_of(min_age=60), born_on="19500101")
        page = response.content.decode()
        assert response.status_code == 422
        assert list(response.context["form"].errors) == ["born_on"]
        assert "登记的出生日期不一样" in page
        assert not any(stored in page for stored in ("1970-01-01", "1970年", "修水"))
        known.refresh_from_db()
        assert known.born_on == self.BORN
        assert not Registration.objects.exists()

    def test_another_residence_is_said_and_does_not_pass_the_rule(
        self, desk, net, known
    ):
        response = self.send(
            desk, run_of(residence=net.village), residence=net.village.pk
        )
        assert response.status_code == 422
        assert "登记的住处在别的地方" in str(response.context["form"].errors)
        known.refresh_from_db()
        assert known.residence_id == net.other_township.pk
        assert not Registration.objects.exists()

    def test_left_empty_what_is_stored_counts(self, desk, net, known):
        assert self.send(desk, run_of(max_age=60)).status_code == 302
        refused = self.send(desk, run_of(residence=net.village))
        assert list(refused.context["form"].errors) == ["residence"]

    def test_what_is_missing_is_filled_in(self, desk, net, known):
        Learner.objects.update(born_on=None, residence=None)
        run = run_of(min_age=60, residence=net.township)
        self.send(desk, run, born_on="19500101", residence=net.township.pk)
        known.refresh_from_db()
        assert known.born_on == dt.date(1950, 1, 1)
        assert known.residence_id == net.township.pk

    @pytest.mark.parametrize(
        ("stored", "typed", "kept"),
        [("township", "village", "village"), ("village", "township", "village")],
    )
    def test_the_village_says_more_than_its_township(
        self, desk, net, known, stored, typed, kept
    ):
        Learner.objects.update(residence=getattr(net, stored))
        place = getattr(net, typed)
        response = self.send(desk, run_of(residence=net.village), residence=place.pk)
        assert response.status_code == 302
        known.refresh_from_db()
        assert known.residence_id == getattr(net, kept).pk

    @pytest.mark.parametrize("born_on", ["19700101", "19500101"])
    def test_that_somebody_was_found_is_written_down(self, desk, staff, known, born_on):
        run = run_of(max_age=60)
        self.send(desk, run, born_on=born_on)
        entry = AccessEntry.objects.get()
        assert (entry.user, entry.act, entry.count) == (staff, AccessAct.READ, 1)
        assert entry.subject == f"desk:run:{run.pk}"

    def test_nothing_is_written_down_about_somebody_new(self, desk):
        self.send(desk, run_of())
        assert not AccessEntry.objects.exists()


class TestWithdrawing:
    @pytest.fixture
    def placed(self):
        run = run_of(capacity=1, withdraw_until=timezone.now())
        two = [RegistrationFactory(run=run) for _ in range(2)]
        allocation.allocate(run.pk)
        return two

    def test_staff_withdraw_for_somebody_and_the_next_one_moves_up(
        self, desk, staff, placed
    ):
        url = address("_withdraw", placed[0].run, placed[0].pk)
        assert "退出" in desk.get(url).content.decode()
        desk.post(url, {"channel": "phone", "reason": "搬家"})
        for one in placed:
            one.refresh_from_db()
        assert [one.status for one in placed] == [RegistrationStatus.WITHDRAWN, PLACED]
        event = placed[0].events.last()
        assert (event.acted_by, event.channel) == (staff, Channel.PHONE)
        assert event.reason == "搬家"

    def said(self, desk, registration):
        url = address("_withdraw", registration.run, registration.pk)
        return desk.get(desk.post(url, {"channel": "desk"}).url).content.decode()

    def test_who_gets_the_place_is_said_where_somebody_does(self, desk, placed):
        url = address("_withdraw", placed[0].run, placed[0].pk)
        name = placed[0].learner.name
        assert "名额马上让给" in desk.get(url).content.decode()
        assert f"{name}退出了。名额让给候补的下一位。" in self.said(desk, placed[0])

    def test_a_second_click_gives_no_place_away(self, desk, placed):
        RegistrationFactory(run=placed[0].run)
        allocation.allocate(placed[0].run_id)
        self.said(desk, placed[0])
        said = self.said(desk, placed[0])
        assert "这个人已经不在名单上了。" in said
        assert "让给" not in said

    @pytest.mark.parametrize(
        ("which", "run"),
        [
            (1, {}),
            (0, {"is_open": False}),
            (0, {"first_starts_at": SOON - dt.timedelta(days=30), "last_ends_at": NOW}),
        ],
        ids=["she waited herself", "closed", "over"],
    )
    def test_a_place_nobody_gets_is_given_to_nobody(self, desk, placed, which, run):
        Run.objects.update(**run)
        one = placed[which]
        page = desk.get(address("_withdraw", one.run, one.pk)).content.decode()
        said = self.said(desk, one)
        assert f"{one.learner.name}退出了。" in said
        assert "让给" not in page + said

    def test_who_holds_enough_is_passed_over_and_that_is_not_said(self, desk, placed):
        Run.objects.update(max_active=1)
        RegistrationFactory(run=run_of(), learner=placed[1].learner, status=PLACED)
        said = self.said(desk, placed[0])
        assert "退出了。" in said
        assert "让给" not in said

    def test_whom_the_page_names_is_written_down(self, desk, staff, placed):
        url = address("_withdraw", placed[0].run, placed[0].pk)
        desk.get(url)
        entry = AccessEntry.objects.get()
        assert (entry.user, entry.act, entry.count) == (staff, AccessAct.READ, 1)
        assert entry.subject == f"registration:{placed[0].pk}"
        desk.post(url, {"channel": "desk"})
        desk.get(url)
        assert AccessEntry.objects.count() == 1

    def test_a_second_time_says_that_it_was_done(self, desk, placed):
        url = address("_withdraw", placed[0].run, placed[0].pk)
        desk.post(url, {"channel": "desk"})
        assert "已经不在名单上了" in desk.get(url).content.decode()
        assert desk.post(url, {"channel": "desk"}).status_code == 302

    def test_a_reason_too_long_is_explained(self, desk, placed):
        url = address("_withdraw", placed[0].run, placed[0].pk)
        response = desk.post(url, {"channel": "desk", "reason": "长" * 201})
        assert response.status_code == 422
