"""A report's way: from the form over the bus to the integrator and the mail server, to intake officer, handler and back."""

import datetime
import json
import re

from machine import until
from mail_server import everything_in
from report import REPORT, send, typed_words


def test_a_report_reaches_the_subscriber_the_mail_server_and_everybody_who_handles_it(trivsel, browser):
    trivsel.subscribe("deviations.*")
    until(lambda: trivsel.events(), "the subscriber replays what was there")

    browser.sign_in("kari")
    case = send(browser)
    assert re.search(r"\d{4}-\d{4}", browser.find(".receipt").text)

    received = until(lambda: events_of(trivsel, case), "deviations.received.v1 at the subscriber")[0]
    assert received["type"] == "deviations.received.v1"
    facts = received["data"]["deviation"]
    assert (facts["unit"], facts["campus"], facts["category"]) == ("ie-idi", "trondheim", "equipment")

    to_kari = until(lambda: trivsel.mails.mails("kari@ntnu.test"), "a receipt by mail")[-1]
    to_ingrid = until(lambda: trivsel.mails.mails("ingrid@ntnu.test"), "a mail to the intake officer")[-1]
    assert f"{trivsel.url}/deviations/mine/{case}" in everything_in(to_kari)
    assert f"{trivsel.url}/deviations/{case}" in everything_in(to_ingrid)

    browser.sign_in("ingrid")
    browser.open(f"/deviations/{case}")
    assert REPORT["tell"]["description"] in browser.text
    browser.act("triage", isDeviation="yes", holdsSensitiveData="no", isCensurable="no")
    browser.act("assignments", handler="hamid")
    until(lambda: trivsel.mails.mails("hamid@ntnu.test"), "a mail to the handler")

    handle(trivsel, browser, case)

    browser.sign_in("kari")
    browser.open(f"/deviations/mine/{case}")
    assert "Lageret er byttet, og det er stille." in browser.text
    assert "Vaktmesteren kommer i morgen." in browser.text
    assert "Fant slitt lager" not in browser.text, "an internal note is shown to the reporter"
    browser.shot("journey-outcome")

    types = [event["type"] for event in until(lambda: closed(trivsel, case), "deviations.closed.v1 at the subscriber")]
    assert types == [
        f"deviations.{name}.v1" for name in
        ("received", "triaged", "assigned", "noted", "replied", "cause-recorded", "measure-added", "measure-completed", "closed")
    ]
    until(lambda: len(trivsel.mails.mails("kari@ntnu.test")) >= 3, "receipt, reply and closing by mail")
    nothing_typed_leaves(trivsel, case)


def handle(trivsel, browser, case):
    """All that the handler does, in the one order that the rules allow."""
    due = str(datetime.date.today() + datetime.timedelta(days=20))
    browser.sign_in("hamid")
    browser.open(f"/deviations/{case}")
    browser.act("notes", text="Fant slitt lager i viftehuset.")
    browser.act("replies", text="Vaktmesteren kommer i morgen.")
    browser.act("cause", whatHappened="Lageret skrapte.", why="Ettersyn uteble.")
    browser.act("measures", action="Sett opp fast ettersyn.", cause="Ettersyn uteble.", owner="hamid", dueOn=due)
    browser.act("measures/" + measure(browser) + "/completion", effect="Ettersyn er bestilt.")
    browser.act("closing", outcome="Lageret er byttet, og det er stille.")
    assert not browser.all("form[action*='/closing?']")


def measure(browser):
    action = browser.find("form[action*='/completion?']").get_attribute("action")
    return re.search(r"/measures/([^/]+)/completion", action)[1]


def events_of(trivsel, case):
    return [event for event in trivsel.events() if event["subject"] == case]


def closed(trivsel, case):
    events = events_of(trivsel, case)
    return events if events and events[-1]["type"] == "deviations.closed.v1" else None


def nothing_typed_leaves(trivsel, case):
    """No event and no mail holds a word of what anybody wrote."""
    written = typed_words() + ["slitt", "viftehuset", "vaktmesteren", "lageret", "skrapte", "ettersyn", "uteble", "byttet", "stille"]
    said = [json.dumps(events_of(trivsel, case), ensure_ascii=False)] + [everything_in(mail) for mail in trivsel.mails.taken]
    found = {word for text in said for word in written if word in text.lower()}
    assert found == set()
