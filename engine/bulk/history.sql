-- Lines that stay crossed: every period in which one was held against a figure.
SELECT
  CAST(o.organization AS BIGINT) * n.duties + d.line AS line,
  d.limit_id,
  d.period,
  (CAST(o.organization AS BIGINT) * n.indicators + d.indicator) * 16 + d.month AS figure
FROM scope AS o
CROSS JOIN numbers AS n
INNER JOIN duties AS d ON d.class = o.class
WHERE d.line IS NOT NULL AND d.limit_id IS NOT NULL AND NOT d.original
