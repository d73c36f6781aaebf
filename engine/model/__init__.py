"""The nouns: standard library only, imported by everything, importing nothing."""
