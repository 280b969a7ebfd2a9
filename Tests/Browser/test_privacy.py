"""What is held about a person, and what they ask: the person and who answers, in the browser, each page looked at."""

import io
import json
import zipfile

import pytest
import requests
from PIL import Image

from checks import complaints, open_everything, step
from description import described, misfits
from report import call, reported
from test_pages import LANGUAGES, look

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
    browser.find("[name=passages]").click()
    browser.fill(hidden=f"4000{width}")
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


@pytest.mark.parametrize("width", [1280, 390])
def test_the_officer_chooses_files_one_by_one_and_the_person_gets_pictures_without_who_took_them(trivsel, browser, width):
    case, number = reported(trivsel, "sander", f"{WORDS} med bilde {width}", "Turid svarer ikke.")
    files = {"Sander ute.jpg": picture("Sander Strand"), "notat.txt": "Sander så Turid.".encode(), "brev.pdf": b"%PDF-1.7\ntrailer <<>>\n%%EOF\n"}
    for name, content in files.items():
        send(trivsel, "sander", case, name, content)
    request = registered(trivsel, number)
    browser.sign_in("unni")
    browser.device(width)
    browser.open(f"/privacy-requests/{request}")
    browser.press(".card a")
    boxes = browser.all("[name=files]")
    assert len(boxes) == 3 and not any(box.is_selected() for box in boxes), "all can be given out, none by itself"
    assert "Sander" not in browser.text and "hvem som laget den" in browser.text
    shown = browser.find("main img.large")
    assert browser.js("return arguments[0].decode().then(() => arguments[0].naturalWidth)", shown) == 900
    step(browser, "privacy-review-files", width)
    browser.find("[name=passages]").click()
    for box in boxes:
        browser.js("arguments[0].scrollIntoView()", box)
        box.click()
    browser.press("form[action*='/cases/'] button.button:not(.quiet)")
    assert browser.all(".summary a[href='#files']"), "what tells who made it goes out whole only when that was thought of"
    step(browser, "privacy-review-whole", width)
    confirmation = browser.find("[name=whole]")
    browser.js("arguments[0].scrollIntoView()", confirmation)
    confirmation.click()
    browser.press("form[action*='/cases/'] button.button:not(.quiet)")
    browser.fill(state="granted", answer="Her er det.")
    browser.press("form[action$='/decision'] button")
    assert "slettes etter" in browser.text

    browser.sign_in("turid")
    browser.device(width)
    browser.open(f"/me/data/requests/{request}")
    assert "Vedlegg 1" in browser.text and "█████ så Turid." in browser.text and "Sander" not in browser.text
    link = browser.find("main a[download]")
    assert browser.js("const i = arguments[0]; return i.decode().then(() => i.naturalWidth)", browser.find("img", link)) == 900
    step(browser, "own-answer-files", width)
    given = fetched(browser, link.get_attribute("href"))
    assert "vedlegg-1.webp" in given.headers["Content-Disposition"]
    assert b"Strand" in files["Sander ute.jpg"] and b"Strand" not in given.content and Image.open(io.BytesIO(given.content)).size == (900, 600)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_request_is_accessible_and_fits(trivsel, browser, language):
    case, number = reported(trivsel, "sander", f"{WORDS} på {language}", "Turid svarer ikke.")
    send(trivsel, "sander", case, "rom.jpg", picture("Sander Strand"))
    send(trivsel, "sander", case, "brev.pdf", b"%PDF-1.7\ntrailer <<>>\n%%EOF\n")
    open_one, decided = registered(trivsel, number), registered(trivsel, number)
    review = asked(trivsel, f"{decided}/cases/{case}")
    call_on(trivsel, "put", decided, f"/cases/{case}/extract", {
        "passages": [one["id"] for one in review["passages"]], "files": [one["id"] for one in review["files"]],
        "whole": [one["id"] for one in review["files"] if one["form"] == "whole"]})
    call_on(trivsel, "post", decided, "/decision", {"state": "partly", "ground": "others", "answer": "Her er noe."})
    seen = {"unni": ["", f"/{open_one}", f"/{open_one}/cases/{case}", f"/{decided}"], "turid": [f"/me/data/requests/{decided}", "/me/data"]}
    complaints(browser)
    faults = []
    for person, paths in seen.items():
        browser.sign_in(person, language)
        for path in paths:
            path = path if path.startswith("/me/") else f"/privacy-requests{path}"
            browser.open(path)
            faults += [f"{path}: {fault}" for fault in look(browser, path, person, language)]
    assert not faults, "\n".join(faults)


