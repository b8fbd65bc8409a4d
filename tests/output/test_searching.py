"""Whoever searches a folder of papers for a shop's name, or copies it, finds it whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.ledger import Ledger
from db.setup import create_ledger
from payforward.output.card_papers import card_of, card_pdf
from payforward.output.pdf import sheets_pdf, ticket_pdf
from payforward.output.signed import Signed, signed_pdf
from payforward.output.statement import statement_of
from payforward.output.statement_papers import statement_pdf
from payforward.output.waiting_forms import waiting_pdf
from payforward.output.waiting_page import waiting_page_of
from tests.needs import needs
from tests.output.reading import pdf_text
from tests.output.slips import voucher

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import FrozenClock

# Letters that a typesetter moves together, beside such that it sets apart.
SHOP = "Wayfarer's TAVOLA Yonder Café"


@needs("pdftotext", "poppler-utils")
def test_the_shops_name_is_whole_on_every_form(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "shop.db"
    create_ledger(path, shop=SHOP, currency="EUR", timezone="UTC", clock=clock)
    with Ledger.open(path, clock=clock) as ledger:
        made = {
            "statement": statement_pdf(statement_of(ledger, ledger.today())),
            "card": card_pdf(card_of(ledger)),
            "waiting": waiting_pdf(waiting_page_of(ledger)),
        }
    slip = voucher("Thank you", shop=SHOP)
    made |= {
        "signed": signed_pdf(Signed(shop=SHOP, title="Manifest 1", facts=())),
        "ticket": ticket_pdf([slip], paper_mm=80),
        "narrow": ticket_pdf([slip], paper_mm=58),
        "sheet": sheets_pdf([slip], "a4-3x8"),
        "large": sheets_pdf([slip], "a4-2x5"),
    }
    for name, data in made.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        assert SHOP in " ".join(pdf_text(file).split()), name
