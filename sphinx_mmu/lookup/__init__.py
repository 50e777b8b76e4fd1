"""What services know of works: one module a service, new entries, updates of entries."""
