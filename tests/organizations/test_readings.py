"""A name is read with its surname as one, and with its tones."""

from pingyi.organizations.rules.initials import initials_of_person
from pingyi.organizations.rules.readings import readings_of_person, sound_of


def test_a_name_is_read_with_its_surname_and_tones() -> None:
    assert readings_of_person("曾 乐") == ["zeng1", "le4"]
    assert readings_of_person("尉迟小明") == ["yu4", "chi2", "xiao3", "ming2"]
    assert readings_of_person("单增·多吉")[0] == "dan1"
    assert readings_of_person("曾") == ["ceng2"]
    assert readings_of_person("LIＡ") == ["l", "i", "a"]
    assert sound_of("任晓") == sound_of("任小") == ("ren", "xiao")


def test_every_surname_that_is_read_otherwise_is_found_by_its_letter() -> None:
    names = ["莘小明", "洗小明", "长孙小明", "谌小明", "朴小明"]
    assert [initials_of_person(name) for name in names] == ["sxm", "xxm", "zsxm", "cxm", "pxm"]
