"""Words one after the other: set apart as the language of the reader does."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from regions.words import listed


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "甲、乙、3"), ("en", "甲, 乙, 3")])
def test_the_language_sets_words_apart(language, said):
    with translation.override(language):
        assert listed(["甲", "乙", 3]) == said


def test_labels_are_written_in_the_language_of_the_reader():
    labels = [gettext_lazy("yes"), gettext_lazy("no")]
    with translation.override("en"):
        assert listed(labels) == "yes, no"
    with translation.override("zh-hans"):
        assert listed(labels) == "是、否"


@pytest.mark.parametrize(("words", "said"), [([], ""), (["甲"], "甲")])
def test_one_word_or_none_needs_nothing_between(words, said):
    assert listed(words) == said
