# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 销售沟通与跟进：七步话术和一句有名的“八成”
#       en: "Sales talk and follow-up: seven steps and one famous 80%"
#     subject:
#       zh: 七步怎么走，谁在听，能答应什么，跟进到第几次该停，降价还是讲价值
#       en: seven steps in order, who listens, what may be promised, when to stop following up, a price cut or value
#     minutes: 45
#     found: [two_things, stop*, listening, coach*]
#     parameters:
#       chats: {data: dialogues}
#       followups: {data: followups}
#       marks: {data: marks}
#       as_of: {format: date}
#       cost_of_contact: {gt: 0}
#       deal_profit: {ge: 0}
#       gap_days: {ge: 0, le: 365}
#       price_margin: {gt: 0, lt: 1}
#       price_cut: {gt: 0, lt: 1}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
chats: str = "shop_dialogues"  # sales chats, one line a turn: a sample's name or a file in CSV, Excel or Parquet
followups: str = "dealer_followups"  # follow-up records, one line a contact: a sample's name or a file in CSV, Excel or Parquet
marks: str = ""  # file of observation sheets of the pair work, one line a mark; empty leaves the agreement of observers out
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
scope: dict[str, str] = {}  # keep only lines where a column has this value
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
standing: list[str] = ["free_shipping"]  # promises that every buyer has anyway, such as free_shipping; to promise them again is empty
cost_of_contact: float = 60.0  # what one follow-up contact costs, working time included
deal_profit: float = 0.0  # mean gross profit of a deal; 0 takes it from the follow-up records
gap_days: float = 14.0  # days to leave between two contacts of a lead, at least
price_margin: float = 0.40  # gross margin at the full price, 0.40 is 40 per cent
price_cut: float = 0.10  # price cut as a share of the full price, 0.10 is 10 per cent
top_actions: int = 50  # customers on the action list at most
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 销售沟通与跟进：七步话术和一句有名的“八成”

# %% [markdown] lang="en" tags=["report"]
# # Sales talk and follow-up: seven steps and one famous 80%

# %% [markdown] lang="zh"
# ## 情境：一个照话术，一个凭感觉

# %% [markdown] lang="en"
# ## The situation: one by the script, one by feeling

# %% [markdown] lang="zh" tags=["sample"]
# 云杉生活新来了两位客服。林叙安照着话术单，一步一步走；周乐游凭感觉，聊得热闹。墙上的海报写着：“八成的销售，是在第 4 至 11 次跟踪后完成的。”[claim:M7] 店长让你看完他们的聊天记录，再去汽车集团看看跟进记录，回来说说：话术单留不留，海报撕不撕。

# %% [markdown] lang="en" tags=["sample"]
# Yunshan Living has two new agents. Lin Xu'an keeps to the script, step by step; Zhou Leyou goes by feeling and talks with gusto. A poster on the wall says: "80% of sales are made at contacts 4 to 11." [claim:M7] The manager asks you to read their chats, look at the follow-up records of the dealer group, and come back with an opinion. Does the script stay? Does the poster?

# %% [markdown] lang="zh"
# 聊天都是编的，没有抄谁的。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# The chats are invented, nobody's were copied. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course

lesson = course.open("12_sales_talk", language=language)
how = dict(columns=columns, encoding=encoding or None, others=scope, reading=reading)
tables = lesson.facts.own.tables(chats, followups, **how)
told, contacts = lesson.facts.own.turns(tables), lesson.facts.own.contacts(tables, as_of=as_of)
steps = lesson.facts.own.steps(told)
profit = lesson.facts.following.profit_of(contacts, deal_profit)

# %% [markdown] lang="zh"
# 照话术的人先拿出一张图：一次会话里做的步骤越多，下单的越多。七步全做的，单单成交！

# %% [markdown] lang="en"
# Whoever goes by the script has a chart to show: the more steps a chat has, the more orders. With all seven, every chat ends in one!

# %% tags=["report"]
by_steps = lesson.facts.own.orders_by(steps, "done")
lesson.draw("steps_and_orders", by_steps)

# %% tags=["report"]
lesson.events(*tables.first)
lesson.further(tables.beside)
lesson.say(lesson.facts.own.how_read(told))
lesson.say(lesson.facts.own.missing(tables, profit))

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 七张卡片
#
# 讲义把售前沟通分成七步 [claim:H1]，可是发下来的时候乱了。

# %% [markdown] lang="en"
# ## Seven cards
#
# The notes divide a sales talk into seven steps [claim:H1], but the sheet arrived in disorder.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.ask("seven_cards")

