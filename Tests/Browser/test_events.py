"""Events as integrators get them, judged by validators that are not ours: schemas, AsyncAPI, server-sent events."""

import copy
import json
import re
import sys
import threading

import jsonschema
import pytest
import requests
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from installation import TOP, Installation
from machine import until

sys.path.append(str(TOP / "Scripts/examples"))
from subscribe import Reader  # noqa: E402

FIXTURES = {path.name.removesuffix(".json"): json.loads(path.read_text()) for path in sorted([*TOP.glob("Plugins/*/Tests/Fixtures/*.json"), *TOP.glob("Tests/Fixtures/*.json")])}


class Stream:
    """A client of server-sent events; `events` grows while it runs."""

    def __init__(self, installation, query="", last=None, person="anders"):
        headers = {"Authorization": f"Bearer {installation.token(person)}"} | ({"Last-Event-ID": last} if last else {})
        self.answer = requests.get(f"{installation.url}/api/v1/events?{query}", headers=headers, stream=True, timeout=60)
        assert self.answer.status_code == 200, self.answer.text
        self.ids, self.events, self.comments = [], [], 0
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        try:
            for line in self.answer.iter_lines(chunk_size=None):
                name, _, value = line.decode().partition(": ")
                if name == "id":
                    self.ids.append(value)
                elif name == "data":
                    self.events.append(json.loads(value))
                elif name == "":
                    self.comments += bool(value)
        except (requests.RequestException, AttributeError):
            pass  # closed while it was read

    def close(self):
        self.answer.close()


@pytest.fixture(scope="module")
def logged(trivsel):
    """Every event of the demo and its schema's document by type."""
    stream = Stream(trivsel, "from=1")
    # The demo's last event, or a later one, is there when nothing more comes.
    until(lambda: stream.comments > 0, "the first silence", seconds=40)
    stream.close()
    assert len(stream.events) > 1000
    return list(stream.events)


def schema(url):
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 200, url
    document = answer.json()
    assert document["$id"] == url
    jsonschema.Draft202012Validator.check_schema(document)
    return document


