"""Addresses of the pages that span contexts."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.notifications.views.urging import urge
from pingyi.web.views import access, glance, home, start, supervision

app_name = "web"
ROUND = "<slug:campaign_code>/<slug:round_code>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("start/", start.start, name="start"),
    path("help/", home.help_, name="help"),
    path("search/", home.search, name="search"),
    path(f"glance/{ROUND}", glance.glance, name="glance"),
    path(f"supervision/{ROUND}", supervision.supervision, name="supervision"),
    path(
        f"supervision/{ROUND}supervision.xlsx",
        document,
        {"what": "web.supervision"},
        name="supervision-export",
    ),
    path(f"supervision/{ROUND}urge/", urge, {"what": "web.supervision"}, name="supervision-urge"),
    path("access/", access.access, name="access"),
    path("access/access.xlsx", document, {"what": "web.access"}, name="access-export"),
    path(f"units/{ROUND}<str:unit_code>/", supervision.unit, name="unit"),
]
