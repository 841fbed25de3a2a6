"""Addresses of the mailbox."""

from django.urls import path

from pingyi.mailbox.views import addresses, mails

app_name = "mailbox"
urlpatterns = [
    path("", mails.mails, name="list"),
    path("addresses/", addresses.addresses, name="addresses"),
    path("addresses/bind/", addresses.bind, name="bind"),
    path("addresses/<int:pk>/unbind/", addresses.unbind, name="unbind"),
    path("<int:pk>/", mails.mail, name="mail"),
]
