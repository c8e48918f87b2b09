-- Scores that labels calibrated: P(unsafe) = sigmoid(scale_slope * log-odds of the score + scale_offset). Both null: scores as the guard
-- gives them. Thresholds stay scores of the guard, so that whoever compares the two goes on being right.
ALTER TABLE review_thresholds ADD COLUMN scale_slope REAL CHECK (scale_slope > 0);
ALTER TABLE review_thresholds ADD COLUMN scale_offset REAL CHECK ((scale_slope IS NULL) = (scale_offset IS NULL));

ALTER TABLE review_round_thresholds ADD COLUMN scale_slope REAL CHECK (scale_slope > 0);
ALTER TABLE review_round_thresholds ADD COLUMN scale_offset REAL CHECK ((scale_slope IS NULL) = (scale_offset IS NULL));
