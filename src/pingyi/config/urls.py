"""Every address of the program, room by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from pingyi.ui import large_type, name_order

urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("large-type/", large_type.choose, name="large_type"),
    path("name-order/", name_order.choose, name="name_order"),
    path("accounts/", include("pingyi.accounts.urls")),
    path("downloads/", include("pingyi.downloads.urls")),
    path("messages/", include("pingyi.notifications.urls")),
    path("mailbox/", include("pingyi.mailbox.urls")),
    path("backups/", include("pingyi.keeping.urls")),
    path("register/import/", include("pingyi.rosters.urls")),
    path("register/", include("pingyi.register.urls")),
    path("campaigns/", include("pingyi.campaigns.urls")),
    path("reviews/", include("pingyi.reviews.urls")),
    path("appraisals/", include("pingyi.appraisals.urls")),
    path("rectification/", include("pingyi.rectification.urls")),
    path("commitments/", include("pingyi.commitments.urls")),
    path("bulletins/", include("pingyi.bulletins.urls")),
    path("paper/", include("pingyi.paper.urls")),
    path("tables/", include("pingyi.returns.urls")),
    path("", include("pingyi.web.urls")),
]
