-- Every verdict of a check. Tables: engine/model/tables.py. One row out per row of obligations.
--
-- It stays in the subset that DuckDB and Spark SQL share. Every number is a whole number of steps of its rule's grid:
-- nothing is divided, averaged or rounded, no scale has to match another, and what leaves its type raises an error.
WITH operands AS (
  SELECT
    o.obligation,
    o.limit_id,
    o.line,
    o.period,
    f.source,
    CASE
      WHEN o.partner IS NOT NULL THEN 'partner'
      WHEN o.is_level AND f.form = 'value' THEN
        CASE
          WHEN f.y IS NULL THEN 'no-baseline'
          WHEN o.meets_q * f.y >= o.meets_c THEN 'baseline-met'
          ELSE 'baseline'
        END
      ELSE f.form
    END AS form,
    f.x AS x,
    COALESCE(CASE WHEN o.partner IS NOT NULL THEN p.x ELSE f.y END, 0) AS y,
    COALESCE(f.x_half, 0) AS x_half,
    COALESCE(f.x_sign, 0) AS x_sign,
    COALESCE(p.x_half, 0) AS y_half,
    COALESCE(p.x_sign, 0) AS y_sign,
    CASE
      WHEN f.figure IS NULL THEN 'missing'
      WHEN f.fault = 'different-measure' THEN 'different-measure'
      WHEN f.fault IS NOT NULL OR f.x IS NULL THEN 'unusable'
      WHEN o.partner IS NOT NULL AND p.figure IS NULL THEN 'missing'
      WHEN o.partner IS NOT NULL AND (f.form <> 'value' OR p.form <> 'value' OR p.fault IS NOT NULL) THEN 'unusable'
      WHEN f.form = 'counted' AND (f.y IS NULL OR f.x > f.y OR f.x < 0) THEN 'unusable'
      WHEN f.form = 'parts' AND (f.y IS NULL OR f.y <= 0) THEN 'unusable'
    END AS gap_in_data
  FROM obligations AS o
  LEFT JOIN figures AS f ON f.figure = o.figure
  LEFT JOIN partners AS p ON p.figure = o.partner
),

-- Where each figure stands against each edge: the half-plane q·x + p·y against c.
scores AS (
  SELECT
    d.obligation,
    d.line,
    d.period,
    d.source,
    d.form,
    d.x,
    d.y,
    d.gap_in_data,
    l.form AS limit_form,
    l.below,
    l.below_reason,
    l.rounding,
    l.pass_c,
    l.pass_strict,
    l.risk_c,
    l.risk_strict,
    l.even_c,
    l.ahead_c,
    l.full_c,
    l.full_strict,
    l.pass_q * d.x + l.pass_p * d.y AS pass_s,
    l.risk_q * d.x + l.risk_p * d.y AS risk_s,
    l.even_q * d.x + l.even_p * d.y AS even_s,
    l.ahead_q * d.x + l.ahead_p * d.y AS ahead_s,
    l.full_q * d.x + l.full_p * d.y AS full_s,
    -- How far rounding may have moved the score, either way.
    ABS(l.pass_q) * d.x_half + ABS(l.pass_p) * d.y_half AS pass_h,
    ABS(l.risk_q) * d.x_half + ABS(l.risk_p) * d.y_half AS risk_h,
    -- 7.0 stands for [6.95, 7.05), −7.0 for (−7.05, −6.95], 0.0 for (−0.05, 0.05): which end belongs to it.
    (l.pass_q * d.x_sign > 0 OR l.pass_q = 0) AND (l.pass_p * d.y_sign > 0 OR l.pass_p = 0) AS low_closed,
    (l.pass_q * d.x_sign < 0 OR l.pass_q = 0) AND (l.pass_p * d.y_sign < 0 OR l.pass_p = 0) AS high_closed,
    l.gap_nq * d.x + l.gap_np * d.y + l.gap_nc AS gap_numerator,
    l.gap_dp * d.y + l.gap_dc AS gap_denominator
  FROM operands AS d
  LEFT JOIN limits AS l ON l.limit_id = d.limit_id AND l.form = d.form
),

