"""Messages of the Internet Printing Protocol (RFC 8010): attributes to bytes and back.

Never sends one, and never knows what an attribute means. What it cannot take apart is an error by name.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

VERSION: Final = b"\x02\x00"
NUMBER_BYTES: Final = 4
DEPTH_MAX: Final = 8
"""Of collections in collections."""


class Tag(IntEnum):
    """What stands before a group or a value."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RANGE = 0x33
    BEGIN_COLLECTION = 0x34
    END_COLLECTION = 0x37
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


_DELIMITERS_MAX: Final = 0x0F
_TEXTS: Final = range(0x41, 0x4A)

Value = int | bool | str | bytes | Mapping[str, "list[Value]"]
Attributes = dict[str, list[Value]]


class NotIppError(ValueError):
    """The bytes are no message that can be understood."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request."""

    tag: Tag
    name: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: all its groups' attributes under their names."""

    status: int
    attributes: Attributes

    def numbers(self, name: str) -> list[int]:
        """The whole numbers and enums of an attribute."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, int)]

    def texts(self, name: str) -> list[str]:
        """The texts and keywords of an attribute."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, str)]

    def collections(self, name: str) -> list[Mapping[str, list[Value]]]:
        """The collections of an attribute."""
        return [value for value in self.attributes.get(name, []) if isinstance(value, Mapping)]


def request(operation: int, about: Sequence[Attribute], job: Sequence[Attribute] = ()) -> bytes:
    """A request: what it is about, and how a job is meant to be printed."""
    head = VERSION + struct.pack(">HI", operation, 1)
    groups = bytes([Tag.OPERATION]) + b"".join(map(_attribute, about))
    if job:
        groups += bytes([Tag.JOB]) + b"".join(map(_attribute, job))
    return head + groups + bytes([Tag.END])


def _attribute(attribute: Attribute) -> bytes:
    names = [attribute.name, *[""] * (len(attribute.values) - 1)]
    return b"".join(
        _value(attribute.tag, name, value) for name, value in zip(names, attribute.values, strict=True)
    )


def _value(tag: Tag, name: str, value: Value) -> bytes:
    if isinstance(value, Mapping):
        members = b"".join(_member(member, of) for member, values in value.items() for of in values)
        return _field(Tag.BEGIN_COLLECTION, name, b"") + members + _field(Tag.END_COLLECTION, "", b"")
    return _field(tag, name, _plain(value))


def _member(name: str, value: Value) -> bytes:
    """Numbers and collections only: what `media-col` is made of."""
    return _field(Tag.MEMBER_NAME, "", name.encode()) + _value(Tag.INTEGER, "", value)


def _plain(value: int | bool | str | bytes) -> bytes:
    match value:
        case bool():
            return bytes([value])
        case int():
            return struct.pack(">i", value)
        case str():
            return value.encode()
        case bytes():
            return value


def _field(tag: Tag, name: str, value: bytes) -> bytes:
    said = name.encode()
    return struct.pack(">BH", tag, len(said)) + said + struct.pack(">H", len(value)) + value


def reply(message: bytes) -> Reply:
    """An answer, taken apart. Raises NotIppError."""
    reader = _Reader(message)
    status = reader.head()
    return Reply(status, reader.attributes())


class _Reader:
    """Goes through a message once."""

    def __init__(self, message: bytes) -> None:
        self._message = message
        self._at = 0

    def head(self) -> int:
        _version, status, _request = struct.unpack(">HHI", self._take(8))
        return int(status)

    def attributes(self) -> Attributes:
        found: Attributes = {}
        name = ""
        while (tag := self._take(1)[0]) != Tag.END:
            if tag <= _DELIMITERS_MAX:
                continue
            said, content = self._name_and_content()
            name = said or name
            found.setdefault(name, []).append(self._meant(tag, content, DEPTH_MAX))
        return found

    def _collection(self, depth_left: int) -> Attributes:
        if not depth_left:
            raise NotIppError("collections too deep")
        found: Attributes = {}
        member = ""
        while (tag := self._take(1)[0]) != Tag.END_COLLECTION:
            _name, content = self._name_and_content()
            if tag == Tag.MEMBER_NAME:
                member = content.decode(errors="replace")
            else:
                found.setdefault(member, []).append(self._meant(tag, content, depth_left))
        self._name_and_content()
        return found

    def _meant(self, tag: int, content: bytes, depth_left: int) -> Value:
        if tag == Tag.BEGIN_COLLECTION:
            return self._collection(depth_left - 1)
        if tag in {Tag.INTEGER, Tag.ENUM} and len(content) == NUMBER_BYTES:
            return int(struct.unpack(">i", content)[0])
        if tag == Tag.BOOLEAN and len(content) == 1:
            return content != b"\x00"
        return content.decode(errors="replace") if tag in _TEXTS else content

    def _name_and_content(self) -> tuple[str, bytes]:
        name = self._take(self._length()).decode(errors="replace")
        return name, self._take(self._length())

    def _length(self) -> int:
        return int(struct.unpack(">H", self._take(2))[0])

    def _take(self, count: int) -> bytes:
        taken = self._message[self._at : self._at + count]
        if len(taken) < count:
            raise NotIppError("the answer ends too early")
        self._at += count
        return taken
