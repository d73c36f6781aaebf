"""Renderings of results, and all writing of files."""
