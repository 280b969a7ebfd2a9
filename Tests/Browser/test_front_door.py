"""The front door: two clicks to the right form, the button and the QR code that lead there from elsewhere, help, and deputies."""

import datetime
import io

import pytest
import requests
import zxingcpp
from PIL import Image

from checks import overflow, violations

CHOSEN = "form=%2Fdeviations%2Freport&unit=ie-idi&campus=gjovik&category=universal-design"


def read(picture):
    """What a QR code says."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))]


def target(trivsel):
    return f"{trivsel.url}/deviations/report?unit=ie-idi&campus=gjovik&category=universal-design"


def test_the_printed_code_leads_where_the_button_does(trivsel):
    picture = requests.get(f"{trivsel.url}/si-ifra/qr.png?{CHOSEN}", timeout=10)
    assert read(picture.content) == [target(trivsel)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_code_on_the_page_can_be_read_from_the_screen(trivsel, browser, theme):
    browser.device(theme=theme)
    browser.open(f"/si-ifra?{CHOSEN}")
    assert read(browser.find("img.qr").screenshot_as_png) == [target(trivsel)]


def test_an_editor_makes_a_button_that_works_on_another_page(trivsel, browser, tmp_path):
    browser.open("/")
    browser.press("a[href='/si-ifra']")
    browser.fill(unit="ie-idi", campus="gjovik", category="universal-design", button="nn")
    browser.press("main form button")
    link, in_text, in_corner = [block.text for block in browser.all("main pre")]
    assert link == target(trivsel)
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>A page of a faculty</title><h1>Hei</h1><p>{in_text}</p>{in_corner}")
    for place in range(2):
        browser.driver.get(page.as_uri())
        button = browser.all("a")[place]
        assert (button.text, button.get_attribute("href")) == ("Sei frå", target(trivsel))
        browser.leave(button.click)
        assert browser.path.startswith("/sign-in?back=")
    browser.press("button[name=person][value=kari]")
    browser.fill(serious="none")
    browser.press("button[name=go][value=next]")
    assert browser.find("[name=category][value=universal-design]").is_selected()
    browser.fill(environment="digital")
    browser.press("button[name=go][value=next]")
    assert browser.find("[name=campus][value=gjovik]").is_selected()
    assert browser.find("select[name=unit]").get_attribute("value") == "ie-idi"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_student_is_two_clicks_from_the_form_and_from_somebody_to_talk_to(browser, width):
    browser.sign_in("jonas")
    browser.device(width)
    browser.open("/")
    browser.press("a.door.better")
    assert browser.path == "/deviations/report"
    assert "Studentombudet" in browser.find("aside.help").text
    browser.open("/")
    browser.press("a.door.talk")
    assert "Studentpresten i Gjøvik" in browser.text and "Studentpresten i Ålesund" not in browser.text
    browser.press("a[href='/help?campus=alesund']")
    assert "Studentpresten i Ålesund" in browser.text


@pytest.mark.parametrize("go_on", [True, False])
def test_back_to_where_a_report_stopped_begins_anew_and_asks_to_send_nothing_again(browser, go_on):
    browser.sign_in("jonas")
    browser.open("/deviations/report")
    browser.fill(serious="threats")
    browser.press("button[name=go][value=next]")
    stopped = browser.find("h1").text
    if go_on:
        # So that the browser has to ask for the page again, as it does when it has not kept it whole.
        browser.js("addEventListener('unload', () => {})")
        browser.press("form[action='/whistleblowing'] button[value=anonymous]")
        browser.leave(browser.driver.back)
    else:
        browser.leave(browser.driver.refresh)
    assert browser.path == "/deviations/report" and browser.find("h1").text != stopped
    assert not browser.find("[name=serious][value=threats]").is_selected()


@pytest.mark.parametrize("person", ["anders", "unni", "sissel", "dagny", "vigdis"])
@pytest.mark.parametrize("width", [390, 320])
def test_no_entry_of_the_top_bar_is_cut(browser, person, width):
    browser.sign_in(person)
    browser.device(width)
    browser.open("/")
    right = browser.js("return [...document.querySelectorAll('nav.main a')].map(a => a.getBoundingClientRect().right)")
    assert right and max(right) <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_an_editor_adds_a_contact_and_moves_it(browser, width):
    browser.sign_in("unni")
    browser.device(width)
    browser.open("/admin/help/new")
    browser.press("main form button.button")
    assert len(browser.all(".summary a")) >= 4 and (violations(browser), overflow(browser)) == ([], [])
    texts = {f"purpose__{language}": "Samtale" for language in ("nb", "nn", "en")}
    browser.fill(kind="help", name__nb=f"Skolehelsetjenesten {width}", phone="73 00 99 00", **texts)
    browser.press("main form button.button")
    assert browser.find(".told").text and f"Skolehelsetjenesten {width}" in browser.text
    cards = [card.text for card in browser.all("main section:last-of-type .card")]
    assert f"Skolehelsetjenesten {width}" in cards[-1]
    browser.press("main section:last-of-type .card:last-child button[value=up]")
    cards = [card.text for card in browser.all("main section:last-of-type .card")]
    assert f"Skolehelsetjenesten {width}" in cards[-2]
    assert (violations(browser), overflow(browser)) == ([], [])


def test_an_intake_officer_chooses_a_deputy_and_ends_it(browser):
    browser.sign_in("nils")
    browser.find("header details:last-of-type summary").click()
    browser.press("a[href='/deputy']")
    last = str(datetime.date.today() + datetime.timedelta(days=3))
    browser.fill(deputy="ragnhild@ntnu.test", role="intake-officer", unit="hf", to=last)
    browser.press("form[action='/deputy'] button.button")
    assert "Ragnhild Opdahl" in browser.text and browser.find(".told").text
    for width in (1280, 390):
        browser.device(width)
        assert (violations(browser), overflow(browser)) == ([], [])
    browser.press("form[action$='/end'] button")
    assert "Ragnhild Opdahl" not in browser.find("main section").text
