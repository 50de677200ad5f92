/** Chinese for the texts of the explorer of the graph, by their English. */
export const chineseTexts: Readonly<Record<string, string>> = {
  'Science and technology cooperation along the Belt and Road, with sources': '“一带一路”科技合作（附来源）',
  '**Only {designated} of the {labs} laboratories in this dataset are officially designated** *Belt and Road Joint Laboratories*. The rest are context: bilateral, planned and other joint laboratories, {context} of them outside the scope of the designation. Every count and chart says which laboratories it includes.':
    '本数据集收录 {labs} 个联合实验室，**其中只有 {designated} 个是官方认定的**“一带一路”联合实验室。其余为背景：双边的、筹划中的和其他联合实验室，其中 {context} 个不属于认定范围。每个数字和图表都注明包括哪些实验室。',
  'a laboratory, country or research area': '实验室、国家或研究领域',
  'Which laboratories are designated, and with which partner countries?': '哪些实验室获得认定，合作国家是哪些？',
  'Which laboratories work on artificial intelligence, and with which partners?':
    '哪些实验室研究人工智能，与哪些伙伴合作？',
  'How is Kenya connected with crop science?': '肯尼亚与作物科学有何联系？',
  'Which technology-transfer platforms exist, and which countries do they serve?': '有哪些技术转移平台，服务哪些国家？',
  'Which institutions take part in more than one designated laboratory?': '哪些机构参与不止一个获认定的实验室？',
  'How are Kenya and Thailand connected?': '肯尼亚与泰国有何联系？',
  'Which members, programmes and events does the African Union have?': '非洲联盟有哪些成员、计划和活动？',
  'Where are the partner countries?': '合作国家在哪里？',
  'What has happened when, and what was announced?': '何时发生了什么，又宣布了什么？',
  'Officially designated Belt and Road Joint Laboratories. Other laboratories, recorded as context, are not counted.':
    '官方认定的“一带一路”联合实验室。作为背景收录的其他实验室不计入。',
  'Partner countries of the officially designated laboratories.': '获认定实验室的合作国家。',
  'Platforms set up at national level. No list of the official platforms was found, so these may be different ones.':
    '国家级平台。未找到官方平台名单，因此二者可能并不相同。',
  'Laboratories of the first batch (2019). Designated laboratories whose batch is not known are not counted.':
    '第一批实验室（2019年）。批次未知的获认定实验室不计入。',
  'Laboratories of the second batch (2020). Designated laboratories whose batch is not known are not counted.':
    '第二批实验室（2020年）。批次未知的获认定实验室不计入。',
  'Laboratories of the third batch (2021). Designated laboratories whose batch is not known are not counted.':
    '第三批实验室（2021年）。批次未知的获认定实验室不计入。',
  Kenya: '肯尼亚',
  ASEAN: '东盟',
  'Artificial intelligence': '人工智能',
  designated: '获认定',
  context: '背景',
  recognised: '认定',
  'by year of recognition': '个按认定年份计',
  'first known milestone': '最早记录',
  Type: '类型',
  Status: '状态',
  'First day': '开始日期',
  'Last day': '结束日期',
  Place: '地点',
  'partner country': '合作国家',
  Region: '大洲',
  'Belt and Road status': '“一带一路”状态',
  'Designated laboratories': '获认定的实验室',
  'designated laboratory': '获认定的实验室',
  'with a designated laboratory. A laboratory with several partner countries counts in each.':
    '有获认定的实验室。有多个合作国家的实验室在每个国家各计一次。',
  'All laboratories (with context)': '全部实验室（含背景）',
  'All laboratories': '全部实验室',
  laboratory: '实验室',
  'with a laboratory, designated or context. A laboratory with several partner countries counts in each.':
    '有实验室（获认定的或背景）。有多个合作国家的实验室在每个国家各计一次。',
  'Technology-transfer platforms': '技术转移平台',
  'Platforms serving it': '为其服务的平台',
  'that sources connect with a platform. This is not a list of members.': '在来源中与某个平台相关联。这不是成员名单。',
  'Platforms based there': '设在当地的平台',
  'Other laboratories (context)': '其他实验室（背景）',
  'Belt and Road: ': '“一带一路”：',
  'memorandum ': '备忘录 ',
  'Circles mark countries, not the locations of laboratories.': '圆圈表示国家，而非实验室的位置。',
  'Belt and Road status and dates: Nedopil (2025), Green Finance & Development Center. Regions and income groups: © World Bank, CC BY 4.0, modified. Codes: datasets/country-codes.':
    '“一带一路”状态和日期：Nedopil (2025)，绿色金融发展中心。区域和收入组别：© 世界银行，CC BY 4.0，有修改。代码：datasets/country-codes。',
  'Members of groups: Country-Codes-and-International-Organizations, © dieghernan, MIT License; countrygroups, CC0. Income groups: © World Bank, CC BY 4.0, modified.':
    '集团成员：Country-Codes-and-International-Organizations，© dieghernan，MIT 许可；countrygroups，CC0。收入组别：© 世界银行，CC BY 4.0，有修改。',
  'Facts about science and technology cooperation along the Belt and Road, collected from public sources. Unknown values are left out. Where sources disagree, the entity says so.':
    '关于“一带一路”科技合作的事实，收集自公开来源。未知的数值不列出。来源不一致时，条目会注明。',
  'Designated laboratories and context': '获认定的实验室与背景',
  'A laboratory is **designated** if a source reports it as an officially designated Belt and Road Joint Laboratory: its designation is “Belt and Road Joint Laboratory”. All others are included as context and marked as such. The dataset covers laboratories that the press and institutes have written about, so its counts by year, country or area are not representative of all laboratories. Official totals are compared with designated laboratories only.':
    '如有来源报道某实验室是官方认定的“一带一路”联合实验室，则为**获认定**：其认定类别为“一带一路”联合实验室。其他实验室作为背景收录并加以标注。数据集只包括媒体和机构报道过的实验室，因此按年份、国家或领域的数字并不代表全部实验室。官方总数只与获认定的实验室比较。',
  Sources: '来源',
  'Each relation shows its own sources or, if it has none, those of its parent record. Reliability is **high** for official, institutional and established sources, **medium** for ordinary press with a traceable origin, and **low** for re-posts, machine-altered copies and unknown sites. Re-posts are shown as text without a link.':
    '每条关系都列出自己的来源；如果没有，则列出所属条目的来源。官方、机构和知名来源可靠性为**高**，出处可查的普通媒体为**中**，转载、机器改写的副本和不明网站为**低**。转载只显示文字，不加链接。',
  Years: '年份',
  'The year of a laboratory is the year of its recognition if known, otherwise the year of its first known milestone, which may be much later than its start. The timeline shows which of the two applies.':
    '实验室的年份是其认定年份；如果未知，则是最早记录的年份，可能远晚于其实际开始时间。时间线会注明属于哪一种。',
  'The map': '地图',
  'Outlines come from Natural Earth (public domain) via the package world-atlas, simplified. No position on territorial status is implied. Circles that count by country stand in the middle of its largest part. Entities at their places stand where their coordinates are, which is mostly the middle of a city.':
    '轮廓来自 Natural Earth（公有领域），经 world-atlas 软件包简化。不代表对领土地位的任何立场。按国家计数的圆圈位于该国最大部分的中心。按所在地显示的实体位于其坐标处，多为城市中心。',
  'Laboratories led or hosted': '牵头或依托的实验室',
};
