"""The arithmetic of the measurements, and the file that keeps what was measured before."""

import pytest

from bench import figures


def one(name="a page", part="pages", unit="ms", ours=30.0, floor=10.0, goal=3.0, **more):
    return figures.line(part, name, ours, floor, unit, goal, **more)


def test_the_ratio_is_made_of_the_whole_numbers():
    assert one(ours=1.004, floor=0.334)["ratio"] == 3.01


def test_what_was_not_measured_does_not_stand_in_the_line():
    assert "peer" not in one(peer=None)
    assert one(peer=5)["peer"] == 5


def test_each_side_is_the_median_of_its_own_times():
    assert figures.beside([9, 1, 2], [4, 5, 100]) == (2, 5)


@pytest.mark.parametrize(("ours", "met"), [(30, True), (30.1, False)])
def test_less_time_is_better(ours, met):
    assert figures.is_met(one(ours=ours)) is met


@pytest.mark.parametrize(("ours", "met"), [(34, True), (32, False)])
def test_more_requests_a_second_are_better(ours, met):
    assert figures.is_met(one(unit="requests/s", ours=ours, floor=100, goal=0.33)) is met


def test_a_quick_page_of_too_many_queries_does_not_meet_its_goal():
    limits = {"queries": 12, "kilobytes": 150}
    assert figures.is_met(one(ours=10, queries=12, kilobytes=150, limits=limits))
    assert not figures.is_met(one(ours=10, queries=13, kilobytes=10, limits=limits))
    assert not figures.is_met(one(ours=10, queries=5, kilobytes=151, limits=limits))


def test_a_figure_without_a_goal_is_only_told():
    assert figures.is_met(one(ours=1000, goal=None))


def test_measuring_one_part_keeps_the_lines_of_the_others(tmp_path):
    path = tmp_path / "results.jsonl"
    old = [one("a page"), one("a file", part="import"), one("gone", part="pages")]
    figures.write(path, old)
    new = [one("a page", ours=20)]
    figures.write(path, figures.merged(figures.read(path), {"pages": new}))
    assert figures.read(path) == [new[0], old[1]]


def test_the_first_run_finds_no_file(tmp_path):
    assert figures.read(tmp_path / "none.jsonl") == []
