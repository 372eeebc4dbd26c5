"""Search inside Chinese text: two characters are a word, which trigrams cannot index, so bigrams do."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db.models import CharField, Func, Lookup, TextField

CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION sw_bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT substr(lower(words), i, 2))
    FROM generate_series(1, greatest(length(words) - 1, 1)) AS i
$$
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS sw_bigrams(text)"


class Bigrams(Func):
    """All pairs of neighbouring characters of a text, as an array."""

    function = "sw_bigrams"
    output_field = ArrayField(TextField())
    arity = 1


def BigramIndex(field: str, *, name: str) -> GinIndex:  # noqa: N802 - reads as an index class in Meta
    """Return the GIN index that serves the `bigrams` lookup on the field."""
    return GinIndex(Bigrams(field), name=name)


class ContainsBigrams(Lookup):
    """`field__bigrams="东营"`: the text contains the words, found through the bigram index.

    One character has no bigram, so it is looked for by plain comparison, which reads more rows.
    """

    lookup_name = "bigrams"

    def as_sql(self, compiler, connection):
        """Return the containment test on bigrams, then the exact one that removes false hits."""
        field, field_params = self.process_lhs(compiler, connection)
        words = str(self.rhs).strip()
        pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        exact = f"{field} ILIKE %s"
        if len(words) < 2:
            return exact, [*field_params, pattern]
        sql = f"(sw_bigrams({field}) @> sw_bigrams(%s) AND {exact})"
        return sql, [*field_params, words, *field_params, pattern]


CharField.register_lookup(ContainsBigrams)
TextField.register_lookup(ContainsBigrams)
