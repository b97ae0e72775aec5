"""What /api/openapi.json says of the API as a whole."""

from apiflask import APIFlask

PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "facts"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "stable, kebab-case"},
        "detail": {"type": "string", "description": "Vietnamese"},
        "facts": {"type": "object"},
        "findings": {"type": "array", "items": {"type": "object"}},
    },
}


def describe(app: APIFlask) -> None:
    """Say how to sign in, and what every refusal looks like."""
    app.security_schemes = {"token": {"type": "http", "scheme": "bearer"}}
    app.config.update(
        VALIDATION_ERROR_SCHEMA=PROBLEM_SCHEMA,
        VALIDATION_ERROR_DESCRIPTION="Refused: application/problem+json",
        HTTP_ERROR_SCHEMA=PROBLEM_SCHEMA,
        INFO={"description": "Quy trình chuẩn 5 rõ. Errors are application/problem+json (RFC 9457)."},
        SPEC_FORMAT="json",
        AUTO_404_RESPONSE=False,
    )
