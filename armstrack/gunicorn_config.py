"""The web server, the same under `manage.py up` (which adds the socket) and in a container."""

from armstrack.env import read_environment

_environment = read_environment()
bind = f"{_environment.armstrack_bind.host}:{_environment.armstrack_bind.port}"
workers = _environment.web_workers
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 8
max_requests = 20_000  # a leak, should there be one, ends with its process
max_requests_jitter = 2_000
control_socket_disable = True
