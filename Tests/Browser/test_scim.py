"""A SCIM client of somebody else's finds that the service keeps to RFC 7643 and RFC 7644."""

import httpx2
import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_models.exceptions import PreconditionFailedException
from scim2_tester import Status, check_server


@pytest.fixture
def client(trivsel):
    token = trivsel.run("token", "new", "--person", "anders", "--scope", "scim").strip()
    web = httpx2.Client(base_url=f"{trivsel.url}/scim/v2", headers={"Authorization": f"Bearer {token}"})
    yield SyncSCIMClient(web)
    web.close()


def failures(results):
    return [f"{result.title}: {result.reason}" for result in results if result.status in (Status.ERROR, Status.CRITICAL)]


def test_the_service_describes_itself_and_keeps_people(client):
    results = check_server(client, resource_types=["User"])
    assert failures(results) == []
    assert sum(result.status == Status.SUCCESS for result in results) > 30


def test_groups_are_described_and_their_members_change(client):
    client.discover()
    group = client.get_resource_model("Group")

    def members():
        return {member.value for member in client.query(group, "case-handler@ie").members}

    def bring(wanted):
        found = client.query(group, "case-handler@ie")
        found.members = [{"value": one} for one in wanted]
        client.replace(found)

    before = members()
    user = client.create(client.get_resource_model("User")(user_name="gruppe@scim.test", name={"formatted": "Grete Gruppe"}, active=True))
    bring(before | {user.id})
    assert members() == before | {user.id}
    bring(before)
    assert members() == before
    client.delete(type(user), user.id)


def test_what_changed_since_it_was_read_is_not_overwritten(client):
    client.discover()
    user = client.create(client.get_resource_model("User")(user_name="to@scim.test", name={"formatted": "To"}, active=True))
    user.name = {"formatted": "Tove"}
    client.replace(user)
    with pytest.raises(PreconditionFailedException):
        client.replace(user)
    client.delete(type(user), user.id)
