# The image of web server, worker and clock alike; docker-compose.yml says which it is.

FROM node:22-bookworm-slim AS libraries
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt ./
COPY scripts/requirements.txt scripts/
RUN pip install --no-cache-dir -r requirements.txt -r scripts/requirements.txt
COPY . .
COPY --from=libraries /app/node_modules node_modules

# Collected with settings that need no secrets; what they write beside goes with the temporary folder.
ENV STATIC_ROOT=/app/.static PYTHONUNBUFFERED=1
RUN SHOUWANG_DATA=/tmp/build DJANGO_SETTINGS_MODULE=config.settings.local \
        sh -c "python -m scripts.messages && python manage.py collectstatic --no-input -v0" \
    && rm -rf /tmp/build

RUN useradd --system --uid 10001 --create-home shouwang && install -d -o shouwang /data
ENV DJANGO_SETTINGS_MODULE=config.settings.production SHOUWANG_DATA=/data XDG_CACHE_HOME=/tmp/cache
VOLUME /data
USER shouwang
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", \
     "--timeout=60", "--max-requests=2000", "--max-requests-jitter=200", "--forwarded-allow-ips=*", \
     "--access-logfile=-", "--no-control-socket"]
