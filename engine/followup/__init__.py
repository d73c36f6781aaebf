"""Following up: notices on record, replies and decisions, and where every item stands."""
