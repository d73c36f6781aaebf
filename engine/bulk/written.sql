-- The verdicts of a tile under the names that people know. `judged` are the rows of engine/evaluate/verdicts.sql.
SELECT
  o.name AS organization,
  d.role AS role,
  d.rule AS rule,
  d.label AS period,
  v.outcome AS verdict,
  v.reason AS reason,
  v.progress AS progress,
  CAST(v.gap_numerator AS DECIMAL(38, 0)) AS gap_numerator,
  CAST(v.gap_denominator AS DECIMAL(38, 0)) AS gap_denominator,
  CASE
    WHEN
      v.depends OR v.nothing_eligible OR v.breached_in IS NOT NULL OR (d.waived AND v.outcome <> 'pass')
      OR (d.falls_back AND v.progress = 'completed')
      THEN
        CONCAT_WS(
          ';',
          CASE WHEN v.breached_in IS NOT NULL THEN CONCAT('breached-in:', b.label) END,
          CASE WHEN d.falls_back AND v.progress = 'completed' THEN 'can-fall-back' END,
          CASE WHEN v.depends THEN 'depends-on-rounding' END,
          CASE WHEN v.nothing_eligible THEN 'nothing-eligible' END,
          CASE WHEN d.waived AND v.outcome <> 'pass' THEN 'waived' END
        )
  END AS notes,
  d.original AS under_original,
  v.source AS source
FROM judged AS v
CROSS JOIN numbers AS n
INNER JOIN scope AS o ON o.organization = v.obligation {div} n.duties
INNER JOIN duties AS d ON d.duty = v.obligation % n.duties
LEFT JOIN labels AS b ON b.period = v.breached_in
