"""A whole demo site as `make run` starts it, and a real Chromium before it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import services

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """All in one worker, one site, one browser: marked before xdist reads it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def demo_environment(request, tmp_path_factory) -> dict[str, str]:
    """The environment of a site of its own, on the server the suite runs on."""
    folder = tmp_path_factory.mktemp("demo-site")
    if request.config.getoption("--database") == "postgresql":
        server = request.getfixturevalue("postgresql_url")
        url = services.new_database(server, "demo_site")
    else:
        url = f"sqlite:///{folder}/site.sqlite3"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "MEDIA_ROOT": str(folder / "media"),
    }


@pytest.fixture(scope="session")
def demo_url(request) -> Iterator[str]:
    """The address of the running demo: real network, real worker.

    DEMO_URL names one that runs already, for quick rounds while writing tests.
    """
    if running := os.environ.get("DEMO_URL"):
        yield running
        return
    demo_environment = request.getfixturevalue("demo_environment")
    for command in (["migrate", "-v0"], ["demo_data"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            env=demo_environment,
            cwd=ROOT,
            check=True,
        )
    address = f"127.0.0.1:{services.free_port()}"
    environment = {
        **demo_environment,
        "BIND": address,
        "WEB_WORKERS": "1",
        "WEB_THREADS": "8",
        "BASE_URL": f"http://{address}",
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"]
    worker = [sys.executable, "manage.py", "worker"]
    with (
        services.process([*gunicorn, "--log-level", "warning"], environment),
        services.process(worker, environment),
    ):
        services.wait_for_page(address)
        yield f"http://{address}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = services.chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium, demo_url) -> Iterator:
    """Makes browser contexts on the demo; closes them at the end."""
    made: list[BrowserContext] = []

    def make(*, elder: bool = False, **options) -> BrowserContext:
        options.setdefault("viewport", PHONE)
        context = chromium.new_context(base_url=demo_url, locale="zh-CN", **options)
        context.set_default_timeout(20_000)
        if elder:
            context.add_cookies(
                [{"name": "display", "value": "elder", "url": demo_url}]
            )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def phone(new_context) -> Page:
    """A page of a phone's width in the normal version."""
    return new_context().new_page()
