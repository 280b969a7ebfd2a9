"""A case handler's whole way with the keyboard alone: from the list to a case that is closed and opened again."""

import pytest
from selenium.webdriver.common.keys import Keys

from checks import open_everything, step
from keyboard import do, enter, press, tab_to
from report import call, reported

SECRET = "Rom 214 har kode 9931."


@pytest.mark.parametrize("width, asked", [(1280, "marit"), (390, "gunn")])
def test_a_case_handler_works_with_the_keyboard_alone(trivsel, browser, width, asked):
    case = assigned(trivsel, width)
    browser.sign_in("hamid")
    browser.device(width)
    browser.open("/deviations")
    step(browser, "desk", width)
    walk_the_list(browser)
    find(browser, f"Radiator{width}", case)
    open_everything(browser)
    step(browser, "case", width)
    browser.driver.refresh()

    do(browser, "n", "Ringte driften.")
    assert "Notatet er lagret" in browser.find(".told").text
    do(browser, "r", "Driften kommer på mandag.")
    do(browser, "p", "Delen må bestilles.", 35)
    do(browser, "c", "Radiatoren lekker.", "Pakningen er slitt.")
    do(browser, "t", "Bytt pakninger hver høst.", "Pakningen er slitt.", "Hamid", 30)
    do(browser, "h", f"{asked}@ntnu.test", "Er dette kjent hos dere?", "En radiator lekker.", 10)
    assert "Høringen er sendt" in browser.find(".told").text
    consulted(browser, asked, width)

    browser.sign_in("hamid")
    browser.device(width)
    browser.open(f"/deviations/{case}")
    assert "Ja, tre steder." in browser.text
    do(browser, "g", SECRET, "Koden skal ikke stå her.")
    assert SECRET not in browser.find("html").get_attribute("outerHTML")
    step(browser, "case-handled", width)

    tab_to(browser, ".card .acts summary")
    press(browser, Keys.ENTER, Keys.TAB, "Ja, det er tørt.")
    enter(browser, "form[action*='/completion'] .button")
    do(browser, "l", "Radiatoren er tett, og pakningene byttes hver høst.")
    assert "Saken er avsluttet" in browser.find(".told").text
    step(browser, "closed", width)
    do(browser, "s", "Radiatoren er tett.", "The radiator is tight.")
    do(browser, "o", "Den lekker igjen.")
    assert "åpen igjen" in browser.find(".told").text
    step(browser, "reopened", width)
    unmasked(browser, case, width)


def assigned(trivsel, width):
    """A case of the handler's own."""
    case, _ = reported(trivsel, "jonas", f"Radiator{width} lekker", f"Det drypper i gangen. {SECRET} Noen kan skli.")
    call(trivsel, "ingrid", f"deviations/{case}/triage", dict(isDeviation=True, holdsSensitiveData=False, isCensurable=False), version=1)
    call(trivsel, "ingrid", f"deviations/{case}/assignments", dict(handler="hamid"), version=2)
    return case


def walk_the_list(browser):
    """j and k walk, x marks, Enter opens, and a letter typed into a field is a letter."""
    press(browser, "j", "j", "k", "x")
    assert browser.find(".line input").is_selected()
    browser.leave(lambda: press(browser, Keys.ENTER))
    assert browser.find(".line input").is_selected()  # marks stay
    first = browser.path
    browser.leave(lambda: press(browser, "j"))
    assert browser.path != first
    browser.leave(lambda: press(browser, "k"))
    assert browser.path == first
    press(browser, "x", "n")
    assert not browser.find(".line input").is_selected() and browser.focused().get_attribute("name") == "text"
    press(browser, "j")
    assert browser.path == first, "a letter typed into a field moved the page"
    browser.open("/deviations")


def find(browser, word, case):
    press(browser, "/")
    browser.leave(lambda: press(browser, word, Keys.ENTER))
    assert word not in browser.path
    press(browser, "j")
    browser.leave(lambda: press(browser, Keys.ENTER))
    assert browser.path.startswith(f"/deviations/{case}")


def consulted(browser, person, width):
    """Somebody who is asked: sees the extract once impartial, nothing else, and answers."""
    browser.sign_in(person)
    browser.device(width)
    browser.open("/deviations/mine")
    enter(browser, "main a[href='/deviations/consultations']")
    step(browser, "consultations", width)
    enter(browser, "main .card")
    assert "En radiator lekker." not in browser.text
    step(browser, "declaration", width)
    tab_to(browser, "[name=isImpartial]")
    press(browser, Keys.SPACE)
    enter(browser, "main form .button")
    assert "En radiator lekker." in browser.text and "Radiator" not in browser.text and "Jonas" not in browser.text
    tab_to(browser, "[name=text]")
    press(browser, "Ja, tre steder.")
    step(browser, "extract", width)
    tab_to(browser, "[name=text]")
    enter(browser, "main form .button")
    assert "Du har svart" in browser.text
    step(browser, "answered", width)


def unmasked(browser, case, width):
    """Who may look at what is hidden says why."""
    browser.sign_in("ingrid")
    browser.device(width)
    browser.open(f"/deviations/{case}")
    form = browser.find("form[action$='/unmasking']")
    browser.unfold(form)
    browser.fill(form, reason="Låsesmeden spør.")
    browser.press("button.button", form)
    assert SECRET in browser.text
    step(browser, "unmasked", width)
