"""Speed, as ratios measured in one run on one machine. Nothing here is asserted."""
