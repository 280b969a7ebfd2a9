"""The API's answers, judged by its own description."""

import requests
from openapi_schema_validator import OAS31Validator, oas31_format_checker


def described(trivsel):
    return requests.get(f"{trivsel.url}/api/v1/openapi.json", timeout=20).json()


def misfits(said, method, path, answer, body=None):
    """What an answer has that the description does not give it; `path` as it stands there, `body` in place of the answer's own."""
    form = said["paths"][path][method]["responses"][str(answer.status_code)]
    form = said["components"]["responses"]["Problem"] if "$ref" in form else form
    schema = form["content"][answer.headers["Content-Type"].split(";")[0]]["schema"]
    judge = OAS31Validator(schema | {"components": said["components"]}, format_checker=oas31_format_checker)
    return [error.message for error in judge.iter_errors(answer.json() if body is None else body)]