# %% [markdown] lang="zh"
# 再看那张图。后面三步，都在买家拿定主意以后：没下单，核实什么？**是下了单才有那几步，不是有了那几步才下单。** 只数前四步，再画一次：

# %% [markdown] lang="en"
# Back to that chart. The last three steps come after the buyer has decided; without an order there is nothing to check. **The order brings those steps, the steps do not bring the order.** Count only the first four, and draw it again:

# %% tags=["report"]
before = lesson.facts.own.orders_by(steps, "done_before")
lesson.draw("steps_and_orders", by_steps, before=before)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.decided_before(steps))
lesson.say(lesson.facts.asked_first(steps))

# %% [markdown] lang="zh"
# 两次会话各走了哪几步？一次顺着走，一次先推荐、后询问：

# %% [markdown] lang="en"
# Here are two chats, turn by turn. One keeps the order, the other does not:

# %%
kept, broken = lesson.facts.two_chats(told, steps)
lesson.draw("chat_steps", kept)
lesson.draw("chat_steps", broken)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 核实值不值得，谁走乱了
#
# 后三步带不来成交，却不是白做。只看成交的会话：

# %% [markdown] lang="en" tags=["deeper"]
# ### Is the check worth it, and who keeps the order?
#
# The last three steps bring no order, but they are not in vain. Among orders only:

# %% tags=["report", "deeper", "nbval-check-output"]
lesson.say(lesson.facts.verified(steps))

# %% tags=["report", "deeper"]
lesson.draw("step_order", lesson.facts.order_kept(steps, own=tables.own))

# %% [markdown] lang="zh"
# ## “今天能发吗？”
#
# 讲义里有一段对话：买家问今天能不能发货，客服连着两次回同一句“活动款我们在3天内给您发出哦”[claim:H8a]。

# %% [markdown] lang="en"
# ## "Can you ship it today?"
#
# In the notes a buyer asks whether the parcel can go out today, and is told twice, word for word, "campaign items ship within 3 days" [claim:H8a].

# %% tags=["exercise"]
lesson.ask("today")

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.canned(told))

# %% [markdown] lang="zh"
# ## 议价：能答应什么
#
# 讲义里的客服这样收尾：价格不能降，收藏店铺可以包邮 [claim:H8c]。可同一份讲义前几页刚说过“现在的活动是全场包邮” [claim:M33]。

# %% [markdown] lang="en"
# ## The bargain: what may be promised
#
# The agent of the notes ends a bargain like this: the price is fixed, but for a favourite of the shop it ships free [claim:H8c]. A few pages before, the same notes have everything shipping free anyway [claim:M33].

# %% tags=["exercise"]
lesson.ask("bargain")

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.promised(told, standing=standing))

# %% [markdown] lang="zh"
# ## 谁在听
#
# 讲义说要“全神贯注地倾听” [claim:H5]。听没听，数得出一部分：自己说了多少字；提的问题里，开放式的（什么、怎么、为什么）有多少；答话里，接住买家原话的有多少。

# %% [markdown] lang="en"
# ## Who listens
#
# "Listen with all your attention", say the notes [claim:H5]. Part of it can be counted: how much one says oneself, how many of the questions are open (what, how, why), and how many answers take up the buyer's own words.

# %% tags=["report"]
listened = lesson.facts.own.heard(told)
heard = lesson.facts.listeners(listened, own=tables.own)

# %% tags=["exercise"]
lesson.use(heard=heard)
lesson.ask("who_listens")

# %% tags=["report"]
lesson.draw("talk_and_listening", heard)
lesson.say(lesson.facts.coaching.listening(listened))

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 各组练什么

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## What to practise with which team

# %% [markdown] lang="zh" tags=["deeper"]
# 比的是组，不是人；看了好几组、好几条，区间就放宽。没有越出碰巧的差别，就不点名。各步做了多少，先看整个公司：

# %% [markdown] lang="en" tags=["deeper"]
# Teams are compared, not persons, with intervals widened for the many looks; where a difference may be chance nobody is named. First, how often each step was taken in the whole company:

# %% tags=["report", "deeper", "nbval-check-output"]
taken = lesson.facts.coaching.taken(steps)
lesson.table(taken, percent=("share", "lower", "upper"))
lesson.hand_over("steps_taken", taken)

# %% tags=["report", "deeper"]
practised = lesson.facts.coaching.by_team(lesson.facts.coaching.points(steps, listened), steps)
lesson.say(lesson.facts.coaching.told(practised))
lesson.table(lesson.facts.coaching.to_practise(practised), percent=lesson.facts.coaching.SHARES)
lesson.hand_over("coaching", practised)
lesson.hand_over("ready_answers", lesson.facts.own.ready_answers(told))

