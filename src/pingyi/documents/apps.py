from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pingyi.documents"
    label = "documents"
