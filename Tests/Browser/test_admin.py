"""What an administrator does: switching a module while it runs, and reading the mails that are kept as files."""

import pytest
import requests

from checks import overflow, violations
from installation import Installation
from machine import until
from report import send


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """An installation that these tests may change, without a mail server."""
    with Installation(tmp_path_factory.mktemp("own"), has_mail_server=False) as installation:
        yield installation


@pytest.fixture
def admin(browser, own):
    browser.url = own.url
    browser.forget()
    return browser


def test_without_a_mail_server_a_page_lists_the_mails(admin, own):
    admin.sign_in("kari")
    case = send(admin)
    # Other mails may come too, such as the keepers' round.
    mails = lambda: [path for path in (own.data / "mail").glob("*.eml") if case in path.read_text().replace("=\n", "")]
    files = until(mails, "a mail as a file")
    admin.sign_in("anders")
    admin.open("/admin/mail")
    assert {path.name for path in files} <= set(admin.text.split())
    admin.open(f"/admin/mail/{files[0].name}")
    assert case in admin.text.replace("=\n", "")
    for width in (1280, 320):
        admin.device(width)
        assert (violations(admin), overflow(admin)) == ([], [])


def test_a_module_is_switched_off_and_on_while_it_runs(admin, own):
    admin.sign_in("anders")
    admin.open("/admin/modules")
    admin.press("a[href='/admin/modules/off?module=deviations']")
    assert "Deadlines" in admin.text or "Frister" in admin.text
    for width in (1280, 320):
        admin.device(width)
        assert (violations(admin), overflow(admin)) == ([], [])
    admin.press("button[name=enabled][value=no]")
    assert admin.find(".told").text
    until(lambda: requests.get(f"{own.url}/api/v1/deviations", timeout=5).status_code == 404, "the module's routes are gone")
    assert requests.get(f"{own.url}/deviations/report", timeout=5).status_code == 404
    admin.open("/")
    assert not admin.all("a[href='/deviations/report']")
    admin.open("/admin/modules")
    admin.press("button[name=enabled][value=yes]")
    until(lambda: requests.get(f"{own.url}/api/v1/deviations", timeout=5).status_code == 401, "the module's routes are back")
    admin.open("/")
    assert admin.all("a[href='/deviations/report']")
