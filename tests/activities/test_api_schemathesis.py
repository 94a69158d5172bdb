"""The JSON API keeps what its description promises, whatever is asked."""

import subprocess

import pytest

from courses_catalog.models import CourseResource, SeriesCourse
from home import api_access
from tests.factories import (
    CourseFactory,
    ResourceFactory,
    SeriesFactory,
    TeacherFactory,
    small_network,
)
from tests.factories.activities import published_activity
from tests.schemathesis_program import schemathesis

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SECONDS = 40


@pytest.fixture
def something_of_everything():
    net = small_network()
    course = CourseFactory(owner_node=net.county, audiences=["farmers"], hours="2.0")
    resource = ResourceFactory(owner_node=net.county, link="https://v.example/1")
    CourseResource.objects.create(course=course, resource=resource)
    series = SeriesFactory(owner_node=net.city)
    SeriesCourse.objects.create(series=series, course=course)
    TeacherFactory(owner_node=net.village)
    places = {"registration_mode": "whole_run", "capacity": 10}
    published_activity(net.village, course=course, **places)
    published_activity(net.other_village, theme="skills", repeat="weekly")


def test_schemathesis_finds_nothing(
    something_of_everything, site_url, monkeypatch, tmp_path
):
    program = schemathesis()
    monkeypatch.setattr(api_access, "REQUESTS_A_MINUTE", 10**9)
    done = subprocess.run(
        [
            program, "run", f"{site_url}/api/v1/openapi.json",
            "--checks", "all", "--max-time", str(SECONDS), "--max-examples", "30",
            "--generation-database", "none", "--seed", "1", "--no-color",
            "--continue-on-failure",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS + 30,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
