"""The readers under inputs that nobody wrote: `make fuzz` tries a million, the tests a few thousand."""
