"""A printer's style of slips: its paper, its template's file, and the logo beside that.

Never draws, and never lays a slip out otherwise than was asked: what cannot be used is refused.
"""

from collections.abc import Callable
from pathlib import Path

from printing.printers import PrinterSetting
from printing.slip.logo import LOGO_BYTES_MAX, proportions
from printing.slip.side import Style
from printing.slip.template_file import TEMPLATE_BYTES_MAX, TemplateRefused, line_of_key, read_template


class CannotStyleError(ValueError):
    """A slip cannot be laid out as the plant wants it; the text says line and reason."""


def style_for(
    printer: PrinterSetting, look: Callable[[bytes], object] = proportions
) -> Style | TemplateRefused:
    """How slips look on this printer: by its template, or as they are built in where it has none.

    `look` raises ValueError for a logo that cannot be printed; the usual one reads no more than its size.
    """
    if not printer.slip_template:
        return Style(printer.paper, remark=printer.slip_remark)
    path = Path(printer.slip_template)
    content = _read(path, TEMPLATE_BYTES_MAX)
    if isinstance(content, str):
        return TemplateRefused(0, f"{path.name} cannot be read: {content}")
    template = read_template(content)
    if isinstance(template, TemplateRefused):
        return template
    if template.logo is None:
        return Style(printer.paper, template)
    logo = _read(path.parent / template.logo, LOGO_BYTES_MAX)
    line = line_of_key("logo", content)
    if isinstance(logo, str):
        return TemplateRefused(line, f"{template.logo} cannot be read: {logo}")
    try:
        look(logo)
    except ValueError as error:
        return TemplateRefused(line, f"{template.logo}: {error}")
    return Style(printer.paper, template, logo)


def _read(path: Path, bytes_max: int) -> bytes | str:
    """At most one byte over the limit, or in words why nothing can be read."""
    try:
        with path.open("rb") as file:
            return file.read(bytes_max + 1)
    except OSError as error:
        return error.strerror or type(error).__name__
