import pytest

from benchmarks.labels import operators, score_labels, true_pairs
from benchmarks.worlds import WorldProblem, open_world


@pytest.fixture
def world(tmp_path):
    (tmp_path / "week-2.warc.gz").write_bytes(b"")
    (tmp_path / "week-1.warc.gz").write_bytes(b"")
    (tmp_path / "truth.csv").write_text(
        "site,operator,notes\na.example,one,level=L1;weeks=12\nb.example,one,level=L2;weeks=2\nc.example,two,\n", encoding="utf-8"
    )
    return open_world(tmp_path)


def test_weeks_are_in_order_and_each_has_its_own_truth(world):
    assert list(world.weeks) == [1, 2]
    assert set(world.truth(1).operator) == {"a.example", "c.example"}
    assert operators(world.truth(2)) == {"one": ["a.example", "b.example"]}
    assert operators(world.truth(1)) == {}


def test_a_folder_without_weeks_or_truth_is_no_world(tmp_path):
    with pytest.raises(WorldProblem, match="no week-1"):
        open_world(tmp_path)
    (tmp_path / "week-1.warc.gz").write_bytes(b"")
    with pytest.raises(WorldProblem, match=r"no truth\.csv"):
        open_world(tmp_path)


def test_labels_are_scored_by_pairs(world):
    truth = world.truth(2)
    assert true_pairs(truth) == {("a.example", "b.example")}
    assert score_labels({"a.example": "x", "b.example": "x", "c.example": "x"}, truth).precision == pytest.approx(1 / 3)
    assert score_labels({}, truth).recall == 0.0
