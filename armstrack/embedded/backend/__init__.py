"""Django's PostgreSQL backend, with the embedded servers started when the first connection is made."""
