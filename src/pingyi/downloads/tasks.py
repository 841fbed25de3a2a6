"""Long work of the room, done by a worker."""

from typing import TYPE_CHECKING

from django_tasks import task

from pingyi.core.clock import read_now
from pingyi.downloads.operations.make import fail
from pingyi.downloads.operations.make import make as make_download
from pingyi.downloads.queries import download_by_id

if TYPE_CHECKING:
    from pingyi.downloads.models import Download


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


def give_up(download: "Download") -> None:
    """What no worker will do any more can be asked for again by hand."""
    fail(download=download, now=read_now())
