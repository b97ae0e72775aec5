"""What a request's body may be before anything looks at it."""

from typing import Any

from flask.json.provider import DefaultJSONProvider


class Json(DefaultJSONProvider):
    """JSON that is nested beyond reason is as malformed as JSON without an end."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON. Raises `ValueError`."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nesting") from error
