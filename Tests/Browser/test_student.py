"""A student's whole way: two clicks to the form, a report with a file, a session that ends meanwhile, the answer, and the ways out."""

import json
import pathlib
import shutil

import pytest

from checks import step
from report import REPORT, call, go_to, reported
from test_forms import sign_in_beside

WIDTHS = [1280, 390]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_student_tells_follows_and_withdraws(browser, width, tmp_path):
    browser.device(width)
    case = tell(browser, width, tmp_path)
    answered(browser, case, width)

    browser.sign_in("kari")
    browser.open("/deviations/mine")
    step(browser, "own-cases", width)
    browser.press(f"a.card[href='/deviations/mine/{case}']")
    assert "Vaktmesteren kommer i morgen." in browser.text and "Ingrid" not in browser.text
    photo = tmp_path / "målt i dag.txt"
    photo.write_text("71 dB")
    browser.fill(files=str(photo))
    browser.press("form[enctype] button.button")
    assert browser.find(".told") and "målt i dag.txt" in browser.text
    step(browser, "own-case", width)

    withdraw = browser.find("button[value=withdraw]")
    browser.unfold(withdraw)
    step(browser, "own-case-withdraw", width)
    browser.leave(withdraw.click)
    assert browser.find(".told") and not browser.all(f"a.card[href='/deviations/mine/{case}']")
    step(browser, "withdrawn", width)


def tell(browser, width, folder):
    """From the front page to the receipt; the id of the case."""
    browser.open("/")
    step(browser, "front", width)
    browser.press("a.door.better")
    step(browser, "sign-in", width)
    browser.press("button[value=kari]")
    browser.speak("nb")
    for name, answers in REPORT.items():
        step(browser, f"report-{name}", width)
        browser.fill(**answers)
        if name == "tell":
            write_on_after_the_session_ended(browser, width)
        browser.press("button[name=go][value=next]")
    picture = folder / "viften.png"
    picture.write_bytes(browser.picture())
    browser.fill(files=str(picture))
    step(browser, "report-check", width)
    browser.press("button[name=go][value=send]")
    assert browser.find(".receipt") and "viften.png" in browser.text
    step(browser, "receipt", width)
    return browser.path.removeprefix("/deviations/mine/").split("?")[0]


def write_on_after_the_session_ended(browser, width):
    """Sends what was typed when nobody is signed in any more: it comes back, and goes on with who signs in."""
    browser.driver.delete_all_cookies()
    browser.press("button[name=go][value=next]")
    step(browser, "session-ended", width)
    sign_in_beside(browser, "kari")
    browser.press("main form button")
    assert browser.find("[name=description]").get_attribute("value") == REPORT["tell"]["description"]
    step(browser, "signed-in-again", width)


def answered(browser, case, width):
    browser.sign_in("ingrid")
    browser.open(f"/deviations/{case}")
    assert "viften.png" in browser.text
    step(browser, "case-with-file", width)
    browser.act("replies", text="Vaktmesteren kommer i morgen.")


