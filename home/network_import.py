"""Brings a list of divisions into the network: creates or updates places by code.

What it never does: delete a place, move one (the code does not decide the parent:
functional zones have none, and an administrator hangs places where they belong), or
rename what an editor has named otherwise. Addresses (slugs) never change.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from home import naming, page_rows
from home.divisions import BadRow, Division, DivisionFile
from home.levels import Level
from home.models import ContentVersion, HomePage, NetworkNodePage
from home.signals import network_imported


@dataclass
class Change:
    """A place whose division was renamed, and what follows for its own name."""

    node: NetworkNodePage
    old_name: str
    new_name: str
    keeps_title: bool  # an editor named it otherwise


@dataclass
class Plan:
    created: list[NetworkNodePage] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    elsewhere: list[NetworkNodePage] = field(default_factory=list)
    unchanged: int = 0
    not_in_file: int = 0
    bad_rows: list[BadRow] = field(default_factory=list)


def import_divisions(source: DivisionFile, *, dry_run: bool = False) -> Plan:
    """Plans and, unless `dry_run` or anything is wrong, carries out the import.

    All or nothing, in one transaction. With nothing to change, nothing is written.
    """
    with transaction.atomic():
        plan = _plan(source)
        if not dry_run and not plan.bad_rows and (plan.created or plan.changed):
            _carry_out(plan)
    return plan


def _plan(source: DivisionFile) -> Plan:
    plan = Plan(bad_rows=list(source.bad_rows))
    home = _home_page()
    if home is None:
        plan.bad_rows.append(BadRow(1, _("网站还没有首页，请先运行 migrate。")))
        return plan
    known = {
        node.division_code: node
        for node in NetworkNodePage.objects.exclude(division_code=None)
    }
    codes = {division.code for division in source.divisions}
    plan.not_in_file = len(known.keys() - codes)
    nursery = page_rows.Nursery(home)
    for division in sorted(source.divisions, key=lambda d: list(Level).index(d.level)):
        if division.code in known:
            _compare(known[division.code], division, known, plan)
        else:
            _plan_birth(division, home, known, nursery, plan)
    plan.bad_rows.sort(key=lambda bad: bad.line)
    return plan


def _home_page() -> HomePage | None:
    site = Site.objects.filter(is_default_site=True).first()
    return HomePage.objects.filter(pk=site.root_page_id).first() if site else None


def _compare(node, division: Division, known: dict, plan: Plan) -> None:
    if node.level != division.level:
        reason = _("代码 %(code)s 在网络里是%(level)s，层级不同。")
        reason %= {"code": division.code, "level": Level(node.level).label}
        plan.bad_rows.append(BadRow(division.line, reason))
        return
    parent = known.get(division.parent_code)
    if parent is not None and not node.is_child_of(parent):
        plan.elsewhere.append(node)
    if node.official_name == division.name:
        plan.unchanged += 1
        return
    old = node.official_name
    own_title = bool(old) and node.title != naming.title(old, Level(node.level))
    plan.changed.append(Change(node, old, division.name, own_title))


def _plan_birth(division: Division, home, known: dict, nursery, plan: Plan) -> None:
    parent = home
    if division.level != Level.CITY_CENTRE:
        parent = known.get(division.parent_code)
    reason = _why_not_under(parent, division)
    if reason:
        plan.bad_rows.append(BadRow(division.line, reason))
        return
    node = _new_node(division, parent, nursery)
    known[division.code] = node
    plan.created.append(node)


def _why_not_under(parent, division: Division) -> str:
    if parent is None:
        return _("找不到上级 %(code)s：文件里没有它正确的一行，网络里也没有。") % {
            "code": division.parent_code
        }
    if isinstance(parent, HomePage) or Level(parent.level).below == division.level:
        return ""
    return _("上级 %(code)s 是%(level)s，下面不能直接设这一级。") % {
        "code": division.parent_code,
        "level": Level(parent.level).label,
    }


def _new_node(division: Division, parent, nursery) -> NetworkNodePage:
    short = naming.short_name(division.name, division.level)
    title = naming.title(division.name, division.level)
    node = NetworkNodePage(
        title=title,
        draft_title=title,
        slug=naming.free_slug(short, nursery.slugs_below(parent)),
        short_name=short,
        official_name=division.name,
        division_code=division.code,
        level=division.level,
    )
    nursery.place(node, parent)
    return node


def _carry_out(plan: Plan) -> None:
    if plan.created:
        page_rows.insert(plan.created, now=timezone.now())
    for change in plan.changed:
        _rename(change)
    ContentVersion.grow()
    renamed = [each.node.pk for each in plan.changed if not each.keeps_title]
    transaction.on_commit(
        lambda: network_imported.send(sender=NetworkNodePage, renamed=renamed)
    )


def _rename(change: Change) -> None:
    node, level = change.node, Level(change.node.level)
    nodes = NetworkNodePage.objects.filter(pk=node.pk)
    if change.keeps_title:
        nodes.update(official_name=change.new_name)
        return
    title = naming.title(change.new_name, level)
    short = naming.short_name(change.new_name, level)
    # a draft an editor is writing keeps its own title
    Page.objects.filter(pk=node.pk, draft_title=F("title")).update(draft_title=title)
    nodes.update(title=title, short_name=short, official_name=change.new_name)
