"""The count of tries, without the pages."""

from accounts import lockout


def test_five_tries_pass_and_the_sixth_does_not():
    assert [lockout.knock("county") for _try in range(6)] == [True] * 5 + [False]


def test_the_name_counts_however_it_is_written():
    for _try in range(5):
        lockout.knock(" County ")
    assert not lockout.knock("county")


def test_knocking_on_the_closed_door_does_not_keep_it_closed(time_machine):
    time_machine.move_to("2026-03-10 10:00:00+08:00", tick=False)
    for _try in range(5):
        lockout.knock("county")
    time_machine.move_to("2026-03-10 10:14:00+08:00", tick=False)
    assert not lockout.knock("county")
    time_machine.move_to("2026-03-10 10:15:01+08:00", tick=False)
    assert lockout.knock("county")


def test_a_right_password_forgets_the_wrong_ones():
    for _try in range(5):
        lockout.knock("county")
    lockout.forget("COUNTY")
    assert lockout.knock("county")
