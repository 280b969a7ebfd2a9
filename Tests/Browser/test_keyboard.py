"""Everything can be done with the keyboard alone, and one always sees where one is."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from checks import open_everything, tab_faults
from report import REPORT, go_to
from test_forms import open_case


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/privacy", "/accessibility", "/help", "/si-ifra"])
def test_a_visitor_reaches_everything_with_tab(browser, path, width):
    browser.device(width)
    browser.open(path)
    assert tab_faults(browser) == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("step", [*REPORT, "check"])
def test_a_reporter_reaches_everything_with_tab(browser, step, width):
    browser.sign_in("kari")
    go_to(browser, step)
    browser.device(width)
    assert tab_faults(browser) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_the_desk_is_reached_with_tab(browser, width):
    browser.sign_in("hamid")
    open_case(browser)
    open_everything(browser)
    browser.device(width)
    assert tab_faults(browser) == []


@pytest.mark.parametrize("path", ["/admin/modules", "/admin/events", "/admin/mail", "/admin/deputies", "/admin/help", "/admin/help/new"])
def test_an_administrator_reaches_everything_with_tab(browser, path):
    browser.sign_in("anders")
    browser.open(path)
    assert tab_faults(browser) == []


def test_the_first_tab_skips_to_the_content(browser):
    browser.open("/")
    press(browser, Keys.TAB, Keys.ENTER)
    assert browser.js("return location.hash") == "#main"


def test_the_desk_is_worked_with_single_keys(browser):
    browser.sign_in("ingrid")
    browser.open("/deviations?view=all")
    press(browser, "j", "x")
    assert browser.find(".line input").is_selected()
    browser.leave(lambda: press(browser, Keys.ENTER))
    assert browser.find(".line input").is_selected()  # marks stay
    first = browser.path
    browser.leave(lambda: press(browser, "j"))
    assert browser.path != first
    browser.leave(lambda: press(browser, "k"))
    assert browser.path == first
    press(browser, "n")
    assert browser.focused().get_attribute("name") == "text"
    press(browser, "j")
    assert browser.path == first, "a letter typed into a field moved the page"
    browser.js("document.activeElement.blur()")
    press(browser, "/")
    assert browser.focused().get_attribute("type") == "search"


def press(browser, *keys):
    ActionChains(browser.driver).send_keys(*keys).perform()
