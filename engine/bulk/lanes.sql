-- Submitted rows as figures: one row out per row that is plain. Tables: engine/bulk/tables.py.
-- What is not plain (a text that is no number, an unknown name, parts, members, another measure) is left to the reader
-- of single files, which finds it by the number of its row.
SELECT
  (CAST(o.organization AS BIGINT) * m.indicators + m.indicator) * 16 + p.month AS figure,
  'value' AS form,
  s.digits * m.factor - m.shift AS x,
  m.nothing AS y,
  s.steps * m.half AS x_half,
  CASE WHEN s.digits > 0 THEN 1 WHEN s.digits < 0 THEN -1 ELSE 0 END AS x_sign,
  CAST(NULL AS STRING) AS fault,
  s.source AS source,
  CASE WHEN s.steps * m.half <= m.exact THEN m.none ELSE s.steps * m.half END AS slack,
  m.adds AS adds
FROM plain AS s
INNER JOIN organizations AS o ON o.name = s.organization
INNER JOIN measures AS m ON m.name = s.indicator AND m.unit = s.unit
INNER JOIN periods AS p ON p.name = s.period AND p.folder = s.folder
WHERE (s.digits >= 0 OR m.may_be_negative) AND s.digits < m.most AND s.digits > -m.most
