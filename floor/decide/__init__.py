"""From an intent to its facts: the one place where rules say what a command becomes.

Never does anything: it returns events with their ids, or a named refusal.
"""

from floor.commands import (
    AnnounceKey,
    AnswerPaper,
    AskCards,
    AskDaySheet,
    AskTag,
    BringMachineUp,
    CheckPassport,
    CloseDay,
    CloseRun,
    Command,
    CompleteOrder,
    CorrectReport,
    CountArrival,
    DecideOrder,
    DecideReview,
    DraftOrder,
    IssueMaterial,
    IssueSlips,
    MakeCheck,
    MergeSlips,
    NoteShortage,
    PauseRun,
    ReadPassport,
    ReportWork,
    ReprintSlip,
    ResumeRun,
    SettleFlag,
    SplitSlip,
    StartRun,
    TakeMachineDown,
    VoidSlip,
)
from floor.decide import care, material, orders, paper, passports, runs, sheets, slips, work
from floor.decide.picture import Decided, Picture
from floor.events import Moment
from floor.identity import NewId
from floor.paper_commands import SettlePaper
from floor.refusals import Refusal


def decide(picture: Picture, command: Command, now: Moment, new_id: NewId) -> Decided | Refusal:
    """What follows from `command` in the state that `picture` shows. Raises TypeError for a foreign one."""
    match command:
        case ReportWork():
            return work.report(picture, command, now)
        case StartRun() | PauseRun() | ResumeRun() | CloseRun():
            return runs.decide(picture, command, now)
        case CorrectReport():
            return work.correct(picture, command, now)
        case CountArrival() | MakeCheck() | DecideReview():
            return care.decide_care(picture, command, now)
        case TakeMachineDown() | BringMachineUp():
            return work.machine(command, now)
        case IssueMaterial() | NoteShortage():
            return material.decide(picture, command, now)
        case IssueSlips() | ReprintSlip() | AnswerPaper() | SettlePaper():
            return _paper(picture, command, now, new_id)
        case AskTag() | AskCards() | CloseDay() | AskDaySheet():
            return _sheets(picture, command, now)
        case SplitSlip() | MergeSlips() | VoidSlip():
            return slips.decide(picture, command, now)
        case DraftOrder() | DecideOrder() | CompleteOrder() | SettleFlag():
            return _plan(picture, command, now)
        case ReadPassport() | CheckPassport() | AnnounceKey():
            return passports.decide(command, now)
        case _:
            raise TypeError(f"no rule decides {type(command).__name__}")


def _paper(
    picture: Picture,
    command: IssueSlips | ReprintSlip | AnswerPaper | SettlePaper,
    now: Moment,
    new_id: NewId,
) -> Decided | Refusal:
    """Slips and what became of their paper."""
    match command:
        case IssueSlips():
            return paper.issue(picture, command, now, new_id)
        case ReprintSlip():
            return paper.reprint(picture, command, now)
        case AnswerPaper():
            return paper.answer(picture, command, now)
        case SettlePaper():
            return paper.settle(picture, command, now)


def _sheets(
    picture: Picture, command: AskTag | AskCards | CloseDay | AskDaySheet, now: Moment
) -> Decided | Refusal:
    """Paper beside slips."""
    match command:
        case AskTag():
            return sheets.ask_tag(picture, command, now)
        case AskCards():
            return sheets.ask_cards(command, now)
        case CloseDay():
            return sheets.close_day(picture, command, now)
        case AskDaySheet():
            return sheets.ask_day_sheet(picture, command, now)


def _plan(
    picture: Picture, command: DraftOrder | DecideOrder | CompleteOrder | SettleFlag, now: Moment
) -> Decided | Refusal:
    """What only central decides."""
    match command:
        case DraftOrder():
            return orders.draft(picture, command, now)
        case DecideOrder():
            return orders.follow_decision(picture, command, now)
        case CompleteOrder():
            return orders.complete(picture, command, now)
        case SettleFlag():
            return orders.settle(picture, command, now)


__all__ = ["Decided", "Picture", "decide"]
