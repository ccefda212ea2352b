"""The printers of a station as its settings name them, and what is wrong with their templates at the start.

Never opens a printer, and never keeps a terminal from starting: a template that cannot be used is left aside
until the next start, and the slips themselves say so (docs/decisions/0011).
"""

from pathlib import Path
from typing import Final

from kiosk.config import PrinterSection
from printing.papers import Paper
from printing.printers import Language, PrinterKind, PrinterSetting
from printing.slip.styling import style_for
from printing.slip.template_file import TemplateRefused

BUILT_IN: Final = "Built-in slip"


def setting(section: PrinterSection, folder: Path) -> PrinterSetting:
    """A printer as it is set; files lie relative to the settings."""
    return PrinterSetting(
        name=section.name,
        kind=PrinterKind(section.kind),
        target=str(folder / section.target) if section.kind == PrinterKind.FOLDER else section.target,
        dots_per_inch=section.dots_per_inch,
        paper=Paper(section.paper),
        language=Language(section.language),
        full_read_every=section.full_read_every,
        slip_template=str(folder / section.slip_template) if section.slip_template else "",
    )


def usable(printer: PrinterSetting) -> tuple[PrinterSetting, str | None]:
    """The printer as it is used from now on, and what is to be noted where that is not as it was set."""
    refused = style_for(printer)
    if not isinstance(refused, TemplateRefused):
        return printer, None
    remark = f"{BUILT_IN}: {refused}"
    note = f"{printer.name} prints the built-in slip until the next start: {refused}"
    return printer.model_copy(update={"slip_template": "", "slip_remark": remark}), note
