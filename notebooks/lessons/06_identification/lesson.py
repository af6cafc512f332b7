# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 找对客户：1,000 条线索，四个人，一个季度
#       en: "Finding the right customers: 1,000 leads, four people, a quarter"
#     subject:
#       zh: 先联系谁，哪些列泄露答案，评分怎么考，群发是不是零，市场有多大，核实身份值不值
#       en: whom to call first, columns that tell the answer, trying a score, mass mailing, a market as a range, checks of identity
#     minutes: 45
#     found: [bought, sorts*, expected*]
#     parameters:
#       leads: {data: leads}
#       campaigns: {data: campaigns}
#       as_of: {format: date}
#       latest: {format: date}
#       decide_days: {ge: 1, le: 730}
#       call_places: {ge: 1, le: 100000}
#       cost_of_contact: {gt: 0}
#       deal_profit: {ge: 0}
#       control_share: {ge: 0, le: 0.5}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
leads: str = "shop_group_leads"  # leads, one a line: a sample's name or a file in CSV, Excel or Parquet
campaigns: str = "shop_campaigns"  # campaigns, one a line: a sample's name or a file in CSV, Excel or Parquet; empty leaves channels out
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
further: list[str] = []  # further columns of the leads that were known when they came in, for the score to look at
known: list[str] = []  # columns that look as if filled in afterwards and were known when the lead came in
leave: list[str] = []  # columns the score must not look at
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
decide_days: int = 60  # days from coming in within which a deal counts; younger leads count neither way
call_places: int = 200  # leads the team can call properly in the coming weeks
cost_of_contact: float = 60.0  # what one follow-up contact costs, working time included
deal_profit: float = 0.0  # mean gross profit of a deal; 0 takes it from the follow-up records
control_share: float = 0.20  # share of those worth contacting who are kept aside by lot
top_actions: int = 50  # customers on the action list at most
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 找对客户：1,000 条线索，四个人，一个季度

# %% [markdown] lang="en" tags=["report"]
# # Finding the right customers: 1,000 leads, four people, a quarter

# %% [markdown] lang="zh"
# ## 情境：谁先打，谁后打

# %% [markdown] lang="en"
# ## The situation: whom to call first

# %% [markdown] lang="zh" tags=["sample"]
# 云杉生活做企业团购，上个季度来了一千条线索，四个人跟。每条都认真打，一个季度只够打四成。同事用系统里的数据做了个评分，拿来一张图，说先打前两成，几乎所有的单子都在里面！老板问你：照它打吗？

# %% [markdown] lang="en" tags=["sample"]
# Yunshan Living sells gifts to companies. Last quarter brought a thousand leads for four people, who have time to call four in ten properly. A colleague has made a score from the data of the sales program and shows a chart: call the first two tenths, and nearly every deal is among them! The owner asks you whether to go by it.

# %% [markdown] lang="zh"
# 线索都是编的。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# The leads are invented. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course, targeting

lesson = course.open("06_identification", language=language)
how = dict(columns=columns, encoding=encoding or None, latest=latest or None, reading=reading)
table = lesson.facts.own.tables(leads, others=further, **how)
held = lesson.facts.own.held(table, as_of=as_of, within=decide_days)
traces = lesson.facts.own.traces(held)
usable = lesson.facts.own.usable(traces, known=known, leave=leave)

# %%
splendid = lesson.facts.own.tested(held, lesson.facts.own.everything(traces))
lesson.draw("gains", lesson.facts.own.curve(splendid))

# %% tags=["report", "nbval-check-output"]
lesson.events(table, held["created_on"])
lesson.say(lesson.facts.read(held))

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 好得不像真的
#
# 识别客户，就是用手头的数据弄清谁可能买、要什么、谁最值钱 [claim:F1]。这个评分却看了不该看的东西：系统里那张表，是今天的样子，不是线索进来那天的样子。

# %% [markdown] lang="en"
# ## Too good to be true
#
# To identify customers is to find out from the data who may buy, what they need and who is worth most [claim:F1]. But this score has looked at what it must not see: the table shows leads as they stand today, not as they were on the day they came in.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.ask("leak_columns")

# %% [markdown] lang="zh"
# 事后的东西会留下痕迹：成交的填了、战败的没填；结了的填了、没结的还空着；或者线索越老，数越大。

