"""Secrets stand where they are put and nowhere else: not in logs, command lines, environments, figures, mails, or what `trivsel config` shows."""

import json
import pathlib
import subprocess

import pytest
import requests

from installation import BINARY, TOP, Installation, environment
from machine import until
from report import call, reported

MARK = "Merkelapp-7f31c2"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Its secrets come from files; nobody is at the provider's and the mail server's address, so that both fail and are told of."""
    folder = tmp_path_factory.mktemp("secrets")

    def file(name, text):
        (folder / name).write_text(text + "\n")
        return str(folder / name)

    master = subprocess.run([BINARY, "vault", "new"], cwd=TOP, capture_output=True, text=True, check=True).stdout.strip()
    with Installation(
            folder / "host", has_mail_server=False, TRIVSEL_VAULT_MASTER_KEYS_FILE=file("master", master),
            TRIVSEL_MAIL_SMTP_URL_FILE=file("mail", f"smtps://trivsel:{MARK}-mail@127.0.0.1:1"), TRIVSEL_MAIL_FROM="seen@example.no",
            TRIVSEL_SIGN_IN_PROVIDERS="out", TRIVSEL_SIGN_IN_OUT_CLIENT_ID="trivsel", TRIVSEL_SIGN_IN_OUT_ISSUER="https://127.0.0.1:1",
            TRIVSEL_SIGN_IN_OUT_CLIENT_SECRET_FILE=file("client", f"{MARK}-client"), TRIVSEL_LOG_LEVEL="trace", TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS="192.0.2.4/32") as installation:
        until(lambda: "notifications worker" in installation.log("work"), "the worker runs")
        hook = call(installation, "anders", "webhooks", dict(label="A receiver", address="https://192.0.2.4/hook", topics=["deviations.*"]))
        installation.secrets = {
            "the mail server's": f"{MARK}-mail", "the provider's": f"{MARK}-client", "the master key": master.split()[-1],
            "a webhook's": hook["secret"], "tokens": installation.token("anders"), "the worker's key": worker_key(installation)}
        installation.begin("work", "webhooks", output="webhooks")
        reported(installation, "kari", "Avtrekket surkler")
        assert requests.get(f"{installation.url}/sign-in/out", headers={"Sec-Fetch-Site": "same-origin"}, timeout=20).status_code == 503
        until(lambda: "webhooks worker" in installation.log("webhooks"), "the other worker runs")
        yield installation


def worker_key(installation):
    keys = [json.loads(path.read_text()) for path in (installation.data / "keys").glob("*.json")]
    return next(key["secretKey"] for key in keys if "secretKey" in key)


def places(own):
    """Where others may look, by name."""
    found = {f"{name}.log": own.log(name) for name in ("serve", "work", "webhooks")}
    for name, process in own.processes:
        for what in ("cmdline", "environ"):
            found[f"{name}'s {what}"] = pathlib.Path(f"/proc/{process.pid}/{what}").read_text()
    found["config"] = own.run("config")
    for path in ("/metrics", "/health/ready", "/api/v1/openapi.json", "/api/v1/asyncapi.json", "/"):
        found[path] = requests.get(own.url + path, timeout=20).text
    return found


def where(secret, texts):
    return [name for name, text in texts.items() if secret in text]


def test_no_secret_stands_where_others_look(own):
    texts = places(own)
    # What is no secret is found there, so the looking works.
    assert "config" in where("seen@example.no", texts) and "serve's cmdline" in where("serve", texts)
    assert "serve.log" in where("a sign-in failed", texts)
    assert all(len(secret) > 12 for secret in own.secrets.values())
    assert {name: where(secret, texts) for name, secret in own.secrets.items()} == {name: [] for name in own.secrets}


def test_a_session_stands_in_no_log_and_no_figure(trivsel):
    answer = requests.post(f"{trivsel.url}/sign-in", data={"person": "kari", "back": "/"}, allow_redirects=False, timeout=20)
    session = answer.cookies["trivsel"]
    page = requests.get(f"{trivsel.url}/", cookies={"trivsel": session}, timeout=20)
    assert page.ok and len(session) > 12
    texts = {"log": trivsel.log("serve"), "figures": requests.get(f"{trivsel.url}/metrics", timeout=20).text, "page": page.text}
    assert where(session, texts) == []


@pytest.mark.parametrize("variable, value", [
    ("TRIVSEL_DATABASE_URL", f"postgres://trivsel:{MARK}@127.0.0.1:1/trivsel"), ("TRIVSEL_VAULT_KEYS", f"postgres://trivsel:{MARK}@127.0.0.1:1/keys"),
    ("TRIVSEL_DATABASE_URL", f"postgresql:/{MARK}"), ("TRIVSEL_VAULT_MASTER_KEYS", MARK), ("TRIVSEL_MAIL_SMTP_URL", f"mail:{MARK}")])
def test_a_start_that_fails_for_a_secret_does_not_tell_it(tmp_path, variable, value):
    secret = tmp_path / "secret"
    secret.write_text(value)
    settings = environment(TRIVSEL_DATA_DIRECTORY=str(tmp_path / "data"), TRIVSEL_HTTP_PORT="0", **{f"{variable}_FILE": str(secret)})
    done = subprocess.run([BINARY, "serve"], cwd=TOP, env=settings, capture_output=True, text=True, timeout=120)
    assert done.returncode != 0 and done.stderr.count("Error: ") == 1
    assert MARK not in done.stdout + done.stderr
