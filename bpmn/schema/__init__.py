"""Schemas that go with the product: of the dialect (XSD, moddle descriptor) and of `five-clear/1` (JSON Schema)."""
