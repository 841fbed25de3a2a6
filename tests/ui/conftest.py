import pytest


@pytest.fixture(autouse=True)
def _sample_addresses(settings):
    settings.ROOT_URLCONF = "tests.ui.sample"
