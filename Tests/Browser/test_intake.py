"""An intake officer's whole way: the queue one by one, with every outcome, a split, a merge and an answer from a template."""

import pytest
from selenium.webdriver.common.keys import Keys

from checks import step
from report import reported

WIDTHS = [1280, 390]
ANSWERS = dict(isDeviation="yes", holdsSensitiveData="no", isCensurable="no")


@pytest.fixture
def officer(browser, request):
    browser.sign_in("ingrid")
    browser.device(request.getfixturevalue("width"))
    return browser


@pytest.mark.parametrize("width", WIDTHS)
def test_an_intake_officer_assesses_one_by_one(trivsel, officer, width):
    cases = {outcome: reported(trivsel, "kari", f"Til {outcome}, {width}")[0] for outcome in ("assignments", "forwardings", "rejection", "triage")}
    officer.open("/deviations?view=triage")
    step(officer, "queue", width)
    officer.press("a[href='/deviations/triage']")
    step(officer, "triage", width)

    choose(officer, cases["assignments"], "assignments", handler="hamid")
    assert len(officer.all(".summary a")) >= 3
    step(officer, "triage-errors", width)
    officer.fill(**ANSWERS)
    press_outcome(officer, "assignments")
    assert officer.find(".told").text
    step(officer, "triaged", width)

    for outcome, answers in {
        "forwardings": ANSWERS | dict(unit="nv", forwardReason="Laben er deres."),
        "rejection": ANSWERS | dict(isDeviation="no", reason="Dette hører til Sit, som har kantina."),
        "triage": dict(isDeviation="yes", holdsSensitiveData="yes", whistleReason="Dette skal upartiske lese."),
    }.items():
        choose(officer, cases[outcome], outcome, **answers)
        assert officer.find(".told").text, outcome
    officer.sign_in("kari")
    officer.open("/deviations/mine")
    assert "Svar på melding" in officer.text
    step(officer, "answers", width)
    officer.press(f"a.card[href='/deviations/mine/{cases['triage']}']")
    assert "Dette skal upartiske lese." in officer.text and officer.driver.title == "Trivsel"
    step(officer, "farewell", width)
    officer.open(f"/deviations/mine/{cases['rejection']}")
    assert "Dette hører til Sit" in officer.text
    step(officer, "rejected", width)


def choose(browser, case, outcome, **answers):
    """Fills in the questions and one outcome, and sends."""
    browser.open(f"/deviations/triage?case={case}")
    browser.unfold(browser.find(f"button[value={outcome}]"))
    browser.fill(**answers)
    press_outcome(browser, outcome)


