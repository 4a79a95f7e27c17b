"""A sheet as a page of PDF. Imported when the first page is asked for: it would make every start a fifth longer."""

from io import BytesIO
from typing import Final

from matplotlib import rc_context
from matplotlib.backends.backend_pdf import Op, PdfFile, RendererPdf

from bot.charts import style
from bot.charts.draw.sheet import Sheet

A4: Final = (595.28, 841.89)
MARGIN: Final = 34.0
"""The paper, and what stays free around the picture: points, 72 to the inch."""


def pdf(sheet: Sheet) -> bytes:
    """In vectors on a white A4 page, as large as it has room, with the letters of our face inside.

    Says no time of making.
    """
    page, (width, height) = BytesIO(), A4
    sheet.figure.set_facecolor("white")
    scale = min((width - 2 * MARGIN) / style.WIDTH, (height - 2 * MARGIN) / sheet.height)
    across, up = (width - scale * style.WIDTH) / 2, height - MARGIN - scale * sheet.height
    with rc_context({"pdf.fonttype": 42}):
        file = PdfFile(page, metadata={"CreationDate": None})
        file.newPage(width / style.DPI, height / style.DPI)
        file.output(scale, 0, 0, scale, across, up, Op.concat_matrix)
        file.width, file.height = style.WIDTH / style.DPI, sheet.height / style.DPI  # by which lines are cut off
        renderer = RendererPdf(file, style.DPI, file.height, file.width)
        sheet.figure.draw(renderer)
        renderer.finalize()
        file.finalize()
        file.close()
    return page.getvalue()
