"""What one has registered for."""

from django.http import HttpResponse


def my_registrations(request):
    return HttpResponse("")


def registration(request, pk):
    return HttpResponse("")


def withdraw(request, pk):
    return HttpResponse("")
