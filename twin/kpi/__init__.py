"""Pure folds over state and count series: time elements and losses."""
