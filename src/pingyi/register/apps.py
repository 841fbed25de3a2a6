from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "pingyi.register"
    label = "register"
