"""The reading engine: pure Python on numpy, OpenCV, zxing-cpp and pypdfium2; knows no Django."""
