"""Calendar feeds (RFC 5545): stored fragments, versions, joined documents, keys."""
