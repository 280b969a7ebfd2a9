"""Files in the real browser: chosen, dropped, taken out and sent; and what somebody sends to do harm does nothing there."""

import io

import pytest
import requests
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from checks import complaints, open_everything, overflow, violations
from machine import until
from test_whistle import history, in_place

RUNS = "localStorage.ran = 'yes'; document.title = 'ran'; fetch('/ran')"
REPORT = {
    "serious": "none", "title": "Bråk på rom 203", "description": "Det bråker.", "unit": "ie-idi", "campus": "trondheim",
    "category": "other", "environment": "physical", "ordinaryChannels": {"tried": False, "reason": "Det haster."},
}
LONG = "et veldig langt navn på et bilde fra den gangen viften brølte så høyt at ingen hørte noe " * 2


def picture(color="teal", size=(900, 600), form="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, form)
    return out.getvalue()


# Name, content, and the name under which it is taken; None when it is refused.
SENT = [
    ("side.html", f"<!doctype html><script>{RUNS}</script>".encode(), None),
    ("tegning.svg", f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUNS}"/>'.encode(), None),
    ("bilde.jpg", f"<html><body onload=\"{RUNS}\">".encode(), None),
    ("begge deler.gif", b"GIF89a/*\1\1*/=1;" + RUNS.encode() + b"<script>" + RUNS.encode() + b"</script>", None),
    ("skjema.pdf", b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", None),
    ("notat.html", f"Hei.\n{RUNS}\n<script>{RUNS}</script>\n".encode(), "notat.html.txt"),
    ("ferie.html", picture(), "ferie.html.jpg"),
    ("vanlig.pdf", b"%PDF-1.7\ntrailer <<>>\n%%EOF\n", "vanlig.pdf"),
]


@pytest.fixture
def case(trivsel):
    """A case of Kari's; its id."""
    answer = requests.post(
        f"{trivsel.url}/api/v1/deviations", json=REPORT, headers={"Authorization": f"Bearer {trivsel.token('kari')}"}, timeout=10)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.fixture
def folder(tmp_path):
    for name, content, _ in SENT:
        (tmp_path / name).write_bytes(content)
    return tmp_path


def choose(browser, *paths):
    browser.find("input[data-files], input[type=file]").send_keys("\n".join(str(path) for path in paths))


def chosen(browser):
    return [line.text.split("\n")[0] for line in browser.all(".chosen li b")]


def send(browser):
    browser.press("main form[enctype] button.button")


def strays(trivsel):
    """How many requests there were for what is not there."""
    lines = requests.get(f"{trivsel.url}/metrics", timeout=10).text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("hb_requests_total{") and '"NotFound"' in line)


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_sent_to_do_harm_is_refused_or_saved_and_nothing_of_it_runs(browser, trivsel, case, folder, tmp_path_factory, scripts):
    browser.sign_in("kari")
    browser.scripts(on=scripts)
    browser.open(f"/deviations/mine/{case}")
    choose(browser, *(folder / name for name, _, _ in SENT))
    send(browser)
    errors = browser.find("#errors").text
    for name, _, kept in SENT:
        assert (f"«{name}» ble ikke tatt med" in errors) == (kept is None), name
    send(browser)
    before = strays(trivsel)
    links = {a.text: a.get_attribute("href") for a in browser.all(".files a[download]")}
    assert sorted(links) == sorted(kept for _, _, kept in SENT if kept)

    browser.scripts(on=True)
    browser.open(f"/deviations/mine/{case}")
    saved = tmp_path_factory.mktemp("saved")
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(saved)})
    here = browser.path
    for name, content, kept in SENT:
        if not kept:
            continue
        # Whoever opens its address, as from a link in a mail, gets it saved and stays where they were.
        browser.js("location.assign(arguments[0])", links[kept])
        until(lambda: (saved / kept).exists() and (saved / kept).read_bytes() == content, f"{kept} is saved")
        assert browser.path == here
        # Nor is it a script, a style or a frame of one of our own pages.
        for tag, attribute in (("script", "src"), ("iframe", "src"), ("object", "data"), ("link", "href")):
            browser.js("""
                const [tag, attribute, address] = arguments, it = document.createElement(tag);
                if (tag === 'link') it.rel = 'stylesheet';
                it[attribute] = address;
                document.body.append(it)""", tag, attribute, links[kept])
    browser.driver.get(links["ferie.html.jpg"] + "/preview")
    assert browser.js("return document.contentType") == "image/webp"
    assert browser.js("try { localStorage.length; return 'open' } catch { return 'shut' }") == "shut"
    browser.open("/accessibility")
    complaints(browser)
    assert browser.js("return localStorage.ran ?? document.title") != "yes" and browser.driver.title != "ran"
    assert strays(trivsel) == before
    # Had one run, it would have asked for this.
    assert requests.get(f"{trivsel.url}/ran", timeout=10).status_code == 404
    until(lambda: strays(trivsel) == before + 1, "what is not there was asked for")