# %% tags=["report", "deeper"]
marked = lesson.facts.observed.marks(marks)
agreed = lesson.facts.observed.agreement(marked)
lesson.say(lesson.facts.observed.told(agreed, marked))
lesson.table(agreed, rows=40)
lesson.hand_over("observers", agreed)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 听出话里的心思，别给人贴标签
#
# 讲义说顾客有五种心理：算计、攀比、恐惧、好奇、自贬 [claim:A18]，又教人“有钱的卖尊贵，没钱的卖实惠”[claim:M42]。词是讲义的原话，听着就不舒服。有用的只是里面的一半：**听这一句话在意什么**。

# %% [markdown] lang="en" tags=["deeper"]
# ### Hear what matters, label nobody
#
# The notes know five states of mind, calculating, comparing, fearful, curious and self-deprecating [claim:A18], and teach to sell prestige to the rich and thrift to the poor [claim:M42]. The words are theirs, and unpleasant. Half of it is of use: **hear what this one sentence is about**.

# %% tags=["exercise", "deeper"]
lesson.ask("types_and_replies")

# %% [markdown] lang="zh" tags=["deeper"]
# 两个人各自给同一批买家的话标类型，没有商量：

# %% [markdown] lang="en" tags=["deeper"]
# Two people labelled the same sentences of buyers without a word to each other:

# %% tags=["deeper"]
lesson.draw("label_confusion", lesson.facts.labelled.confused(told))

# %% [markdown] lang="zh" tags=["deeper"]
# 再让一个小程序学甲的标签：只看字和两个字的搭配，学的会话和考的会话分开，没把握可以说不知道。

# %% [markdown] lang="en" tags=["deeper"]
# Then a small program learns the labels of person A, from single characters and pairs; it is tried on chats it has not learnt from, and may say that it does not know.

# %% tags=["deeper", "nbval-check-output"]
judged = lesson.facts.labelled.worth(told)
lesson.table(lesson.facts.labelled.who_is_right(judged))
lesson.say(lesson.facts.labelled.reader(judged))

# %% tags=["exercise", "deeper"]
lesson.ask("label_machine")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 青蛙公主：先问他要什么
#
# 讲义里的故事 [claim:J2]：公主变成了青蛙，销售失败了。

# %% [markdown] lang="en" tags=["deeper"]
# ### The frog princess: ask first what is wanted
#
# A story of the notes [claim:J2]: the princess is a frog, and her sale fails.

# %% tags=["exercise", "deeper"]
lesson.ask("frog")

# %% [markdown] lang="zh"
# ## 海报上的八成
#
# 回到墙上那张海报。汽车集团记了每一条线索的每一次跟进：

# %% [markdown] lang="en"
# ## The poster's 80%
#
# Now the poster on the wall. The dealer group has kept a record of every contact with every lead:

# %% tags=["report"]
numbers = lesson.facts.following.by_contact(contacts)
contacts_made = lesson.facts.following.counts(numbers)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.following.poster(numbers))
lesson.table(contacts_made, rows=12)

# %% [markdown] lang="zh"
# “占多少”和“机会有多大”是两个问题。老板要决定的是：这位客户已经联系了三次，**第四次还打不打**？

# %% [markdown] lang="en"
# How large a share and how good a chance are two questions. What has to be decided is this: a lead has been contacted three times; **is a fourth contact worth making**?

# %% tags=["exercise"]
lesson.use(contacts_made=contacts_made)
lesson.ask("chance_at_fourth")

# %% tags=["report"]
lesson.draw("hazard_and_share", numbers)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.following.two_things(numbers))
lesson.say(lesson.facts.following.would_need(numbers))
lesson.say(lesson.facts.following.without_keenness(numbers, 0.02))

# %% [markdown] lang="zh"
# 海报还漏了一件事：跟到后面的，是被挑剩下的人。越有意向的，越有人愿意接着跟：

# %% [markdown] lang="en"
# One more thing is missing from the poster: who is still contacted late has been picked. The keener the lead, the more willingly it is followed up:

# %% tags=["nbval-check-output"]
lesson.say(lesson.facts.following.got_there(contacts))

# %% [markdown] lang="zh"
# ## 跟到第几次该停
#
# 一次跟进连工时算 {cost_of_contact:g} 元。每多跟一次，平均带来多少毛利，看表（毛利 × 这一次成交的机会；机会连成一条平滑的线，免得一单碰巧的成交牵着走）：

