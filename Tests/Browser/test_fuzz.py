"""A few made-up requests to each operation of the API, as each of six roles; `Scripts/fuzz` sends many."""

import json

import pytest

import fuzz
from description import described


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    with fuzz.installation(tmp_path_factory.mktemp("fuzz")) as installation:
        yield installation


# The limits of each parameter are the same for all: two go through them.
@pytest.mark.parametrize("role", fuzz.ROLES)
def test_each_answer_is_as_the_description_has_it(own, role):
    phases = "coverage,fuzzing" if role in ("student", "intake officer") else "fuzzing"
    assert fuzz.fuzz(own, fuzz.ROLES[role], 3, phases=phases) > 100


def test_an_answer_that_is_not_described_is_found(own):
    said = described(own)
    del said["paths"]["/api/v1/categories/{category}"]["get"]["responses"]["404"]
    document = own.folder / "openapi.json"
    document.write_text(json.dumps(said))
    with pytest.raises(fuzz.Refuted, match="Undocumented status code"):
        fuzz.fuzz(own, "kari", 3, pattern="^/api/v1/categories/", document=document)
