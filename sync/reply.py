"""An answer, whole, as it came over the wire.

Never says who sent it or what it means: sync.verdicts does.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, the headers that matter, and the body unpacked."""

    status: int
    content_type: str
    retry_after: str | None
    echoed: bool
    """The answer carries our request's id: it is to this request."""
    request_id: str
    body: bytes