def test_files_are_chosen_dropped_and_taken_out_with_the_keyboard(browser, case, folder):
    browser.sign_in("kari")
    browser.open(f"/deviations/mine/{case}")
    choose(browser, folder / "vanlig.pdf", folder / "notat.html")
    choose(browser, folder / "ferie.html")
    assert chosen(browser) == ["vanlig.pdf", "notat.html", "ferie.html"]
    browser.js("""
        const files = new DataTransfer();
        files.items.add(new File(['a'.repeat(11 << 20)], 'film.txt'));
        document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}))""")
    assert chosen(browser)[-1] == "film.txt" and "større enn 10 MB" in browser.all(".chosen li")[-1].text
    assert not violations(browser) and not overflow(browser)
    # From the field on to the second file's button, and out with it; the focus is on the next one then.
    browser.js("arguments[0].focus()", browser.find("input[data-files]"))
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    assert "vanlig.pdf" in browser.focused().text
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    assert chosen(browser) == ["vanlig.pdf", "ferie.html", "film.txt"]
    assert "ferie.html" in browser.focused().text
    browser.all(".chosen button")[-1].click()
    assert "vanlig.pdf, ferie.html" in browser.find(".chosen + [role=status]").get_attribute("textContent")
    send(browser)
    assert [a.text for a in browser.all(".files a[download]")] == ["vanlig.pdf", "ferie.html.jpg"]
    assert not complaints(browser)


def test_a_picture_opens_large_and_closes_with_escape(browser, case, folder):
    browser.sign_in("kari")
    browser.open(f"/deviations/mine/{case}")
    choose(browser, folder / "ferie.html")
    send(browser)
    way = browser.find("a[data-picture]")
    assert way.find_element("css selector", "img").get_attribute("alt") == "Forhåndsvisning av ferie.html.jpg"
    way.send_keys(Keys.ENTER)
    large = browser.find("dialog.picture[open] img")
    until(lambda: large.get_property("naturalWidth") == 900, "the picture is there")
    assert not violations(browser) and not overflow(browser)
    browser.shot("picture-large")
    browser.focused().send_keys(Keys.ESCAPE)
    assert not browser.all("dialog") and browser.focused() == way


