"""The calendar's three views."""

from django.http import HttpResponse


def calendar_list(request):
    return HttpResponse("")


def calendar_month(request):
    return HttpResponse("")


def calendar_week(request):
    return HttpResponse("")
