"""What the API answers of deviations has the form that its description gives it."""

import datetime

import pytest
import requests

from description import described, misfits
from machine import until
from report import call

ROOT = "/api/v1/deviations"
REPORT = dict(
    serious="none", title="Avtrekket surkler", description="Det surkler under hver forelesning.", unit="ie-idi", campus="trondheim",
    category="equipment", environment="physical", occurredOn="2026-01-15",
    ordinaryChannels=dict(tried=True, which=["teacher"], when="i forrige uke"))


@pytest.fixture
def ask(trivsel):
    """Asks the API in somebody's name; the answer, once its status and its form are right."""
    said = described(trivsel)

    def ask(person, method, path, status, body=None, **places):
        address = trivsel.url + path.format(**places)
        headers = {"Authorization": f"Bearer {trivsel.token(person)}"}
        if method == "post" and places:
            seen = requests.get(trivsel.url + f"{ROOT}/{places['id']}", headers=headers, timeout=20)
            headers["If-Match"] = seen.headers["ETag"]
        answer = requests.request(method, address, json=body, headers=headers, timeout=20)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        found = misfits(said, method, path.split("?")[0], answer)
        assert not found, f"{person} {method} {path}: {found}"
        return answer

    return ask


def test_a_report_its_case_and_the_lists_that_hold_it(ask):
    sent = ask("kari", "post", ROOT, 201, REPORT)
    receipt = sent.json()
    received = datetime.datetime.fromisoformat(receipt["receivedAt"])
    assert abs(datetime.datetime.now(datetime.UTC) - received) < datetime.timedelta(minutes=1)
    days = datetime.date.fromisoformat(receipt["dueOn"]) - received.date()
    assert 28 <= days.days <= 36, "four weeks, and on to a working day"
    assert sent.headers["Location"] == f"{ROOT}/{receipt['id']}" and receipt["status"] == "received"

    one, places = f"{ROOT}/{{id}}", dict(id=receipt["id"])
    ask("ingrid", "post", one + "/triage", 200, dict(isDeviation=True, holdsSensitiveData=True, isCensurable=False), **places)
    ask("ingrid", "post", one + "/assignments", 200, dict(handler="hamid"), **places)
    ask("hamid", "post", one + "/notes", 200, dict(text="Ringte driften."), **places)
    ask("hamid", "post", one + "/cause", 200, dict(whatHappened="Vifta er slitt", why="Ingen ser til den"), **places)
    measure = dict(action="Nytt lager", cause="Slitasje", owner="hamid", dueOn=str(datetime.date.today() + datetime.timedelta(days=9)))
    ask("hamid", "post", one + "/measures", 200, measure, **places)
    for person in ("kari", "ingrid", "hamid"):
        assert ask(person, "get", one, 200, **places).json()["dueOn"] == receipt["dueOn"]
        listed = ask(person, "get", f"{ROOT}?order=newest&limit=200", 200).json()["items"]
        found = ask(person, "post", f"{ROOT}/search", 200, dict(q="surkler")).json()["items"]
        assert receipt["id"] in [row["id"] for row in listed] and receipt["id"] in [row["id"] for row in found]


def test_every_case_of_the_demo(ask):
    for person in ("ingrid", "hamid", "nils", "kari"):
        cases = ask(person, "get", f"{ROOT}?limit=60", 200).json()["items"]
        for row in cases:
            ask(person, "get", f"{ROOT}/{{id}}", 200, id=row["id"])
        assert cases, person


def test_what_is_wrong_with_a_report(ask):
    problem = ask("kari", "post", ROOT, 422, {}).json()
    assert {error["field"] for error in problem["errors"]} >= {"title", "campus", "category"}


def test_what_the_reporter_of_a_re_registered_report_gets(ask, trivsel):
    case = ask("kari", "post", ROOT, 201, REPORT | dict(title="Det knitrer")).json()["id"]
    call(trivsel, "ingrid", f"deviations/{case}/triage", dict(
        isDeviation=False, holdsSensitiveData=True, isCensurable=True, reason="Det hører hjemme et annet sted."), version=1)

    def farewell():
        answer = requests.get(f"{trivsel.url}{ROOT}/{case}", headers={"Authorization": f"Bearer {trivsel.token('kari')}"}, timeout=20)
        return answer.ok and "ending" in answer.json()

    until(farewell, "the case has left")
    told = ask("kari", "get", f"{ROOT}/{{id}}", 200, id=case).json()
    assert told["ending"] == "outside-scope" and told["outcome"] == "Det hører hjemme et annet sted." and "title" not in told


def test_an_answer_of_another_form_is_found(trivsel):
    said, headers = described(trivsel), {"Authorization": f"Bearer {trivsel.token('ingrid')}"}
    case = requests.get(f"{trivsel.url}{ROOT}?limit=1", headers=headers, timeout=20).json()["items"][0]["id"]
    answer = requests.get(f"{trivsel.url}{ROOT}/{case}", headers=headers, timeout=20)
    right = answer.json()
    for wrong in (right | dict(dueOn="soon"), right | dict(ending="outside-scope"), {key: right[key] for key in right if key != "title"}):
        assert misfits(said, "get", f"{ROOT}/{{id}}", answer, wrong)
    assert not misfits(said, "get", f"{ROOT}/{{id}}", answer)
