"""What is held about a person, and what they ask: the person and who answers, in the browser, each page looked at."""

import io
import json
import zipfile

import pytest
import requests

from checks import open_everything, step
from report import reported

WORDS = "Vifte"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_sees_their_data_takes_a_copy_and_asks(trivsel, browser, width):
    title = f"{WORDS} hos meg {width}"
    reported(trivsel, "sander", title)
    browser.sign_in("sander")
    browser.device(width)
    browser.open("/me/data")
    assert title in browser.text and "Varsler står aldri" in browser.text
    open_everything(browser)
    step(browser, "own-data", width)
    copy = copied(browser)
    assert {"data.json", "data.html"} <= set(copy.namelist()) and title in copy.read("data.html").decode()
    assert json.loads(copy.read("data.json"))["person"] == "sander"

    form = browser.find("form[action='/me/data/requests']")
    browser.press("button", form)
    assert browser.all(".summary a[href='#kind']") and browser.all(".summary a[href='#text']")
    step(browser, "own-data-wrong", width)
    browser.fill(browser.find("form[action='/me/data/requests']"), kind="erasure", text=f"Slett saken om {title}")
    browser.press("form[action='/me/data/requests'] button")
    assert "innen en måned" in browser.find(".told").text
    browser.open("/me/data")
    assert "Du tok ut en kopi" in browser.text


@pytest.mark.parametrize("width", [1280, 390])
def test_who_answers_finds_the_case_and_the_person_gets_an_extract_without_the_reporter(trivsel, browser, width):
    title = f"{WORDS} på kontoret {width}"
    _, number = reported(trivsel, "sander", title, f"Turid svarer ikke. Hilsen Sander, tlf. 4000{width}")
    browser.sign_in("unni")
    browser.device(width)
    browser.open("/privacy-requests")
    open_everything(browser)
    step(browser, "privacy-requests", width)
    browser.fill(kind="access", name="Turid", email="turid@ntnu.test", text="Alt om meg")
    browser.press("form[action='/privacy-requests'] button")
    page = browser.path.split("?")[0]
    browser.fill(words=number)
    browser.press("form[action$='/search'] button")
    assert number in browser.text
    step(browser, "privacy-found", width)
    browser.press("form[action$='/cases'] button")
    browser.press(".card a")
    assert title in browser.text and "Sander" not in browser.text
    step(browser, "privacy-review", width)
    browser.fill(passages="0", hidden=f"4000{width}")
    browser.press("form[action*='/cases/'] button")
    browser.fill(state="refused", answer="Her er det.")
    browser.press("form[action$='/decision'] button")
    assert browser.all(".summary a[href='#ground']")
    step(browser, "privacy-undecided", width)
    browser.fill(state="granted")
    browser.press("form[action$='/decision'] button")
    open_everything(browser)
    step(browser, "privacy-decided", width)

    browser.sign_in("turid")
    browser.device(width)
    browser.open("/me/data/requests/" + page.split("/")[-1])
    assert "Turid svarer ikke. Hilsen █████, tlf. █████" in browser.text
    step(browser, "own-answer", width)


def copied(browser):
    """The archive that the page's button gives, fetched with the browser's own session."""
    form = browser.find("form[action='/me/data/export']")
    cookies = {cookie["name"]: cookie["value"] for cookie in browser.driver.get_cookies()}
    answer = requests.post(
        browser.url + "/me/data/export", data={"_token": browser.find("[name=_token]", form).get_attribute("value")}, cookies=cookies,
        headers={"Origin": browser.url}, timeout=20)
    assert answer.ok and answer.headers["Content-Disposition"].startswith("attachment"), answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))
