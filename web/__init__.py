"""People and programs outside: pages, JSON API, sign-in, command line, languages."""
