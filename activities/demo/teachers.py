"""能者为师 in the demo: nominations at each stage, and a teacher somebody asks for.

Handed in, agreed to and asked for through the same functions as on the screens.
"""

import datetime as dt
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from activities.demo.catalogue import practice_sheet
from courses_catalog.loans import lending
from courses_catalog.models import Nomination
from courses_catalog.nominations import nomination as nominations
from courses_catalog.nominations import proofs
from courses_catalog.nominations.states import NominationAct
from home.models import NetworkNodePage
from learners.models import User

VILLAGE, OTHER_COUNTY = "360402001001", "360403000000"
REVIEWERS = ("village", "township", "county")

# account, how many have agreed, what was handed in
NOMINATIONS = (
    (
        "resident",
        0,
        {
            "shown_name": "张桂英",
            "theme": "civic",
            "subjects": ["剪纸", "窗花"],
            "summary": "剪了三十年窗花，带过社区的手工小组。",
            "introduction": "从小跟外婆学剪纸。上课先看样子，再照着剪，剪坏了不要紧。",
            "availability": "周二、周四上午",
            "can_be_borrowed": True,
        },
    ),
    (
        "demo-3",
        2,
        {
            "shown_name": "何师傅",
            "theme": "skills",
            "subjects": ["家用电器", "电工"],
            "summary": "做了二十五年电工，会修小家电。",
            "introduction": "教大家看懂家里的电路，哪些能自己动手，哪些一定要找人。",
            "availability": "周末全天",
            "can_be_borrowed": True,
        },
    ),
    (
        "demo-7",
        3,
        {
            "shown_name": "林阿姨",
            "theme": "health",
            "subjects": ["广场舞", "健身操"],
            "summary": "带广场舞队十二年，拿过区里的奖。",
            "introduction": "动作慢慢教，跟不上的站前排。夏天早上跳，冬天在室内。",
            "availability": "每天晚上七点以后",
            "can_be_borrowed": True,
        },
    ),
)


def load() -> None:
    node = NetworkNodePage.objects.get(division_code=VILLAGE)
    for username, agreements, words in NOMINATIONS:
        user = User.objects.get(username=username)
        proofs.keep(user, _files())
        phone = user.phone or "0792-8000000"
        nomination = nominations.submit(user, node, phone=phone, **words)
        for reviewer in REVIEWERS[:agreements]:
            nomination = _agree(nomination, reviewer)
    _ask_for(nomination.teacher)


def _files() -> list[ContentFile]:
    return [
        ContentFile(_certificate(), "证书.png"),
        ContentFile(practice_sheet(), "教案.pdf"),
    ]


def _certificate() -> bytes:
    """A sheet with a frame and a seal, and no words."""
    sheet = Image.new("RGB", (640, 440), "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((24, 24, 616, 416), outline=(160, 30, 30), width=6)
    draw.ellipse((470, 280, 570, 380), outline=(190, 30, 30), width=6)
    content = BytesIO()
    sheet.save(content, "PNG")
    return content.getvalue()


def _agree(nomination: Nomination, reviewer: str) -> Nomination:
    return nominations.decide(
        nomination,
        act=NominationAct.AGREED,
        by=User.objects.get(username=reviewer),
        seen=nomination.events.latest("pk").pk,
    )


def _ask_for(teacher) -> None:
    today = timezone.localdate()
    lending.ask(
        teacher,
        borrower=NetworkNodePage.objects.get(division_code=OTHER_COUNTY),
        by=User.objects.get(username="admin"),
        purpose="健身操带队培训，每周一次，共八次。",
        starts_on=today + dt.timedelta(days=14),
        ends_on=today + dt.timedelta(days=70),
    )
