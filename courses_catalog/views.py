"""The public catalogue: the list of courses and the page of one."""

from django.http import HttpResponse


def courses(request):
    return HttpResponse("")


def course(request, pk):
    return HttpResponse("")
