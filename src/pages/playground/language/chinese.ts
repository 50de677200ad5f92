/** Nouns that are counted, by their English. */
export const nouns: Readonly<Record<string, string>> = {
  entity: '个实体',
  event: '个事件',
  relation: '条关系',
  row: '行',
  'more error': '个错误',
};

/** The texts of the page in Chinese, by their English. */
export const messages: Readonly<Record<string, string>> = {
  // The page as a whole
  'Silkgraph playground': 'Silkgraph 查询台',
  Language: '语言',
  'Loading …': '正在加载 …',
  'This part of the page could not be loaded: the server cannot be reached or has a newer version. Reload the page.':
    '页面的这一部分无法加载：无法连接服务器，或服务器已有新版本。请重新加载页面。',
  // The editors
  Query: '查询',
  Variables: '变量',
  Headers: '请求头',
  '{name}. Tab indents. Ctrl+M lets the Tab key leave the editor.':
    '{name}。Tab 键缩进。按 Ctrl+M 后，Tab 键可离开编辑器。',
  'Let the Tab key leave the editor, or indent again': '使 Tab 键离开编辑器，或恢复缩进',
  '# Write a query, or choose one from the cookbook.': '# 请编写查询，或从示例中选择一个。',
  '# There is no example {name}. Choose one from the cookbook.': '# 没有名为 {name} 的示例。请从示例中选择一个。',
  // The cookbook and the query
  Cookbook: '示例查询',
  'Query builder': '查询构建器',
  'Example queries. Each opens in the editor and runs at once.': '示例查询。点击后在编辑器中打开并立即运行。',
  'Search by question or field': '按问题或字段搜索',
  'No matching queries.': '没有匹配的查询。',
  'Link copied': '链接已复制',
  'Copy this address:': '请复制此地址：',
  'Copy this code:': '请复制此代码：',
  'Copy link to this query': '复制此查询的链接',
  // The schema
  'This server requires an API key. Add it under Headers as { "authorization": "Bearer …" }, then reload the schema.':
    '此服务器需要 API 密钥。请在“请求头”中添加 { "authorization": "Bearer …" }，然后重新加载模式。',
  'Introspection is disabled on this server. Queries and the cookbook work, but documentation, completion and validation in the editor are unavailable.':
    '此服务器已关闭内省。查询和示例可用，但文档、补全和编辑器中的校验不可用。',
  'The schema could not be loaded, so documentation and completion are unavailable.':
    '模式无法加载，因此文档和补全不可用。',
  '{kinds} (list)': '{kinds}列表',
  '{name}: {description}': '{name}：{description}',
  // The result
  'Result view': '结果视图',
  Result: '结果',
  Table: '表格',
  Graph: '图谱',
  Code: '代码',
  Errors: '错误',
  ' at {path}': '，位于 {path}',
  'line {number}': '第 {number} 行',
  '{errors} in the result.': '结果中另有 {errors}。',
  'status {status}': '状态 {status}',
  'From sending to the last byte': '从发送到收到最后一个字节',
  'Size of the response, uncompressed': '响应大小（未压缩）',
  'Estimated cost from the header Silkgraph-Cost, and the maximum for one operation':
    '响应头 Silkgraph-Cost 中的估计成本，以及单次操作的上限',
  'cost {estimated} of {budget}': '成本 {estimated}，上限 {budget}',
  'Number of entities and relations read': '读取的实体和关系数量',
  '{rows} read': '读取 {rows}',
  'Run a query to copy its request as a program.': '运行查询后，可将其请求复制为程序。',
  'Headers, such as a key, are left out.': '不含请求头（例如密钥）。',
  Copy: '复制',
  Copied: '已复制',
  'Run a query to list its result.': '运行查询后，在此列出结果。',
  'The result contains no lists.': '结果中没有列表。',
  'Save as CSV': '保存为 CSV',
  'The first {count} rows; the file has all.': '前 {count} 行；文件中有全部行。',
  // The graph of a result
  '{entities}, {relations}': '{entities}，{relations}',
  entity: '实体',
  Kinds: '类别',
  'Run a query to draw its result.': '运行查询后，在此绘制结果。',
  'The result contains no entities to draw.': '结果中没有可绘制的实体。',
  'Showing the first {count} of {entities}.': '显示 {entities}中的前 {count} 个。',
  'Zoom in': '放大',
  'Zoom out': '缩小',
  Fit: '适应',
  'The response has no data.': '响应中没有数据。',
  'To draw this graph, the query was run again with the slug, name and kind of each entity.':
    '为绘制此图谱，已加上各实体的 slug、名称和类别重新运行查询。',
  'Not all is drawn: {reason}': '未全部绘制：{reason}',
  'The graph, also listed below': '图谱，下方另有列表',
};
