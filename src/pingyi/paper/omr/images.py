"""A page as pixels: what intake hands to the engine."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
"""Rows x columns, 0 black to 255 white."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as stored in its file: not turned, EXIF orientation ignored.

    `reduction` says how many times smaller than stored it was decoded; `full` decodes it again in
    full, for a QR that needs every pixel.
    """

    grey: Grey
    bilevel: bool
    reduction: int = 1
    full: Callable[[], Grey] | None = None
