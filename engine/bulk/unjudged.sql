-- What is not due, or has no number yet, is listed without being judged.
SELECT
  o.name, d.role, d.rule, d.label, 'undecided', d.status, NULL, NULL, NULL,
  CASE WHEN d.waived AND d.status = 'awaiting-target' THEN 'waived' END,
  d.original, f.source
FROM scope AS o
CROSS JOIN numbers AS n
INNER JOIN duties AS d ON d.class = o.class
INNER JOIN held AS h ON h.organization = o.organization AND h.month = d.month
LEFT JOIN figures AS f ON f.figure = (CAST(o.organization AS BIGINT) * n.indicators + d.indicator) * 16 + d.month
WHERE d.limit_id IS NULL
