from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "pingyi.documents"
    label = "documents"

    def ready(self) -> None:
        """What cannot be printed is said to whoever types it."""
        from pingyi.documents import glyphs
        from pingyi.ui.doors import REMARKS

        REMARKS.offer("documents.glyphs", glyphs.remark_on)