# %% [markdown] lang="en"
# What comes afterwards leaves traces: filled for won and not for lost, filled for closed and empty for open, or a figure that is the larger the older the lead.

# %% [markdown] lang="zh" tags=["report"]
# ## 哪些列能用

# %% [markdown] lang="en" tags=["report"]
# ## Which columns may be used

# %% tags=["report", "nbval-check-output"]
lesson.draw("leak_traces", traces)
lesson.say(lesson.facts.leaking(traces))
lesson.table(lesson.facts.own.signs(traces), rows=40)
lesson.hand_over("traces", lesson.facts.own.shown(traces))

# %% tags=["nbval-check-output"]
lesson.say(lesson.facts.too_good(splendid))

# %% [markdown] lang="zh"
# ## 没结的，算不算输
#
# 评分要学“买没买”。昨天刚来的线索，还没买，也没说不买。这里定一条规矩：**进来 {decide_days} 天以内成交的才算买**，没等够 {decide_days} 天的，先不算。

# %% [markdown] lang="en"
# ## Is an open lead a lost one?
#
# A score learns who bought. A lead of yesterday has not bought, and has not said no either. So here is a rule: **bought means a deal within {decide_days} days of coming in**, and whoever has not been there for {decide_days} days does not count yet.

# %%
lesson.table(lesson.facts.counted(held))

# %% tags=["exercise"]
lesson.use(standing=lesson.facts.standing(held))
lesson.ask("bought_share")

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.bought(held), compare="share", kind="percent")

# %% [markdown] lang="zh"
# ## 用早的学，拿晚的考
#
# 评分只许看进来时就知道的列。学完拿什么考？拿它**没见过的、后来的**线索。按分数从高到低排成十档，看每档成交几单：

# %% [markdown] lang="en"
# ## Learn from earlier leads, try on later ones
#
# The score may look at what was known when a lead came in, and nothing else. It is tried on leads it **has not seen and that came later**. Here they are in tenths, from the highest score down:

# %% [markdown] lang="zh" tags=["report"]
# ## 评分排得怎么样

# %% [markdown] lang="en" tags=["report"]
# ## How well the score sorts

# %% tags=["report", "nbval-check-output"]
tested = lesson.facts.own.tested(held, usable)
lesson.say(lesson.facts.sorts(tested))
tenths = lesson.facts.own.tenths(tested)

# %%
lesson.table(tenths)

# %% tags=["exercise"]
lesson.use(tenths=tenths)
lesson.ask("top_share")

# %% tags=["report"]
lesson.draw("gains", lesson.facts.own.curve(tested))
lesson.figure(lesson.facts.reach(tested, share=0.4), compare="reached", kind="percent")
lesson.hand_over("tenths", tenths)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 说三成，是不是真有三成
#
# 排得准是一回事，说得准是另一回事。要拿分数算钱，就得看它说三成的那一批，是不是真有三成买了。

# %% [markdown] lang="en" tags=["deeper"]
# ### Does 30% mean three in ten?
#
# To sort is one thing, to be taken at one's word another. Before a score is used for money, see whether three in ten of those given 30% did buy.

# %% tags=["report", "later", "deeper"]
lesson.draw("calibration", lesson.facts.own.calibration(tested))
lesson.say(lesson.facts.at_its_word(tested))

# %% [markdown] lang="zh"
# ## 打谁，留谁
#
# 讲义说“有所舍,才能够有所得” [claim:F2]；又说样样做得比别人好，“客户最后是属于你的” [claim:M37]。算一算就不用争：**机会 × 一单毛利 − 一次联系的成本**，大于零的才打，打不过来从高往低。还没结的线索，机会要按等了多久打折：快买的早就买了。

# %% [markdown] lang="en"
# ## Whom to call, whom to keep aside
#
# "Give up some to gain others", say the notes [claim:F2]; and elsewhere, do everything better and every customer will be yours [claim:M37]. There is no need to argue: **chance × profit of a deal − cost of a contact**, call those above nought, from the top as far as time goes. The chance of an open lead falls with waiting, for those who buy quickly have bought.

# %% tags=["exercise"]
lesson.ask("keep_aside")

