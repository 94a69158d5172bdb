"""What a batch of rows would do: new, changed, unchanged or wrong; nothing written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses_catalog.bulk.columns import IDENTIFIER, KINDS, OF, OWNER, TITLE
from courses_catalog.bulk.reading import Row
from courses_catalog.permissions import ROLES
from home.models import NetworkNodePage
from home.network import spelt_out
from home.permissions import can_act_under

TAGS = "tags"


@dataclass
class Wrong(Exception):
    """A row that stays out: which column, and what to do about it."""

    column: str
    reason: str


@dataclass
class Planned:
    """A row that is understood; `changes` names the fields it changes."""

    row: int
    node: NetworkNodePage
    values: dict
    record: object = None
    changes: list[str] = field(default_factory=list)


@dataclass
class Plan:
    created: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: int = 0
    errors: list[list] = field(default_factory=list)


class Places:
    """Finds the node a cell names, among those the user may give records to."""

    def __init__(self, user, default: NetworkNodePage | None):
        self.user, self.default = user, default
        nodes = list(NetworkNodePage.objects.originals())
        by_path = {node.path: node for node in nodes}
        self._named: dict[str, list] = {}
        for node in nodes:
            names = {node.division_code, node.title, spelt_out(node.path, by_path)}
            for name in names - {None, ""}:
                self._named.setdefault(name, []).append(node)

    def find(self, cell: str) -> NetworkNodePage:
        found = self._named.get(cell, []) if cell else [self.default]
        if found == [None]:
            reason = _("请写网点的区划代码或全名。")
        elif not found:
            reason = _("没有叫“%(cell)s”的网点。请写区划代码，或从县到村的全名。")
        elif len(found) > 1:
            reason = _("有几个网点都叫“%(cell)s”。请写区划代码，或从县到村的全名。")
        elif not can_act_under(self.user, found[0].path, ROLES):
            reason = _("“%(cell)s”不归您负责。请写您自己的网点，或它下面的网点。")
        else:
            return found[0]
        raise Wrong(str(OWNER.header), reason % {"cell": cell[:40]})


class Planner:
    """Keeps what was seen of a file, so that duplicates within it are told."""

    def __init__(self, kind: str, user, default: NetworkNodePage | None):
        self.model, self.columns = KINDS[kind], OF[kind]
        self.places = Places(user, default)
        self.locale = Locale.get_default()
        self.seen: dict[tuple, int] = {}

    def skip(self, rows: Iterable[Row]) -> None:
        """Remembers rows that are written already."""
        for row in rows:
            try:
                self._understood(*row)
            except Wrong:
                continue

    def plan(self, rows: Iterable[Row]) -> Plan:
        plan, understood = Plan(), []
        for row in rows:
            try:
                understood.append(self._understood(*row))
            except Wrong as wrong:
                plan.errors.append([row[0], wrong.column, wrong.reason])
        known, titles = self._standing(understood)
        for planned in understood:
            try:
                self._sort(planned, plan, known, titles)
            except Wrong as wrong:
                plan.errors.append([planned.row, wrong.column, wrong.reason])
        plan.errors.sort(key=lambda error: error[0])
        return plan

    def _understood(self, number: int, cells: dict[str, str]) -> Planned:
        """Empty cells say nothing: what stands is left as it is."""
        values = {}
        for column in self.columns:
            cell = cells.get(column.key, "")
            if not cell and column.is_required:
                raise Wrong(
                    str(column.header),
                    _("这一格要填。合并的单元格只有第一格有内容，请先取消合并。"),
                )
            if cell:
                try:
                    values[column.key] = column.parse(cell)
                except ValueError as error:
                    raise Wrong(str(column.header), str(error)) from error
        node = self.places.find(values.pop(OWNER.key, ""))
        planned = Planned(number, node, values)
        key, column = _key(planned)
        first = self.seen.setdefault(key, number)
        # a later row without an identifier must not mean this one
        self.seen.setdefault(_title_key(planned), number)
        if first != number:
            raise Wrong(
                str(column.header),
                _("和第 %(row)s 行重复。请留下一行。") % {"row": first},
            )
        return planned

    def _standing(self, understood: list[Planned]) -> tuple[dict, set]:
        """The records that rows may mean: by node and identifier, and by title."""
        nodes = {planned.node.pk for planned in understood}
        ours = self.model.objects.filter(owner_node__in=nodes, locale=self.locale)
        identifiers = {p.values.get(IDENTIFIER.key) for p in understood} - {None}
        titles = {
            p.values[TITLE.key] for p in understood if IDENTIFIER.key not in p.values
        }
        known = ours.filter(identifier__in=identifiers).prefetch_related(
            "tagged_items__tag"
        )
        named = ours.filter(title__in=titles).values_list("owner_node_id", "title")
        by_key = {(one.owner_node_id, one.identifier): one for one in known}
        return by_key, set(named)

    def _sort(self, planned: Planned, plan: Plan, known: dict, titles: set) -> None:
        node, values = planned.node.pk, planned.values
        identifier = values.get(IDENTIFIER.key)
        if not identifier and (node, values[TITLE.key]) in titles:
            raise Wrong(
                str(IDENTIFIER.header),
                _("这个网点已经有同名的记录。要更新它，请写它的编号；要另建，请改名。"),
            )
        planned.record = known.get((node, identifier)) if identifier else None
        self._check_content(planned)
        if planned.record is None:
            plan.created.append(planned)
            return
        planned.changes = [
            key
            for key, value in values.items()
            if _standing_value(planned.record, key) != value
        ]
        if not planned.changes:
            plan.unchanged += 1
            return
        _check_free(planned.record)
        plan.changed.append(planned)

    def _check_content(self, planned: Planned) -> None:
        try:
            self.model._meta.get_field("link")
        except FieldDoesNotExist:
            return
        if planned.record is None and not {"link", "text"} & planned.values.keys():
            raise Wrong(_("网址"), _("网址和正文至少要填一样。"))


def _key(planned: Planned) -> tuple:
    """By what the row is told from others, and the column that says so."""
    identifier = planned.values.get(IDENTIFIER.key)
    if identifier:
        return (planned.node.pk, IDENTIFIER.key, identifier), IDENTIFIER
    return _title_key(planned), TITLE


def _title_key(planned: Planned) -> tuple:
    return planned.node.pk, TITLE.key, planned.values[TITLE.key]


def _standing_value(record, key: str):
    return record.tag_names if key == TAGS else getattr(record, key)


def _check_free(record) -> None:
    """An import overwrites nobody's unfinished work."""
    if record.locked:
        reason = _("这条记录锁着。请先在后台解锁。")
    elif record.has_unpublished_changes and record.latest_revision_id:
        reason = _("这条记录有还没发布的修改，或者已经撤下。请先在后台发布它。")
    else:
        return
    raise Wrong(str(IDENTIFIER.header), reason)
