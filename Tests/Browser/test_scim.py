"""A SCIM client of somebody else's finds that the service keeps to RFC 7643 and RFC 7644."""

import httpx2
import pytest
from scim2_client.engines.httpx2 import SyncSCIMClient
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
    found = client.query(group, "case-handler@ie")
    before = {member.value for member in found.members}
    user = client.create(client.get_resource_model("User")(user_name="gruppe@scim.test"))
    found.members = [{"value": one} for one in before | {user.id}]
    client.replace(found)
    assert {member.value for member in client.query(group, "case-handler@ie").members} == before | {user.id}
    found.members = [{"value": one} for one in before]
    client.replace(found)
    client.delete(type(user), user.id)
