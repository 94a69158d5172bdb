"""The steps of registering: what for, for whom, check."""

from django.http import HttpResponse


def begin(request, run_id):
    return HttpResponse("")


def who(request, run_id):
    return HttpResponse("")


def add_person(request, run_id):
    return HttpResponse("")


def check(request, run_id, learner_id):
    return HttpResponse("")
