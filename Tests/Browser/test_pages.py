"""Every page that a role can reach by links, in three languages, three widths, light and dark."""

import re

import pytest

from browser import THEMES, WIDTHS
from checks import complaints, open_everything, overflow, page_faults, violations

ROLES = [None, "kari", "ingrid", "hamid", "dagny", "unni", "sissel", "anders", "vigdis"]
LANGUAGES = ["nb", "nn", "en"]
# Colours do not depend on the language; lengths of words do. So axe looks at everything once, and at both ends after that.
LOOKED_AT = {"nb": [(w, t) for w in WIDTHS for t in THEMES], "nn": [(320, "dark")], "en": [(1280, "light"), (320, "light")]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ROLES)
def test_every_page_is_accessible_and_fits(browser, person, language):
    if person:
        browser.sign_in(person, language)
    else:
        browser.open("/")
        browser.speak(language)
    complaints(browser)
    faults = []
    for path in pages(browser):
        faults += [f"{path}: {fault}" for fault in look(browser, path, person, language)]
    assert not faults, "\n".join(faults)


def look(browser, path, person, language):
    """All that is wrong with a page."""
    browser.device()
    browser.open(path)
    faults = page_faults(browser) + complaints(browser)
    if browser.find("html").get_attribute("lang") != language:
        faults.append("is in another language")
    open_everything(browser)
    for width in WIDTHS:
        for theme in THEMES:
            browser.device(width, theme)
            faults += [f"{width} px: overflow: {fault}" for fault in overflow(browser)]
            if (width, theme) in LOOKED_AT[language]:
                faults += [f"{width} px, {theme}: {fault}" for fault in violations(browser)]
                browser.shot(f"{person or 'visitor'}-{path}-{width}-{theme}-{language}")
    return faults


def pages(browser):
    """Addresses to look at: everything linked from the front page on, one address of each shape."""
    found, waiting = {}, ["/"]
    while waiting and len(found) < 40:
        path = waiting.pop(0)
        if shape(path) in found:
            continue
        browser.open(path)
        if browser.js("return document.contentType") != "text/html":
            continue
        found[shape(path)] = path
        links = browser.js("return [...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === origin).map(a => a.pathname + a.search)")
        waiting += [link for link in links if shape(link) not in found]
    return list(found.values())


def shape(path):
    """The address without what differs from case to case and from page to page."""
    address, _, query = path.partition("?")
    address = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}|/[^/]*\d[^/]*", "/*", address)
    chosen = re.sub(r"(after|q|done|received|view)=[^&]*", "", query) if address.endswith("/*") else re.sub(r"after=[^&]*", "after", query)
    return address + "?" + chosen.strip("&")