# %% [markdown] lang="zh" tags=["report"]
# ## 先联系谁

# %% [markdown] lang="en" tags=["report"]
# ## Whom to call first

# %% tags=["report", "nbval-check-output"]
profit = lesson.facts.plan.profit_of(held, deal_profit)
chances = lesson.facts.own.chances(table, held, usable, tested)
sums = dict(profit=profit, cost=cost_of_contact, places=call_places, control=control_share)
planned = lesson.facts.plan.planned(chances, held, **sums)
promoted = lesson.facts.channels.campaigns(campaigns, leads)
lesson.say(lesson.facts.missing(profit, promoted))
lesson.table(lesson.facts.plan.parts(planned))
lesson.say(lesson.facts.plan.expected(planned, chances))

# %% tags=["report"]
todo = lesson.facts.plan.to_call(planned, held, limit=top_actions)
lesson.actions(todo, limit=top_actions)
lesson.hand_over("calls", planned)

# %% [markdown] lang="zh"
# ## 群发，真的永远没有回复？
#
# 讲义说，群发邮件、群发传真“可能就是永远没有回复” [claim:F8]，第一次接触要打电话。没人回，和不会有人回，差得远：

# %% [markdown] lang="en"
# ## Is mass mail never answered?
#
# Mass e-mail and fax "may never be answered", say the notes [claim:F8]; make the first contact by telephone. That nobody answered is a long way from nobody ever will:

# %% tags=["exercise"]
lesson.ask("largest_unseen")

# %%
even = lesson.facts.channels.even(0.5, 250.0)
lesson.draw("unseen_share", lesson.facts.channels.unseen(), even=even, seen=lesson.facts.channels.mailing())
lesson.say(lesson.facts.channels.not_zero())

# %% [markdown] lang="zh" tags=["deeper"]
# ### 要发多少才看得见
#
# 反过来问：响应率要是真有那么多，得发多少，才几乎一定见得到一个？

# %% [markdown] lang="en" tags=["deeper"]
# ### How many letters it takes
#
# The other way round: if the response really is that high, how many letters does it take to see one answer, nearly always?

# %% tags=["exercise", "deeper"]
lesson.ask("enough_letters")

# %% [markdown] lang="zh"
# ## 哪个渠道的新客户最便宜
#
# 开发客户，讲义列了五条：挑准名单、别显得急、先打电话、网站说清楚、不催也不放弃 [claim:F6] [claim:F7]。哪个渠道划算，用花费除以新客户数：

# %% [markdown] lang="en"
# ## Which channel wins customers at least cost
#
# To develop customers the notes have five pieces of advice: choose from lists with care, do not look eager, telephone first, explain on the website, neither press nor give up [claim:F6] [claim:F7]. Which channel pays is the money over the new customers:

# %% [markdown] lang="zh" tags=["report"]
# ## 各渠道的新客户多少钱

# %% [markdown] lang="en" tags=["report"]
# ## What a new customer costs by channel

# %% tags=["report"]
by_channel = lesson.facts.channels.by_channel(promoted)
channels = lesson.facts.channels.counts(by_channel)
lesson.hand_over("channels", channels)

# %% tags=["exercise"]
lesson.use(channels=channels)
lesson.ask("cheapest_channel")

# %% tags=["report"]
worth = lesson.facts.channels.worth(campaigns, profit)
compared = lesson.facts.channels.comparable(by_channel, worth)
lesson.draw("channel_costs", compared, gain=worth, codes=lesson.facts.channels.words())
lesson.say(lesson.facts.channels.cheapest(by_channel))

# %% [markdown] lang="zh"
# ## 市场有多大：说范围
#
# 市场 ＝ 人口 × 购买力 × 购买意愿，缺一样就没有。三样都是估的，一个数说出来，准也是碰巧。把三样各说一个范围（九成把握），再乘：

# %% [markdown] lang="en"
# ## How large is the market, as a range
#
# A market is people × power × desire, and without one of them there is none. All three are estimates; a single figure is right by luck only. Give each as a range (90% sure), and multiply those:

# %%
ranges = lesson.facts.channels.GIFT_SETS
lesson.draw("market_ranges", lesson.facts.channels.market(ranges))
lesson.say(lesson.facts.channels.market_told(ranges))