def test_what_the_api_answers_has_the_form_it_says(trivsel):
    case, number = reported(trivsel, "sander", f"{WORDS} etter skjema", "Turid svarer ikke.")
    send(trivsel, "sander", case, "rom.jpg", picture("Sander Strand"))
    send(trivsel, "sander", case, "brev.pdf", b"%PDF-1.7\ntrailer <<>>\n%%EOF\n")
    request = registered(trivsel, number)
    root, said = "/api/v1/privacy-requests", described(trivsel)
    files = [one["id"] for one in asked(trivsel, f"{request}/cases/{case}")["files"] if one["form"] != "whole"]
    passages = [one["id"] for one in asked(trivsel, f"{request}/cases/{case}")["passages"]]
    one, extract = f"{root}/{{request}}", dict(passages=passages, files=files, hidden=["Turid"])
    steps = [
        ("unni", "get", root, None, 200), ("unni", "get", f"{root}?state=decided&limit=0", None, 400), ("kari", "get", root, None, 403),
        ("unni", "post", root, dict(kind="erasure", name="Sander", email="sander@ntnu.test"), 201), ("unni", "post", root, {}, 422),
        ("unni", "get", one, None, 200), ("kari", "get", one, None, 404), ("unni", "post", f"{one}/search", dict(words=number), 200),
        ("unni", "get", f"{one}/cases/{{case}}", None, 200), ("unni", "put", f"{one}/cases/{{case}}/extract", extract, 200),
        ("unni", "delete", f"{one}/cases/{{case}}", None, 200), ("unni", "post", f"{one}/cases", dict(module="deviations", case=case), 200),
        ("unni", "put", f"{one}/cases/{{case}}/extract", extract, 200), ("unni", "get", f"{one}/extract", None, 200),
        ("unni", "post", f"{one}/decision", dict(state="refused", answer="Nei"), 422),
        ("unni", "post", f"{one}/decision", dict(state="granted", answer="Ja"), 200), ("unni", "get", f"{root}?state=decided", None, 200),
        ("unni", "get", one, None, 200), ("turid", "get", "/api/v1/me/requests", None, 200), ("unni", "get", "/api/v1/privacy-grounds", None, 200)]
    for person, method, path, body, expected in steps:
        address = path.replace("{request}", request).replace("{case}", case)
        headers = {"Authorization": f"Bearer {trivsel.token(person)}", "If-Match": f'"{asked(trivsel, request)["version"]}"'}
        answer = requests.request(method, trivsel.url + address, json=body, headers=headers, timeout=20)
        assert answer.status_code == expected, f"{method} {path}: {answer.text}"
        found = misfits(said, method, path.split("?")[0], answer)
        assert not found, f"{method} {path}: {found}"


def picture(artist):
    """A photo whose camera says whose it is."""
    exif = Image.Exif()
    exif[0x013B] = artist
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(trivsel, person, case, name, content):
    """Sends a file to a case by the API."""
    answer = requests.post(
        f"{trivsel.url}/api/v1/deviations/{case}/files", data=content, timeout=30,
        headers={"Authorization": f"Bearer {trivsel.token(person)}", "Content-Disposition": f'attachment; filename="{name}"'})
    assert answer.ok, answer.text


def registered(trivsel, number):
    """A request of Turid's that is answered from the case with this number; its id."""
    request = call(trivsel, "unni", "privacy-requests", dict(kind="access", name="Turid", email="turid@ntnu.test", text="Alt om meg"))["id"]
    found = call(trivsel, "unni", f"privacy-requests/{request}/search", dict(words=number))["items"][0]
    call_on(trivsel, "post", request, "/cases", dict(module=found["module"], case=found["id"]))
    return request


def asked(trivsel, path):
    """What the API gives who answers."""
    answer = requests.get(
        f"{trivsel.url}/api/v1/privacy-requests/{path}", headers={"Authorization": f"Bearer {trivsel.token('unni')}"}, timeout=20)
    assert answer.ok, answer.text
    return answer.json()


def call_on(trivsel, method, request, path, body):
    """Changes a request in the version it has."""
    headers = {"Authorization": f"Bearer {trivsel.token('unni')}", "If-Match": f'"{asked(trivsel, request)["version"]}"'}
    answer = requests.request(method, f"{trivsel.url}/api/v1/privacy-requests/{request}{path}", json=body, headers=headers, timeout=20)
    assert answer.ok, answer.text


def fetched(browser, address):
    """What the browser's own session gets."""
    cookies = {cookie["name"]: cookie["value"] for cookie in browser.driver.get_cookies()}
    answer = requests.get(address, cookies=cookies, timeout=20)
    assert answer.ok, answer.text
    return answer


def copied(browser):
    """The archive that the page's button gives, fetched with the browser's own session."""
    form = browser.find("form[action='/me/data/export']")
    cookies = {cookie["name"]: cookie["value"] for cookie in browser.driver.get_cookies()}
    answer = requests.post(
        browser.url + "/me/data/export", data={"_token": browser.find("[name=_token]", form).get_attribute("value")}, cookies=cookies,
        headers={"Origin": browser.url}, timeout=20)
    assert answer.ok and answer.headers["Content-Disposition"].startswith("attachment"), answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))
