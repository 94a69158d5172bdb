"""When, where, for whom, what it costs: the facts that decide, in that order."""

from django.utils.translation import gettext as _

from activities.rows import place_words
from activities.states import SessionStatus
from activities.vocabulary import ActivityKind, RegistrationMode
from activities.wording import age_sentences, fee_line, repeat_line, who_line
from home.dates import full_date, month_day, time_range
from home.facts import Fact
from home.network import full_name
from home.vocabulary import Audience


def facts_of(activity, sessions: list, node, ancestors: list, *, words) -> list[Fact]:
    """The facts of an activity with all its sessions, at `node` below `ancestors`.

    `words` is the activity or its translation: what the editor wrote comes from it.
    """
    facts = [
        _when(activity, sessions),
        _where(words, node, ancestors),
        Fact("ticket", _("费用"), fee_line(words)),
        _who(activity),
        _places(activity),
        _completion(activity),
    ]
    return [fact for fact in facts if fact]


def _when(activity, sessions: list) -> Fact | None:
    if not sessions:
        return None
    held = [one for one in sessions if one.status != SessionStatus.CANCELLED]
    sessions = held or sessions
    first, last = sessions[0], sessions[-1]
    time = time_range(first.starts_at, first.ends_at)
    if len(sessions) == 1:
        return Fact("calendar", _("时间"), f"{full_date(first.starts_at)} {time}")
    count = len(sessions)
    rhythm = repeat_line(activity, count=count) or _("共%(count)d次") % {"count": count}
    words = {"time": time, "rhythm": rhythm}
    span = {"first": month_day(first.starts_at), "last": month_day(last.starts_at)}
    return Fact(
        "calendar",
        _("时间"),
        _("%(time)s，%(rhythm)s") % words,
        _("%(first)s开始，%(last)s结束") % span,
    )


def _where(words, node, ancestors: list) -> Fact:
    name = full_name(node, ancestors) if node else ""
    address = words.address or (node.address if node else "")
    return Fact("place", _("地点"), place_words(words, name, words.venue), address)


def _who(activity) -> Fact:
    named = [Audience(each).label for each in Audience if each in activity.audiences]
    who = who_line(activity, named)
    return Fact("person", _("给谁"), who, age_sentences(activity))


def _places(activity) -> Fact | None:
    if activity.registration_mode == RegistrationMode.NONE:
        return None
    if activity.capacity is None:
        text = _("不限")
    else:
        text = _("%(count)d 个") % {"count": activity.capacity}
    least = {"count": activity.min_to_run}
    more = _("满 %(count)d 人开班。") % least if activity.min_to_run else ""
    return Fact("group", _("名额"), text, more)


def _completion(activity) -> Fact | None:
    lines = []
    if activity.hours:
        words = {"hours": f"{activity.hours.normalize():f}"}
        lines.append(_("记 %(hours)s 学时。") % words)
    if activity.certificate_min_attendance:
        words = {"share": activity.certificate_min_attendance}
        lines.append(_("到课 %(share)d%% 以上，发结业证书。") % words)
    return Fact("file", _("学完"), " ".join(lines)) if lines else None


def kind_line(activity) -> str:
    """讲座, 课程班 …: the word above the title."""
    return str(ActivityKind(activity.kind).label)
