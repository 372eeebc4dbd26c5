"""Divisions and grids are dictionaries: administrators keep them, everyone reads them."""

ADMIN = {"admin"}

GRANTS: dict[str, set[str]] = {
    f"regions.{verb}_{model}": ADMIN
    for model in ("region", "formerplace", "grid")
    for verb in ("add", "change", "delete", "view")
}
