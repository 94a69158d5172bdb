"""Where an activity's node hangs, read for many activities at once."""

from wagtail.models import Page


def ancestor_paths(path: str) -> list[str]:
    """The treebeard paths from below the root down to `path` itself."""
    step = Page.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]
