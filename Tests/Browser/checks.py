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


# The page's structure: tags with their classes, states and roles; rows that are built alike count as one.
STRUCTURE = """
    const named = ['class', 'role', 'type', 'fill', 'stroke', 'open', 'hidden', 'checked', 'disabled', 'aria-current', 'aria-invalid'];
    const own = e => e.localName + [...e.attributes].map(a => named.includes(a.name) ? `[${a.name}=${a.value}]` : `[${a.name}]`).sort().join('');
    const whole = e => {
        const inner = [...e.children].map(whole).filter((one, i, all) => one !== all[i - 1]);
        return own(e) + (e.children.length || e.textContent.trim() ? '' : '!') + (inner.length ? `(${inner.join()})` : '');
    };
    return document.documentElement.lang + whole(document.body)"""

looked_at = {}


def violations_once(browser, width, theme):
    """As `violations`, for a page whose structure axe has not yet met in this language, width and theme."""
    key = (hash(browser.js(STRUCTURE)), width, theme)
    if key not in looked_at:
        looked_at[key] = violations(browser)
    return looked_at[key]


def step(browser, name, width):
    """A step of somebody's way: nothing is wrong with the page as it stands there."""
    browser.shot(f"{name}-{width}")
    faults = violations_once(browser, width, "light") + overflow(browser) + tab_faults(browser)
    assert faults == [], f"{name}, {width} px: " + "\n".join(faults)


FOCUSABLE = """
    const seen = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0;
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')].filter(seen);
    // One radio button of a group takes the Tab key: the chosen one, else the first.
    const wanted = all.filter(e => e.type !== 'radio' || e === (
        all.find(o => o.type === 'radio' && o.name === e.name && o.form === e.form && o.checked) ??
        all.find(o => o.type === 'radio' && o.name === e.name && o.form === e.form)));"""

# Before each Tab key, what has focus is looked at: whether it differs from how it looked without (focus may be shown on a label
# around a radio button), and whether it is in sight.
WALK = FOCUSABLE + """
    const look = e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor].join() };
    const near = e => [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean).map(look).join('|');
    // From the page's beginning, wherever it put the focus itself.
    document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0);
    document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
    for (const pane of document.querySelectorAll('.list, .case')) pane.scrollTo(0, 0);
    const plain = new Map(wanted.map(e => [e, near(e)]));
    const walk = window.walk = { reached: new Set(), faults: [], over: false, wanted, stop: () => removeEventListener('keydown', walk.note, true) };
    walk.note = e => {
        const on = document.activeElement;
        if (e.key !== 'Tab' || walk.over || on === walk.last) return; // the same again: a field of several parts, such as a date
        walk.last = on;
        if (on === document.body || walk.reached.has(on)) { walk.over = walk.reached.size > 0; return; }
        walk.reached.add(on);
        const r = on.getBoundingClientRect(), name = on.outerHTML.slice(0, 120);
        if (near(on) === plain.get(on)) walk.faults.push('shows no focus: ' + name);
        if (!(r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth)) walk.faults.push('is focused out of sight: ' + name);
    };
    addEventListener('keydown', walk.note, true);
    return wanted.length"""


def tab_faults(browser):
    """Walks the page with the Tab key: what is never reached, what does not show that it has focus, what is out of sight."""
    count = browser.js(WALK)
    assert count, "nothing can be focused"
    for _ in range(4):
        ActionChains(browser.driver).send_keys(*[Keys.TAB] * (count + 2)).perform()
        if browser.js("return walk.over"):
            break
    return browser.js("""
        walk.stop();
        return walk.faults.concat(walk.wanted.filter(e => !walk.reached.has(e)).map(e => 'is never reached: ' + e.outerHTML.slice(0, 120)))""")
