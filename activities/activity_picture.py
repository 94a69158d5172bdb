"""The picture of an activity as its page shows it, and programs that pass it on."""

from urllib.parse import urljoin

from django.conf import settings
from wagtail.images import get_image_model
from wagtail.images.models import ResponsiveImage

# the largest first: its size is the one the page keeps free
SHOWN = ("max-960x960|format-webp", "max-480x480|format-webp")
# what apps that show a link with its picture all read; WeChat shows no WebP
PASSED_ON = "fill-1200x630|format-jpeg|bgcolor-ffffff"
SIZES = "(min-width: 54rem) 50rem, 100vw"


def picture_of(activity) -> dict:
    """`.image` for an img element, `.absolute` its address for others.

    Empty without a picture. Two queries; the first reader after a change waits until
    the sizes are made.
    """
    if not activity.image_id:
        return {}
    images = get_image_model().objects.prefetch_renditions(*SHOWN, PASSED_ON)
    image = images.filter(pk=activity.image_id).first()
    try:
        made = image.get_renditions(*SHOWN, PASSED_ON) if image else {}
    except OSError:  # the file is lost or no picture: the page stands without it
        made = {}
    if not made:
        return {}
    attributes = {"sizes": SIZES, "loading": "lazy"}
    shown = {name: made[name] for name in SHOWN}
    return {
        "image": ResponsiveImage(shown, attributes),
        "absolute": urljoin(settings.BASE_URL, made[PASSED_ON].url),
    }
