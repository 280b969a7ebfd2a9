"""A whistleblow's way: an anonymous reporter tells, a keeper asks, the reporter comes back with the code; and a quick way out."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from browser import is_gone
from checks import open_everything, overflow, tab_faults, violations, violations_once

TITLE = "Kommentarer på feltkurset"
TEXT = "Kurslederen lo det bort da vi sa fra."
QUESTION = "Vet du om andre som var der?"
ANSWER = "Ja, to til."
WRONG = "0000 1111 2222 3333"


@pytest.mark.parametrize("width", [1280, 390])
def test_an_anonymous_reporter_and_a_keeper_go_their_whole_way(browser, width, tmp_path):
    browser.device(width)
    code = tell(browser, width=width)
    look(browser, "dialogue", width)

    browser.sign_in("vigdis")
    browser.device(width)
    browser.open("/whistleblowing/cases")
    look(browser, "list", width, discreet=False)
    case = next(row.get_attribute("href") for row in browser.all(".row") if TITLE in row.text)
    browser.driver.get(case)
    assert TEXT in browser.text and TITLE not in browser.driver.title
    browser.act("acknowledgement")
    browser.act("questions", text=QUESTION, files=a_file(tmp_path, "kart.txt"))
    browser.act("notes", text="Snakket med HR.")
    browser.act("category", category="bullying")
    assert "Mobbing" in browser.find(".facts").text
    browser.act("exclusions", person="torstein", reason="Kjenner kurslederen.")
    assert "Tatt av saken: Torstein Brekke" in browser.text and "Kjenner kurslederen." in browser.text
    open_everything(browser)
    look(browser, "case", width, discreet=False)

    browser.forget()
    come_back(browser, code)
    assert TEXT in browser.text and QUESTION in browser.text and "HR" not in browser.text
    assert "kart.txt" in browser.text
    browser.fill(text=ANSWER, files=a_file(tmp_path, "lydopptak.txt"))
    in_place(browser, "button[value=write]")
    look(browser, "answered", width)
    assert ANSWER in browser.text and "lydopptak.txt" in browser.text

    browser.sign_in("vigdis")
    browser.driver.get(case)
    assert ANSWER in browser.text and "lydopptak.txt" in browser.text
    look(browser, "case-answered", width, discreet=False)
    browser.act("feedback", text="Kurslederen får ikke lenger kurs alene.")
    browser.act("conclusion", text="Saken er avsluttet med en advarsel.")
    assert "Saken slettes" in browser.text
    look(browser, "concluded", width, discreet=False)

    browser.forget()
    come_back(browser, code)
    assert "Saken er avsluttet med en advarsel." in browser.text
    look(browser, "outcome", width)


def a_file(folder, name):
    (folder / name).write_text("Feltkurset, tirsdag.")
    return str(folder / name)


def test_the_way_is_one_entry_in_the_history_and_leaves_nothing_in_the_browser(browser):
    tell(browser)
    before, way = history(browser)[-2:]
    assert (before["url"], way["url"]) == (browser.url + "/", browser.url + "/whistleblowing")
    assert way["title"] == "Trivsel"
    assert browser.js("return localStorage.length + sessionStorage.length") == 0
    assert browser.driver.get_cookies() == []


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_quick_exit_replaces_the_page(browser, way):
    tell(browser, until="tell")
    browser.fill(description=TEXT)
    if way == "button":
        browser.leave(browser.find("[data-exit]").click)
    else:
        browser.leave(lambda: ActionChains(browser.driver).send_keys(Keys.ESCAPE, Keys.ESCAPE).perform())
    assert browser.path == "/accessibility"
    assert not [entry for entry in history(browser)[-1:] if "whistle" in entry["url"]]
    browser.driver.back()
    assert browser.path == "/"


def test_what_is_typed_and_a_code_not_written_down_are_not_left_unasked(browser):
    browser.open("/")
    browser.open("/whistleblowing")
    assert not asks(browser)
    tell(browser, until="tell")
    browser.fill(description=TEXT)
    assert asks(browser)
    tell(browser, until="code")
    assert asks(browser)


def asks(browser):
    """Whether the browser would ask before it leaves the page."""
    return browser.js("const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented")


def test_once_escape_stays(browser):
    tell(browser, until="tell")
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert browser.path == "/whistleblowing"


def test_without_a_script_it_is_the_same_way(browser):
    browser.scripts(on=False)
    try:
        code = tell(browser, go=browser.press)
        come_back(browser, code, go=browser.press)
        assert TEXT in browser.text and browser.path == "/whistleblowing"
    finally:
        browser.scripts(on=True)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_errors_are_marked_in_the_reporter_s_language_and_nothing_typed_is_lost(browser, language):
    browser.open("/whistleblowing")
    in_place(browser, "button[value=anonymous]")
    if browser.find("html").get_attribute("lang") != language:
        in_place(browser, f"button[name=language][value={language}]")
    assert browser.find("html").get_attribute("lang") == language
    in_place(browser, "button[value=next]")
    assert browser.focused().get_attribute("id") == "errors" and len(browser.all(".summary a")) == 2
    for width in (1280, 320):
        browser.device(width)
        assert violations(browser) == [] and overflow(browser) == []
    browser.fill(category="bullying", campus="gjovik")
    in_place(browser, "button[value=next]")
    browser.fill(description=TEXT)
    in_place(browser, "button[value=next]")
    assert browser.find("[name=description]").get_attribute("value") == TEXT
    assert browser.find("[name=title]").get_attribute("aria-invalid") == "true"


def test_a_wrong_code_is_kept_and_marked(browser):
    come_back(browser, WRONG)
    assert browser.find("[name=code]").get_attribute("value") == WRONG
    assert browser.focused().get_attribute("id") == "errors"
    assert violations(browser) == []


def in_place(browser, act):
    """Does what the page answers in place, or presses what `act` names, and waits until it has."""
    main = browser.find("main")
    act() if callable(act) else browser.find(act).click()
    WebDriverWait(browser.driver, 20, poll_frequency=0.02).until(lambda _: is_gone(main))


def tell(browser, until=None, go=None, width=None):
    """Tells anonymously, up to the step `until`; the receipt code, which is confirmed unless it ends there. With a width, each step is looked at."""
    go = go or (lambda css: in_place(browser, css))
    browser.open("/")
    browser.press('.door[href="/whistleblowing"]')
    steps = [
        ("start", "button[value=anonymous]", {}), ("about", "button[value=next]", dict(category="harassment", campus="trondheim")),
        ("tell", "button[value=next]", dict(title=TITLE, description=TEXT)), ("readers", "button[value=next]", {}),
        ("check", "button[value=send]", {}),
    ]
    for name, css, answers in steps:
        if width:
            look(browser, name, width)
        if name == until:
            return None
        browser.fill(**answers)
        go(css)
    code = browser.find(".code").text
    if width:
        look(browser, "code", width)
    if until == "code":
        return code
    browser.fill(confirmed=code[-4:])
    go("button[value=confirm]")
    assert TEXT in browser.text
    return code


def come_back(browser, code, go=None):
    browser.open("/whistleblowing")
    browser.fill(code=code)
    (go or (lambda css: in_place(browser, css)))("button[value=return]")


def look(browser, name, width, discreet=True):
    """Nothing is wrong with the page as it stands, in light and dark."""
    if discreet:
        assert browser.driver.title == "Trivsel" and browser.path == "/whistleblowing"
    for theme in ("light", "dark"):
        browser.device(width, theme)
        assert violations_once(browser, width, theme) == [], f"{name}, {theme}"
        browser.shot(f"whistle-{name}-{width}-{theme}")
    browser.device(width)
    assert (overflow(browser), tab_faults(browser)) == ([], []), name


def history(browser):
    return browser.driver.execute_cdp_cmd("Page.getNavigationHistory", {})["entries"]
