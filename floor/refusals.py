"""Every No that this system says, by name, with a sentence for the person and a hint what to do next.

Never refuses a fact: only what has no meaning is refused, before it is recorded. The order of the members is
the precedence when several would apply.
"""

from enum import Enum


class Refusal(Enum):
    """A named No. `value` is its documented name; `sentence` and `hint` are for the operator."""

    sentence: str
    hint: str

    def __new__(cls, name: str, sentence: str, hint: str) -> "Refusal":
        """A member from its name, its sentence and its hint."""
        member = object.__new__(cls)
        member._value_ = name
        member.sentence = sentence
        member.hint = hint
        return member

    # Codes
    NOT_A_CODE = (
        "not_a_code",
        "This is not one of our codes.",
        "Scan a slip, a badge, a machine or a reason.",
    )
    CODE_TOO_SHORT = ("code_too_short", "Only part of the code came.", "Scan it again, or type all of it.")
    CODE_TOO_LONG = ("code_too_long", "More than one code was read at once.", "Scan one code at a time.")
    CODE_CHECK_WRONG = (
        "code_check_wrong",
        "The code was misread.",
        "Scan it again, or type it from the paper.",
    )
    SCAN_TOO_LONG = ("scan_too_long", "Far too many characters came in.", "Nothing was taken. Scan one code.")
    NOBODY_KNOWN_YET = (
        "nobody_known_yet",
        "The plant's people are not known here yet.",
        "They come from the server; tell a supervisor where it takes long.",
    )
    UNKNOWN_BADGE = (
        "unknown_badge",
        "Nobody here has this badge.",
        "Ask your supervisor; nothing was recorded.",
    )
    UNKNOWN_PERSON = (
        "unknown_person",
        "Nobody here has this number.",
        "Scan the badge, or type the number that stands on it.",
    )
    UNKNOWN_MACHINE = ("unknown_machine", "No machine has this code.", "Scan the tag on the machine.")
    UNKNOWN_REASON = ("unknown_reason", "No reason has this code.", "Scan a reason from the sheet.")
    UNKNOWN_COMMAND = (
        "unknown_command",
        "This command is not known here.",
        "Use the command card of this plant.",
    )
    CODE_NOT_USED_HERE = (
        "code_not_used_here",
        "This code is not used at a terminal.",
        "Scan a slip or a badge.",
    )

    PASSPORT_UNUSABLE = (
        "passport_unusable",
        "The large square code of this slip says nothing that is understood here.",
        "Report on the slip as it is; print it anew with this release.",
    )
    PASSPORT_FORGED = (
        "passport_forged",
        "The large square code of this slip is forged or was altered.",
        "Do not work by it. Show the slip to your supervisor.",
    )

    # Quantities
    NOT_A_QUANTITY = ("not_a_quantity", "That is not a number.", "Type digits only, at most nine.")
    TOO_MANY_DECIMALS = (
        "too_many_decimals",
        "This is not counted that finely.",
        "Type fewer digits behind the point or comma.",
    )
    PERHAPS_A_THOUSAND = (
        "perhaps_a_thousand",
        "This could be one, or a thousand.",
        "Type no mark for thousands, and the plant's own mark for decimals.",
    )

    NO_SUCH_LINE = ("no_such_line", "The list has no such line.", "Type a number of the list.")

    # Order of work at the terminal
    SIGN_ON_FIRST = ("sign_on_first", "Nobody is signed on.", "Scan your badge first.")
    SLIP_FIRST = ("slip_first", "No slip is chosen.", "Scan the slip that travels with the goods.")
    STEP_FIRST = ("step_first", "No step is chosen.", "Scan the step's code, or pick it.")
    MACHINE_FIRST = ("machine_first", "No machine is chosen.", "Scan the tag on the machine.")
    QUANTITY_FIRST = (
        "quantity_first",
        "No quantity goes with that.",
        "Type the number first, then scan the reason.",
    )
    TOO_MANY_LINES = ("too_many_lines", "The report is full.", "ENTER records it; go on in another one.")
    REASON_NOT_FOR_THIS = (
        "reason_not_for_this",
        "This reason is for something else.",
        "Scan a reason for scrap.",
    )

    REPORT_UNFINISHED = (
        "report_unfinished",
        "The report on the screen is not recorded yet.",
        "ENTER records it, ESC takes it back.",
    )

    # Reports and runs
    EMPTY_REPORT = (
        "empty_report",
        "There is nothing to record.",
        "Give a quantity, end the run, or say the step is done.",
    )
    NO_OPERATOR = ("no_operator", "A report needs at least one operator.", "Scan your badge.")
    RUNS_NOT_USED = (
        "runs_not_used",
        "Quantities are enough here.",
        "Nobody starts or ends work at this step: just report what was made.",
    )
    RUN_PAUSED = ("run_paused", "This run is paused already.", "START goes on with it.")
    RUN_GOES_ON = ("run_goes_on", "This run is not paused.", "PAUSE stops it for a while.")
    NOT_THEN = (
        "not_then",
        "It cannot have ended then.",
        "Type a time after its start that has passed: 1345 is a quarter to two.",
    )
    CREW_FULL = ("crew_full", "So many people cannot work on one report.", "Record it in two parts.")
    OPERATOR_STAYS = (
        "operator_stays",
        "Whoever records the work is part of it.",
        "ENTER ends the list; then another badge takes over.",
    )
    NO_OPEN_RUN = ("no_open_run", "You have no run open here.", "Scan START first, or just report.")
    REPORT_UNKNOWN = ("report_unknown", "There is no such report.", "Pick it from the list of last reports.")
    NOT_YOUR_REPORT = (
        "not_your_report",
        "This report is somebody else's.",
        "Ask a supervisor to correct it.",
    )
    TOO_LATE_TO_CORRECT = (
        "too_late_to_correct",
        "This report is too old to be corrected without a supervisor.",
        "Ask a supervisor: CORRECT with the slip on the screen, then badge and PIN.",
    )
    PERMISSION_OVER = (
        "permission_over",
        "The supervisor's minute is over.",
        "Nothing was changed. Begin again: CORRECT, badge and PIN.",
    )
    NOTHING_CHANGED = (
        "nothing_changed",
        "The report says this already.",
        "Change something, or DELETE leaves it as it is.",
    )
    NOTHING_TO_UNDO = ("nothing_to_undo", "You have no report here to take back.", "Ask a supervisor.")

    # Material
    MATERIAL_UNNAMED = (
        "material_unnamed",
        "This says nothing about which material it is.",
        "Scan its label, or pick it from the list.",
    )

    # Slips
    SLIP_UNKNOWN = (
        "slip_unknown",
        "No slip with this number is known here.",
        "Check the number on the paper.",
    )
    QUANTITY_NOT_POSITIVE = (
        "quantity_not_positive",
        "A quantity must be above zero.",
        "Type a larger number.",
    )
    SLIP_NOT_ISSUED_HERE = (
        "slip_not_issued_here",
        "What this slip was issued for is not known here.",
        "Report on it as it is; split or merge it where it is known.",
    )
    NOTHING_LIES_HERE = (
        "nothing_lies_here",
        "No pieces of this slip are still at this step.",
        "Choose the step where they lie.",
    )
    STEP_IS_DONE = (
        "step_is_done",
        "That slip's step was reported done: what goes there would count as missing.",
        "Scan a slip that is still being worked on.",
    )
    SAME_SLIP = ("same_slip", "That is the same slip.", "Scan the slip that they go on with.")
    OTHER_ORDER = (
        "other_order",
        "These two slips are not of one order.",
        "Only slips of one order go on together.",
    )
    ALREADY_VOID = ("already_void", "This slip is void already.", "Nothing more needs to be done.")
    NO_PRINTER = ("no_printer", "No printer is set at this station.", "Name one in the settings.")
    NOTHING_SET_ASIDE = (
        "nothing_set_aside",
        "No such pieces were set aside or sent to rework.",
        "Look at the slip: the report may have been corrected.",
    )
    NOTHING_TO_CLOSE = (
        "nothing_to_close",
        "Nothing was recorded at this terminal yet.",
        "Close the day when there is something in it.",
    )
    NO_DAY_CLOSED = ("no_day_closed", "No day was closed at this terminal yet.", "Close one first.")
    TOO_MANY_CARDS = (
        "too_many_cards",
        "Too many cards are named at once.",
        "Name at most 200, or none for all of them.",
    )
    TOO_MANY_SLIPS = ("too_many_slips", "Too many slips at once.", "Issue at most 100; choose a larger lot.")
    SUPERVISOR_ONLY = ("supervisor_only", "Only a supervisor may do this.", "Scan a supervisor's badge.")
    PIN_WRONG = ("pin_wrong", "The PIN is wrong.", "Try again; five wrong tries lock it for five minutes.")
    PIN_LOCKED = ("pin_locked", "Too many wrong PINs.", "Wait five minutes. Reports can still be recorded.")

    DISK_SILENT = (
        "disk_silent",
        "The disk does not answer: this was not taken.",
        "What was ticked is recorded, the screen is kept. Wait, then do it again.",
    )

    TRAINING_OFF = (
        "training_off",
        "Training is switched off at this terminal.",
        "Ask your supervisor for a terminal to practise at.",
    )
    NOT_IN_TRAINING = (
        "not_in_training",
        "This is not practised in training.",
        "TRAINING again ends it; then it is real.",
    )

    # Orders
    ORDER_UNKNOWN = ("order_unknown", "There is no such order.", "Check the number.")
    ORDER_EXISTS = ("order_exists", "An order with this number exists already.", "Choose another number.")
    ORDER_FORBIDS = (
        "order_forbids",
        "The order's state does not allow this.",
        "Look where it stands: central order show.",
    )
    ORDER_NOT_OPEN = ("order_not_open", "The order is not open.", "Ask your supervisor.")
    ITEM_UNKNOWN = ("item_unknown", "There is no such item.", "Load the item first.")
    BOM_ENDLESS = (
        "bom_endless",
        "The item's BOM contains itself, or is too deep.",
        "Mend the BOM and load it again.",
    )
    ROUTE_UNKNOWN = ("route_unknown", "The item has no route.", "Load a route for it first.")
    REASON_NEEDED = ("reason_needed", "This decision needs a reason.", "Say why, in a few words.")
    REMAINS_UNEXPLAINED = (
        "remains_unexplained",
        "Pieces are still here, in review or missing.",
        "Look at the list and complete with what becomes of them.",
    )
    FLAG_NOT_STANDING = ("flag_not_standing", "This flag does not stand.", "Look at the list of flags again.")

    # The program itself
    ALREADY_RUNNING = (
        "already_running",
        "A terminal is already running on this ledger.",
        "Use that one, or end it.",
    )
    NOT_SAVED = (
        "not_saved",
        "This terminal's disk did not take it. Nothing was recorded.",
        "Try once more; if it stays, write it on paper and call your supervisor.",
    )
    BEYOND_ONE_RECORD = (
        "beyond_one_record",
        "This is more than one record can say. Nothing was recorded.",
        "Say it in two parts, or ask your supervisor.",
    )
    CONFIG_BROKEN = (
        "config_broken",
        "The settings cannot be used.",
        "Mend the line named below and start again.",
    )
    SHEET_FIRST = (
        "sheet_first",
        "This terminal has no settings yet.",
        "Scan its sheet; kiosk sheet prints one.",
    )
    SHEET_UNUSABLE = (
        "sheet_unusable",
        "This sheet's settings cannot be used here.",
        "Print it anew with this release.",
    )
    SHEET_NOT_KEPT = (
        "sheet_not_kept",
        "The settings could not be written down.",
        "Look at the disk, then scan the sheet again.",
    )
