"""Two processes of four threads each: what was measured best on two cores."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
pythonpath = "site"
wsgi_app = "config.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
max_requests = 20_000
max_requests_jitter = 2_000