-- A line that was crossed in an earlier period of the year stays crossed. Most obligations have no history: it is the
-- small side, and stands second, where engines that keep the order of joins keep the rows in memory.
breaches AS (
  SELECT h.line, MIN(h.period) AS breached_in
  FROM figures AS f
  INNER JOIN history AS h ON h.figure = f.figure
  INNER JOIN limits AS l ON l.limit_id = h.limit_id AND l.form = f.form
  WHERE f.fault IS NULL AND (l.risk_q * f.x < l.risk_c OR (l.risk_strict AND l.risk_q * f.x = l.risk_c))
  GROUP BY h.line
),

judged AS (
  SELECT
    s.*,
    CASE WHEN b.breached_in < s.period THEN b.breached_in END AS breached_in,
    CASE WHEN s.gap_in_data IS NULL AND s.limit_form IS NULL THEN 'unusable' ELSE s.gap_in_data END AS data_reason,
    s.form = 'counted' AND s.y = 0 AS nothing_eligible,
    s.pass_s > s.pass_c OR (s.pass_s = s.pass_c AND NOT s.pass_strict) AS passes,
    s.risk_s > s.risk_c OR (s.risk_s = s.risk_c AND NOT s.risk_strict) AS holds_risk,
    s.full_s > s.full_c OR (s.full_s = s.full_c AND NOT s.full_strict) AS is_full,
    -- Few rules ask for it: engines work out every part of an AND, but of a CASE only the branch that is taken.
    CASE WHEN s.rounding THEN (
      (
        (s.pass_s - s.pass_h < s.pass_c OR (s.pass_strict AND s.low_closed AND s.pass_s - s.pass_h = s.pass_c))
        AND (s.pass_s + s.pass_h > s.pass_c OR (NOT s.pass_strict AND s.high_closed AND s.pass_s + s.pass_h = s.pass_c))
      )
      OR (
        (s.risk_s - s.risk_h < s.risk_c OR (s.risk_strict AND s.low_closed AND s.risk_s - s.risk_h = s.risk_c))
        AND (s.risk_s + s.risk_h > s.risk_c OR (NOT s.risk_strict AND s.high_closed AND s.risk_s + s.risk_h = s.risk_c))
      )
    ) ELSE FALSE END AS depends
  FROM scores AS s
  LEFT JOIN breaches AS b ON b.line = s.line
)

SELECT
  j.obligation,
  j.source,
  j.form,
  CASE
    WHEN j.breached_in IS NOT NULL THEN 'fail'
    WHEN j.data_reason IS NOT NULL THEN 'undecided'
    WHEN j.nothing_eligible OR j.passes THEN 'pass'
    WHEN j.holds_risk THEN 'at-risk'
    ELSE j.below
  END AS outcome,
  CASE
    WHEN j.breached_in IS NOT NULL THEN NULL
    WHEN j.data_reason IS NOT NULL THEN j.data_reason
    WHEN j.nothing_eligible OR j.passes OR j.holds_risk THEN NULL
    ELSE j.below_reason
  END AS reason,
  CASE
    WHEN j.data_reason IS NOT NULL OR j.even_c IS NULL THEN NULL
    WHEN j.is_full OR j.nothing_eligible THEN 'completed'
    WHEN j.below = 'undecided' AND NOT j.passes THEN NULL
    WHEN j.ahead_s > j.ahead_c THEN 'ahead'
    WHEN j.even_s >= j.even_c THEN 'on-pace'
    ELSE 'behind'
  END AS progress,
  CASE WHEN j.data_reason IS NULL AND NOT j.nothing_eligible THEN j.gap_numerator END AS gap_numerator,
  CASE WHEN j.data_reason IS NULL AND NOT j.nothing_eligible THEN j.gap_denominator END AS gap_denominator,
  j.data_reason IS NULL AND j.depends AS depends,
  j.data_reason IS NULL AND j.nothing_eligible AS nothing_eligible,
  j.breached_in
FROM judged AS j
