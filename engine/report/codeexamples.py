"""An example of each finding that a submission can give: what is wrong, the lines around it, and the place.

Made from tests/broken/ by `python -m tests.codeexamples`; change the files there, not this one.
"""
# fmt: off
# ruff: noqa: E501

#: Title, lines and place by code.
EXAMPLES: dict[str, tuple[str, tuple[str, ...], str]] = {
    'column-missing': ('No column of values.', ('organization,indicator,unit',), 'csv-column-missing.csv:3:1'),
    'column-repeated': ('A column that stands twice.', ('organization,indicator,value,value,unit',), 'csv-column-repeated.csv:3:4'),
    'column-unknown': ('A column that nobody knows.', ('organization,indicator,value,unit,remark',), 'csv-column-unknown.csv:5:5'),
    'csv-broken': ('A quotation mark inside a quoted cell.', ('organization,indicator,value,unit', '咸安區,"high"standard-farmland",1,萬畝'), 'csv-broken-quotes.csv:4:1'),
    'different-measure': ('The row of a second part says that it measures something else.', ('organization,indicator,value,unit,part,measure', '市教育局,same-year-start-rate,92,個,started,', '市教育局,same-year-start-rate,128,個,signed,近年累計'), 'csv-measure-of-second-part.csv:6:6'),
    'figures-conflict': ('One indicator under its id and under its Chinese name, with two numbers.', ('figures:', '  cultural-squares: 9 個', '  建设基层示范性文化健身广场数: 10 個'), 'conflict-two-names.yaml:7:19'),
    'forms-mixed': ('A percentage beside done and eligible that contradicts them.', ('period: 2025Q2', 'figures:', '  newborn-hearing-screening: {value: 50 %, done: 6240 人, eligible: 6240 人}'), 'value-beside-done.yaml:6:30'),
    'group-as-organization': ('A group word for an organization.', ('organization: 各縣市區人民政府',), 'organization-group.yaml:3:15'),
    'joint-figures-differ': ('Bodies that answer jointly give different figures.', ('organization,indicator,value,unit', '市公安局,systemic-risk,1,起'), 'csv-joint-figures-differ.csv:4:3'),
    'key-missing': ('No figures.', ('organization: 市經信局',), 'key-missing-figures.yaml:3:1'),
    'member-unknown': ('A member that the list does not have.', ('  top-ten-visits:', '    members:', '      重工業: {done: 6 家, eligible: 10 家}'), 'member-unknown.yaml:10:7'),
    'members-missing': ('One number where every industry is asked for.', ('period: 2025Q2', 'figures:', '  three-guarantees: 0 起'), 'each-as-one-number.yaml:7:21'),
    'name-missing': ('A row without its organization.', ('organization,indicator,value,unit', ',gdp-growth,7.0,%'), 'csv-organization-empty.csv:4:1'),
    'needs-counted': ('A coverage as one percentage: done and eligible are asked for.', ('period: 2025Q2', 'figures:', '  newborn-metabolic-screening: 99.9 %'), 'coverage-as-percentage.yaml:7:32'),
    'needs-stage': ('A milestone as a percentage.', ('period: 2025Q2', 'figures:', '  gas-pipeline: 60 %'), 'milestone-as-percentage.yaml:7:17'),
    'needs-value': ('Members of an indicator that has none.', ('period: 2025Q2', 'figures:', '  renovated-communities: {members: {城區: 84 個}}'), 'members-of-plain-figure.yaml:6:37'),
    'negative-figure': ('A count below zero.', ('period: 2025Q2', 'figures:', '  renovated-communities: -3 個'), 'number-negative-count.yaml:7:26'),
    'number-missing': ('A row that ends before its number.', ('organization,indicator,value,unit', '市創文辦,civilized-city-title'), 'csv-row-too-short.csv:4:3'),
    'number-unreadable': ('A date as a spreadsheet makes it of a fraction.', ('organization,indicator,value,unit', '通山縣,school-places,8/12/2025,個'), 'csv-date.csv:4:3'),
    'part-exceeds-whole': ('More farmland under permanent protection than there is farmland, in another unit of measure.', ('organization: 崇陽縣', 'figures:', '  permanent-farmland: 162971 公頃'), 'relation-part-above-whole-across-units.yaml:6:23'),
    'part-repeated': ('A part that is given twice.', ('嘉魚縣,technical-upgrade-investment-growth,101.37,億元,current', '嘉魚縣,technical-upgrade-investment-growth,92.95,億元,previous', '嘉魚縣,technical-upgrade-investment-growth,101.40,億元,current'), 'csv-part-repeated.csv:6:3'),
    'parts-differ': ('A rate beside parts that contradict it.', ('period: 2025Q2', 'figures:', '  same-year-start-rate: {value: 9.7 %, parts: {started: 92 個, signed: 128 個}}'), 'value-beside-parts.yaml:6:33'),
    'parts-impossible': ('More done than there was to do.', ('period: 2025Q2', 'figures:', '  single-window-functions: {done: 13 項, eligible: 12 項}'), 'coverage-beyond-eligible.yaml:7:28'),
    'parts-unknown': ('Parts of a figure that has none.', ('period: 2025Q2', 'figures:', '  new-enterprises-building: {parts: {first: 9 家, second: 9 家}}'), 'parts-of-plain-figure.yaml:7:29'),
    'period-differs': ('One row of another period.', ('organization,indicator,value,unit,period', '通山縣,teacher-exchange,71,人,2025Q1'), 'csv-period-contradicts.csv:4:5'),
    'period-unreadable': ('A date for a period.', ('organization,indicator,value,unit,period', '通山縣,high-standard-farmland,0.7,萬畝,2025/6/30'), 'csv-period-unreadable.csv:5:5'),
    'repeated-key': ('A field that is written twice inside one figure.', ('period: 2025Q2', 'figures:', '  retrofitted-lifts: {value: 92 部, value: 102 部}'), 'repeated-field.yaml:7:36'),
    'revision-unreadable': ('A revision whose reason is blank.', ('figures:', '  trade-growth:', "    {value: 8 %, revises: {period: 2025Q1, from: 9 %, to: 8 %, reason: ' '}}"), 'revision-unreadable.yaml:7:5'),
    'row-too-long': ('A cell too many leaves a number that looks sound: 1 公里 for 1050 公里.', ('organization,indicator,unit,value', '崇陽縣,registered-unemployment-rate,%,2.9', '咸安區,road-kilometres,公里,1,050'), 'csv-row-too-long-looks-sound.csv:6:5'),
    'stage-unknown': ('A stage that nobody planned.', ('period: 2025Q2', 'figures:', '  bridge-expressway: {stage: 主體快封頂了}'), 'milestone-unknown-stage.yaml:8:30'),
    'stock-differs': ('The number of firms rose by 131 since the year began, the net change says 121.', ('organization: 市統計局', 'figures:', '  enterprises-in-total: {value: 1131 家, baseline: 1000 家}'), 'relation-level-and-change.yaml:6:33'),
    'submission-empty': ('An organization and no figure.', ('organization: 市農業農村局', 'period: 2025Q2', 'figures: {}'), 'figures-empty.yaml:5:10'),
    'too-many-digits': ('Forty digits.', ('period: 2025Q2', 'figures:', '  net-new-enterprises: 1234567890123456789012345678901234567890 家'), 'digits-forty.yaml:7:24'),
    'unit-contradicts': ('The unit of measure in the cell is not that of its column.', ('organization,indicator,value,unit', '通山縣,cultural-squares,1 個,家'), 'csv-unit-contradicts.csv:4:3'),
    'unit-mismatch': ('Dollars for a target in yuan.', ('period: 2025Q2', 'figures:', '  technology-contracts: 126.3 億美元'), 'unit-mismatch-dollars.yaml:7:25'),
    'unit-missing': ('A baseline without its unit of measure.', ('period: 2025Q2', 'figures:', '  offshore-park-enterprises: {value: 80 家, baseline: 62}'), 'baseline-without-unit.yaml:7:54'),
    'unit-unknown': ('A script for a unit of measure.', ('organization,indicator,value,unit', '市機關事務服務中心,school-places,5,<script>'), 'csv-unit-script.csv:4:3'),
    'unknown-indicator': ('A file that ends in the middle of a row.', ('organization,indicator,value,unit', '市人社局,trained-care-workers,1000,人', '市財政局,school-pl'), 'csv-cut-in-a-row.csv:6:2'),
    'unknown-key': ('A misspelt key that said what is measured: the figure may not be judged without it.', ('period: 2025Q2', 'figures:', '  tongji-hospital: {stage: 未開始, mesure: 近年累計}'), 'key-misspelt-measure.yaml:7:33'),
    'unknown-organization': ('A function for a name.', ('organization,indicator,value,unit', '@SUM(1+1),school-places,5,個'), 'csv-organization-at.csv:4:1'),
    'wrong-shape': ('Evidence as a text instead of a list.', ('period: 2025Q2', 'figures:', '  hometown-events: {value: 6 場, evidence: 附件/臺賬.pdf}'), 'shape-evidence-text.yaml:7:43'),
    'yaml-alias': ('References that would unfold to a billion words.', ('  specialized-smes: 16 家', 'a: &a [x, x, x, x, x, x, x, x, x, x]', 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]'), 'yaml-alias-bomb.yaml:7:8'),
    'yaml-syntax': ('A colon and a blank inside a text without quotation marks.', ('figures:', '  specialized-smes: 16 家', 'note: 備註: 尚在核實'), 'yaml-colon-in-text.yaml:6:9'),
}
