"""What integrators get, judged by the standards' own schemas as published.

They are not this project's to copy: TRIVSEL_TEST_STANDARDS names a folder that holds them (`asyncapi/asyncapi-3.0.0.json` from
asyncapi.com, `cloudevents/cloudevents-1.0.json` from cloudevents.io). Without it the models of the package asyncapi3 judge alone.
"""

import copy
import json
import os
import pathlib
import re

import jsonschema
import pytest
import requests
from asyncapi3.models import AsyncAPI3
from pydantic import ValidationError

from test_events import logged  # noqa: F401

PUBLISHED = os.environ.get("TRIVSEL_TEST_STANDARDS")


@pytest.fixture(scope="module")
def document(trivsel):
    return requests.get(f"{trivsel.url}/api/v1/asyncapi.json", timeout=10).json()


def spoilt(document):
    """What AsyncAPI forbids."""
    for change in (
        lambda spoilt: spoilt.pop("info"),
        lambda spoilt: spoilt.update(asyncapi="2.6.0"),
        lambda spoilt: spoilt["operations"]["replay"].update(action="ask"),
        lambda spoilt: spoilt["servers"]["feed"].pop("protocol"),
        lambda spoilt: spoilt.update(publishes=[]),
    ):
        broken = copy.deepcopy(document)
        change(broken)
        yield broken


def undotted(document):
    """The document with no dots in keys: the standard allows them (Components Object), the models do not."""
    return json.loads(re.sub(r"(?<=[a-z])\.(?=[a-z0-9-]+(\.|\"|/))", "_", json.dumps(document)))


def test_the_asyncapi_document_has_the_standards_form(document):
    AsyncAPI3.model_validate(undotted(document))
    for broken in spoilt(document):
        with pytest.raises(ValidationError):
            AsyncAPI3.model_validate(undotted(broken))


if PUBLISHED:
    def published(path):
        return json.loads((pathlib.Path(PUBLISHED) / path).read_text())

    def test_the_asyncapi_document_is_what_the_published_schema_says(document):
        judge = jsonschema.Draft7Validator(published("asyncapi/asyncapi-3.0.0.json"))
        judge.validate(document)
        for broken in spoilt(document):
            assert not judge.is_valid(broken)

    def test_every_event_is_what_the_published_cloudevents_schema_says(logged):  # noqa: F811
        schema = published("cloudevents/cloudevents-1.0.json")
        judge = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
        for event in logged:
            judge.validate(event)
            for name in schema["required"]:
                assert not judge.is_valid({key: value for key, value in event.items() if key != name}), name
