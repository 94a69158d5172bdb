"""See search/README section of docs; models follow with the engine."""
