"""What an operation of the worker takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evidence_desk.worker.sequential import Beat

Reply = tuple[dict[str, Any], bytes | memoryview, bool]
"""JSON, bytes, and whether the bytes go through the picture memory."""

Operation = Callable[[dict[str, Any], bytes, Beat], Reply]
"""The request's JSON, its bytes, and the beat to call during long work."""
