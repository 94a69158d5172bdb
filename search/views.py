"""The search page and the suggestions under its box."""

from django.http import HttpResponse


def search(request):
    return HttpResponse("")


def suggest(request):
    return HttpResponse("")
