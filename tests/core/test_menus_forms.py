"""Each till's form of a menu gives the same items, and says what it left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforward.core.currencies import currency
from payforward.core.menus import Menu, MenuRow, SkippedRow, parse_menu
from payforward.core.money import Money

DATA = Path(__file__).parent.parent / "data"
EUR, USD, JPY, KWD = (currency(code) for code in ("EUR", "USD", "JPY", "KWD"))


def parse(*lines: str) -> Menu:
    return parse_menu("\r\n".join(lines).encode(), EUR)


def names(menu: Menu) -> list[str]:
    return [row.name for row in menu.rows]


def skipped(menu: Menu) -> list[tuple[int, str, str]]:
    return [(row.line, row.name, row.reason) for row in menu.skipped]


@pytest.fixture
def shared() -> dict[str, Menu]:
    files = ("square-items.csv", "loyverse-items.csv", "shopify-products.csv")
    menus = [parse_menu((DATA / name).read_bytes(), USD) for name in files]
    return {menu.kind: menu for menu in menus}


def test_one_menu_in_three_forms_has_the_same_names_and_prices(shared: dict[str, Menu]) -> None:
    assert set(shared) == {"square", "loyverse", "shopify"}
    square, *others = (
        [(row.name, row.category, row.price) for row in menu.rows] for menu in shared.values()
    )
    assert len(square) == len({name for name, _, _ in square}) == 52
    assert all(other == square for other in others)
    assert square[15:17] == [
        ("Latte", "Coffee", Money(375, USD)),
        ("Latte Lg", "Coffee", Money(425, USD)),
    ]
    assert all(menu.notes == [] for menu in shared.values())


def test_the_row_without_a_fixed_price_is_named_with_its_line(shared: dict[str, Menu]) -> None:
    assert {kind: menu.skipped for kind, menu in shared.items()} == {
        "square": [SkippedRow(54, "Catering order Custom", "no fixed price")],
        "loyverse": [SkippedRow(54, "Loose tea, by weight", "no fixed price")],
        "shopify": [],
    }


def test_a_row_has_all_that_the_file_says(shared: dict[str, Menu]) -> None:
    assert shared["square"].rows[0] == MenuRow(
        2, "Ethiopia Sm", "Coffee", Money(220, USD), "0001", None, 8875, giftable=True
    )
    assert shared["loyverse"].rows[1] == MenuRow(
        3, "Ethiopia Rg", "Coffee", Money(300, USD), "10002", None, None, giftable=True
    )


def test_lines_are_those_of_the_file_where_cells_have_line_breaks(shared: dict[str, Menu]) -> None:
    text = (DATA / "shopify-products.csv").read_text().splitlines()
    for row in shared["shopify"].rows:
        assert f"{row.price.amount_text()}," in text[row.line - 1] + text[row.line]
        assert text[row.line - 1].startswith((row.name.rsplit(" ", 1)[0], ","))


def test_square_of_another_shop() -> None:
    menu = parse(
        "Reference Handle,Token,Item Name,Variation Name,SKU,Categories,GTIN,Price,Archived,"
        'Sellable,Option Value 1,Option Value 2,Tax - GST (5%),"Tax - PST, local (7.5 %)"',
        "#a,T1,Tea,Regular,,Hot drinks (#X1),4006381333931,3.00,N,Y,,,Y,N",
        '#b,T2,Latte,"Large, Oat",L-1,"Hot drinks, Coffee",4.00639E+12,4.50,,Y,Large,Oat,Y,Y',
        "#c,T3,Eggnog,,,,,5.00,Y,Y,,,,",
        "#d,T4,Oat milk,,,,,0.50,N,N,,,,",
        "#e,T5,Catering,,,,,variable,N,Y,,,,",
        "#f,T6,Water,,,,,0.00,N,Y,,,,",
        "#g,T7,,Large,,,,3.00,N,Y,,,,",
    )
    assert menu.kind == "square"
    assert [(row.name, row.category, row.barcode, row.tax_rate) for row in menu.rows] == [
        ("Tea", "Hot drinks", "4006381333931", 5000),
        ("Latte Large Oat", "Hot drinks", None, 12500),
    ]
    assert skipped(menu) == [
        (4, "Eggnog", "archived at Square"),
        (5, "Oat milk", "not for sale by itself"),
        (6, "Catering", "no fixed price"),
        (7, "Water", "costs nothing, so it cannot be a gift"),
        (8, "", "no name"),
    ]
    assert len(menu.notes) == 1
    assert "Barcodes" in menu.notes[0]


def test_loyverse_of_several_stores_before_descriptions() -> None:
    menu = parse(
        "Handle,SKU,Name,Category,Sold by weight,Option 1 name,Option 1 value,Option 2 name,"
        "Option 2 value,Cost,Barcode,SKU of included item,Quantity of included item,Track stock,"
        "Available for sale [Hackney],Price [Hackney],Available for sale [Bow],Price [Bow],"
        '"Tax - ""VAT"" (20%)"',
        "latte,1,Latte,Coffee,N,Size,Small,Milk,Oat,0,,,,N,Y,3.50,Y,3.00,Y",
        "latte,2,,,,,Large,,Regular,0,,,,N,N,4.50,Y,4.00,",
        "latte,3,,,,,Large,,Oat,0,,,,N,Y,4.80,Y,4.00,",
        "set,4,Breakfast,Food,N,,,,,0,,,,N,Y,9.00,Y,9.00,N",
        "set,,,,,,,,,,,1,1,,,,,,",
        "tea,5,Loose tea,Tea,Y,,,,,0,,,,N,Y,40.00,Y,40.00,N",
        "x,6,Special,Food,N,,,,,0,,,,N,Y,variable,Y,9.00,N",
        "orphan,7,,,N,,,,,0,,,,N,Y,1.00,Y,1.00,N",
    )
    assert menu.kind == "loyverse"
    assert [(row.name, row.category, row.price.minor, row.tax_rate) for row in menu.rows] == [
        ("Latte Small Oat", "Coffee", 350, 20000),
        ("Latte Large Oat", "Coffee", 480, 20000),
        ("Breakfast", "Food", 900, None),
    ]
    assert skipped(menu) == [
        (3, "Latte Large", "not for sale in Hackney"),
        (7, "Loose tea", "sold by weight"),
        (8, "Special", "no fixed price"),
        (9, "", "no name"),
    ]
    assert menu.notes == [
        "The file has the prices of 2 stores; those of the first, Hackney, were taken."
    ]


def test_shopify_in_its_old_form() -> None:
    menu = parse(
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,"
        "Option1 Value,Variant SKU,Variant Price,Variant Barcode,Image Src,Gift Card,Status",
        'mug,Mug,"<p>Two',
        "lines</p>\",V,Home > Kitchen > Mugs,,,true,Title,Default Title,'0012,12.00,'40063,u,false,"
        "active",
        "mug,,,,,,,,,,,,,https://example.org/2.jpg,,",
        "chai,Chai,,V,,Tea,,true,Size,Small,,3.00,,,false,active",
        "chai,,,,,,,,,Large,,4.00,,,,",
        "card,Gift card,,V,,,,true,Title,$10,,10.00,,,TRUE,active",
        "card,,,,,,,,,$25,,25.00,,,,",
        "new,Matcha,,V,,Tea,,true,Title,Default Title,,4.00,,,false,draft",
        "old,Punch,,V,,Tea,,true,Size,Small,,4.00,,,false,archived",
        "old,,,,,,,,,Large,,5.00,,,,",
        "none,Cake,,V,,,,true,,,,,,,false,active",
        "none,,,,,,,,,Slice,,,,,,",
        "orphan,,,,,,,,,Slice,,3.00,,,,",
    )
    assert menu.kind == "shopify"
    assert [(row.line, row.name, row.category, row.sku, row.barcode) for row in menu.rows] == [
        (2, "Mug", "Mugs", "0012", "40063"),
        (5, "Chai Small", "Tea", None, None),
        (6, "Chai Large", "Tea", None, None),
    ]
    assert skipped(menu) == [
        (7, "Gift card $10", "a gift card"),
        (8, "Gift card $25", "a gift card"),
        (9, "Matcha", "draft at Shopify"),
        (10, "Punch Small", "archived at Shopify"),
        (11, "Punch Large", "archived at Shopify"),
        (12, "Cake", "no fixed price"),
        (13, "Cake Slice", "no fixed price"),
        (14, "", "no name"),
    ]


def test_plain_csv_with_everything() -> None:
    menu = parse(
        "Giftable,PRICE, Name ,tax_rate,Barcode,sku,Category,colour",
        'yes,"3,50",Flat white,8.875,40063,F1,Coffee,brown',
        "no,2.00,Sugar,20%,,,,",
        ",€4,Zoë's scone,,,,,",
        "maybe,4,Bun,,,,,",
        ",4,Roll,high,,,,",
    )
    assert menu.kind == "plain"
    assert menu.rows == [
        MenuRow(2, "Flat white", "Coffee", Money(350, EUR), "F1", "40063", 8875, giftable=True),
        MenuRow(3, "Sugar", None, Money(200, EUR), None, None, 20000, giftable=False),
        MenuRow(4, "Zoë's scone", None, Money(400, EUR), None, None, None, giftable=True),
    ]
    assert skipped(menu) == [
        (5, "Bun", "giftable is neither yes nor no"),
        (6, "Roll", "its tax rate is not a percentage such as 8.875"),
    ]


@pytest.mark.parametrize("header", ["name;price", "name\tprice", "sep=;\r\nname;price"])
def test_the_delimiter_is_found_in_the_header(header: str) -> None:
    mark = "\t" if "\t" in header else ";"
    menu = parse(header, f"Latte{mark}3,50", f'"Tea{mark} black"{mark}2,50')
    assert names(menu) == ["Latte", f"Tea{mark.strip()} black"]
    assert menu.rows[0].line == header.count("\n") + 2


def test_names_that_differ_only_in_case_are_one() -> None:
    menu = parse("name,price", "Latte,3.50", "Tea,2", "LATTE,4", "Zoe\u0308,1", "Zoë,1")
    assert names(menu) == ["Latte", "Tea", "Zoë"]
    assert skipped(menu) == [
        (4, "LATTE", "the same name as line 2"),
        (6, "Zoë", "the same name as line 5"),
    ]


def test_a_price_that_cannot_be_read_is_named() -> None:
    menu = parse(
        "name,price", "A,free", 'B,"1,500"', "C,-3", "D,$3", "E,0.505", "F,999999999", "G,1"
    )
    assert names(menu) == ["G"]
    assert [reason for _, _, reason in skipped(menu)] == [
        "free is not an amount: write it such as 3.50",
        "1,500 could be 1,500.00 or 1.50: write 1500 or 1.50",
        "An amount is never below zero here: write it such as 3.50",
        "$3 is not in EUR: write it such as 3.50",
        "0.505 has too many decimals: EUR has 2 decimals, so write it such as 3.50",
        "999999999 is too much for one amount: write at most €100,000,000.00",
    ]


def test_prices_are_in_the_ledgers_currency() -> None:
    data = b"name,price\nTea,350\nLatte,1.000\nBun,350.00\nRoll,3.5"
    assert [row.price.minor for row in parse_menu(data, JPY).rows] == [350, 1000, 350]
    assert [row.price.minor for row in parse_menu(data, KWD).rows] == [350000, 1000, 350000, 3500]


def test_names_are_made_safe() -> None:
    menu = parse("name,price", "\x1b[31mLatte\u202e [b],3.50", f"{'x' * 61},1", "\u200b,2")
    assert names(menu) == ["[31mLatte [b]"]
    assert skipped(menu) == [
        (3, "x" * 60, "the name has more than 60 characters"),
        (4, "", "no name"),
    ]
