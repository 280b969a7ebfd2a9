"""What every page is held to: axe-core, no sideways scrolling, nothing refused by the browser, a visible and complete Tab order."""

import pathlib
from importlib.util import find_spec

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

AXE = pathlib.Path(find_spec("axe_playwright_python").submodule_search_locations[0], "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGE_LIMIT = 60_000


def violations(browser):
    """What axe finds, a line a rule with the first place."""
    browser.js("if (!window.axe) { (0, eval)(arguments[0]) }", AXE)
    result = browser.driver.execute_async_script(
        "const done = arguments[1]; axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations']})"
        ".then(done, e => done({error: String(e)}))", TAGS)
    assert "error" not in result, result["error"]
    return [f"{v['id']} ({len(v['nodes'])}): {v['nodes'][0]['html'][:160]}" for v in result["violations"]]


def overflow(browser):
    """What sticks out sideways; empty when the page is not wider than the window."""
    return browser.js("""
        if (document.documentElement.scrollWidth <= innerWidth) return [];
        const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
        const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement));
        return out.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth + ' > ' + innerWidth)""")


def complaints(browser):
    """What the browser's console says since the last call, such as something the content security policy refused."""
    return [entry["message"] for entry in browser.driver.get_log("browser") if entry["level"] == "SEVERE"]


def page_faults(browser):
    """What is wrong with a page before anybody looks at it: its answer, its title, its weight."""
    status, weight = browser.js("""
        const [page] = performance.getEntriesByType('navigation'), rest = performance.getEntriesByType('resource');
        return [page.responseStatus, [page, ...rest].reduce((sum, e) => sum + e.encodedBodySize, 0)]""")
    faults = [] if status == 200 else [f"answered {status}"]
    # A page with a quick exit tells nothing in the browser's history.
    if len(browser.driver.title) < 10 and not browser.all("[data-exit]"):
        faults.append(f"has no telling title: {browser.driver.title!r}")
    if len(browser.all("main")) != 1 or len(browser.all("h1")) != 1:
        faults.append("does not have one main and one h1")
    if weight > PAGE_LIMIT:
        faults.append(f"weighs {weight} bytes")
    return faults


def open_everything(browser):
    """Opens every fold of the page, so that what is in it is looked at too."""
    browser.js("for (const fold of document.querySelectorAll('main details, section details')) fold.open = true")


FOCUSABLE = """
    const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0;
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')].filter(seen);
    // One radio button of a group takes the Tab key: the chosen one, else the first.
    return all.filter(e => e.type !== 'radio' || e === (
        all.find(o => o.type === 'radio' && o.name === e.name && o.form === e.form && o.checked) ??
        all.find(o => o.type === 'radio' && o.name === e.name && o.form === e.form)))"""

# The look of an element and of what it stands in: focus may be shown on a label around a radio button.
LOOK = """
    const look = e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join() };
    const near = e => [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean).map(look).join('|');"""


def tab_faults(browser):
    """Walks the page with the Tab key: what is never reached, what does not show that it has focus, what is out of sight."""
    wanted = browser.js(FOCUSABLE)
    assert wanted, "nothing can be focused"
    browser.js("document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    reached, faults = [], []
    for _ in range(4 * len(wanted)):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        element = browser.js("return document.activeElement === document.body ? null : document.activeElement")
        if reached and element == reached[-1]:
            continue # a field of several parts, such as a date
        if element is None or element in reached:
            break
        reached.append(element)
        shown, in_sight = browser.js(LOOK + """
            const e = document.activeElement, r = e.getBoundingClientRect();
            const inSight = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
            const focused = near(e); e.blur(); const plain = near(e); e.focus({preventScroll: true, focusVisible: true});
            return [focused !== plain, inSight]""")
        if not shown:
            faults.append("shows no focus: " + element.get_attribute("outerHTML")[:120])
        if not in_sight:
            faults.append("is focused out of sight: " + element.get_attribute("outerHTML")[:120])
    return faults + ["is never reached: " + e.get_attribute("outerHTML")[:120] for e in wanted if e not in reached]
