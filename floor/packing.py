"""Small values packed into one large number: each takes the room of its choices, and not a bit more.

Never pads, and never reads on where nothing was written: what was not packed here is refused.
"""

from collections.abc import Sequence
from typing import Final

COUNT_DIGIT: Final = 16
COUNT_DIGITS_MAX: Final = 16
"""A count has at most 64 bits."""
BYTES: Final = 256
UTF8_BYTES_MAX: Final = 4
"""Of one character."""


class NotPackedError(ValueError):
    """These bytes, or this value, are not what this packing says."""


class Packer:
    """Takes values in a row."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def choice(self, value: int, of: int) -> None:
        """One of `of` possible values, from 0. Raises NotPackedError for another one."""
        if not 0 <= value < of:
            raise NotPackedError(f"{value} is none of {of}")
        self._taken.append((value, of))

    def flag(self, value: bool) -> None:
        """Yes or no."""
        self.choice(int(value), 2)

    def count(self, value: int) -> None:
        """Any number from 0; small ones are short. Raises NotPackedError beyond 64 bits."""
        for _ in range(COUNT_DIGITS_MAX):
            value, digit = divmod(value, COUNT_DIGIT)
            self.choice(digit + COUNT_DIGIT * (value > 0), 2 * COUNT_DIGIT)
            if not value:
                return
        raise NotPackedError("a count has at most 64 bits")

    def text(self, text: str, alphabets: Sequence[str], chars_max: int) -> None:
        """A text in the first alphabet that has all of its characters. Raises NotPackedError."""
        which = next((at for at, alphabet in enumerate(alphabets) if set(text) <= set(alphabet)), -1)
        self.choice(which, len(alphabets))
        self.choice(len(text), chars_max + 1)
        for character in text:
            self.choice(alphabets[which].index(character), len(alphabets[which]))

    def words(self, words: str, plain: str, chars_max: int) -> None:
        """Any text of people: in the alphabet `plain` where that has all of it, else as UTF-8."""
        is_plain = set(words) <= set(plain)
        self.flag(is_plain)
        if is_plain:
            self.text(words, (plain,), chars_max)
            return
        encoded = words.encode(errors="replace")
        self.choice(len(encoded), UTF8_BYTES_MAX * chars_max + 1)
        for byte in encoded:
            self.choice(byte, BYTES)

    def packed(self) -> bytes:
        """Everything that was taken. A one stands above it, so that no leading zero is lost."""
        number = 1
        for value, of in reversed(self._taken):
            number = number * of + value
        return number.to_bytes((number.bit_length() + 7) // 8, "big")


class Unpacker:
    """Gives the values back, in the same row; each method raises NotPackedError."""

    def __init__(self, packed: bytes) -> None:
        self._number = int.from_bytes(packed, "big")

    def choice(self, of: int) -> int:
        """One of `of` values."""
        if self._number < of:
            raise NotPackedError("there is no more")
        self._number, value = divmod(self._number, of)
        return value

    def flag(self) -> bool:
        """Yes or no."""
        return bool(self.choice(2))

    def count(self) -> int:
        """A number from 0."""
        value, worth = 0, 1
        for _ in range(COUNT_DIGITS_MAX):
            more, digit = divmod(self.choice(2 * COUNT_DIGIT), COUNT_DIGIT)
            value += digit * worth
            worth *= COUNT_DIGIT
            if not more:
                return value
        raise NotPackedError("a count has at most 64 bits")

    def text(self, alphabets: Sequence[str], chars_max: int) -> str:
        """A text in one of the alphabets."""
        alphabet = alphabets[self.choice(len(alphabets))]
        return "".join(alphabet[self.choice(len(alphabet))] for _ in range(self.choice(chars_max + 1)))

    def words(self, plain: str, chars_max: int) -> str:
        """Any text of people."""
        if self.flag():
            return self.text((plain,), chars_max)
        encoded = bytes(self.choice(BYTES) for _ in range(self.choice(UTF8_BYTES_MAX * chars_max + 1)))
        try:
            return encoded.decode()
        except UnicodeDecodeError as error:
            raise NotPackedError("not UTF-8") from error

    def end(self) -> None:
        """Nothing may be left."""
        if self._number != 1:
            raise NotPackedError("there is more than was asked for")