# %% [markdown] lang="en"
# ## When to stop
#
# A contact costs {cost_of_contact:g} yuan, working time included. The table has what each further contact brings on average (gross profit × the chance of a deal, the chance as a smooth line, so that one lucky deal does not lead the way):

# %% tags=["report"]
rule = lesson.facts.following.rule(numbers, profit=profit, cost=cost_of_contact)

# %%
lesson.table(lesson.facts.following.brings(rule), rows=12)

# %% tags=["exercise"]
lesson.use(rule=rule)
lesson.ask("when_to_stop")

# %% tags=["report"]
lesson.draw("stop_rule", rule, contact_cost=cost_of_contact)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.following.stop(rule, profit=profit, cost=cost_of_contact))

# %% tags=["report"]
waiting = lesson.facts.following.waiting(contacts, rule, gap=gap_days)
lesson.hand_over("waiting", waiting)
lesson.hand_over("by_contact", numbers)

# %% [markdown] lang="zh" tags=["report"]
# ## 今天该跟进谁

# %% [markdown] lang="en" tags=["report"]
# ## Whom to contact today

# %% tags=["report", "nbval-check-output"]
todo = lesson.facts.own.to_contact(contacts, rule, gap=gap_days, limit=top_actions)
lesson.actions(todo, limit=top_actions)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ### 冷线索早停，热线索多跟

# %% [markdown] lang="en" tags=["report", "deeper"]
# ### Cold leads end sooner, keen ones later

# %% tags=["report", "deeper", "nbval-check-output"]
own = dict(profit=profit, cost=cost_of_contact)
lesson.table(lesson.facts.following.levels(contacts, **own))

# %% [markdown] lang="zh" tags=["deeper"]
# 0 是说，这一级的线索，平均连第一次都不够本；这不是说不理人，是说不必主动打。

# %% [markdown] lang="en" tags=["deeper"]
# A 0 says that for this level not even the first contact pays on average; not that they are to be ignored, but that nobody need ring them up.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ### 两周还是三周

# %% [markdown] lang="en" tags=["report", "deeper"]
# ### Two weeks or three

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义建议隔 2–3 周 [claim:H4]，又说别显得急，又说马上回电 [claim:M27]。急着买的人本来就联系得勤，所以只在**同一次序、同一级别**的线索里比：

# %% [markdown] lang="en" tags=["deeper"]
# The notes advise an interval of 2 to 3 weeks [claim:H4], never to look eager, and to call back at once [claim:M27]. Keen leads are called sooner anyway, so compare only leads of **the same contact number and level**:

# %% tags=["report", "deeper", "nbval-check-output"]
lesson.table(lesson.facts.following.intervals(contacts))

# %% tags=["exercise", "deeper"]
lesson.ask("two_or_three_weeks")

# %% tags=["report", "deeper", "nbval-check-output"]
lesson.say(lesson.facts.following.too_short(contacts))

# %% [markdown] lang="zh"
# ## 降价，还是讲价值
#
# 议价时最省事的是让一口价。让之前先算：毛利率 {price_margin:.0%}，降 {price_cut:.0%}，要多卖多少才赚得一样多？

# %% [markdown] lang="en"
# ## A price cut, or value
#
# The easiest way out of a bargain is to give way. Work it out first: at a gross margin of {price_margin:.0%} and {price_cut:.0%} off, how much more must be sold to earn the same?

# %% tags=["exercise"]
lesson.use(margin=price_margin, cut=price_cut)
lesson.ask("more_to_sell")

# %% tags=["report"]
cuts = lesson.facts.pricing.cuts(margin=price_margin, cut=price_cut)
lesson.draw("margin_after_discount", cuts, margin=price_margin, cut=price_cut)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.pricing.more(margin=price_margin, cut=price_cut))

# %% [markdown] lang="zh"
# ## 话术的底线
#
# 讲义里有几招，说明白为什么不用：
#
# - **人造“客满”** [claim:J6]：骗人，当下的座位还白白空着。
# - **“让他感觉占了便宜”** [claim:M40]：给就真给，给不了就说给不了。
# - **按有钱没钱、男女、穿着贴标签** [claim:M42]：猜错了得罪人，猜对了也失礼。
# - **绝不流露不耐烦** [claim:M44]：不耐烦了，歇一会儿，换个人接，不用装。
# - **制造依赖** [claim:M39]：随时能走、还愿意来，才算留住。

