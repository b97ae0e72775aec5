"""What protects every answer: headers, content policy, and the refusal of foreign writes.

Source: OWASP ASVS 5.0, 3.4 (headers), 3.5 (cross-site requests), 14.3.2 (caching).
"""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from web.errors import BadRequest, ForeignOrigin

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
DOWNLOAD_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For what is no page: drawings and documents may carry their own styles, and can do nothing else."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
YEAR = 31_536_000  # seconds


def protect(app: Flask, *, https: bool) -> None:
    """Refuse foreign writes and what no text holds before every request, and set the headers after it."""
    app.before_request(refuse_foreign_writes)
    app.before_request(refuse_nul)

    @app.after_request
    def harden(response: Response) -> Response:
        return set_headers(response, https=https)


def refuse_foreign_writes() -> None:
    """A write comes from our own pages or from a program, never from another site's page.

    Browsers send Sec-Fetch-Site, older ones Origin; programs send neither.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        raise ForeignOrigin(site=site)
    if site is None and origin is not None and urlsplit(origin).netloc != request.host:
        raise ForeignOrigin(origin=origin)


def refuse_nul() -> None:
    """No address of ours has a NUL, and one database refuses what the other stores. Raises `BadRequest`."""
    if any("\0" in text for text in (request.path, *request.args, *request.args.values())):
        raise BadRequest


def set_headers(response: Response, *, https: bool) -> Response:
    """Answers are typed, unframed, uncached unless they say otherwise, and run only our own files."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY if is_page(response) else DOWNLOAD_POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    if https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def is_page(response: Response) -> bool:
    return response.mimetype == "text/html"
