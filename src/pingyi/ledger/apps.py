from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "pingyi.ledger"
    label = "ledger"
