"""Preparing a machine: what is asked of it, and what is said where it cannot give it."""

import gettext
import json
import re
import subprocess

import pytest
import yaml

from config.page_libraries import LIBRARIES
from scripts import PROJECT, system
from scripts.messages import compile_messages
from scripts.system import Need


def _need(*answers: bool) -> Need:
    present = iter(answers)
    return Need("a lamp", lambda: next(present), apt="lamp oil", dnf="dnf-lamp", brew="brew-lamp")


def test_nothing_is_installed_that_is_there(monkeypatch) -> None:
    """A second start asks no package manager anything."""
    monkeypatch.setattr(system, "apt_install", lambda *packages: pytest.fail("installed"))

    assert system.ensure(_need(True))


def test_root_on_debian_gets_it_installed(monkeypatch) -> None:
    """By the names of Debian."""
    installed = []
    monkeypatch.setattr(system, "can_install", lambda: True)
    monkeypatch.setattr(system, "apt_install", lambda *packages: installed.extend(packages))

    assert system.ensure(_need(False, True))
    assert installed == ["lamp", "oil"]


def test_elsewhere_the_command_is_printed(monkeypatch, capsys) -> None:
    """One command to type, and the answer that it is not there."""
    monkeypatch.setattr(system, "can_install", lambda: False)
    monkeypatch.setattr(system.shutil, "which", lambda name: name == "dnf")
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)

    assert not system.ensure(_need(False, False))
    assert "To have them:  sudo dnf install dnf-lamp" in capsys.readouterr().err


def test_a_failing_mirror_is_tried_again(monkeypatch) -> None:
    """Update, then install, up to three times."""
    answers, asked = iter([False, False, True, True]), []

    def _apt(*command: str) -> bool:
        asked.append("update" if "update" in command else "install")
        return next(answers)

    monkeypatch.setattr(system, "_apt", _apt)
    monkeypatch.setattr(system.time, "sleep", lambda seconds: None)

    assert system.apt_install("lamp")
    assert asked == ["update", "update", "update", "install"]


def test_translations_are_compiled_when_their_source_is_newer(tmp_path) -> None:
    """Without gettext's programs, and without what is marked fuzzy."""
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    source.write_text(head + 'msgid "hazard"\nmsgstr "隐患"\n\n#, fuzzy\nmsgid "task"\nmsgstr "任务"\n')

    compile_messages(tmp_path)

    with open(source.with_suffix(".mo"), "rb") as handle:
        texts = gettext.GNUTranslations(handle)
    assert (texts.gettext("hazard"), texts.gettext("task")) == ("隐患", "task")


def test_page_libraries_are_pinned_and_their_lock_names_no_host() -> None:
    """An install is the same everywhere and comes from wherever the machine gets its packages."""
    package = json.loads((PROJECT / "package.json").read_text())
    lock = json.loads((PROJECT / "package-lock.json").read_text())
    groups = ("dependencies", "devDependencies", "optionalDependencies")

    for name, version in [item for group in groups for item in package[group].items()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_every_page_library_file_exists() -> None:
    """A new version of a package that moves a file is noticed here, not by a bare page."""
    for folder, patterns in LIBRARIES.values():
        for pattern in patterns:
            assert list((PROJECT / "node_modules" / folder).glob(pattern)), f"{folder}/{pattern}"


def test_the_deployment_is_whole() -> None:
    """Every service can be checked for health or ends by itself, and no secret is written down."""
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())

    assert set(compose["services"]) == {
        "db",
        "broker",
        "migrate",
        "web",
        "worker",
        "beat",
        "scanner",
        "nginx",
    }
    assert [name for name, service in compose["services"].items() if "healthcheck" not in service] == [
        "migrate"
    ]
    for line in (PROJECT / ".env.example").read_text().splitlines():
        assert line.startswith("#") or line.endswith("=") or not line


def test_every_setting_is_in_the_handbook_of_operations() -> None:
    """Whoever reads a variable in the settings explains it in docs/operations.md."""
    sources = [*(PROJECT / "config" / "settings").glob("*.py"), PROJECT / "Makefile"]
    read = r"env\.(?:text|boolean|integer|words)\(\s*\"([A-Z_]+)\""
    names = {name for source in sources for name in re.findall(read, source.read_text())}
    explained = (PROJECT / "docs" / "operations.md").read_text()

    assert names
    assert [name for name in sorted(names) if f"`{name}`" not in explained] == []


def test_make_knows_what_it_offers() -> None:
    """The first thing a newcomer types."""
    shown = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    for target in (
        "run",
        "dev",
        "test",
        "lint",
        "fix",
        "demo-reset",
        "bench",
        "messages",
        "backup",
        "restore",
    ):
        assert f"make {target} " in shown
