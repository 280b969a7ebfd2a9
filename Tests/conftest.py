import pytest

from browser import Browser
from checks import complaints
from installation import Installation


@pytest.fixture(scope="session")
def trivsel(tmp_path_factory):
    with Installation(tmp_path_factory.mktemp("trivsel")) as installation:
        yield installation


@pytest.fixture(scope="session")
def chromium():
    browser = Browser()
    yield browser
    browser.quit()


@pytest.fixture
def browser(chromium, trivsel):
    """A browser at 1280 px in light, signed out, with scripts."""
    chromium.url = trivsel.url
    chromium.scripts(on=True)
    chromium.device()
    chromium.forget()
    complaints(chromium)  # those of the test before are not this one's
    return chromium
