"""Reporting without being signed in, where the installation lets people: told before the first field that nobody can answer."""

import pytest

from checks import complaints, step
from installation import Installation
from report import REPORT

WIDTHS = [1280, 390]


@pytest.fixture(scope="module")
def open_door(tmp_path_factory):
    with Installation(tmp_path_factory.mktemp("signed-out"), TRIVSEL_DEVIATIONS_SIGNED_IN="false") as installation:
        yield installation


@pytest.fixture
def stranger(chromium, open_door):
    url = chromium.url
    chromium.url = open_door.url
    chromium.scripts(on=True)
    chromium.device()
    chromium.forget()
    complaints(chromium)
    yield chromium
    chromium.url = url


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_who_is_not_signed_in_reports_and_nothing_stays_in_the_browser(stranger, width):
    stranger.device(width)
    stranger.open("/")
    stranger.speak("nb")
    step(stranger, "signed-out-front", width)
    stranger.press("a.door.better")
    assert stranger.path == "/deviations/report" and "Du er ikke logget inn" in stranger.text
    for name, answers in REPORT.items():
        step(stranger, f"signed-out-{name}", width)
        stranger.fill(**answers)
        stranger.press("button[name=go][value=next]")
    assert not stranger.all("[type=file]") and "ingen svare deg" in stranger.text
    step(stranger, "signed-out-check", width)
    stranger.press("button[name=go][value=send]")
    number = stranger.find(".receipt .num").text
    step(stranger, "signed-out-sent", width)
    assert stranger.path == "/deviations/report"
    assert stranger.js("return Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    assert [cookie["name"] for cookie in stranger.driver.get_cookies() if "language" not in cookie["name"]] == []

    stranger.sign_in("ingrid")
    stranger.device(width)
    stranger.open("/deviations?order=newest")
    row = next(row for row in stranger.all(".row") if number in row.text)
    stranger.leave(row.click)
    assert "Sendt uten innlogging" in stranger.text and "svar når ingen" in stranger.text
    step(stranger, "signed-out-case", width)
