"""Settings, addresses of pages, and the processes that run."""
