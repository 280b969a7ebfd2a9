"""What a form does when something is wrong, and without a script: nothing typed is lost, and the page says what to do."""

import pytest
from selenium.webdriver.common.keys import Keys

from checks import overflow, violations
from installation import until
from report import REPORT, go_to, send

LONG = "Dette er skrevet med omhu og skal ikke bli borte."


def test_an_unfinished_step_keeps_what_was_typed_and_moves_focus_to_the_summary(browser):
    browser.sign_in("kari")
    go_to(browser, "tell")
    browser.fill(description=LONG)
    browser.press("button[name=go][value=next]")
    assert browser.focused().get_attribute("class").split()[0] == "summary"
    assert value(browser, "description") == LONG
    field = browser.find("[name=title]")
    assert field.get_attribute("aria-invalid") == "true"
    assert browser.find(f"#{field.get_attribute('aria-describedby').split()[-1]}").text
    link = browser.find(".summary a")
    link.send_keys(Keys.ENTER)
    assert browser.focused().get_attribute("name") == "title"
    browser.shot("form-error")
    assert violations(browser) == []


@pytest.mark.parametrize("step", ["about", "place", "channels"])
def test_a_step_left_empty_is_shown_again_with_its_errors(browser, step):
    browser.sign_in("ola")
    go_to(browser, step)
    browser.js("for (const e of document.querySelectorAll('main input:checked')) e.checked = false")
    if step == "place":
        browser.fill(unit="ie")
        browser.js("document.querySelector('select[name=unit]').value = ''")
    browser.press("button[name=go][value=next]")
    assert browser.path.split("?")[0] == "/deviations/report"
    assert browser.focused().get_attribute("id") == "errors"
    assert browser.js("return [...document.querySelectorAll('.summary a')].every(a => document.getElementById(a.hash.slice(1)))")
    for width in (1280, 320):
        browser.device(width)
        assert violations(browser) == []
        assert overflow(browser) == []


def test_no_ordinary_channel_and_no_reason_shows_guidance(browser):
    browser.sign_in("kari")
    go_to(browser, "channels")
    browser.fill(ordinaryChannels__tried="no")
    browser.press("button[name=go][value=next]")
    assert "referansegruppa" in browser.find(".note").text
    assert browser.js("return Object.keys(localStorage).some(key => key.startsWith('draft:'))")
    browser.fill(ordinaryChannels__reason="Det gjelder faglæreren selv.")
    browser.press("button[name=go][value=next]")
    assert browser.all("[name=title]:not([type=hidden])")


def test_a_wrong_form_token_stores_nothing_and_keeps_the_text(browser):
    browser.sign_in("kari")
    before = own_cases(browser)
    go_to(browser, "check")
    browser.js("document.querySelector('main [name=_token]').value = 'forged'")
    browser.press("button[name=go][value=send]")
    assert browser.focused().get_attribute("id") == "errors"
    assert value(browser, "description") == REPORT["tell"]["description"]
    assert own_cases(browser) == before
    go_to(browser, "check")
    browser.press("button[name=go][value=send]")
    assert own_cases(browser) != before


def test_a_wrong_form_token_on_the_desk_keeps_the_text(browser):
    browser.sign_in("ingrid")
    case = open_case(browser)
    form = browser.find("form[action*='/notes?']")
    browser.js("arguments[0].querySelector('[name=_token]').value = ''", form)
    browser.act("notes", text=LONG)
    assert value(browser, "text", browser.find("form[action*='/notes?']")) == LONG
    browser.open(f"/deviations/{case}")
    assert LONG not in browser.text


def test_a_case_changed_by_another_meanwhile_keeps_the_text(browser):
    browser.sign_in("ingrid")
    case = open_case(browser)
    browser.js("for (const e of document.querySelectorAll('[name=version]')) e.value = '0'")
    browser.act("notes", text=LONG)
    assert value(browser, "text", browser.find("form[action*='/notes?']")) == LONG
    assert browser.focused().get_attribute("class") == "summary"
    browser.press("form[action*='/notes?'] button.button")
    assert browser.path.startswith(f"/deviations/{case}") and LONG in browser.text


