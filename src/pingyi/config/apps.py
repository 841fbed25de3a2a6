from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Makes `pingyi serve` known; holds no models."""

    name = "pingyi.config"
    label = "config"
