from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "pingyi.web"
    label = "web"
