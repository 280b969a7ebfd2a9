"""Every page that a role can reach by links, in three languages, three widths, light and dark."""

import re

import pytest

from browser import WIDTHS
from checks import complaints, open_everything, overflow, page_faults, violations_once

ROLES = [None, "kari", "ingrid", "hamid", "dagny", "unni", "sissel", "anders", "vigdis", "astrid"]
LANGUAGES = ["nb", "nn", "en"]
# Colours depend neither on the width nor on the language; lengths of words do. So axe looks at every width once, and at the dark
# where it is narrowest.
LOOKED_AT = {"nb": [(w, "light") for w in WIDTHS] + [(320, "dark")], "nn": [(320, "dark")], "en": [(1280, "light"), (320, "light")]}


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
    """All that is wrong with the page that is open."""
    faults = page_faults(browser) + complaints(browser)
    if browser.find("html").get_attribute("lang") != language:
        faults.append("is in another language")
    open_everything(browser)
    for width in WIDTHS:
        browser.device(width)
        faults += [f"{width} px: overflow: {fault}" for fault in overflow(browser)]
    for width, theme in LOOKED_AT[language]:
        browser.device(width, theme)
        faults += [f"{width} px, {theme}: {fault}" for fault in violations_once(browser, width, theme)]
        browser.shot(f"{person or 'visitor'}-{path}-{width}-{theme}-{language}")
    browser.device()
    return faults


def pages(browser):
    """Opens everything linked from the front page on, one address of each shape; its address."""
    found, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop(0)
        if shape(path) in found:
            continue
        browser.open(path)
        if browser.js("return document.contentType") != "text/html":
            continue
        found.add(shape(path))
        links = browser.js("return [...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === origin).map(a => a.pathname + a.search)")
        waiting += [link for link in links if shape(link) not in found]
        yield path
    assert len(found) < 60, f"too many pages, or the shapes of their addresses are not known: {found}"


def shape(path):
    """The address without what differs from case to case, from contact to contact and from list to list."""
    address, _, query = path.partition("?")
    address = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}|/[0-9a-f]{32}|/[^/]*\d[^/]*", "/*", address)
    address = re.sub(r"^/admin/help/(?!new$).+", "/admin/help/*", address)
    kept = [pair for pair in query.split("&") if pair.split("=")[0] in ("view", "form")] if not address.endswith("/*") else []
    return address + "?" + "&".join(kept)
