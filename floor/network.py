"""The road to the server in a word, kept apart because the first frame of a terminal shows it.

Never measured here: the station's pump says it.
"""

from enum import StrEnum


class NetworkState(StrEnum):
    """The road to the server, in words that the foot shows."""

    STARTING = "connecting"
    ONLINE = "online"
    NO_NETWORK = "no network"
    BLOCKED = "network blocked by a login page"
    NO_TOKEN = "no token"
    TOKEN_REFUSED = "station not accepted by the server"
    WRONG_SERVER = "wrong server"
    ALONE = "no server set"
