"""Addresses of the room."""

from django.urls import path

from pingyi.downloads.views import document
from pingyi.register.views import (
    founding,
    membership,
    merging,
    organizations,
    people,
    posts,
    restructuring,
)

app_name = "register"
urlpatterns = [
    path("", organizations.list_, name="list"),
    path("organizations.xlsx", document, {"what": "register.organizations"}, name="list-export"),
    path("new/", founding.create_top, name="create-top"),
    path("unit/<int:pk>/", organizations.unit, name="unit"),
    path("unit/<int:pk>/members/", organizations.unit_members, name="unit-members"),
    path("unit/<int:pk>/history/", organizations.unit_history, name="unit-history"),
    path("unit/<int:pk>/new/", founding.create, name="create"),
    path("unit/<int:pk>/change/", founding.change, name="change"),
    path("unit/<int:pk>/move/", restructuring.move, name="move"),
    path("unit/<int:pk>/close/", restructuring.close, name="close"),
    path("unit/<int:pk>/split/", restructuring.split, name="split"),
    path("unit/<int:pk>/merge/", restructuring.merge, name="merge"),
    path("unit/<int:pk>/affiliate/", restructuring.affiliate, name="affiliate"),
    path("affiliations/<int:pk>/end/", restructuring.end_affiliation, name="end-affiliation"),
    path("unit/<int:pk>/members/new/", membership.register_member, name="register-member"),
    path("unit/<int:pk>/appoint/", posts.appoint, name="appoint"),
    path("unit/<int:pk>/put-in-charge/", posts.put_in_charge, name="put-in-charge"),
    path("posts/<int:pk>/correct/", posts.correct_post, name="correct-post"),
    path("posts/<int:pk>/end/", posts.end_post, name="end-post"),
    path("charges/<int:pk>/end/", posts.end_charge, name="end-charge"),
    path("people/", people.people, name="people"),
    path("people.xlsx", document, {"what": "register.people"}, name="people-export"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/same/", merging.same_person, name="same-person"),
    path("people/<int:pk>/same/<int:other_pk>/", merging.merge_people, name="merge-people"),
    path("people/<int:pk>/separate/", merging.separate, name="separate-people"),
    path("people/<int:pk>/change/", membership.change_person, name="change-person"),
    path("people/<int:pk>/admit/", membership.admit, name="admit"),
    path("people/<int:pk>/transfer/", membership.transfer, name="transfer"),
    path("people/<int:pk>/standing/", membership.change_standing, name="change-standing"),
    path("people/<int:pk>/end-membership/", membership.end_membership, name="end-membership"),
]
