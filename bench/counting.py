"""Counts the queries of a page while measuring, for whoever asks by a header."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASK = "X-Count-Queries"
ANSWER = "X-Queries"


class QueryCount:
    """Says in a header how many queries a request took, the session's and the person's included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; count only when asked, so that a timed request is left alone."""
        if ASK not in request.headers:
            return self.get_response(request)
        asked: list[str] = []

        def note(execute: Callable, sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response.headers[ANSWER] = str(len(asked))
        return response
