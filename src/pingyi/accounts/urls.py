"""Addresses of the room."""

from django.urls import path

from pingyi.accounts.views import ended, manage, many, my_account, proposals, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-in/first/", sign_in.first_password, name="first-password"),
    path("session/", ended.session, name="session"),
    path("signed-in/", ended.signed_in_again, name="signed-in-again"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("me/", my_account.my_account, name="my-account"),
    path("me/language/", my_account.choose_language, name="choose-language"),
    path("me/password/", my_account.change_password, name="change-password"),
    path("me/code/start/", my_account.start_code, name="start-code"),
    path("me/code/confirm/", my_account.confirm_code, name="confirm-code"),
    path("me/code/cancel/", my_account.cancel_code, name="cancel-code"),
    path("me/code/remove/", my_account.remove_code, name="remove-code"),
    path("me/code/image.svg", my_account.code_image, name="code-image"),
    path("", manage.accounts, name="list"),
    path("many/", many.create_many, name="create-many"),
    path("slips/", many.slips, name="slips"),
    path("new/", manage.create, name="create"),
    path("<int:pk>/", manage.detail, name="detail"),
    path("<int:pk>/roles/", manage.grant, name="grant"),
    path("<int:pk>/roles/<int:grant_pk>/end/", manage.end_grant, name="end-grant"),
    path(
        "<int:pk>/proposals/<int:proposal_pk>/confirm/", proposals.confirm, name="confirm-proposal"
    ),
    path("<int:pk>/proposals/<int:proposal_pk>/refuse/", proposals.refuse, name="refuse-proposal"),
    path(
        "<int:pk>/proposals/<int:proposal_pk>/withdraw/",
        proposals.withdraw,
        name="withdraw-proposal",
    ),
    path("<int:pk>/password/", manage.set_password, name="set-password"),
    path("<int:pk>/slip/", many.slip, name="slip"),
    path("<int:pk>/first-code/", many.make_first_code, name="make-first-code"),
    path("<int:pk>/deactivate/", manage.deactivate, name="deactivate"),
    path("<int:pk>/reactivate/", manage.reactivate, name="reactivate"),
    path("<int:pk>/code/remove/", manage.remove_code_of, name="remove-code-of"),
    path("<int:pk>/person/", manage.link_person, name="link-person"),
    path("<int:pk>/person/remove/", manage.unlink_person, name="unlink-person"),
]