@pytest.mark.parametrize("person, width", [("eirik", 1280), ("amina", 390)])
def test_a_student_says_that_nobody_follows_it_up(browser, person, width):
    browser.sign_in(person)
    browser.device(width)
    browser.open("/deviations/mine")
    late = [card.get_attribute("href") for card in browser.all(".card:has(.tag.late)")]
    for case in late:
        browser.driver.get(case)
        if browser.all("button[value=not-followed-up]"):
            break
    step(browser, "late", width)
    browser.press("button[value=not-followed-up]")
    assert "Du har varslet" in browser.text and not browser.all("button[value=not-followed-up]")
    step(browser, "escalated", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_student_reports_for_another(browser, width):
    browser.sign_in("ola")
    go_to(browser, "tell")
    browser.device(width)
    browser.fill(**REPORT["tell"])
    browser.unfold(browser.find("[name=onBehalf]"))
    browser.fill(onBehalf="yes")
    browser.press("button[name=go][value=next]")
    assert len(browser.all(".summary a")) >= 2
    step(browser, "behalf-errors", width)
    browser.fill(behalfStudent="jonas@ntnu.test", behalfConsent="Muntlig, på kontoret mitt.", behalfReplies="student")
    browser.press("button[name=go][value=next]")
    browser.press("button[name=go][value=send]")
    assert "Studenten får kvitteringen" in browser.find(".told").text
    step(browser, "behalf-sent", width)
    browser.sign_in("jonas")
    browser.open("/deviations/mine")
    assert REPORT["tell"]["title"] in browser.text


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_of_something_serious_stops_at_the_door(browser, width):
    browser.sign_in("kari")
    browser.device(width)
    browser.open("/deviations/report")
    browser.fill(serious="threats")
    browser.press("button[name=go][value=next]")
    assert browser.driver.title == "Trivsel" and "112" in browser.text and browser.all("[data-exit]")
    step(browser, "stopped", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_student_says_whether_it_was_solved(trivsel, browser, width):
    case, _ = reported(trivsel, "kari", f"Lyset blinker, {width}")
    answers = dict(isDeviation=True, holdsSensitiveData=False, isCensurable=False)
    acts = [
        ("ingrid", "triage", answers), ("ingrid", "assignments", dict(handler="hamid")),
        ("hamid", "cause", dict(whatHappened="Røret var gammelt.", why="Ingen skiftet det.")),
        ("hamid", "closing", dict(outcome="Lyset er skiftet.")),
    ]
    for version, (person, act, body) in enumerate(acts, start=1):
        call(trivsel, person, f"deviations/{case}/{act}", body, version=version)
    browser.sign_in("kari")
    browser.device(width)
    browser.open(f"/deviations/mine/{case}")
    assert "Lyset er skiftet." in browser.text
    step(browser, "feedback", width)
    browser.press("button[value=feedback]")
    assert browser.all(".summary a[href='#answer']")
    step(browser, "feedback-errors", width)
    browser.fill(answer="partly", text="Det blinker fortsatt i hjørnet.")
    browser.press("button[value=feedback]")
    assert browser.find(".told") and "delvis løst" in browser.text
    step(browser, "feedback-given", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_student_passes_on_what_is_not_ours(trivsel, browser, width, tmp_path):
    case, _ = reported(trivsel, "kari", f"Heisen på studentbyen, {width}")
    rejection = dict(isDeviation=False, holdsSensitiveData=False, isCensurable=False, reason="Bolig hører til Sit.", recipient="sit")
    call(trivsel, "ingrid", f"deviations/{case}/rejection", rejection, version=1)
    receives(trivsel, "rune", "sit", tmp_path)
    browser.sign_in("kari")
    browser.device(width)
    browser.open(f"/deviations/mine/{case}")
    assert "Dette hører hjemme hos Studentsamskipnaden" in browser.text
    step(browser, "not-ours", width)
    browser.press("button[value=pass-on]")
    assert browser.find(".told") and "Sendt videre til Studentsamskipnaden" in browser.text
    step(browser, "passed-on", width)
    browser.sign_in("rune")
    browser.open(f"/deviations/{case}")
    assert f"Heisen på studentbyen, {width}" in browser.text


def receives(trivsel, person, unit, folder):
    """Lets somebody receive reports to a unit, as who loads the directory does it."""
    shutil.copytree(pathlib.Path("Config/demo"), folder / "demo")
    people = folder / "demo" / "people.json"
    loaded = json.loads(people.read_text())
    next(one for one in loaded if one["id"] == person)["grants"].append(
        {"role": "intake-officer", "unit": unit, "from": "2024-01-01", "to": None})
    people.write_text(json.dumps(loaded))
    trivsel.run("demo", "--folder", str(folder / "demo"))
