"""Filling in the report form, as the tests do it."""

import datetime

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
