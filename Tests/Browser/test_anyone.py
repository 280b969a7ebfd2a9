"""Given keyboard only, a screen reader, 400 % zoom, bokmål, nynorsk or English, a slow phone, and a session timeout while writing,
then nothing is lost and nothing stays on a shared machine; a quick exit leaves no telling title in history.

What a screen reader is told, axe and the order of focus stand for; 1280 px at 400 % are 320 px."""

import pytest
from selenium.webdriver.common.keys import Keys

from checks import step
from keyboard import answer, enter, is_on, press, tab_to
from machine import until
from report import REPORT
from test_forms import sign_in_beside
from test_whistle import history, in_place, tell

ZOOMED = 320
LANGUAGES = ["nb", "nn", "en"]
# Half of a page's limit on a first visit, and a tenth of a second's worth of a slow phone's network on each later one.
FIRST_VISIT, LATER_VISIT = 30_000, 15_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_at_400_percent_with_a_session_timeout_nothing_is_lost_and_nothing_stays(browser, language):
    browser.sign_in("kari", language)
    browser.device(ZOOMED)
    browser.open("/")
    enter(browser, "a.door.better")
    for name, answers in REPORT.items():
        assert browser.find("html").get_attribute("lang") == language
        step(browser, f"zoomed-{name}-{language}", ZOOMED)
        answer(browser, **answers)
        if name == "tell":
            browser.driver.delete_all_cookies()
            enter(browser, "[name=go][value=next]")
            sign_in_beside(browser, "kari")
            enter(browser, "main form .button")
            assert is_on(browser, "#errors")
            for field in ("title", "description", "occurredOn"):
                assert browser.find(f"[name={field}]").get_attribute("value") == answers[field]
        enter(browser, "[name=go][value=next]")
    step(browser, f"zoomed-check-{language}", ZOOMED)
    enter(browser, "[name=go][value=send]")
    assert browser.find(".receipt") and kept(browser) == 0

    browser.open("/deviations/report")
    answer(browser, serious="none")
    enter(browser, "[name=go][value=next]")
    assert kept(browser) > 0
    tab_to(browser, "header details:last-of-type summary")
    press(browser, Keys.ENTER)
    enter(browser, "form[action='/sign-out'] button")
    assert kept(browser) == 0


def kept(browser):
    """How much the browser keeps of what was typed."""
    return browser.js("return Object.keys(localStorage).filter(k => k.startsWith('draft:')).length + sessionStorage.length")


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_at_400_percent_a_whistleblow_is_told_and_a_quick_exit_tells_nothing(browser, language):
    browser.device(ZOOMED)
    browser.open("/")
    enter(browser, '.door[href="/whistleblowing"]')
    if browser.find("html").get_attribute("lang") != language:
        press_in_place(browser, f"button[name=language][value={language}]")
    for button, answers in (
        ("anonymous", {}), ("next", dict(category="harassment", campus="trondheim")), ("next", dict(title="Kurset", description="Han lo.")),
        ("next", {}), ("send", {}),
    ):
        assert browser.find("html").get_attribute("lang") == language
        step(browser, f"zoomed-whistle-{'-'.join(answers) or button}-{language}", ZOOMED)
        answer(browser, **answers)
        press_in_place(browser, f"button[value={button}]")
    step(browser, f"zoomed-whistle-code-{language}", ZOOMED)
    browser.leave(lambda: press(browser, Keys.ESCAPE, Keys.ESCAPE))
    assert [entry["url"].removeprefix(browser.url) for entry in history(browser)[-2:]] == ["/", "/accessibility"]
    assert kept(browser) == 0 and browser.driver.get_cookies() == []


def press_in_place(browser, css):
    tab_to(browser, css)
    in_place(browser, lambda: press(browser, Keys.ENTER))


@pytest.mark.parametrize("path", ["/", "/deviations/report", "/whistleblowing", "/deviations/mine"])
def test_a_slow_phone_fetches_little_the_first_time_and_less_after(browser, path):
    browser.sign_in("kari")
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.device(390)
    browser.open(path)
    requests, bytes = fetched(browser)
    assert requests <= 3 and bytes <= FIRST_VISIT, (requests, bytes)
    browser.open(path)
    requests, bytes = fetched(browser)
    assert requests == 1 and bytes <= LATER_VISIT, (requests, bytes)


def fetched(browser):
    """How many requests the page has cost, and their bytes on the way."""
    return browser.js("""
        const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(e => e.transferSize > 0);
        return [all.length, all.reduce((sum, e) => sum + e.transferSize, 0)]""")


def test_without_a_network_what_was_written_waits(browser):
    browser.device(390)
    tell(browser, until="tell")
    browser.fill(title="Kurset", description="Han lo.")
    network(browser, offline=True)
    try:
        browser.find("button[value=next]").click()
        until(lambda: browser.all(".lost"), "word of the lost network")
        assert browser.find("[name=description]").get_attribute("value") == "Han lo."
    finally:
        network(browser, offline=False)
    in_place(browser, "button[value=next]")
    assert browser.all("[name=excluded]")


def network(browser, offline):
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
