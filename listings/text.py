"""Search inside Chinese text: two characters are a word, which trigrams cannot index, so bigrams do.

The index holds the codes of county and town beside the bigrams, so that one scan of it finds the words within a place.
"""

from dataclasses import dataclass

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


def comparison(field: str, words: str) -> str:
    """Return the comparison of a text with words, in either case.

    Most words here have none, being Chinese or digits: to write each text in small letters first is half of the work.
    """
    if words.lower() == words.upper():
        return f"strpos({field}, %s) > 0"
    return f"strpos(lower({field}), lower(%s)) > 0"


class Holds(Lookup):
    """`field__holds="东营"`: the text contains the words, in either case; compared row by row."""

    lookup_name = "holds"

    def as_sql(self, compiler, connection):
        """Return a comparison of which the planner assumes that a good part of the rows passes it."""
        field, params = self.process_lhs(compiler, connection)
        words = str(self.rhs).strip()
        return comparison(field, words), [*params, words]


class ContainsBigrams(Lookup):
    """`field__bigrams=Words("东营")`: the text contains the words, found through the bigram index of the record.

    One character has no bigram, so it is looked for by plain comparison, which reads more rows.
    """

    lookup_name = "bigrams"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        """Return the containment test on bigrams, then the exact one that removes false hits."""
        field, params = self.process_lhs(compiler, connection)
        words = self.rhs if isinstance(self.rhs, Words) else Words(str(self.rhs))
        text = words.text.strip()
        exact, given = comparison(field, text), [*params, text]
        if len(text) < 2:
            return exact, given
        region = self.region(compiler)
        place = words.place if region else ""
        sql = f"(sw_placed_bigrams({field}, {region or NOWHERE}) @> sw_placed_bigrams(%s, %s) AND {exact})"
        return sql, [*params, text, place, *given]

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
