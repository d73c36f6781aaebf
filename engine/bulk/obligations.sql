-- What every body of a tile owes: its class's duties in the periods for which it is held to them.
SELECT
  CAST(o.organization AS BIGINT) * n.duties + d.duty AS obligation,
  d.limit_id,
  CASE WHEN d.line IS NOT NULL THEN CAST(o.organization AS BIGINT) * n.duties + d.line END AS line,
  d.period,
  (CAST(o.organization AS BIGINT) * n.indicators + d.indicator) * 16 + d.month AS figure,
  CASE WHEN d.partner IS NOT NULL THEN (CAST(o.organization AS BIGINT) * n.indicators + d.partner) * 16 + d.month END AS partner,
  d.is_level,
  d.meets_q,
  d.meets_c
FROM scope AS o
CROSS JOIN numbers AS n
INNER JOIN duties AS d ON d.class = o.class
INNER JOIN held AS h ON h.organization = o.organization AND h.month = d.month
WHERE d.limit_id IS NOT NULL
