from benchmarks.rivals import RULES, Features, components, scores, simhash


def shop(tags: str = "", classes: str = "", trackers: str = "", icons: str = "") -> Features:
    words = tuple(tags.split())
    return Features(
        words,
        frozenset(classes.split()),
        frozenset(trackers.split()),
        frozenset(icons.split()),
        frozenset(),
        simhash(words),
        simhash(words),
    )


def rule(name: str):
    return next(found for found in RULES if found.name.startswith(name))


def test_one_shared_tracker_joins_and_nothing_to_compare_does_not():
    any_id = rule("any shared")
    sites = {"a": shop(trackers="t1 t2"), "b": shop(trackers="t2"), "c": shop(trackers="t3"), "d": shop()}
    scored = scores(any_id, sites)
    assert scored == {("a", "b"): 1.0, ("a", "c"): 0.0, ("b", "c"): 0.0}
    groups = components(sites, scored, any_id.threshold)
    assert groups["a"] == groups["b"]
    assert len(set(groups.values())) == 3


def test_exact_dom_hash_breaks_with_one_tag_more():
    exact = rule("exact DOM")
    assert exact.score(shop("html body p"), shop("html body p")) == 1.0
    assert exact.score(shop("html body p"), shop("html body p p")) == 0.0
    assert exact.score(shop(), shop()) is None


def test_joint_similarity_is_three_tenths_structure_and_seven_tenths_style():
    joint = rule("html-similarity")
    a, b = shop("html body p p", "x y"), shop("html body p p", "x z")
    assert joint.score(a, b) is not None
    assert abs(joint.score(a, b) - (0.3 * 1.0 + 0.7 / 3)) < 1e-9
    c = shop("html body div", "x y")
    # 2M/T: two of four and three tags match
    assert abs(joint.score(a, c) - (0.3 * 4 / 7 + 0.7)) < 1e-9


def test_components_chain():
    assert len(set(components("abcd", {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "d"): 0.5}, 0.9).values())) == 2


def test_simhash_of_nearly_equal_texts_is_near():
    words = [f"word{number}" for number in range(400)]
    one, other, far = simhash(words), simhash([*words[:-1], "other"]), simhash([f"x{number}" for number in range(400)])
    assert (one ^ other).bit_count() <= 3
    assert (one ^ far).bit_count() > 15
    assert simhash([]) is None
