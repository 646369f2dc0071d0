"""Lists of packages and archives that are read without being unpacked."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference.packages import (
    ArchiveProblem,
    Category,
    Package,
    PackageListProblem,
    check_archive,
    read_archive,
    read_list,
)

HEAD = "registry\tname\tversions\tcategory\tfamily\tsites\n"
SHIPPED = Path(__file__).parents[3] / "benchmarks" / "reference_packages.tsv"


def test_every_version_of_a_line_is_a_package_of_one_family(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(HEAD + "npm\t@a/lib\t1.0.0,2.0.0-rc.1\tscript\tlib\t0.3\n")
    assert read_list(path) == [
        Package("npm", "@a/lib", "1.0.0", Category.SCRIPT, "lib", 0.3),
        Package("npm", "@a/lib", "2.0.0-rc.1", Category.SCRIPT, "lib", 0.3),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "npm\tlib\t1.0.0\tscript\tlib\t1.5",
        "npm\tlib\t1.0.0\tgadget\tlib\t0.1",
        "gem\tlib\t1.0.0\tscript\tlib\t0.1",
        "deb\tlib\t../1.0\tscript\tlib\t0.1",
        "npm\t../lib\t1.0.0\tscript\tlib\t0.1",
        "npm\tlib\tlatest\tscript\tlib\t0.1",
        "npm\tlib\t1.0.0\tscript",
    ],
)
def test_a_line_that_says_something_else_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "list.tsv"
    path.write_text(HEAD + line + "\n")
    with pytest.raises(PackageListProblem, match=r"list\.tsv:2"):
        read_list(path)


def test_only_files_that_a_storefront_serves_are_read(archive) -> None:
    package = Package("npm", "lib", "1.0.0", Category.SCRIPT, "lib", 0.1)
    path = archive(package, {"dist/lib.js": "x", "test/lib.js": "x", "node_modules/b/b.js": "x", "README.md": "x", "lib.css": "x"})
    assert [file.path for file in read_archive(path)] == ["dist/lib.js", "lib.css"]


def test_a_wheel_is_read_and_a_broken_archive_ends_early(archive) -> None:
    wheel = Package("pypi", "shop", "1.0", Category.SHOP, "shop", 0.1)
    path = archive(wheel, {"shop/static/shop/a.css": "a{}", "shop/views.py": "x"})
    assert [file.path for file in read_archive(path)] == ["shop/static/shop/a.css"]
    npm = Package("npm", "lib", "1.0.0", Category.SCRIPT, "lib", 0.1)
    broken = archive(npm, {"a.js": "x" * 5000, "b.js": "y" * 5000})
    broken.write_bytes(broken.read_bytes()[:60])
    assert len(list(read_archive(broken))) < 2
    path.write_bytes(b"no archive at all")
    assert list(read_archive(path)) == []


DEB = Package("deb", "shop-theme", "1:2.0~rc1+dfsg-1", Category.THEME, "shop", 0.1)


@pytest.mark.parametrize("packing", [".xz", ".gz", ""])
def test_of_a_debian_package_the_files_below_its_application_are_read(tmp_path: Path, deb, packing: str) -> None:
    path = tmp_path / DEB.file_name
    files = {
        "./usr/share/shop/style.css": b"a{}",
        "./usr/share/shop/themes/one/404.php": b"<?php ?>",
        "./usr/share/shop/languages/de_DE.mo": b"x",
        "./usr/share/shop/tests/other.css": b"a{}",
        "./usr/share/doc/shop/copyright.html": b"x",
        "./etc/shop/htaccess.css": b"a{}",
    }
    path.write_bytes(deb(files, packing))
    assert [file.path for file in read_archive(path)] == ["style.css", "themes/one/404.php", "languages/de_DE.mo"]
    check_archive(path)


def test_a_debian_package_is_read_wherever_its_file_is_cut(tmp_path: Path, deb) -> None:
    whole = deb({f"./usr/share/shop/{n}.css": b"a{}" * 100 for n in range(5)})
    path = tmp_path / DEB.file_name
    for end in range(0, len(whole), 7):
        path.write_bytes(whole[:end])
        assert len(list(read_archive(path))) < 6
        check_archive(path)


@pytest.mark.parametrize("size", [b"99999999  ", b"-1        ", b"none      "])
def test_a_debian_package_that_lies_about_its_size_has_no_files(tmp_path: Path, deb, size: bytes) -> None:
    whole = deb({"./usr/share/shop/a.css": b"a{}"})
    place = whole.index(b"data.tar.xz") + 48
    path = tmp_path / DEB.file_name
    path.write_bytes(whole[:place] + size + whole[place + 10 :])
    assert list(read_archive(path)) == []


def test_a_debian_package_in_a_packing_we_cannot_read_is_said_to_be_so(tmp_path: Path, deb) -> None:
    path = tmp_path / DEB.file_name
    path.write_bytes(deb({"./usr/share/shop/a.css": b"a{}"}, ".zst"))
    assert list(read_archive(path)) == []
    with pytest.raises(ArchiveProblem, match="zstd"):
        check_archive(path)


def test_the_shipped_list_holds_hundreds_of_families_and_no_theme_that_quality_is_measured_on() -> None:
    packages = read_list(SHIPPED)
    assert len({package.family for package in packages}) >= 250
    held_out = ("ogani", "malefashion", "male-fashion", "freshshop", "kue-kering", "colorlib", "gentelella")
    assert not [package.name for package in packages if any(word in package.name.lower() for word in held_out)]
