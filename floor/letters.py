"""Content as letters that no keyboard layout garbles: how every long code is written and read.

Never says what the content means, and never takes a part of it for the whole: the count of the letters stands
before them (`floor.tags`), a check over all of them at their end.
"""

import hashlib
import zlib
from typing import Final

from floor.refusals import Refusal
from floor.tags import ALPHABET, LONG_BODY_CHARS_MAX

CHECK_BYTES: Final = 6
"""Of a SHA-256: one wrong sheet in 280,000,000,000,000 passes."""
CONTENT_BYTES_MAX: Final = 4096
"""More than this never comes out, however well it was packed."""

_RAW_DEFLATE: Final = -zlib.MAX_WBITS
_HEX: Final = "0123456789abcdef"
_TO_LETTERS: Final = str.maketrans(_HEX, ALPHABET)
_TO_HEX: Final = str.maketrans(ALPHABET, _HEX)


def pack(content: bytes) -> str:
    """Words as letters, deflated first. Raises ValueError when they are too much for one code."""
    if len(content) > CONTENT_BYTES_MAX:
        raise ValueError(f"{len(content)} bytes are more than one code brings: {CONTENT_BYTES_MAX}")
    squeezer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, _RAW_DEFLATE)
    return seal(squeezer.compress(content) + squeezer.flush())


def seal(content: bytes) -> str:
    """Bytes as letters, four bits each, with their check. Raises ValueError when they are too many."""
    letters = (content + _check(content)).hex().translate(_TO_LETTERS)
    if len(letters) > LONG_BODY_CHARS_MAX:
        raise ValueError(f"{len(letters)} letters are more than one code has: {LONG_BODY_CHARS_MAX}")
    return letters


def unpack(letters: str) -> bytes | Refusal:
    """Inverse of `pack`; what was not packed so is refused, and never costs more than its limit."""
    squeezed = unseal(letters)
    if isinstance(squeezed, Refusal):
        return squeezed
    opener = zlib.decompressobj(_RAW_DEFLATE)
    try:
        content = opener.decompress(squeezed, CONTENT_BYTES_MAX)
    except zlib.error:
        return Refusal.NOT_A_CODE
    return content if opener.eof and not opener.unused_data else Refusal.NOT_A_CODE


def unseal(letters: str) -> bytes | Refusal:
    """Inverse of `seal`."""
    if len(letters) % 2 or len(letters) <= 2 * CHECK_BYTES or not set(letters) <= set(ALPHABET):
        return Refusal.CODE_TOO_SHORT
    whole = bytes.fromhex(letters.translate(_TO_HEX))
    content, check = whole[:-CHECK_BYTES], whole[-CHECK_BYTES:]
    return content if _check(content) == check else Refusal.CODE_CHECK_WRONG


def _check(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:CHECK_BYTES]