# %% [markdown] lang="en"
# ## Where talk ends
#
# Some moves of the notes are not to be made, and here is why:
#
# - **A full house, faked** [claim:J6], deceives, and seats stand empty meanwhile.
# - **"Let them feel they got a bargain"** [claim:M40]: if you give, give; if you cannot, say so.
# - **Labels by wealth, sex or clothes** [claim:M42] offend where they are wrong, and are rude where they are right.
# - **Never show impatience** [claim:M44]: when you lose patience take a break or hand over; do not put it on.
# - **Create dependence** [claim:M39]: who could leave and still comes has been kept.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 讲价值，算成一年多少钱
#
# 讲义给了六招让客户看见价值，其中一招是讲“长期价值”：耐用、可靠 [claim:H6]。它有一个算得出来的样子：价钱 ÷ 用几年 ＋ 每年的花销。

# %% [markdown] lang="en" tags=["deeper"]
# ### Value as the cost of a year
#
# The notes have six ways to make value seen; one is to speak of the long term, of lasting and being reliable [claim:H6]. There is a figure for it: price ÷ years of use + what it costs to run.

# %% tags=["exercise", "deeper"]
lesson.ask("year_of_use")

# %% tags=["deeper", "nbval-check-output"]
lesson.say(lesson.facts.pricing.two_flasks((119, 3.5), (39, 1)))

# %% [markdown] lang="zh" tags=["deeper"]
# 真要让价，讲义说不要过多、过快 [claim:H5b]。看看店里是怎么让的：

# %% [markdown] lang="en" tags=["deeper"]
# If you do give way, the notes say neither too much nor too soon [claim:H5b]. Here is how the shop does it:

# %% tags=["deeper", "nbval-check-output"]
lesson.say(lesson.facts.pricing.conceded(told, margin=price_margin))

# %% [markdown] lang="zh" tags=["deeper"]
# ### 优惠有没有用：要有对照
#
# “发了优惠，好多人又来了！”没发的呢？网店春天抽过一次签：

# %% [markdown] lang="en" tags=["deeper"]
# ### Did the promotion work? It takes a control group
#
# "So many of those who got the promotion came back!" And of the others? In spring the shop drew lots:

# %% tags=["deeper"]
promotion = lesson.facts.pricing.promotion()
lesson.table(lesson.facts.pricing.promotion_table(promotion))

# %% tags=["exercise", "deeper"]
lesson.use(promotion=promotion)
lesson.ask("promotion_effect")

# %% tags=["deeper", "nbval-check-output"]
lesson.say(lesson.facts.pricing.changed(promotion))

# %% [markdown] lang="zh" tags=["deeper"]
# ### 讲义自己打架的几处
#
# 没有不对的客户，又说要淘汰劣质客户 [claim:M28]；没有卖不出的货，又说质量价格最要紧 [claim:M29]；要像“大师”一样用术语，又说讲大白话 [claim:M30]；不许诋毁同行，自己先贬低别家 [claim:M43]。分清对谁、什么时候，多数就不打架了：对人都客气，生意可以不做；他用术语你再用；比别家，只讲说得出来源的。

# %% [markdown] lang="en" tags=["deeper"]
# ### Where the notes contradict themselves
#
# No customer is wrong, yet bad ones are to be dropped [claim:M28]; no goods are unsaleable, yet quality and price come first [claim:M29]; use terms like a master, yet speak plainly [claim:M30]; slander nobody, yet others are run down [claim:M43]. Most of it is settled by saying to whom and when. Be polite to everybody, while a deal may be refused; use terms once the buyer does; and of others say only what has a source.

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("first_useless")
lesson.ask("weeks_to_eleven")
lesson.ask("three_sentences")
lesson.ask("why_it_fails")
lesson.ask("full_house_trick")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来五道

# %% [markdown] lang="en" tags=["deeper"]
# ### Five more

# %% tags=["quiz", "deeper"]
lesson.ask("next_step")
lesson.ask("frog_question")
lesson.ask("seven_of_seven")
lesson.ask("rich_and_thrifty")
lesson.ask("make_them_depend")

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 先问后荐，答的是他问的那一句；没有的事不答应，人人都有的不拿来当让步。
# 2. “占多少”不是“机会多大”：该不该再跟一次，看跟到这一次的人里有多少成交，再比一比成本。
# 3. 让价以前先算要多卖多少；讲价值，也只讲真的。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Ask before you recommend, and answer the question that was asked. Promise nothing that is not so, and sell nobody what everybody has.
# 2. A share is not a chance. Whether to contact once more depends on how many of those who got that far buy, and on what it costs.
# 3. Before you give way on the price, work out how much more it must sell; and when you speak of value, keep to what is true.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(waiting=waiting)
lesson.summary()
lesson.take_home()
lesson.hand_in()
