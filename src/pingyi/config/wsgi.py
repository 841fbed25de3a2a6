"""WSGI entry: `gunicorn pingyi.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pingyi.config.settings.production")
application = get_wsgi_application()
