from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pingyi.demo"
    label = "demo"
