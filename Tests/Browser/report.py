"""Filling in the report form, as the tests do it, and reports that come by the API."""

import datetime

import requests

REPORT = {
    "door": dict(serious="none"),
    "about": dict(category="equipment", environment="physical"),
    "place": dict(unit="ie-idi", campus="trondheim"),
    "channels": dict(
        ordinaryChannels__tried="yes", ordinaryChannels__which=["teacher", "reference-group"],
        ordinaryChannels__when="gjentatte ganger siden skolestart"),
    "tell": dict(
        title="Kvernende viftestøy overdøver foreleseren",
        description="Ventilatoren under taket skraper så høyt at bakerste benkerad ikke oppfatter noenting.",
        occurredOn=str(datetime.date.today() - datetime.timedelta(days=3))),
}


def typed_words():
    """The longer words of what the reporter wrote: none of them may leave the case."""
    texts = [REPORT["channels"]["ordinaryChannels__when"], REPORT["tell"]["title"], REPORT["tell"]["description"]]
    return [word.strip(".,").lower() for text in texts for word in text.split() if len(word.strip(".,")) >= 5]


def go_to(browser, step):
    """Fills in the steps before `step`."""
    browser.open("/deviations/report")
    for name, answers in REPORT.items():
        if name == step:
            return
        browser.fill(**answers)
        browser.press("button[name=go][value=next]")


def send(browser):
    """Sends a whole report; the id of the case."""
    go_to(browser, "check")
    browser.press("button[name=go][value=send]")
    return browser.path.removeprefix("/deviations/mine/").split("?")[0]


def reported(trivsel, person, title, description="Det står i rapporten."):
    """A report that came by the API; its id and number."""
    report = dict(
        serious="none", title=title, description=description, unit="ie-idi", campus="trondheim", category="equipment", environment="physical",
        ordinaryChannels=dict(tried=True, which=["teacher"], when="i forrige uke"))
    answer = call(trivsel, person, "deviations", report)
    return answer["id"], answer["number"]


def call(trivsel, person, path, body, version=None):
    """What the API answers to somebody's act; `version` is the case's, as they have seen it."""
    headers = {"Authorization": f"Bearer {trivsel.token(person)}"} | ({"If-Match": f'"{version}"'} if version else {})
    answer = requests.post(f"{trivsel.url}/api/v1/{path}", json=body, headers=headers, timeout=20)
    assert answer.ok, answer.text
    return answer.json()
