"""Long work of the room, done by a worker."""

from collections.abc import Mapping
from typing import Any

from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.downloads.operations.make import fail
from pingyi.downloads.operations.make import make as make_download
from pingyi.downloads.queries import download_by_id


@task()
def make(download_id: int) -> None:
    """Make the file of a download; taken up again, from the beginning."""
    download = download_by_id(download_id)
    if download is None:
        return
    now = read_now()
    try:
        make_download(download=download, now=now)
    except Exception:
        fail(download=download, now=now)
        raise


def give_up(arguments: Mapping[str, Any]) -> None:
    """What was begun twice and lost both times can be asked for again by hand."""
    download = download_by_id(arguments["download_id"])
    if download is not None:
        fail(download=download, now=read_now())