def press_outcome(browser, outcome):
    button = browser.find(f"button[name=outcome][value={outcome}]")
    browser.unfold(button)
    browser.leave(button.click)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_intake_officer_splits_a_report(trivsel, officer, width):
    case, _ = reported(trivsel, "ola", f"Støy og mer, {width}", "Viften bråker. Veilederen truer oss.")
    officer.open(f"/deviations/{case}")
    officer.fill(isDeviation="yes", holdsSensitiveData="no", isCensurable="part")
    officer.fill(keptTitle=f"Støy, {width}", keptText="Viften bråker.", whistleblowText="Veilederen truer oss.", reason="Delen om veilederen leses av andre.")
    step(officer, "split", width)
    officer.press("form[action*='/triage?'] button.button")
    officer.open(f"/deviations/{case}")
    assert "Viften bråker." in officer.text and "truer" not in officer.find("html").get_attribute("outerHTML")
    step(officer, "split-done", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_intake_officer_merges_reports_and_answers_from_a_template(trivsel, officer, width):
    case, _ = reported(trivsel, "kari", f"Inspera gikk ned, {width}")
    others = [reported(trivsel, person, f"Eksamen stoppet, {width}") for person in ("ola", "jonas")]
    officer.open(f"/deviations/{case}")
    # Beside it are forms of one press for cases that are likely about the same.
    form = "form:has(textarea[name=cases])"
    officer.unfold(officer.find(form))
    officer.fill(officer.find(form), cases="2020-000000")
    officer.press("button.button", officer.find(form))
    assert officer.all(".summary")
    step(officer, "merge-errors", width)
    officer.fill(officer.find(form), cases=" ".join(number for _, number in others))
    officer.press("button.button", officer.find(form))
    assert officer.path == f"/deviations/{case}/reports" and len(officer.all("main a[href*='/reports/']")) == 3
    step(officer, "reports", width)
    officer.press(f"a[href='/deviations/{case}/reports/{others[0][0]}']")
    officer.fill(text="Bare til deg: du får ny tid.")
    step(officer, "report", width)
    officer.press("form[action$='/replies'] button.button")
    assert "Bare til deg" in officer.text

    name = f"Eksamen, {width}"
    officer.open("/deviations/templates")
    form = officer.find("form[action='/deviations/templates']")
    officer.unfold(form)
    officer.fill(form, templateName=name, bokmaal="Saken har nummer {number}.", nynorsk="Saka har nummer {number}.", english="The case is {number}.")
    step(officer, "template", width)
    officer.press("button.button", form)
    officer.open(f"/deviations/{case}")
    for path, field, told in (("replies", "text", "Svaret er sendt"), ("rejection", "reason", "Meldingen er avvist")):
        links = officer.all(f"form[action*='/{path}?'] .chips a")
        link = next(link for link in links if link.get_attribute("textContent") == name)
        officer.unfold(link)
        officer.leave(link.click)
        form = officer.find(f"form[action*='/{path}?']")
        assert "Saken har nummer 2" in officer.find(f"[name={field}]", form).get_attribute("value")
        step(officer, f"{path}-from-template", width)
        if path == "rejection":
            officer.fill(form, isDeviation="no", holdsSensitiveData="no", isCensurable="no")
        officer.press("button.button", form)
        assert told in officer.find(".told").text


@pytest.mark.parametrize("width", WIDTHS)
def test_an_intake_officer_acts_on_many_at_once(trivsel, officer, width):
    cases = [reported(trivsel, "kari", f"Snurrebass {n}, {width}")[0] for n in (1, 2)]
    # Found by a word of theirs alone, and not met in the list: other tests leave cases too.
    officer.open("/deviations?view=all")
    officer.find("form[role=search] [name=q]").send_keys(f"Snurrebass {width}")
    officer.press("form[role=search] button")
    assert len(officer.all(".mark input")) == len(cases)
    for case in cases:
        box = officer.find(f".mark input[value='{case}']")
        officer.js("arguments[0].scrollIntoView({block: 'center'})", box)
        box.click()
    officer.press("form#bulk button")
    step(officer, "bulk", width)
    form = officer.find("form[action='/deviations/bulk/assignments']")
    officer.unfold(form)
    officer.fill(form, handler="hamid")
    officer.press("button.button", form)
    # Neither is assessed yet: each is refused for itself.
    assert len(officer.all(".card .tag.late")) == 2
    step(officer, "bulk-result", width)


def test_marks_on_other_pages_of_the_list_go_along_and_the_button_counts_them(browser):
    browser.sign_in("ingrid")
    browser.open("/deviations?view=all")
    first = browser.all(".list input[name=case]")[0]
    first.click()
    chosen = first.get_attribute("value")
    more = browser.find(".list a[href*='after=']")
    browser.leave(lambda: more.send_keys(Keys.ENTER))
    assert not browser.all(f".list input[value='{chosen}']")
    browser.all(".list input[name=case]")[0].click()
    assert browser.find("form#bulk button").text.endswith("(2)")
    browser.press("form#bulk button")
    marked = {field.get_attribute("value").split(".")[0] for field in browser.all("form[action='/deviations/bulk/assignments'] [name=case]")}
    assert len(marked) == 2 and chosen in marked
