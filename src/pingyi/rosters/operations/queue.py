"""Puts long work into the queue. Tasks stand above operations, so they are found by name."""

from django.utils.module_loading import import_string

TASKS = "pingyi.rosters.tasks"


def enqueue(name: str, **arguments: int | None) -> None:
    """Queue a task; with the database backend it is committed together with the deed."""
    import_string(f"{TASKS}.{name}").enqueue(**arguments)
