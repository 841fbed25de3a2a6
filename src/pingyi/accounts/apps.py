from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "pingyi.accounts"
    label = "accounts"
