"""SQLite: one FTS5 table over pre-tokenised columns, facts beside it by rowid."""

from django.db import connection

from search.engines.columns import FACT_TYPES, FACTS
from search.engines.sql import SqlEngine
from search.matching import COLUMNS, WEIGHTS, All, Match, Phrase


class SqliteEngine(SqlEngine):
    @property
    def text(self) -> str:
        return f"search_text_{self.slot}"

    def create(self) -> None:
        columns = ", ".join(f"{c} {FACT_TYPES.get(c, 'TEXT')} NOT NULL" for c in FACTS)
        self._run(f"CREATE TABLE {self.facts} (id INTEGER PRIMARY KEY, {columns})")
        self._run(f"CREATE UNIQUE INDEX {self.facts}_key ON {self.facts} (doc_key)")
        self._run(f"CREATE INDEX {self.facts}_subject ON {self.facts} (subject)")
        self._run(
            f"CREATE TABLE {self.suggestions} (key TEXT NOT NULL, doc INTEGER NOT NULL)"
        )
        self._run(f"CREATE INDEX {self.suggestions}_key ON {self.suggestions} (key)")
        self._run(f"CREATE INDEX {self.suggestions}_doc ON {self.suggestions} (doc)")
        self._run(
            f"CREATE VIRTUAL TABLE {self.text} USING fts5({', '.join(COLUMNS)}, "
            'tokenize = "unicode61 remove_diacritics 0")'
        )

    def drop(self) -> None:
        for table in (self.text, self.suggestions, self.facts):
            self._run(f"DROP TABLE IF EXISTS {table}")

    def insert(self, rows) -> list[int]:
        first = self._rows(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {self.facts}", [])
        ids = list(range(first[0][0], first[0][0] + len(rows)))
        facts = [(pk, *fact) for pk, (fact, _texts) in zip(ids, rows, strict=True)]
        texts = [
            (pk, *(" ".join(text[column]) for column in COLUMNS))
            for pk, (_facts, text) in zip(ids, rows, strict=True)
        ]
        self._insert_all(self.facts, ("id", *FACTS), facts)
        self._insert_all(self.text, ("rowid", *COLUMNS), texts)
        return ids

    def _insert_all(self, table: str, columns, rows) -> None:
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
            )

    def delete_ids(self, ids: list[int]) -> None:
        condition, params = self._in("rowid", ids)
        self._run(f"DELETE FROM {self.text} WHERE {condition}", params)
        self._run(f"DELETE FROM {self.facts} WHERE {condition}", params)

    def match_sql(self, match: Match) -> tuple[str, str, list]:
        weights = ", ".join(str(WEIGHTS[column]) for column in COLUMNS)
        source = (
            f"FROM {self.text} JOIN {self.facts} f ON f.id = {self.text}.rowid "
            f"WHERE {self.text} MATCH %s"
        )
        # bm25 counts downwards: the better, the more negative
        return source, f"-bm25({self.text}, {weights})", [fts5(match)]


def fts5(match: Match) -> str:
    """`match` in the query language of FTS5; tokens hold no quotes."""
    if isinstance(match, Phrase):
        columns = " ".join(match.columns)
        star = " *" if match.is_beginning else ""
        return f'{{{columns}}} : "{" ".join(match.tokens)}"{star}'
    operator = " AND " if isinstance(match, All) else " OR "
    return f"({operator.join(fts5(part) for part in match.parts)})"
