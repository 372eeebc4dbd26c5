"""The page that describes the API to those who write against it, drawn from its own description."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enterprises.api.endpoints import api

METHODS = ("get", "post", "put", "patch", "delete")


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Show every address of the API with what it takes and answers; it says nothing of any enterprise."""
    described = api.get_openapi_schema()
    schemas = described["components"]["schemas"]
    operations = [
        operation(method, path, found, schemas)
        for path, methods in described["paths"].items()
        for method, found in methods.items()
        if method in METHODS
    ]
    return render(
        request, "enterprises/api.html", {"operations": operations, "root": settings.BASE_URL.rstrip("/")}
    )


def operation(method: str, path: str, found: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Return one address as the page shows it."""
    return {
        "method": method.upper(),
        "path": path,
        "summary": found.get("summary", ""),
        "description": found.get("description", ""),
        "takes": [
            row(part["name"], part["in"], part.get("required", False), part["schema"], schemas)
            for part in found.get("parameters", [])
        ]
        + body_rows(found, schemas),
        "answers": [answer(status, given, schemas) for status, given in found["responses"].items()],
    }


def body_rows(found: dict[str, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row for each field of the body."""
    content = found.get("requestBody", {}).get("content", {})
    schema = resolved(content.get("application/json", {}).get("schema", {}), schemas)
    needed = schema.get("required", [])
    return [
        row(name, "body", name in needed, part, schemas)
        for name, part in schema.get("properties", {}).items()
    ]


def row(
    name: str, where: str, needed: bool, schema: dict[str, Any], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Return what the page says of one field."""
    return {
        "name": name,
        "where": where,
        "needed": needed,
        "type": kind_of(schema, schemas),
        "about": schema.get("description", ""),
    }


def answer(status: str, given: dict[str, Any], schemas: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return (status, name of what is answered, its fields)."""
    content = given.get("content", {}).get("application/json", {}).get("schema", {})
    schema = resolved(content, schemas)
    return status, schema.get("title", ""), list(schema.get("properties", {}))


def resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference."""
    return schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def kind_of(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Say in a word what a field takes; choices by their codes."""
    schema = resolved(schema, schemas)
    if "anyOf" in schema:
        return " | ".join(kind_of(one, schemas) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if schema.get("type") == "array":
        return f"[{kind_of(schema['items'], schemas)}]"
    if "const" in schema:
        return f'"{schema["const"]}"'
    return schema.get("format") or schema.get("type", "")
