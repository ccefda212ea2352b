"""One way to ask every kind of printer: how it is, to print, and what became of a page.

Never decides whether a page may be printed: `readback` did.
"""

from floor.printers import PrinterTrouble
from printing.printers import PrinterKind, PrinterSetting
from printing.printers.delivery import UNWATCHED, Delivery, Printable, Watcher, unknown
from printing.printers.folder import follow_in_folder, look_at_folder, print_to_folder
from printing.printers.ipp import follow_at_ipp, look_at_ipp, print_to_ipp
from printing.printers.lp import follow_in_queue, look_at_queue, print_to_queue
from printing.printers.tcp import look_at_socket, print_to_socket


def look_at(printer: PrinterSetting, page: Printable) -> PrinterTrouble | None:
    """What keeps a printer from printing this page now; None where nothing is known to."""
    match printer.kind:
        case PrinterKind.FOLDER:
            return look_at_folder(printer.target)
        case PrinterKind.LP:
            return look_at_queue(printer.target)
        case PrinterKind.IPP:
            return look_at_ipp(printer.target, page)
        case PrinterKind.SOCKET:
            return look_at_socket(printer.target, page)


def print_document(printer: PrinterSetting, page: Printable, watcher: Watcher = UNWATCHED) -> Delivery:
    """Hands a page to a printer and waits, with a limit, for what becomes of it."""
    match printer.kind:
        case PrinterKind.FOLDER:
            return print_to_folder(printer.target, page, watcher)
        case PrinterKind.LP:
            return print_to_queue(printer.target, page, watcher=watcher)
        case PrinterKind.IPP:
            return print_to_ipp(printer.target, page, watcher=watcher)
        case PrinterKind.SOCKET:
            return print_to_socket(printer.target, page, watcher=watcher)


def follow(printer: PrinterSetting, job: str, watcher: Watcher = UNWATCHED) -> Delivery:
    """What became of a page that was handed over before: `job` is what the printer called it."""
    match printer.kind:
        case PrinterKind.FOLDER:
            return follow_in_folder(printer.target, job)
        case PrinterKind.LP:
            return follow_in_queue(printer.target, job, watcher=watcher)
        case PrinterKind.IPP:
            return follow_at_ipp(printer.target, job, watcher=watcher)
        case PrinterKind.SOCKET:
            return unknown("The terminal was stopped while it printed.")
