"""The case folder on disk: database, audit chain, vault, lock and backups; the only place that speaks SQL."""
