"""What is taken in and what is not."""

from pingyi.paper.omr.result import FileRejection

MIB = 1024 * 1024
FILE_BYTES = 200 * MIB
"""A file or member that is held in memory."""
DISK_FILE_BYTES = 2048 * MIB
"""PDF, TIFF and zip stay on the disk: a thousand pages of a good scanner are half of it."""
PAGE_PIXELS = 120_000_000
LONGEST_SIDE = 60_000
PAGES = 2_000
ZIP_MEMBERS = ZIP_PAGES = 5_000
ZIP_BYTES = 1024 * MIB
ZIP_RATIO, ZIP_HARMLESS_BYTES = 300, 16 * MIB
"""A larger member that grows so many times when unpacked is made to burst."""
PROCESS_BYTES = 1280 * MIB
"""Address space of a child; its libraries alone take a third of it."""
OUTPUT_BYTES = 64 * MIB
PAGE_CPU_SECONDS, PAGE_SECONDS = 20, 120
"""Of its processor time, and by the clock: a child that sleeps is stopped too."""
LOST_PAGES = 5
"""A file that has cost so many children is not asked for its later pages."""


class NotTaken(Exception):
    """Why a file or a page is not taken in."""

    def __init__(self, reason: FileRejection) -> None:
        super().__init__(reason)
        self.reason = reason


def check_size(width: int, height: int) -> None:
    """NotTaken `too_large` before anything that large is decoded."""
    if width < 1 or height < 1:
        raise NotTaken("unreadable_file")
    if width * height > PAGE_PIXELS or max(width, height) > LONGEST_SIDE:
        raise NotTaken("too_large")
