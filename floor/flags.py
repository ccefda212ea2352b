"""Every doubt by name: what a screen warned of (said) and what the facts themselves show (standing).

Never stops a fact: a doubtful report is counted and flagged, and people settle flags.
"""

from enum import Enum


class Flag(Enum):
    """A named doubt. The order of the members is the order in which a screen shows them."""

    sentence: str
    settled_by: str

    def __new__(cls, name: str, sentence: str, settled_by: str) -> "Flag":
        """A member from its name, its sentence for people, and who settles it."""
        member = object.__new__(cls)
        member._value_ = name
        member.sentence = sentence
        member.settled_by = settled_by
        return member

    UNKNOWN_SLIP = ("unknown_slip", "This slip is not known here, perhaps of another plant.", "supervisor")
    PASSPORT_FORGED = (
        "passport_forged",
        "The large square code of this slip is forged or was altered.",
        "supervisor",
    )
    PASSPORT_DIFFERS = (
        "passport_differs",
        "This slip says something else than what is known of it.",
        "supervisor",
    )
    PASSPORT_UNPROVEN = (
        "passport_unproven",
        "What this slip says of itself is not proven here.",
        "supervisor",
    )
    UNKNOWN_STEP = ("unknown_step", "The order has no such step.", "planner")
    ORDER_NOT_OPEN = ("order_not_open", "The order is not open.", "planner")
    SLIP_CONTENTS_DIFFER = ("slip_contents_differ", "One slip number stands for two contents.", "supervisor")
    VOIDED_SLIP = ("voided_slip", "This slip is void.", "supervisor")
    NEWER_COPY = ("newer_copy", "A newer copy of this slip was printed.", "supervisor")
    WRONG_WORK_CENTRE = ("wrong_work_centre", "This step belongs to another work centre.", "supervisor")
    WRONG_MACHINE = ("wrong_machine", "Another machine was planned.", "supervisor")
    MACHINE_DOWN = ("machine_down", "This machine is reported down.", "supervisor")
    NOT_QUALIFIED = ("not_qualified", "Its operator is not qualified for this step.", "supervisor")
    OTHER_PERSON = ("other_person", "Another person was planned.", "supervisor")
    OTHERS_RUN = ("others_run", "Somebody else has a run open at this step.", "supervisor")
    STEP_SKIPPED = ("step_skipped", "A step before this one has no report yet.", "supervisor")
    NOTHING_HERE = ("nothing_here", "Nothing was passed on to this step yet.", "supervisor")
    ALREADY_DONE = ("already_done", "This step was already reported done.", "supervisor")
    NO_RUN = ("no_run", "No START was scanned for this work.", "supervisor")
    MORE_THAN_HERE = ("more_than_here", "More was reported than is here.", "supervisor")
    OVER_TOLERANCE = (
        "over_tolerance",
        "Too much was made: a reason or a word is owed.",
        "supervisor",
    )
    CHECK_OWED = ("check_owed", "A check of this step was not made yet.", "operator")
    CHECK_FAILED = ("check_failed", "A check of this step failed.", "supervisor")
    ARRIVAL_DIFFERS = ("arrival_differs", "Another number arrived than was passed on.", "supervisor")
    REPORTED_TWICE = (
        "reported_twice",
        "Two stations reported the same pieces without knowing of each other.",
        "supervisor",
    )
    SURPLUS = ("surplus", "More was counted than was passed on.", "supervisor")
    MADE_OVER = ("made_over", "More was made than the slip asks for.", "planner")
    MISSING = ("missing", "A finished step leaves pieces unaccounted for.", "supervisor")
    REVIEW_OVERDRAWN = ("review_overdrawn", "More was decided than was set aside.", "supervisor")
    REASON_OWED = ("reason_owed", "Scrap or rework has no reason yet.", "operator")
    RUN_FORGOTTEN = ("run_forgotten", "A run was left open, and nobody knows when it ended.", "supervisor")
    MATERIAL_OWED = ("material_owed", "Nobody said which lot of material went in.", "supervisor")
    MATERIAL_SHORT = ("material_short", "Material of this step was wanting.", "planner")
    MATERIAL_UNKNOWN = ("material_unknown", "A label of material names nothing that is known.", "supervisor")
    OVER_ISSUED = ("over_issued", "More was issued on slips than the order needs.", "planner")
    CORRECTIONS_COMPETE = ("corrections_compete", "Several corrections name the same report.", "supervisor")
    QUARANTINED = ("quarantined", "A fact could not be understood and waits for a person.", "administrator")
    ALTERED = ("altered", "One event id came with two contents.", "administrator")
