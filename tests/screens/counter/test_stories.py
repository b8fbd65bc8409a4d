"""What a cashier does all day, by keys alone; the ledger is asked first, then the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payforward.core.asks import Give, Redeem
from payforward.core.ids import new_action_id
from payforward.core.model import Kind, Tender

if TYPE_CHECKING:
    from db.ledger import Ledger
    from tests.screens.counter.conftest import AtCounter


def kinds(ledger: Ledger) -> list[tuple[str, int, str | None]]:
    """Return what this till wrote: kind, units, item."""
    views = [view for view in ledger.entries() if view.till == "till 1"]
    return [(v.entry.kind, v.entry.units, v.item.name if v.item else None) for v in views]


async def test_serving_takes_three_keys(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        assert await at.keys("f", "l", "enter") == 3
        assert kinds(other_till) == [("redeem", -1, "Flat white")]
        assert at.sees("✓ 1 Flat white. 2 still waiting.")
        assert at.row("Flat white").startswith("▌ Flat white 2")
        assert at.line == ""


async def test_serving_the_highlighted_row_takes_two(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        assert await at.keys("minus", "enter") == 2
        assert kinds(other_till) == [("redeem", -1, "Flat white")]


async def test_giving_the_highlighted_row_takes_two(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        assert await at.keys("plus", "enter") == 2
        assert kinds(other_till) == [("give", 1, "Flat white")]
        assert at.sees("Thank you. 1 Flat white put aside. €3.50, cash.")


async def test_giving_one_by_letter_takes_three(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        assert await at.keys("plus", "l", "enter") == 3
        assert kinds(other_till) == [("give", 1, "Latte")]


async def test_giving_two_of_another_takes_five(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("plus", "2", "c", "a")
        assert at.sees("Give 2 Cappuccino, €6.40, cash?")
        await at.keys("enter")
        assert kinds(other_till) == [("give", 2, "Cappuccino")]
        assert at.sees("Thank you. 2 Cappuccino put aside. €6.40, cash.")
        assert at.row("Cappuccino").startswith("▌ Cappuccino 3")


async def test_a_gift_with_a_name_a_message_and_a_card(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        keys = await at.keys("plus", "l", "right", "tab", *"Enjoy", "enter")
        assert keys == 4 + len("Enjoy") + 1
        await at.keys("plus", "l", "right", *"Zoë", "tab", "tab", "tab", "tab", "right", "enter")
        first, second = (v for v in other_till.entries() if v.till == "till 1")
        assert other_till.gift(first.entry.gift).message == "Enjoy"
        story = other_till.gift(second.entry.gift)
        assert (story.giver, story.tender) == ("Zoë", Tender.CARD)
        # The last tender used is the next one's default.
        await at.keys("plus", "l")
        assert at.sees("Give 1 Latte, €3.60, card?")


async def test_an_opening_balance_from_a_slate(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("plus", "4", "s", "o", "right", "tab", "tab", *["backspace"] * 5, *"20")
        await at.keys("tab", "tab", "right", "right", "right", "enter")
        (view,) = (v for v in other_till.entries() if v.till == "till 1")
        story = other_till.gift(view.entry.gift)
        assert (story.tender, story.units, story.amount_minor) == (Tender.OPENING, 4, 2000)
        await at.keys("plus", "l")
        assert at.sees("Give 1 Latte, €3.60, cash?")


async def test_a_substitute_of_the_group_pays_when_accepted(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("l", "a")
        assert at.sees("No Latte waiting; 1 Flat white can pay. The shop adds €0.10.")
        assert kinds(other_till) == []
        assert await at.keys("enter") + len("la") == 3
        (view,) = (v for v in other_till.entries() if v.till == "till 1")
        assert view.item is not None
        assert view.served_item is not None
        assert (view.item.name, view.served_item.name) == ("Flat white", "Latte")
        assert (view.entry.list_price_minor, view.entry.amount_minor) == (360, -350)
        assert at.sees("✓ 1 Latte, paid by 1 Flat white. 2 Flat white still waiting.")


async def test_the_fund_pays_when_accepted(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("s", "a")
        assert at.sees("No Sandwich waiting. The fund can pay €5.50.")
        assert await at.keys("enter") + len("sa") == 3
        assert kinds(other_till) == [("redeem", -550, "Community fund")]
        assert at.sees("✓ 1 Sandwich. The fund has €14.50.")


async def test_arrows_offer_every_way_to_pay(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("l", "a", "down")
        assert at.sees("1 Cappuccino can pay. The shop adds €0.40.")
        await at.keys("down")
        assert at.sees("No Latte waiting. The fund can pay €3.60.")
        await at.keys("down")
        assert at.sees("Note that 1 Latte was asked for?")
        await at.keys("down", "up", "up")
        assert at.sees("1 Cappuccino can pay. The shop adds €0.40.")
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -1, "Cappuccino")]


async def test_nothing_waiting_offers_what_is(at_counter: AtCounter, other_till: Ledger) -> None:
    for _ in range(3):
        fund_pays = Redeem(
            action=new_action_id(),
            item=other_till.find_item("Soup of the day").id,
            paid_from="fund",  # type: ignore[arg-type]
        )
        other_till.redeem(fund_pays)
    async with at_counter() as at:
        await at.keys("s", "a", "enter")
        assert kinds(other_till) == []
        assert at.sees("No Sandwich just now. Flat white and Cappuccino are waiting.")
        await at.keys("down", "enter")
        assert kinds(other_till) == [("redeem", -1, "Flat white")]


async def test_fewer_than_asked_are_offered(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("5", "s", "o")
        assert at.sees("Only 2 Soup of the day waiting. Serve 2?")
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -2, "Soup of the day")]


async def test_digits_on_the_funds_row_are_money(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys(*["down"] * 9, "plus", "1", "2", "full_stop", "5", "0")
        assert at.sees("Give €12.50 to the Community fund, cash?")
        await at.keys("enter", "plus", "2", "0", "f", "u", "enter")
        given = [(kind, units) for kind, units, _ in kinds(other_till)]
        assert given == [("give", 1250), ("give", 2000)]
        assert at.row("Community fund").endswith("€52.50")


async def test_taking_back_takes_two_keys_and_names_the_act(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        await at.keys("f", "l", "enter", "ctrl+z")
        assert at.sees("Take back: 1 Flat white served at 17:40?")
        await at.keys("enter")
        assert kinds(other_till) == [("redeem", -1, "Flat white"), ("redeem", 1, "Flat white")]
        assert at.sees("Taken back: 1 Flat white waits again.")
        await at.keys("ctrl+z")
        assert at.sees("This till has done nothing today that could be taken back.")


async def test_taking_back_an_earlier_act(at_counter: AtCounter, other_till: Ledger) -> None:
    async with at_counter() as at:
        await at.keys("plus", "l", "enter", "f", "l", "enter", "ctrl+z", "down")
        assert at.sees("Take back: 1 Latte given at 17:40, cash €3.60?")
        await at.keys("enter")
        assert kinds(other_till)[-1] == ("give", -1, "Latte")
        assert at.sees("Taken back: 1 Latte. €3.60 cash goes back to the giver.")


async def test_what_was_enjoyed_stays_and_the_rest_comes_back(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    latte = other_till.find_item("Latte")
    async with at_counter() as at:
        await at.keys("plus", "3", "l", "enter")
        other_till.redeem(Redeem(action=new_action_id(), item=latte.id))
        await at.keys("ctrl+z")
        assert at.sees("1 of 3 Latte was enjoyed; take back the other 2 Latte?")
        await at.keys("enter")
        assert kinds(other_till) == [("give", 3, "Latte"), ("give", -2, "Latte")]


async def test_the_givers_words_are_shown_only_when_asked_for(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    latte = other_till.find_item("Latte")
    other_till.give(Give(action=new_action_id(), item=latte.id, units=1, message="[b]Warm[/b]"))
    async with at_counter() as at:
        await at.keys("l", "enter")
        assert not at.sees("Warm")
        await at.keys("right")
        assert at.sees("“[b]Warm[/b]”")
        await at.keys("enter")
        assert at.line == ""
        assert not at.sees("Warm")


async def test_a_day_of_work_leaves_a_sound_ledger(
    at_counter: AtCounter, other_till: Ledger
) -> None:
    async with at_counter() as at:
        for keys in ("+l", "fl", "+2ca", "la", "sa", "+20fu", "3so", "ca"):
            names = {"+": "plus"}
            await at.keys(*(names.get(key, key) for key in keys), "enter")
        await at.keys("ctrl+z", "enter")
        found = other_till.verify()
        assert found.sound, found.problems
        assert {kind for kind, _, _ in kinds(other_till)} == {str(Kind.GIVE), str(Kind.REDEEM)}