def test_sending_can_be_stopped_and_nothing_that_was_typed_is_lost(browser, case, folder):
    browser.sign_in("kari")
    browser.open(f"/deviations/mine/{case}")
    (folder / "langt.txt").write_text("Det var bråk. " * 200_000)
    choose(browser, folder / "langt.txt")
    # A line too slow to wait for.
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd(
        "Network.emulateNetworkConditions", {"offline": False, "latency": 60_000, "downloadThroughput": 1, "uploadThroughput": 1})
    try:
        browser.find("main form[enctype] button.button").click()
        browser.shot("sending")
        assert browser.find(".sending progress").get_attribute("aria-label") == "Sender filene"
        browser.find(".sending button").click()
        until(lambda: browser.all(".lost"), "it says that nothing was sent")
    finally:
        browser.driver.execute_cdp_cmd(
            "Network.emulateNetworkConditions", {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    assert chosen(browser) == ["langt.txt"]
    for _ in range(2): # Sent again, as when nobody knows whether it came through, it is there once.
        send(browser)
        assert [a.text for a in browser.all(".files a[download]")] == ["langt.txt"]
        choose(browser, folder / "langt.txt")
    complaints(browser)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_with_files_hold_what_every_page_is_held_to(browser, case, tmp_path, width):
    browser.sign_in("kari")
    browser.device(width)
    browser.open(f"/deviations/mine/{case}")
    paths = [tmp_path / f"{LONG}.jpg", tmp_path / "notat.txt"]
    paths[0].write_bytes(picture())
    paths[1].write_text("Det var bråk.")
    choose(browser, *paths)
    browser.shot(f"files-chosen-{width}")
    assert not overflow(browser)
    send(browser)
    for theme in ("light", "dark"):
        browser.device(width, theme)
        browser.shot(f"files-own-{width}-{theme}")
        assert not violations(browser) and not overflow(browser)
    browser.sign_in("ingrid")
    browser.device(width)
    browser.open(f"/deviations/{case}")
    browser.js("for (const fold of document.querySelectorAll('main details')) fold.open = true")
    browser.shot(f"files-desk-{width}")
    assert not violations(browser)
    assert not overflow(browser) and not complaints(browser)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_text_that_is_too_long_comes_back_to_be_shortened(browser, case, folder, width):
    browser.sign_in("ingrid")
    browser.device(width)
    browser.open(f"/deviations/{case}")
    form = browser.find("form[action*='/notes']")
    browser.unfold(form)
    browser.js("arguments[0].value = 'Lang tekst. '.repeat(100000)", browser.find("[name=text]", form))
    browser.find("input[data-files]", form).send_keys(str(folder / "vanlig.pdf"))
    browser.press("button.button", form)
    assert "Grensen er 1024 kB" in browser.text and "«vanlig.pdf» ble ikke tatt med" in browser.text
    browser.js("document.querySelector('main textarea').style.maxHeight = '9rem'")
    browser.shot(f"too-long-{width}")
    text = browser.find("main textarea")
    assert browser.js("return arguments[0].value.length", text) == 1_200_000
    assert not violations(browser) and not overflow(browser)
    browser.js("arguments[0].value = 'Kort tekst.'", text)
    browser.press("main form .button")
    assert "Kort tekst." in browser.text
    complaints(browser)


def test_a_whistleblowers_text_that_is_too_long_comes_back_with_the_quick_exit(browser):
    browser.open("/whistleblowing")
    if browser.find("html").get_attribute("lang") != "nb":
        in_place(browser, "button[name=language][value=nb]")
    in_place(browser, "button[value=anonymous]")
    browser.fill(category="threats", campus="trondheim")
    in_place(browser, "button[value=next]")
    browser.fill(title="Trusler")
    browser.js("document.querySelector('[name=description]').value = 'Lang tekst. '.repeat(100000)")
    in_place(browser, "button[value=next]")
    assert "Grensen er 1024 kB" in browser.text and browser.driver.title == "Trivsel" and browser.all("[data-exit]")
    browser.shot("too-long-whistle")
    assert not violations(browser) and not overflow(browser)
    browser.js("document.querySelector('main textarea').value = 'Kort tekst.'")
    browser.press("main form .button")
    assert browser.all("[name=description][value='Kort tekst.']") and browser.driver.title == "Trivsel"
    complaints(browser)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_whistleblow_brings_files_and_its_reporter_sees_a_picture_without_an_address(browser, folder, width):
    browser.device(width)
    browser.open("/whistleblowing")
    way = len(history(browser))
    if browser.find("html").get_attribute("lang") != "nb":
        in_place(browser, "button[name=language][value=nb]")
    in_place(browser, "button[value=anonymous]")
    browser.fill(category="threats", campus="trondheim")
    in_place(browser, "button[value=next]")
    browser.fill(title="Trusler", description="Han truet oss.")
    in_place(browser, "button[value=next]")
    in_place(browser, "button[value=next]")
    choose(browser, folder / "side.html", folder / "ferie.html")
    browser.shot(f"whistle-check-{width}")
    in_place(browser, "button[value=send]")
    assert "«side.html» ble ikke tatt med" in browser.find("#errors").text
    assert "ferie.html.jpg" in browser.text and not violations(browser) and not overflow(browser)
    in_place(browser, "button[value=send]")
    code = browser.find(".code").text
    browser.fill(confirmed=code[-4:])
    in_place(browser, "button[value=confirm]")
    choose(browser, folder / "vanlig.pdf")
    in_place(browser, "button[value=write]")
    assert "vanlig.pdf" in browser.text
    browser.shot(f"whistle-dialogue-{width}")
    assert not violations(browser) and not overflow(browser)
    in_place(browser, "button[value^=look-]")
    assert browser.js("return document.querySelector('img.large').naturalWidth") == 900
    browser.shot(f"whistle-picture-{width}")
    assert not violations(browser) and not overflow(browser)
    in_place(browser, "button[value=look]")
    assert browser.path == "/whistleblowing" and len(history(browser)) == way
    assert browser.js("return localStorage.length + sessionStorage.length") == 0
    # The refusal itself is a complaint; nothing was shut out by the page's policy.
    assert not [said for said in complaints(browser) if "422" not in said]

    browser.sign_in("vigdis")
    browser.device(width)
    browser.open("/whistleblowing/cases")
    browser.driver.get(next(row.get_attribute("href") for row in browser.all(".row") if "Trusler" in row.text))
    open_everything(browser)
    browser.shot(f"whistle-keeper-{width}")
    assert not violations(browser) and not overflow(browser) and not complaints(browser)
    browser.find("a[data-picture]").click()
    until(lambda: browser.find("dialog.picture img").get_property("naturalWidth") == 900, "the picture is there")


def test_a_phone_offers_its_camera_and_a_desk_does_not(browser, case, folder):
    browser.sign_in("kari")
    browser.open(f"/deviations/mine/{case}")
    assert not browser.find(".camera").is_displayed()
    browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
    browser.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True})
    try:
        browser.open(f"/deviations/mine/{case}")
        camera = browser.find("input[capture=environment]")
        assert camera.is_displayed() and browser.find(f"label[for={camera.get_attribute('id')}]").text == "Ta et bilde"
        camera.send_keys(str(folder / "ferie.html"))
        assert chosen(browser) == ["ferie.html"] and camera.get_attribute("value") == ""
        browser.shot("files-phone")
        assert not violations(browser) and not overflow(browser)
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        browser.device()
    send(browser)
    assert [a.text for a in browser.all(".files a[download]")] == ["ferie.html.jpg"]