def test_a_reload_and_a_lost_session_keep_what_was_typed(browser):
    browser.sign_in("kari")
    go_to(browser, "tell")
    browser.fill(title="Halvferdig", description=LONG)
    browser.driver.delete_all_cookies()
    browser.press("button[name=go][value=next]")
    browser.open("/sign-in")
    browser.press("button[name=person][value=kari]")
    go_to(browser, "tell")
    assert value(browser, "description") == LONG


def test_what_is_typed_after_an_error_outlasts_a_reload(browser):
    browser.sign_in("kari")
    go_to(browser, "tell")
    browser.fill(description=LONG)
    browser.press("button[name=go][value=next]")
    browser.fill(title="Skrevet etter feilen")
    browser.leave(browser.driver.refresh)
    assert (value(browser, "title"), value(browser, "description")) == ("Skrevet etter feilen", LONG)


def test_back_leads_to_the_step_before_with_what_was_typed(browser):
    browser.sign_in("kari")
    go_to(browser, "check")
    assert browser.path == "/deviations/report?step=4"
    browser.leave(browser.driver.back)
    assert browser.path == "/deviations/report?step=4" and value(browser, "title") == REPORT["tell"]["title"]
    browser.leave(browser.driver.back)
    assert browser.path == "/deviations/report?step=3"
    assert browser.find("[name='ordinaryChannels.when']").get_attribute("value") == REPORT["channels"]["ordinaryChannels__when"]
    # What the other steps asked for goes along: nothing has to be answered again.
    browser.press("button[name=go][value=next]")
    browser.press("button[name=go][value=next]")
    assert browser.all("button[name=go][value=send]") and REPORT["tell"]["title"] in browser.text
    browser.press("button[name=go][value=send]")
    assert "?received=1" in browser.path
    # Once it is sent there is nothing to go back to but an empty form.
    browser.leave(browser.driver.back)
    until(lambda: browser.path == "/deviations/report", "the form begins anew")


def test_a_word_that_names_no_unit_is_said_to_and_stays(browser):
    browser.sign_in("kari")
    go_to(browser, "place")
    box = browser.find("[role=combobox]")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys("Hogwarts", Keys.TAB)
    assert "Ingen treff" in browser.text
    browser.press("button[name=go][value=next]")
    assert browser.all(".summary") and browser.find("[role=combobox]").get_attribute("value") == "Hogwarts"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_sent_after_the_session_has_ended_is_sent_by_who_signs_in(browser, scripts):
    browser.sign_in("ingrid")
    case = open_case(browser)
    version = value(browser, "version")
    text = f"{LONG} {'Med' if scripts else 'Uten'} skript, utgave {version}."
    browser.find("form[action*='/notes?']").find_element("xpath", "..").find_element("css selector", "summary").click()
    browser.fill(browser.find("form[action*='/notes?']"), text=text)
    browser.driver.delete_all_cookies()
    browser.scripts(on=scripts)
    browser.press("form[action*='/notes?'] button.button")
    assert value(browser, "text") == text
    if scripts:
        look(browser, "session-ended")
    sign_in_beside(browser, "ingrid")
    browser.press("main form button")
    form = browser.find("form[action*='/notes?']")
    assert value(browser, "text", form) == text
    assert "Ingrid Tangvik" in browser.find(".summary").text
    browser.press("button.button", form)
    assert browser.path.startswith(f"/deviations/{case}?") and text in browser.text


def test_another_who_signs_in_sees_what_would_be_sent_and_sends_nothing(browser):
    browser.sign_in("ingrid")
    case = open_case(browser)
    text = f"{LONG} Dette er Ingrids."
    browser.find("form[action*='/notes?']").find_element("xpath", "..").find_element("css selector", "summary").click()
    browser.fill(browser.find("form[action*='/notes?']"), text=text)
    browser.driver.delete_all_cookies()
    browser.press("form[action*='/notes?'] button.button")
    sign_in_beside(browser, "ola")
    browser.press("main form button")
    assert value(browser, "text") == text
    look(browser, "not-found-with-text")
    browser.sign_in("ingrid")
    browser.open(f"/deviations/{case}")
    assert text not in browser.text


