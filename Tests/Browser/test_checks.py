"""The checks themselves: a planted fault is found, a page without one is left in peace."""

import base64

import pytest

from checks import complaints, overflow, tab_faults, violations

GOOD = "<h1>Saker</h1><p><a href='#a'>Første sak</a> <button>Send</button></p><label>Tittel <input name='t'></label>"


@pytest.fixture
def page(chromium):
    """Shows a body as a page at 320 px."""

    def show(body, style=""):
        text = f"<!doctype html><html lang=nb><title>En plantet side</title><style>{style}</style><main>{body}</main>"
        chromium.url = ""
        chromium.device(320)
        chromium.open("data:text/html;base64," + base64.b64encode(text.encode()).decode())
        complaints(chromium)
        return chromium

    return show


def test_a_good_page_has_no_fault(page):
    browser = page(GOOD)
    assert (violations(browser), overflow(browser), tab_faults(browser)) == ([], [], [])


@pytest.mark.parametrize("rule, body", [
    ("label", "<h1>A</h1><input type=text>"),
    ("image-alt", "<h1>A</h1><img src='data:,'>"),
    ("color-contrast", "<h1 style='color: #bbb; background: #fff'>Avvik</h1>"),
    ("target-size", "<h1>A</h1>" + "<button style='width: 14px; height: 14px; padding: 0; border: 0'>x</button>" * 3),
])
def test_axe_finds_what_is_planted(page, rule, body):
    assert [fault.split()[0] for fault in violations(page(body))] == [rule]


def test_what_sticks_out_sideways_is_found(page):
    assert "pre" in overflow(page("<h1>A</h1><pre style='width: 900px'>A</pre>"))[0]


def test_focus_that_does_not_show_is_found(page):
    faults = tab_faults(page(GOOD, style="a:focus { outline: none }"))
    assert len(faults) == 1 and faults[0].startswith("shows no focus: <a")


def test_what_tab_never_reaches_is_found(page):
    faults = tab_faults(page(GOOD + "<script>document.querySelector('button').onkeydown = e => e.preventDefault()</script>"))
    assert len(faults) == 1 and faults[0].startswith("is never reached: <input")


def test_what_is_focused_out_of_sight_is_found(page):
    faults = tab_faults(page(GOOD, style="button { position: fixed; left: -999px }"))
    assert len(faults) == 1 and faults[0].startswith("is focused out of sight: <button")


def test_a_script_that_fails_is_heard(page):
    assert complaints(page(GOOD)) == []
    browser = page(GOOD)
    browser.js("setTimeout(() => { throw new Error('planted') })")
    browser.js("return 1")
    assert "planted" in complaints(browser)[0]