# %% [markdown] lang="zh" tags=["deeper"]
# ### 先去弄清哪一样
#
# 钱只够弄清一样。三样的两头如下：

# %% [markdown] lang="en" tags=["deeper"]
# ### What to find out first
#
# There is money to find out one of them. Here are the ends of all three:

# %% tags=["exercise", "deeper"]
lesson.ask("least_known")

# %% [markdown] lang="zh"
# ## 核实身份：两边的账
#
# 讲义说核实客户身份能防欺诈、能合规，也能“追踪客户的消费行为和偏好” [claim:F11] [claim:M45]。前两样算得清。挽回的损失在一边，另一边是花费，和嫌麻烦走掉的老实客户：

# %% [markdown] lang="en"
# ## A check of identity, on both sides of the ledger
#
# A check of identity prevents fraud and keeps the law, say the notes, and serves to "track purchases and preferences" [claim:F11] [claim:M45]. The first can be worked out: prevented loss on one side; on the other the cost, and honest customers who break off:

# %% tags=["exercise"]
lesson.ask("check_pays")

# %%
even_fraud = lesson.facts.identity.pays_from()
lesson.draw("check_worth", lesson.facts.identity.gains(), even=even_fraud)
lesson.say(lesson.facts.identity.told())

# %% [markdown] lang="zh"
# “追踪偏好”是另一回事：为核实收的资料，只能用来核实（个人信息保护法第六条、第十四条，见第 02 课）。想拿去营销，另问、另同意。依法必须核实的（金融、保险），不看划不划算。

# %% [markdown] lang="en"
# To "track preferences" is another matter: what was collected to confirm an identity serves that and nothing else (Personal Information Protection Law, articles 6 and 14; see lesson 02). For marketing ask anew and have consent. Where the law demands a check (banks, insurers) it is done whether it pays or not.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 表 6.1：n 没有写
#
# 讲义拿一张表说，识别客户让公司增长 [claim:F3] [claim:M10]。38% 对 22%，两组各多少位？没写。

# %% [markdown] lang="en" tags=["deeper"]
# ## Table 6.1: an n that is not given
#
# A table of the notes is to show that identification makes companies grow [claim:F3] [claim:M10]: 38% against 22%. Of how many in each group? It does not say.

# %% tags=["exercise", "deeper"]
lesson.ask("table_61")

# %% tags=["deeper"]
lesson.draw("p_by_size", lesson.facts.by_size())
lesson.say(lesson.facts.unknown_n())

# %% [markdown] lang="zh"
# ## 拉客的底线
#
# 讲义里的烤鸭店，空着桌子让人排队，装作客满 [claim:J6] [claim:M38]。这是骗人，有没有用，讲义也没有数据。先看当晚的账：

# %% [markdown] lang="en"
# ## Where drawing customers ends
#
# A roast-duck restaurant of the notes keeps tables empty and lets people queue, so that it looks full [claim:J6] [claim:M38]. That is deceit, and whether it works the notes have no data to show. First, the account of the evening:

# %% tags=["nbval-check-output"]
lesson.say(lesson.facts.identity.full_house())

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("identification_growth")
lesson.ask("split_by_time")
lesson.ask("zero_of_fifty")
lesson.ask("no_desire")
lesson.ask("kept_birthday")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来五道

# %% [markdown] lang="en" tags=["deeper"]
# ### Five more

# %% tags=["quiz", "deeper"]
lesson.ask("score_of_thirty")
lesson.ask("breakeven_letters")
lesson.ask("give_up_some")
lesson.ask("weights_of_card")
lesson.ask("free_users")

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 给新线索打分，只用它进来那天就知道的；好得不像真的，先找哪一列看了答案。
# 2. 没结的不是输的，没看见的不是没有：先等够日子、发够数，再下结论。
# 3. 先打机会大的，抽签留一批不打；收来的资料，说过做什么就只做什么。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Score a new lead by what was known on the day it came in. What is too good to be true has seen the answer; find the column.
# 2. Open is not lost, and unseen is not absent: wait long enough and write to enough before you conclude.
# 3. Call the likeliest first and keep some aside by lot; and what was collected serves the purpose that was told, and no other.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(planned=planned)
lesson.summary()
lesson.take_home()
lesson.hand_in()