def validator(document):
    return jsonschema.Draft202012Validator(document, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def test_every_event_of_the_demo_is_a_cloud_event_and_what_its_schema_says(trivsel, logged):
    schemas = {}
    for event in logged:
        read = JSONFormat().read(CloudEvent, json.dumps(event))
        assert (read.get_type(), read.get_extension("sequence")) == (event["type"], event["sequence"])
        url = event["dataschema"]
        assert url == f"{trivsel.url}/api/v1/events/{event['type']}/schema"
        if url not in schemas:
            schemas[url] = validator(schema(url))
        schemas[url].validate(event["data"])
    # The oldest have gone: the demo's go further back than the log is kept.
    first = int(logged[0]["sequence"])
    assert [int(event["sequence"]) for event in logged] == list(range(first, first + len(logged)))
    assert len(schemas) >= 10


@pytest.mark.parametrize("kind", FIXTURES)
def test_the_frozen_form_of_a_type_is_what_its_schema_says_and_nothing_else_is(trivsel, kind):
    judge = validator(schema(f"{trivsel.url}/api/v1/events/{kind}/schema"))
    judge.validate(FIXTURES[kind])
    for broken in spoilt(FIXTURES[kind]):
        assert not judge.is_valid(broken), broken


def spoilt(data):
    """The data with each field missing, each of another type, and one more, on every level."""
    for name, value in data.items():
        yield {key: other for key, other in data.items() if key != name}
        yield data | {name: [value]}
        if isinstance(value, dict):
            yield from (data | {name: inner} for inner in spoilt(value))
        elif name.endswith(("At", "On", "deadline")):
            yield data | {name: "soon"}
    yield data | {"text": "what somebody wrote"}


@pytest.fixture(scope="module")
def document(trivsel):
    return requests.get(f"{trivsel.url}/api/v1/asyncapi.json", timeout=10).json()


def references(node, path="#"):
    """Every `$ref` below a node with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield path, value
            yield from references(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from references(value, f"{path}/{index}")


def resolve(document, reference):
    assert reference.startswith("#/"), reference
    node = document
    for part in reference[2:].split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def unresolved(document):
    """References that lead nowhere, or back to themselves."""
    faults = []
    for place, reference in references(document):
        seen = [place]
        try:
            node = resolve(document, reference)
            while isinstance(node, dict) and "$ref" in node:
                assert node["$ref"] not in seen
                seen.append(node["$ref"])
                node = resolve(document, node["$ref"])
        except (AssertionError, KeyError, TypeError):
            faults.append(f"{place}: {reference}")
    return faults


def test_every_reference_of_the_asyncapi_document_leads_somewhere(document):
    assert len(list(references(document))) > 100
    assert unresolved(document) == []


def test_a_dangling_reference_is_found(document):
    planted = copy.deepcopy(document)
    planted["operations"]["replay"]["channel"]["$ref"] = "#/channels/dsek"
    assert unresolved(planted) == ["#/operations/replay/channel: #/channels/dsek"]


def test_channels_operations_and_messages_fit_together(document):
    types = set(FIXTURES)
    assert {name for name in document["channels"] if name not in ("desk", "stream")} == types
    assert set(document["channels"]["stream"]["messages"]) == types
    for kind in types:
        channel = document["channels"][kind]
        assert channel["address"] == kind and channel["servers"] == [{"$ref": "#/servers/feed"}]
        operation = document["operations"][f"publish.{kind}"]
        assert operation["action"] == "send" and resolve(document, operation["channel"]["$ref"]) is channel
    for name in ("feed", "desk", "web"):
        assert {"host", "protocol", "security"} <= set(document["servers"][name])
    assert document["components"]["securitySchemes"]["curve"]["type"] == "asymmetricEncryption"


def test_every_operation_of_the_desk_is_described_and_takes_and_gives_what_is_said(trivsel, document, tmp_path):
    desk = (TOP / "Sources/EventBus/Server/Desk.swift").read_text()
    operations = set(re.findall(r'"([a-z.]+)"', re.search(r"operations: Set<String> = \[(.*?)\]", desk, re.DOTALL)[1]))
    named = {name: key for key, message in document["components"]["messages"].items() for name in message["name"].split(", ")}
    assert len(operations) >= 12 and operations <= set(named)
    asked = [resolve(document, one["$ref"]) for op in document["operations"].values() for one in op.get("messages", [])]
    assert {named[name] for name in operations} <= {one["$ref"].split("/")[-1] for one in asked}

    def judge(name, value):
        whole = {"components": document["components"], **document["components"]["messages"][name]["payload"]}
        validator(whole).validate(value)
        for field in whole["components"]["schemas"][whole["$ref"].split("/")[-1]]["required"]:
            assert not validator(whole).is_valid({key: other for key, other in value.items() if key != field}), field

    key = json.loads(trivsel.run("keys", "new", "doc-test", "--topics", "deviations.*", "--readers", "doc"))
    reader = Reader(key, ["deviations.*"], 0, None)

    def ask(message, answer, **request):
        judge(message, request)
        given = reader.ask(**request)
        judge(answer, given)
        return given

    held = ask("openReader", "held", op="reader.open", name="doc", member="m", types=["deviations.*"], **{"from": 0})
    own = {"name": "doc", "fence": held["fence"], "partitions": [part["partition"] for part in held["partitions"]]}
    ask("commitReader", "accepted", op="reader.commit", position=held["head"], **own)
    ask("releaseReader", "accepted", op="reader.release", **own)
    made = ask("snapshot", "snapshotMade", op="snapshot", types=["deviations.*"])
    lines = ask("snapshotPart", "snapshotLines", op="snapshot.part", snapshot=made["snapshot"], offset=0)
    assert lines["data"].count("\n") > 0
    trivsel.run("readers", "drop", "doc")


def test_every_event_is_what_its_message_says(document, logged):
    seen = set()
    for event in logged:
        if event["type"] in seen:
            continue
        seen.add(event["type"])
        message = document["components"]["messages"][event["type"]]
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": document["components"], **message["payload"]}
        judge = validator(whole)
        judge.validate(event)
        for name in event:
            if name != "traceparent":
                assert not judge.is_valid({key: value for key, value in event.items() if key != name}), name
        assert not judge.is_valid(event | {"type": "other.happened.v1"})
        assert not judge.is_valid(event | {"name": "Kari"})


def test_a_stream_goes_on_live_and_again_from_its_last_id(trivsel):
    stream = Stream(trivsel, "types=deviations.received.v1")
    until(lambda: stream.ids or stream.thread.is_alive(), "the stream")
    report(trivsel)
    until(lambda: len(stream.events) == 1, "the first live event")
    report(trivsel)
    until(lambda: len(stream.events) == 2, "the second live event")
    stream.close()
    assert {event["type"] for event in stream.events} == {"deviations.received.v1"}
    again = Stream(trivsel, "types=deviations.received.v1", last=stream.ids[0])
    until(lambda: len(again.events) == 1, "what came since")
    assert again.events[0]["id"] == stream.events[1]["id"]
    until(lambda: again.comments > 0, "a sign of life", seconds=25)
    again.close()


def test_many_readers_get_the_whole_log_each(trivsel, logged):
    streams = [Stream(trivsel, "from=1") for _ in range(20)]
    for stream in streams:
        until(lambda: len(stream.events) >= len(logged), "the log", seconds=60)
        assert [event["id"] for event in stream.events[: len(logged)]] == [event["id"] for event in logged]
        stream.close()


def test_a_stop_ends_streams_at_once(tmp_path):
    with Installation(tmp_path, has_mail_server=False) as installation:
        stream = Stream(installation, "from=1")
        until(lambda: len(stream.events) > 1000, "the log")
        codes = installation.stop()
        assert codes["serve"] == 0
        stream.thread.join(5)
        assert not stream.thread.is_alive()


def report(trivsel):
    body = {
        "serious": "none", "title": "Sensuren er forsinket", "description": "Ingen svarer.", "unit": "ie-idi", "campus": "trondheim",
        "category": "grading", "environment": "organisational", "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "uke 46"},
    }
    answer = requests.post(
        f"{trivsel.url}/api/v1/deviations", json=body, timeout=10, headers={"Authorization": f"Bearer {trivsel.token('kari')}"})
    assert answer.status_code == 201, answer.text
