"""What the product has none of, or in one place only. Config/asvs.csv leans on it where it says that a requirement has nothing to be about."""

import re

import pytest

from installation import TOP

SOURCES = {
    str(path.relative_to(TOP)): path.read_text()
    for folder in ("Sources", "Plugins") for path in (TOP / folder).rglob("*.*")
    if path.suffix in {".swift", ".js", ".c", ".h", ".json"} and not {"Tests", "TrivselTesting"} & set(path.parts)}


def places(pattern):
    return {path for path, text in SOURCES.items() if re.search(pattern, text)}


@pytest.fixture
def nowhere():
    """Expects that a pattern is in no source, and that it finds what it is for."""
    def expect(pattern, planted):
        assert re.search(pattern, planted)
        assert not places(pattern)

    return expect


def test_the_sources_are_read():
    assert len(SOURCES) > 500 and {path.rsplit(".", 1)[1] for path in SOURCES} >= {"swift", "js", "json"}


def test_no_code_reads_xml(nowhere):
    nowhere(r"XMLParser|XMLDocument|FoundationXML|libxml|(?i:xpath)", "import FoundationXML")


def test_no_code_asks_ldap_jndi_or_a_cache_and_none_runs_latex(nowhere):
    nowhere(r"(?i)\b(ldaps?|jndi|memcached?|redis|latex|pdftex)\b", 'let server = "ldap://example.no"')


def test_no_code_reads_saml(nowhere):
    # In Norwegian “saml” is to gather.
    nowhere(r"SAML|(?i:samlp?:|saml2)", "<saml:Assertion>")


def test_no_expression_and_no_format_is_put_together(nowhere):
    nowhere(r"\bRegex\(|NSRegularExpression|String\(format:|new RegExp", "let words = try Regex(typed)")


def test_the_script_makes_no_code_or_markup_of_text(nowhere):
    nowhere(r"\beval\(|new Function|(inner|outer)HTML|insertAdjacentHTML|javascript:|set(Timeout|Interval)\(['\"`]", "field.innerHTML = name")
    # What the server answered a form with takes the page's place, as it would without a script.
    script = SOURCES["Sources/Host/Resources/trivsel.js"]
    assert re.findall(r"document\.write\(.*?\)", script) == ["document.write(answer.responseText)"]


def test_no_page_talks_to_other_pages_or_over_a_socket(nowhere):
    nowhere(r"(?i)postMessage|websocket|graphql|RTCPeerConnection|webrtc|jsonp\b", "new WebSocket(url)")


def test_no_answer_lets_other_sites_read_it(nowhere):
    nowhere(r"(?i)Access-Control-|accessControl", 'headers["Access-Control-Allow-Origin"] = "*"')


def test_nobody_has_a_password_here(nowhere):
    nowhere(r"""(?i)type=\\?["']?password|secret question|new-password|\bpassword TEXT""", '<input type="password">')


def test_no_route_gives_tokens_to_other_programs(nowhere):
    nowhere(r"""(?i)(get|post)\("[^"]*(authorize|oauth|token_endpoint|userinfo|jwks)[^"]*"\)|"/oauth""", 'router.post("/oauth/token")')


def test_previews_alone_are_made_by_another_program():
    assert places(r"import Subprocess|\bProcess\(\)|posix_spawn|\bsystem\(|popen\(") == {"Sources/Attachments/Previews/PreviewMaker.swift"}
    maker = SOURCES["Sources/Attachments/Previews/PreviewMaker.swift"]
    assert "vipsthumbnail" in maker and not re.search(r'"(ba|da)?sh"|/bin/sh', maker)


def test_ciphers_and_hashes_are_those_of_the_list(nowhere):
    nowhere(r"Insecure\.(MD5|SHA1)|\bMD5\b|\bSHA-?1\b|CBC|\bECB\b|\b3?DES\b|RC4|CommonCrypto|Blowfish", "Insecure.MD5.hash(data: bytes)")
    used = {name for text in SOURCES.values() for name in re.findall(r"\b(?:AES\.\w+|ChaChaPoly|SHA\d+|Curve25519|P\d{3}|KDF\.\w+|HPKE)\b", text)}
    assert used == {"AES.GCM", "SHA256", "Curve25519", "KDF.Scrypt", "HPKE"}


def test_random_numbers_are_the_systems(nowhere):
    nowhere(r"\b(srand|drand48|rand|random|srandom)\(\)|arc4random|GKRandom|Math\.random|mt19937", "let code = rand()")
    assert "SymmetricKey(size: .bits256)" in SOURCES["Sources/Host/SignIn/Secret.swift"], "session ids and tokens have 256 random bits"


def test_every_text_says_how_its_letters_are_written():
    # That of event streams and of JSON is UTF-8 by their standards.
    code = [text for path, text in SOURCES.items() if path.endswith(".swift")]
    types = {name for text in code for name in re.findall(r'(?<!hasPrefix\()"(text/[\w.+-]+(?:;[^"]*)?)"', text)}
    assert len(types) >= 5 and {name for name in types if "charset=utf-8" not in name} <= {"text/event-stream"}


def test_the_image_holds_the_program_and_its_settings_and_nothing_else():
    stages = re.split(r"^FROM ", (TOP / "Config/Containerfile").read_text(), flags=re.MULTILINE)
    assert re.findall(r"^COPY (.*)$", stages[-1], re.MULTILINE) == ["--from=build /out/trivsel /usr/local/bin/trivsel", "Config/ /etc/trivsel/Config/"]
    assert "--configuration release" in stages[1], "what is for tests is not in it"
