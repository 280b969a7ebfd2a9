"""Working with the keyboard alone: Tab to what is wanted, letters, arrows, Enter."""

import datetime

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def press(browser, *keys):
    ActionChains(browser.driver).send_keys(*keys).perform()


def is_on(browser, css):
    return browser.js("return document.activeElement.matches(arguments[0])", css)


def tab_to(browser, css):
    """Presses Tab until what has focus is what is wanted."""
    for _ in range(200):
        if is_on(browser, css):
            return
        press(browser, Keys.TAB)
    raise AssertionError(f"Tab does not reach {css}")


def enter(browser, css):
    """Goes to a button or a link and presses Enter, which loads another page."""
    tab_to(browser, css)
    browser.leave(lambda: press(browser, Keys.ENTER))


def type_date(browser, days):
    """Types a date so many days from now, in the order in which this browser asks for it."""
    date = datetime.date.today() + datetime.timedelta(days=days)
    order = browser.js("return new Intl.DateTimeFormat(navigator.language).formatToParts().map(p => p.type).filter(t => t !== 'literal')")
    press(browser, "".join({"day": f"{date:%d}", "month": f"{date:%m}", "year": f"{date:%Y}"}[part] for part in order))


def answer(browser, **values):
    """Answers the fields of the form, in their order on the page; `__` stands for the dot in a name."""
    for name, value in values.items():
        name = name.replace("__", ".")
        kind = browser.js("return document.querySelector(arguments[0])?.type", f'main [name="{name}"]')
        if kind == "radio":
            tab_to(browser, f'[name="{name}"]')
            press(browser, Keys.SPACE)
            while not is_on(browser, f'[value="{value}"]:checked'):
                press(browser, Keys.ARROW_DOWN)
        elif kind == "checkbox":
            for one in value:
                tab_to(browser, f'[name="{name}"][value="{one}"]')
                press(browser, Keys.SPACE)
        elif kind == "select-one" and browser.all(f'.suggest select[name="{name}"]'):
            tab_to(browser, "[role=combobox]")
            shown = browser.js("return [...document.querySelector(arguments[0]).options].find(o => o.value === arguments[1]).text", f'select[name="{name}"]', value)
            press(browser, shown, Keys.ENTER)
        elif kind == "date":
            tab_to(browser, f'[name="{name}"]')
            type_date(browser, -3)
        else:
            tab_to(browser, f'[name="{name}"]')
            press(browser, value)


def do(browser, key, *answers):
    """Opens an act of the desk with its key, types into its fields one after the other, and sends it."""
    press(browser, key)
    for value in answers:
        if isinstance(value, int):
            type_date(browser, value)
        else:
            press(browser, value)
        press(browser, Keys.TAB)
    enter(browser, "main form .button")
