"""Everything can be done with the keyboard alone, and one always sees where one is."""

import pytest
from selenium.webdriver.common.keys import Keys

from checks import tab_faults
from keyboard import press


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/privacy", "/accessibility", "/help", "/si-ifra"])
def test_a_visitor_reaches_everything_with_tab(browser, path, width):
    browser.device(width)
    browser.open(path)
    assert tab_faults(browser) == []


@pytest.mark.parametrize("path", ["/admin/modules", "/admin/events", "/admin/work", "/admin/mail", "/admin/deputies", "/admin/help", "/admin/help/new", "/admin/references", "/admin/webhooks", "/admin/webhooks/new"])
def test_an_administrator_reaches_everything_with_tab(browser, path):
    browser.sign_in("anders")
    browser.open(path)
    assert tab_faults(browser) == []


def test_the_first_tab_skips_to_the_content(browser):
    browser.open("/")
    press(browser, Keys.TAB, Keys.ENTER)
    assert browser.js("return location.hash") == "#main"
