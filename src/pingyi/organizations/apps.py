from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "pingyi.organizations"
    label = "organizations"
