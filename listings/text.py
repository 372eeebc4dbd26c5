"""Search inside Chinese text: two characters are a word, which trigrams cannot index, so bigrams do.

The index holds the codes of county and town beside the bigrams, so that one scan of it finds the words within a place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Func, Lookup, TextField, Value

CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION sw_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT substr(lower(words), i, 2))
    FROM generate_series(1, greatest(length(words) - 1, 1)) AS i
$$
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS sw_bigrams(text)"
# Pairs from the first character on and pairs from the second, by one replacement each: character by character it takes
# three times as long, and every row of an import pays it. The cost keeps the planner from working out bigrams row by row
# where it could look them up.
CREATE_PLACED_FUNCTION = r"""
CREATE OR REPLACE FUNCTION sw_placed_bigrams(words text, place text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
    small text := lower(words);
    size int := length(small);
BEGIN
    RETURN array_remove(string_to_array(
            regexp_replace(left(small, size / 2 * 2), '(..)', E'\\1\x01', 'g')
            || regexp_replace(substr(small, 2, (size - 1) / 2 * 2), '(..)', E'\\1\x01', 'g'), E'\x01'), '')
        || CASE WHEN length(place) >= 9 THEN ARRAY[left(place, 6), left(place, 9)]
                WHEN length(place) >= 6 THEN ARRAY[left(place, 6)]
                ELSE '{}' END;
END $$
"""
# Words of one search: more of them narrow nothing down.
MOST_WORDS = 5
# The place of records that lie nowhere, written as their index writes it.
NOWHERE = "''::text"
DROP_PLACED_FUNCTION = "DROP FUNCTION IF EXISTS sw_placed_bigrams(text, text)"


@dataclass(frozen=True)
class Words:
    """What is looked for, and the division within which it is enough to look."""

    text: str
    place: str = ""


class Bigrams(Func):
    """All pairs of neighbouring characters of a text, as an array."""

    function = "sw_bigrams"
    output_field = ArrayField(TextField())
    arity = 1


class PlacedBigrams(Bigrams):
    """The bigrams of a text and the codes of the county and the town in which its row lies."""

    function = "sw_placed_bigrams"
    arity = 2


def BigramIndex(field: str, *, name: str, placed: bool = True) -> GinIndex:  # noqa: N802 - reads as an index class
    """Return the GIN index that serves the `bigrams` lookup on the field; `placed=False` for records without a region."""
    return GinIndex(PlacedBigrams(field, "region_id" if placed else Value("")), name=name)


def words_of(text: str) -> list[str]:
    """Return the words between spaces, the first few of them: a text that is looked for holds each, wherever it stands."""
    return text.split()[:MOST_WORDS]


def comparison(field: str, word: str) -> str:
    """Return the comparison of a text with a word, in either case.

    Most words here have none, being Chinese or digits: to write each text in small letters first is half of the work.
    """
    if word.lower() == word.upper():
        return f"strpos({field}, %s) > 0"
    return f"strpos(lower({field}), lower(%s)) > 0"


def comparisons(field: str, params: Iterable[Any], words: list[str]) -> tuple[str, list[Any]]:
    """Return the comparison of a text with every word, and its parameters; no words stand in every text."""
    given = [value for word in words for value in (*params, word)]
    return " AND ".join(comparison(field, word) for word in words) or "true", given


class Holds(Lookup):
    """`field__holds="东营 化工"`: the text contains each of the words, in either case; compared row by row."""

    lookup_name = "holds"

    def as_sql(self, compiler, connection):
        """Return a comparison of which the planner assumes that a good part of the rows passes it."""
        field, params = self.process_lhs(compiler, connection)
        return comparisons(field, params, words_of(str(self.rhs)))


class ContainsBigrams(Lookup):
    """`field__bigrams=Words("东营 化工")`: the text contains each word, found through the bigram index of the record.

    One character has no bigram, so it is looked for by plain comparison, which reads more rows.
    """

    lookup_name = "bigrams"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """Return the containment test on bigrams, then the exact one that removes false hits."""
        field, params = self.process_lhs(compiler, connection)
        looked_for = self.rhs if isinstance(self.rhs, Words) else Words(str(self.rhs))
        words = words_of(looked_for.text)
        exact, given = comparisons(field, params, words)
        in_index = [word for word in words if len(word) > 1]
        if not in_index:
            return exact, given
        region = self.region(compiler)
        place = looked_for.place if region else ""
        pairs = " || ".join(["sw_placed_bigrams(%s, %s)"] * len(in_index))
        sql = f"(sw_placed_bigrams({field}, {region or NOWHERE}) @> ({pairs}) AND {exact})"
        return sql, [*params, *(value for word in in_index for value in (word, place)), *given]

    def region(self, compiler):
        """Return the column of the record's region; nothing for a record that lies nowhere."""
        try:
            field = self.lhs.target.model._meta.get_field("region")
        except FieldDoesNotExist:
            return ""
        return compiler.compile(field.get_col(self.lhs.alias))[0]


for kind in (CharField, TextField):
    kind.register_lookup(ContainsBigrams)
    kind.register_lookup(Holds)
