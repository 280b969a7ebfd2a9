"""Signing in and out at a provider that is not ours, `oidc-provider-mock` from PyPI, with PKCE enforced."""

import html
import http.server
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading
import urllib.parse

import pytest
import requests

from checks import overflow, violations
from installation import Installation
from machine import free_ports, until

EPPN = "https://n.feide.no/claims/eduPersonPrincipalName"
PEOPLE = [
    {"sub": "76a7a061-3c55", "name": "Kari Nordmann", "email": "kari@ntnu.test", EPPN: "kari@ntnu.test", "eduPersonAffiliation": ["member", "student"]},
    {"sub": "af761fdb-71fa", "name": "Ola Hansen", "email": "ola@ntnu.test", EPPN: "ola@ntnu.test"},
]

# What a browser says of a link on a page of ours.
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    port, = free_ports(1)
    log = open(tmp_path_factory.mktemp("provider") / "log", "wb")
    users = [argument for one in PEOPLE for argument in ("--user-claims", json.dumps(one))]
    process = subprocess.Popen(
        [sys.executable, pathlib.Path(__file__).with_name("pkce_provider.py"), "-H", "127.0.0.1", "-p", str(port),
         "--require-nonce", "true", "--token-max-age", "600", *users], stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"

    def answers():
        assert process.poll() is None, pathlib.Path(log.name).read_text()
        try:
            return requests.get(f"{address}/.well-known/openid-configuration", timeout=2).ok
        except requests.ConnectionError:
            return False

    try:
        until(answers, "the provider answers", seconds=60)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


@pytest.fixture(scope="module")
def own(tmp_path_factory, provider):
    with Installation(
        tmp_path_factory.mktemp("own"), has_mail_server=False, TRIVSEL_SIGN_IN_PROVIDERS="mock",
        TRIVSEL_SIGN_IN_MOCK_ISSUER=provider, TRIVSEL_SIGN_IN_MOCK_CLIENT_ID="trivsel",
        TRIVSEL_SIGN_IN_MOCK_CLIENT_SECRET="hemmelig", TRIVSEL_SIGN_IN_MOCK_TITLE="Prøve-ID", TRIVSEL_SIGN_IN_MOCK_TWO_FACTORS="high",
    ) as installation:
        yield installation


@pytest.fixture
def visitor(browser, own):
    browser.url = own.url
    browser.forget()
    browser.speak("nb")
    return browser


def sign_in(browser, person):
    browser.press("main a.button")
    browser.press(f"button[name=sub][value='{person['sub']}']")


def test_a_student_signs_in_reads_their_data_and_signs_out_at_both(visitor, provider):
    visitor.open("/me/data")
    assert visitor.path == "/sign-in?back=/me/data"
    for width in (1280, 320):
        visitor.device(width)
        assert (violations(visitor), overflow(visitor)) == ([], [])
    visitor.device()
    visitor.shot("sign-in")
    sign_in(visitor, PEOPLE[0])
    assert visitor.path == "/me/data"
    assert "Kari Nordmann" in visitor.text and "kari@ntnu.test" in visitor.text and "student" in visitor.text
    visitor.open("/me/sessions")
    for width in (1280, 320):
        visitor.device(width)
        assert (violations(visitor), overflow(visitor)) == ([], [])
    visitor.device()
    visitor.shot("sessions")
    assert "Innlogging med Prøve-ID" in visitor.text
    visitor.find("header details:has(form[action='/sign-out']) summary").click()
    visitor.find("form[action='/sign-out'] button").click()
    until(lambda: visitor.driver.current_url.startswith(f"{provider}/oauth2/end_session"), "the provider's page")
    visitor.leave(visitor.find("form button").click)
    assert visitor.path == "/"
    visitor.open("/me/data")
    assert visitor.path == "/sign-in?back=/me/data"


def make_administrator(own, person):
    database = sqlite3.connect(own.data / "trivsel.sqlite", timeout=10)
    with database:
        database.execute(
            "INSERT INTO directory_grant (person, role, unit, from_time) SELECT person, 'administrator', 'ntnu', 0 FROM host_identity WHERE subject = ?",
            (person["sub"],))
        database.execute("UPDATE directory_version SET version = version + 1")
    database.close()


def test_a_role_that_wants_two_factors_is_told_of_and_not_given_for_one(visitor, own):
    visitor.open("/sign-in")
    sign_in(visitor, PEOPLE[1])
    make_administrator(own, PEOPLE[1])
    visitor.open("/")
    assert "Rollen som administrator gjelder først når du har logget inn med to" in visitor.find("aside.notice").text
    for width in (1280, 320):
        visitor.device(width)
        assert (violations(visitor), overflow(visitor)) == ([], [])
        visitor.shot(f"notice-{width}")
    visitor.device()
    visitor.press("aside.notice a")
    visitor.press(f"button[name=sub][value='{PEOPLE[1]['sub']}']")
    # This provider does not say how somebody signed in.
    assert "Innloggingen var ikke med to faktorer" in visitor.text
    assert (violations(visitor), overflow(visitor)) == ([], [])
    visitor.open("/admin/modules")
    assert "modul" not in visitor.find("h1").text.lower()


def back_from(provider, own, visitor, person):
    """The address to which the provider sends a visitor of its own back."""
    begun = visitor.get(f"{own.url}/sign-in/mock", headers=FROM_OUR_PAGE, allow_redirects=False)
    assert begun.status_code == 303 and begun.headers["Location"].startswith(provider)
    answer = requests.post(begun.headers["Location"], data={"sub": person["sub"]}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return urllib.parse.urlsplit(answer.headers["Location"])


def test_a_code_with_another_sign_ins_verifier_is_refused(provider, own):
    kari, ola = requests.Session(), requests.Session()
    theirs = urllib.parse.parse_qs(back_from(provider, own, ola, PEOPLE[1]).query)
    mine = urllib.parse.parse_qs(back_from(provider, own, kari, PEOPLE[0]).query)
    mixed = {"code": theirs["code"][0], "state": mine["state"][0]}
    answer = kari.get(f"{own.url}/sign-in/mock/callback", params=mixed, allow_redirects=False)
    assert answer.status_code == 403
    assert "trivsel" not in kari.cookies
    until(lambda: "code-refused-invalid_grant" in own.log("serve"), "the log has the reason")


def test_a_return_is_good_once_and_for_one_browser(provider, own):
    kari, ola = requests.Session(), requests.Session()
    back = back_from(provider, own, kari, PEOPLE[0])
    path = f"{own.url}{back.path}?{back.query}"
    assert ola.get(path, allow_redirects=False).status_code == 400
    cookies = dict(kari.cookies)
    assert kari.get(path, allow_redirects=False).status_code == 303
    assert "trivsel" in kari.cookies
    again = requests.get(path, cookies=cookies, allow_redirects=False, timeout=10)
    assert again.status_code == 400 and "trivsel" not in again.cookies


def test_the_provider_itself_refuses_a_request_without_a_challenge(provider):
    asked = {"response_type": "code", "client_id": "trivsel", "redirect_uri": "http://127.0.0.1/", "scope": "openid", "nonce": "n", "state": "s"}
    answer = requests.post(f"{provider}/oauth2/authorize", params=asked, data={"sub": "x"}, allow_redirects=False, timeout=10)
    assert "error=invalid_request" in answer.headers.get("Location", "")


class OtherPage(http.server.BaseHTTPRequestHandler):
    """A page that is not ours; the query is where its link leads."""

    def do_GET(self):
        address = urllib.parse.unquote(self.path.partition("?")[2])
        body = f'<!DOCTYPE html><title>Vinn en tur</title><a href="{html.escape(address)}">Vinn</a>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_a_link_on_another_site_leads_to_a_page_that_asks_first(visitor, own):
    with http.server.HTTPServer(("127.0.0.1", 0), OtherPage) as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        try:
            link = urllib.parse.quote(f"{own.url}/sign-in/mock?back=/privacy", safe="")
            visitor.driver.get(f"http://127.0.0.1:{other.server_port}/?{link}")
            visitor.driver.find_element("tag name", "a").click()
            until(lambda: visitor.driver.current_url.startswith(own.url), "our page")
        finally:
            other.shutdown()
            thread.join(timeout=30)
    assert visitor.find("main a.button").text == "Logg inn med Prøve-ID"
    assert (violations(visitor), overflow(visitor)) == ([], [])
    sign_in(visitor, PEOPLE[0])
    assert visitor.path == "/privacy"
