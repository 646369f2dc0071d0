from benchmarks.document import figure, name, share, table, text


def test_a_cell_cannot_break_out_of_its_table():
    (_, _, row, blank) = table(("a", "b"), [(text("one | two\n<b>"), 0.5)])
    assert row.replace("\\|", "").count("|") == 3
    assert row.endswith(" | 0.500 |")
    assert "\n" not in row
    assert "<b>" not in row
    assert blank == ""


def test_names_cannot_be_clicked_on():
    assert name("shop.example") == "shop[.]example"


def test_figures():
    assert (figure(0.12345), figure(2.0, 1), share(3, 4), share(0, 0)) == ("0.123", "2.0", "3/4", "-")
