/** Chinese for what the example queries ask, by their English. */
export const chineseExamples: Readonly<Record<string, string>> = {
  'Which Belt and Road Joint Laboratories does Kenya have, who runs them, and what are the sources?':
    '肯尼亚有哪些“一带一路”联合实验室，由谁运行，来源是什么？',
  'Only laboratories with this designation are official. The others are context, and are not counted here.':
    '只有获此认定的实验室才是官方认定的。其余为背景，此处不计。',
  'What does one laboratory work on, and which programmes support it?': '某个实验室研究什么，受哪些计划支持？',
  'Which countries and groups do technology-transfer platforms serve, and on what evidence?':
    '技术转移平台服务哪些国家和集团，依据是什么？',
  '`basis` is the evidence for a relation. The countries are those that sources connect with a platform, not a list of its members.':
    '`basis` 是关系的依据。所列国家是来源中与平台相联系的国家，不是成员名单。',
  'Which programmes make up the Belt and Road Initiative?': '“一带一路”倡议由哪些计划组成？',
  'What does the graph contain, and how much of it?': '图谱包含哪些内容，各有多少？',
  'The count of laboratories includes those that are not officially designated Belt and Road Joint Laboratories.':
    '实验室数量包括未获官方认定的实验室。',
  'Which countries have "cote" or "guinea" in their name?': '哪些国家的名称含有“cote”或“guinea”？',
  'Case and accents are ignored: "cote" finds Côte d\'Ivoire.':
    "不区分大小写和重音符号：“cote”可以找到 Côte d'Ivoire。",
  'Which designated laboratories have a partner country in Africa?': '哪些获认定的实验室有非洲合作国家？',
  'Which countries have a designated laboratory, but no platform that serves them or one of their groups?':
    '哪些国家有获认定的实验室，却没有为其或其所属集团服务的平台？',
  'Which institutions host the most laboratories in scope, designated or not?':
    '哪些机构参与的收录范围内的实验室最多（无论是否获认定）？',
  'The sort key is a count with a filter of its own.': '排序依据是带有自身筛选条件的计数。',
  'What took place in November 2023?': '2023 年 11 月有哪些活动？',
  'A date in a filter stands for the whole period it covers.': '筛选条件中的日期代表它所涵盖的整个时期。',
  'Which designated laboratories does a Chinese university lead or host?': '哪些获认定的实验室由中国的大学牵头或依托？',
  '`edge` filters by properties of the relation itself.': '`edge` 按关系自身的属性筛选。',
  'How are the designated laboratories distributed over years and partner countries?':
    '获认定的实验室按年份和合作国家如何分布？',
  'Facets count the whole list, not only the page. The dataset contains only some of the designated laboratories, so the counts are not representative of all.':
    '分面统计整个列表，而不只是当前页。数据集只收录了部分获认定的实验室，因此数字不能代表全部。',
  'Which designated laboratories work in agriculture or a narrower area?': '哪些获认定的实验室研究农业或其下位领域？',
  'What are the latest published figures on joint laboratories?': '关于联合实验室的最新公开数字是什么？',
  '`last` returns a page from the end of the list.': '`last` 从列表末尾返回一页。',
  'On which platforms do sources disagree, and about what?': '来源对哪些平台的说法不一致，分歧何在？',
  'What does a search for "artificial inteligence" find, despite the typing error?':
    '搜索拼错的“artificial inteligence”能找到什么？',
  'Try 人工智能, or a single character: 农.': '可以试试“人工智能”，或单个汉字“农”。',
  'Which partner countries have more than one designated laboratory?': '哪些合作国家有不止一个获认定的实验室？',
  'Groups have keys, counts and other aggregates, which can be filtered and sorted.':
    '分组有键、计数和其他聚合值，均可筛选和排序。',
  'How are Serbia and Kenya connected, ignoring hubs such as the Initiative itself?':
    '不经过倡议本身等枢纽，塞尔维亚与肯尼亚有何联系？',
  '`avoidHubs` ignores entities with many relations. Every hop returns its relation and its sources.':
    '`avoidHubs` 忽略关系很多的实体。每一步都返回关系及其来源。',
  'Which areas have designated laboratories with African countries that no platform serves directly?':
    '哪些领域有与非洲国家共建的获认定实验室，而没有平台直接为这些国家服务？',
  'Which laboratories are similar to the China-Kenya one for crop molecular biology, and why?':
    '哪些实验室与中国—肯尼亚作物分子生物学联合实验室相似，原因是什么？',
  'Which laboratories, platforms and programmes do Kazakhstan and Uzbekistan share?':
    '哈萨克斯坦和乌兹别克斯坦有哪些共同的实验室、平台和计划？',
  'Which official totals are known, and how do they compare with this dataset?':
    '已知哪些官方总数，与本数据集相比如何？',
  'Only officially designated laboratories are counted.': '只计官方认定的实验室。',
  'Which institutions host laboratories with two countries of the same group?':
    '哪些机构与同一集团的两个国家共建实验室？',
  'A pattern: two laboratories of one institution, with two countries that are members of the same group.':
    '一种模式：同一机构的两个实验室，其两个合作国家属于同一集团。',
  'What surrounds the China-ASEAN technology transfer centre?': '中国—东盟技术转移中心周围有什么？',
  'How did the laboratories in scope develop between 2019 and 2025?': '2019 至 2025 年间收录范围内的实验室如何发展？',
  'Which programmes cover a research area of the China-Kenya laboratory, or a broader one?':
    '哪些计划涉及中国—肯尼亚实验室的研究领域或其上位领域？',
  'What is missing from the data on laboratories?': '实验室数据缺少什么？',
  "Which countries share a research area of Kenya's designated laboratories, but no laboratory?":
    '哪些国家与肯尼亚的获认定实验室有共同研究领域，却没有共同的实验室？',
  'Which research areas meet in one laboratory in scope, and in how many?':
    '哪些研究领域同在一个收录范围内的实验室，共有多少个这样的实验室？',
  'How are the laboratories in scope distributed over top areas and the world regions of their partners?':
    '收录范围内的实验室按顶层领域和合作方大洲如何分布？',
  'What is the newest figure of each series of which several are recorded?': '有多个数值的系列，各自的最新数值是多少？',
  'Which share of the laboratories in scope has no official or institutional source, by region of the partner?':
    '按合作方大洲，收录范围内的实验室有多大比例没有官方或机构来源？',
  'How many laboratories, programmes, platforms and events were there each year, and in all until then?':
    '每年有多少实验室、计划、平台和活动，截至当年共有多少？',
  'Which areas do programmes cover although no laboratory works in them, or in any narrower area?':
    '哪些领域有计划涉及，却没有实验室研究该领域或其下位领域？',
  'Which countries would lose all their laboratories without the Chinese Academy of Sciences and its institutes?':
    '如果没有中国科学院及其研究所，哪些国家会失去全部实验室？',
  'Which countries left the Initiative, and since when had they been participants?':
    '哪些国家退出了倡议，此前从何时起参与？',
  'How many members did the Initiative have on the day of each official count, and by how many does the dataset differ?':
    '在每次官方统计当日倡议有多少成员，与数据集相差多少？',
  'Which countries had a laboratory in scope before they joined the Initiative, and what is the median lag by region?':
    '哪些国家在加入倡议之前已有收录范围内的实验室，各大洲的间隔中位数是多少？',
  'Which official targets were reached, and by which later figure first?':
    '哪些官方目标已经达到，最先由哪个后来的数字达到？',
};
