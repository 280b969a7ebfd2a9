"""oidc-provider-mock with PKCE S256 enforced, which it does not do by itself: the same arguments."""

import sys

import authlib.oauth2.rfc7636 as pkce
import oidc_provider_mock.__main__ as cli
import oidc_provider_mock._app as mock
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidRequestError

challenges = {}


class Grant(mock.AuthorizationCodeGrant):
    def save_authorization_code(self, code, request):
        asked = request.payload.data
        challenges[code] = (asked.get("code_challenge"), asked.get("code_challenge_method"))
        super().save_authorization_code(code, request)


class S256Only(pkce.CodeChallenge):
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant, redirect_uri):
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required")
        super().validate_code_challenge(grant, redirect_uri)

    def get_authorization_code_challenge(self, code):
        return challenges[code.code][0]

    def get_authorization_code_challenge_method(self, code):
        return challenges[code.code][1]


register = AuthorizationServer.register_grant


def register_with_pkce(server, grant, extensions=None):
    register(server, grant, [*(extensions or []), *([S256Only(required=True)] if grant is Grant else [])])


mock.AuthorizationCodeGrant = Grant
AuthorizationServer.register_grant = register_with_pkce

if __name__ == "__main__":
    sys.exit(cli.run())
