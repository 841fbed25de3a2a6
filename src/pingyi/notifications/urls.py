"""Addresses of the room. Lists of the missing have theirs in their own rooms."""

from django.urls import path

from pingyi.notifications.views import calendar, messages, unclear, wishes

app_name = "notifications"
urlpatterns = [
    path("", messages.inbox, name="list"),
    path("read/", messages.read_everything, name="read-all"),
    path("<int:pk>/", messages.message, name="message"),
    path("<int:pk>/read/", messages.read_one, name="read"),
    path("<int:pk>/unread/", messages.unread_one, name="unread"),
    path("wishes/", wishes.wishes, name="wishes"),
    path("wishes/confirm/<str:token>/", wishes.confirm, name="confirm"),
    path("wishes/calendar/make/", wishes.make_calendar, name="make-feed"),
    path("wishes/calendar/revoke/", wishes.revoke_calendar, name="revoke-feed"),
    path("calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("unclear/", unclear.unclear, name="unclear"),
    path("unclear/letters/<int:pk>/again/", unclear.letter_again, name="letter-again"),
    path("unclear/letters/<int:pk>/leave/", unclear.let_letter_be, name="leave-letter"),
    path("unclear/<int:pk>/again/", unclear.again, name="again"),
    path("unclear/<int:pk>/leave/", unclear.let_be, name="leave"),
]
