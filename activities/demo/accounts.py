"""The demo's people: one resident, an editor at each level, an administrator."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from home.models import NetworkNodePage, NodeRole, Role
from learners import households
from learners.models import Relation, User

PASSWORD = "shexue-demo"  # noqa: S105 - printed on every start of the demo
RESIDENT_PHONE = "13800000001"


@dataclass(frozen=True)
class Staff:
    username: str
    role: str
    division_code: str
    words: str


STAFF = (
    Staff("city", Role.EDITOR, "360400000000", "市中心编辑 / city editor"),
    Staff("county", Role.EDITOR, "360402000000", "濂溪区编辑 / county editor"),
    Staff("township", Role.EDITOR, "360402001000", "十里街道编辑 / township editor"),
    Staff("village", Role.EDITOR, "360402001001", "濂溪社区编辑 / village editor"),
    Staff("desk", Role.DESK, "360402001000", "十里街道报名台 / registration desk"),
)


def create() -> None:
    """Makes the accounts of `describe`; the network must be there already."""
    User.objects.create_superuser("admin", "admin@example.org", PASSWORD)
    for staff in STAFF:
        _create_staff(staff)
    resident = User.objects.create_user(
        "resident", phone=RESIDENT_PHONE, is_phone_verified=True
    )
    households.add(resident, name="张桂英", relation=Relation.SELF)
    households.add(resident, name="李福生", relation=Relation.SPOUSE)


def _create_staff(staff: Staff) -> None:
    user = User.objects.create_user(
        staff.username, f"{staff.username}@example.org", PASSWORD
    )
    group = "网点编辑" if staff.role == Role.EDITOR else "报名台"
    user.groups.add(Group.objects.get(name=group))
    node = NetworkNodePage.objects.get(division_code=staff.division_code)
    NodeRole.objects.create(user=user, node=node, role=staff.role)


def describe() -> str:
    """The lines that tell a newcomer who she can be."""
    lines = [
        f"  居民 / resident    手机 {RESIDENT_PHONE}，验证码在短信页 / code on the"
        " text-message page",
        *(f"  {staff.words}    {staff.username}" for staff in STAFF),
        "  管理员 / administrator    admin",
        f"  工作人员密码 / password of all staff    {PASSWORD}",
    ]
    return "\n".join(lines)
