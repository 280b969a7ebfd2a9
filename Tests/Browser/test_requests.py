"""Requests that two readers could read in two ways, or that say more than they are asked: each is read in one way, or refused."""

import socket
import urllib.parse

import pytest
import requests

from test_description import REPORT

NEXT = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def answers(trivsel, head, body=b""):
    """The statuses of all that comes back for these bytes, until the host closes the connection."""
    place = urllib.parse.urlparse(trivsel.url)
    with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
        connection.sendall(f"POST /language HTTP/1.1\r\nHost: {place.netloc}\r\n{head}\r\n\r\n".encode() + body + NEXT)
        said = b""
        while part := connection.recv(65536):
            said += part
    return [line.split(b" ")[1].decode() for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]


def test_a_request_whose_end_is_said_once_is_followed_by_the_next(trivsel):
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    assert answers(trivsel, form + "Content-Length: 11", b"language=en") == ["303", "200"]
    assert answers(trivsel, form + "Transfer-Encoding: chunked", b"b\r\nlanguage=en\r\n0\r\n\r\n") == ["303", "200"]


@pytest.mark.parametrize("head", [
    "Content-Length: 11\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 5", "Content-Length: 5\r\nContent-Length: 0",
    "Content-Length: 5, 0", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 99999999999999999999999", "Transfer-Encoding: xchunked",
    "Transfer-Encoding: chunked, identity", "Transfer-Encoding : chunked", "Content-Length : 5", "X: a\r\n Transfer-Encoding: chunked"])
def test_a_request_whose_end_could_be_read_in_two_ways_is_refused(trivsel, head):
    assert answers(trivsel, head, b"0\r\n\r\n") == ["400"]


def test_a_field_counts_once_and_only_where_it_belongs(trivsel):
    def chosen(query, body):
        answer = requests.post(
            f"{trivsel.url}/language{query}", data=body, headers={"Content-Type": "application/x-www-form-urlencoded"}, allow_redirects=False, timeout=20)
        return answer.status_code, answer.cookies.get("language")

    assert chosen("?language=nn", "language=en") == (303, "en"), "the address does not speak for the form"
    assert chosen("", "language=en&language=nn") == (303, "en"), "the first counts"
    assert chosen("?language=en", "")[0] == 400
    both = requests.post(f"{trivsel.url}/language", data={"language": "en"}, cookies={"language": "nn"}, allow_redirects=False, timeout=20)
    assert both.cookies.get("language") == "en"


def test_a_report_sets_nothing_but_what_its_form_asks_for(trivsel):
    def ask(person, method, path, **what):
        return requests.request(
            method, f"{trivsel.url}/api/v1/deviations{path}", headers={"Authorization": f"Bearer {trivsel.token(person)}"}, timeout=20, **what)

    more = dict(
        id="0" * 8 + "-0000-7000-8000-" + "0" * 12, status="closed", reporter="ola", handler="kari", version=99, number="2020-000001",
        receivedAt="2020-01-01T00:00:00Z", dueOn="2020-01-01", outcome="solved", grants=["administrator"])
    sent = ask("kari", "post", "", json=REPORT | more)
    assert sent.status_code == 201
    place = f"/{sent.json()['id']}"
    case = ask("kari", "get", place).json()
    assert case["status"] == "received" and [name for name, value in more.items() if case.get(name) == value] == []
    assert ask("ola", "get", place).status_code == 404, "who is said to have reported it has not"
