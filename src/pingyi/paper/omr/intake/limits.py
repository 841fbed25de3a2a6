"""What is taken in and what is not."""

from pingyi.paper.omr.result import FileRejection

FILE_BYTES = 200 * 1024 * 1024
PAGE_PIXELS = 120_000_000
PAGES = 2_000
ZIP_MEMBERS = 5_000
ZIP_BYTES = 1024 * 1024 * 1024
ZIP_RATIO = 300
"""A member that grows so many times when unpacked is made to burst."""
PROCESS_BYTES = 2 * 1024 * 1024 * 1024
"""Address space of a child; its libraries alone take a third of it."""
OUTPUT_BYTES = 64 * 1024 * 1024
PAGE_SECONDS = 30


class NotTaken(Exception):
    """Why a file or a page is not taken in."""

    def __init__(self, reason: FileRejection) -> None:
        super().__init__(reason)
        self.reason = reason


def check_size(width: int, height: int) -> None:
    """NotTaken `too_large` before anything that large is decoded."""
    if width < 1 or height < 1:
        raise NotTaken("unreadable_file")
    if width * height > PAGE_PIXELS or max(width, height) > 60_000:
        raise NotTaken("too_large")