def test_what_was_begun_on_the_desk_is_there_again_until_it_is_sent(browser):
    browser.sign_in("ingrid")
    case = open_case(browser)
    for form, text in (("notes", LONG), ("replies", "Et svar som ikke er ferdig.")):
        fold = browser.find(f"form[action*='/{form}?']").find_element("xpath", "..")
        browser.find("summary", fold).click()
        browser.fill(browser.find(f"form[action*='/{form}?']"), text=text)
    browser.open("/deviations?view=all")
    browser.open(f"/deviations/{case}?view=all")
    note = browser.find("form[action*='/notes?']")
    assert note.is_displayed() and value(browser, "text", note) == LONG
    browser.press("button.button", note)
    assert value(browser, "text", browser.find("form[action*='/notes?']")) == ""
    browser.open(f"/deviations/{case}?view=all")
    assert not browser.find("form[action*='/notes?']").is_displayed()
    reply = browser.find("form[action*='/replies?']")
    assert value(browser, "text", reply) == "Et svar som ikke er ferdig."
    browser.js("arguments[0].querySelector('[name=_token]').value = ''; arguments[0].text.value = 'Et annet svar.'", reply)
    browser.press("button.button", reply)
    assert value(browser, "text", browser.find("form[action*='/replies?']")) == "Et annet svar."


def test_signing_out_leaves_nothing_on_a_shared_machine(browser):
    browser.sign_in("kari")
    go_to(browser, "tell")
    browser.fill(description=LONG)
    assert browser.js("return localStorage.length") > 0
    menu = browser.find("form[action='/sign-out']").find_element("xpath", "..")
    browser.find("summary", menu).click()
    browser.press("form[action='/sign-out'] button")
    assert browser.js("return localStorage.length") == 0


def test_a_report_can_be_sent_without_a_script(browser):
    browser.sign_in("kari")
    browser.scripts(on=False)
    case = send(browser)
    assert browser.find(".receipt")
    browser.open(f"/deviations/mine/{case}")
    assert REPORT["tell"]["title"] in browser.find("h1").text


def test_a_case_of_somebody_else_is_like_one_that_does_not_exist(browser):
    browser.sign_in("kari")
    case = send(browser)
    browser.sign_in("ola")
    pages = []
    for id in (case, "0" * 8 + "-0000-7000-8000-" + "0" * 12):
        for path in (f"/deviations/mine/{id}", f"/deviations/{id}"):
            browser.open(path)
            pages.append(browser.text)
    assert len(set(pages)) == 1


def sign_in_beside(browser, person):
    """Signs in by the page's link, which opens a tab of its own; comes back to the page."""
    here = browser.driver.current_window_handle
    browser.find("main a[target=_blank]").click()
    other = until(lambda: [h for h in browser.driver.window_handles if h != here], "a new tab")[0]
    browser.driver.switch_to.window(other)
    until(lambda: browser.all(f"button[value={person}]"), "the sign-in page")
    browser.press(f"button[value={person}]")
    assert browser.path == "/signed-in"
    look(browser, "signed-in")
    browser.driver.close()
    browser.driver.switch_to.window(here)


def look(browser, name):
    """Looks at the page in both widths and themes, and leaves the window as it was."""
    for width in (1280, 390, 320):
        for theme in ("light", "dark"):
            browser.device(width, theme)
            assert (violations(browser), overflow(browser)) == ([], [])
            browser.shot(f"{name}-{width}-{theme}")
    browser.device()


def open_case(browser):
    """Opens the first case of the desk's list; its id."""
    browser.open("/deviations?view=all")
    browser.press(".list .row")
    return browser.path.removeprefix("/deviations/").split("?")[0]


def own_cases(browser):
    """Where the latest of one's own are; how many there are does not show beyond the first page."""
    browser.open("/deviations/mine")
    return [card.get_attribute("href") for card in browser.all("a.card")]


def value(browser, name, within=None):
    return browser.find(f'[name="{name}"]', within).get_attribute("value")
