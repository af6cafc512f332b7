# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 客户、CRM 与证据：到底有多少客户，哪句话信得过
#       en: "Customers, CRM and evidence: how many there are, and which claims hold"
#     subject:
#       zh: 同一批人换个定义数几遍，CRM 是什么、由什么组成，怎么查一句带数字的话
#       en: the same people counted under several definitions, what CRM is and is made of, and how to check a claim with a figure
#     minutes: 45
#     found: [by_orders, short*, wide*, not_asked*]
#     parameters:
#       orders: {data: orders}
#       tables: {data: any}
#       as_of: {format: date}
#       latest: {format: date}
#       active_days: {ge: 1, le: 3650}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
tables: dict[str, str] = {}  # files of further tables by name: customers, attitudes, service, accounts, leads; the sample shop brings its own
scope: dict[str, str] = {}  # keep only lines where a column has this value
leave_out: dict[str, str] = {}  # leave out lines where a column has one of these values; a bar divides them, a star is any text
flip_returns: bool = False  # lines marked as returned hold positive amounts, which count as minus
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
active_days: int = 365  # days since the last purchase up to which a customer is active, included; after that dormant
top_actions: int = 50  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 客户、CRM 与证据：到底有多少客户，哪句话信得过

# %% [markdown] lang="en" tags=["report"]
# # Customers, CRM and evidence: how many there are, and which claims hold

# %% [markdown] lang="zh"
# ## 情境：新店长的两个问题

# %% [markdown] lang="en"
# ## The situation: two questions of the new manager

# %% [markdown] lang="zh" tags=["sample"]
# 云杉生活来了新店长，第一天就问两件事：**我们有多少客户？花钱做 CRM，划得来吗？** 第一问，财务、销售、市场各报一个数。第二问，人人都引一句有数字的话：“满意度提高五个百分点，利润翻一番。”“九成三的老总都说它最要紧。”店长请你两天后给个准话。

# %% [markdown] lang="en" tags=["sample"]
# Yunshan Living has a new manager, who asks two things on the first day: **how many customers do we have, and does CRM pay?** To the first, finance, sales and marketing each give a figure. To the second, everybody quotes a statistic: "Five points of satisfaction double the profit." "Nearly all chief executives call it the most important thing." You are to come back in two days with an answer that stands.

# %% [markdown] lang="zh"
# 做完这一课，你能说清“客户”是按哪个定义数的，CRM 是什么，一句带数字的话要过哪几关。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# After this lesson you can say by which definition customers are counted, what CRM is, and what a claim with a figure has to pass. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course, customers, data

lesson = course.open("01_customers", language=language)
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
people = customers.summarise(table, as_of=as_of, where=scope)
asked = lesson.facts.leads(data.companions(orders, tables))
counts = lesson.facts.counted(people, asked, lesson.facts.staff(table), active_days)

# %% tags=["report"]
lesson.data(table, people, currency=currency, scope=scope)
lesson.draw("customers_by_definition", lesson.facts.buyers(counts))

# %% tags=["report", "nbval-check-output"]
lesson.figure("by_orders", compare="current", **lesson.facts.by_orders(counts, active_days))
lesson.say(lesson.facts.short(people, active_days))

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 十个人，四种读法
#
# 讲义里“客户”的说法互相打架 [claim:A1]：有一处说买了才算，有一处说可能买的也算，有一处要有需求又有购买力，还有一处把渠道和同事也算进来 [claim:A2]。店门口这十个人，按每种读法各有几位客户？

# %% [markdown] lang="en"
# ## Ten people, four readings
#
# The notes disagree on what a customer is [claim:A1]. In one place only buyers are; in another, whoever might buy; in a third it takes a need and the power to buy; in a fourth resellers and colleagues are customers as well [claim:A2]. Here are ten people. How many customers are there by each reading?

# %%
lesson.table(lesson.facts.ten(), rows=10)

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(matrix=lesson.facts.matrix())
lesson.ask("ten_people")

# %% [markdown] lang="zh" tags=["report"]
# ## 再把问过的人算进来

# %% [markdown] lang="en" tags=["report"]
# ## Counting those who asked as well

# %% [markdown] lang="zh"
# 市场部说，问过的都是客户。店里有两份名单，一份是买过的，一份是来问过的：

# %% [markdown] lang="en"
# Marketing says that whoever asked is a customer. There are two lists, one of buyers and one of enquiries:

# %%
two = lesson.facts.two_lists(people, asked)
lesson.table(two)

# %% tags=["exercise"]
lesson.use(two=two, counts=counts)
lesson.ask("bought_or_asked")

# %% tags=["report"]
lesson.draw("customers_by_definition", counts)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.wide(counts))
lesson.say(lesson.facts.unknown(counts))
lesson.hand_over("definitions", counts)

# %% [markdown] lang="zh"
# 哪个数是对的？都对，只要说清楚按什么数、数来做什么。算提成按买过的，备货按最近还在买的，打电话按问过的。**报客户数的时候，定义和日子一起报。**

# %% [markdown] lang="en"
# Which figure is right? All of them, as long as you say what was counted and for what. Commission goes by buyers, stock by those who still buy, the telephone by those who asked. **Whoever gives a number of customers gives the definition and the day with it.**

# %% [markdown] lang="zh" tags=["report"]
# ## 先去问清楚谁

# %% [markdown] lang="en" tags=["report"]
# ## Whom to ask first

# %% tags=["report", "nbval-check-output"]
todo = lesson.facts.to_ask(asked, people, today=customers.day_of(people), limit=top_actions)
lesson.actions(todo, limit=top_actions)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 同事也是客户吗
#
# 讲义把同事叫“内部客户” [claim:A2]。这不是为了让客户数好看：

# %% [markdown] lang="en" tags=["deeper"]
# ### Are colleagues customers?
#
# The notes call colleagues internal customers [claim:A2]. Not to make the number larger:

# %% tags=["exercise", "deeper"]
lesson.ask("internal_customer")

# %% [markdown] lang="zh"
# ## CRM 是软件吗
#
# 讲义前后给了十二个定义 [claim:I2]。有的说它是战略，有的说是流程，有的说是技术。讲义也打了个比方：理念、技术、实施，是 CRM 的“铁三角” [claim:I3]。

# %% [markdown] lang="en"
# ## Is CRM software?
#
# The notes give twelve definitions [claim:I2]: some call it a strategy, some a process, some technology. And they have an image for it, the "iron triangle" of CRM, whose corners are the idea, the technology and putting it into practice [claim:I3].

# %% tags=["exercise"]
lesson.ask("failed_project")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 十二个定义，共同的一点
#
# 用我们的话缩写如下：

# %% [markdown] lang="en" tags=["deeper"]
# ### Twelve definitions and what they share
#
# In our own words, and shortened:

# %% tags=["exercise", "deeper"]
lesson.use(twelve=lesson.facts.twelve())
lesson.ask("speaks_of_technology")

# %% tags=["deeper"]
lesson.table(lesson.facts.tagged())

# %% tags=["exercise", "deeper"]
lesson.ask("common_core")

# %% [markdown] lang="zh"
# ## 五种声音，五个模块
#
# 讲义说 CRM 是被五种声音催出来的 [claim:I1]，系统有五个模块 [claim:I4]。下面五句话，各要哪个模块来答？
#
# 1. 销售员：“这条线索谁在跟，报过什么价？”
# 2. 市场专员：“上次活动花了钱，带来了谁？”
# 3. 客服：“他投诉过几次，上次答应了什么？”
# 4. 客户：“我的地址、电话，怎么每次都要重报？”
# 5. 店长：“哪个渠道在丢客户，下个月先补哪里？”

# %% [markdown] lang="en"
# ## Five voices, five modules
#
# CRM, say the notes, was called for by five voices [claim:I1], and a system has five modules [claim:I4]. Which module answers each of these?
#
# 1. Sales: "Who is working on this lead, and at what price?"
# 2. Marketing: "The last campaign cost money. Whom did it bring?"
# 3. Service: "How often has this customer complained, and what did we promise?"
# 4. The customer: "Why must I give my address and number every time?"
# 5. The manager: "Which channel is losing customers, and where do we begin next month?"

# %% tags=["exercise"]
lesson.ask("five_voices")

# %% tags=["sample"]
lesson.draw("modules_fed", lesson.facts.modules())

# %% [markdown] lang="zh"
# ## 换你来说
#
# 讲义里有一套面试题 [claim:K1]。先用自己的话写，再跟参考答案一点一点对：程序按词找要点，找到的只算建议，每一点都由你定。

# %% [markdown] lang="en"
# ## Now say it yourself
#
# The notes have a set of interview questions [claim:K1]. Write in your own words first, then compare with a model answer point by point. The program looks for words; what it ticks is a proposal, and each point is yours to decide.

# %% tags=["exercise"]
lesson.ask("say_crm")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 上一套系统要七步
#
# 讲义把实施分成七步 [claim:I5]：

# %% [markdown] lang="en" tags=["deeper"]
# ### A new system takes seven steps
#
# The notes divide the introduction of a system into seven steps [claim:I5]:

# %% tags=["exercise", "deeper"]
lesson.ask("seven_steps")
lesson.ask("skipped_step")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 另外两道面试题

# %% [markdown] lang="en" tags=["deeper"]
# ### Two more interview questions

# %% tags=["exercise", "deeper"]
lesson.ask("say_modules")
lesson.ask("say_steps")

# %% [markdown] lang="zh"
# ## 一句带数字的话，要过四关
#
# 回到店长的第二问。别人引的数字，先问四句：**谁说的**（出处）？**按什么算的**（单位、百分点还是百分之几）？**数的是谁**（多少人，留下来的还是全部）？**会不会反过来**（一起出现，不等于谁造成谁）？
#
# 讲义说“客户保持率提高 5%，利润增加 25–100%” [claim:M5]。

# %% [markdown] lang="en"
# ## What a claim with a figure has to pass
#
# Now the manager's second question. Ask four things of a figure that somebody quotes. **Who says so** (the source)? **In what unit** (points or per cent)? **Who was counted** (how many, all or only those who stayed)? **Could it be the other way round** (to occur together is not to cause)?
#
# The notes say that 5% more retention brings 25 to 100% more profit [claim:M5].

# %% tags=["exercise"]
lesson.ask("five_percent")
lesson.ask("four_claims")

# %% [markdown] lang="zh"
# 我们把讲义里能找到的说法都登记在册，一条一条查过：

# %% [markdown] lang="en"
# All statements of the notes that we could find are on a register, and each was checked:

# %% tags=["sample"]
claims = lesson.facts.register()
lesson.draw("claims_by", lesson.facts.by(claims, "status"))
lesson.draw("claims_by", lesson.facts.by(claims, "error"), by="error")

# %% tags=["sample", "nbval-check-output"]
lesson.say("sourced", lesson.facts.sourced(claims))

# %% [markdown] lang="zh"
# “没有出处”不等于错，只是不能拿来当理由。能算的，用自己的数据算；算不了的，就说“还不知道”。所以对店长的第二问，老实的回答是：**别人的倍数不作数，先定一件事、留一组对照，拿自己店的毛利来比。**

# %% [markdown] lang="en"
# Without a source is not the same as wrong; it is no reason either. What can be worked out is worked out on one's own data, and of the rest one says that it is not known yet. So the honest answer to the second question is: **other people's multiples do not count. Change one thing, keep a control group, and compare the gross profit of our own shop.**

# %% [markdown] lang="zh" tags=["deeper"]
# ### 离开的人，问了谁
#
# 讲义还说：三分之二的客户离开，是因为关怀不够 [claim:M3]。

# %% [markdown] lang="en" tags=["deeper"]
# ### Of those who left, who was asked?
#
# The notes also say that two thirds of customers leave for want of care [claim:M3].

# %% tags=["exercise", "deeper"]
lesson.ask("who_was_asked")

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("a_visitor")
lesson.ask("key_corner")
lesson.ask("which_step_next")
lesson.ask("holds_complaints")
lesson.ask("list_or_relation")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来五道

# %% [markdown] lang="en" tags=["deeper"]
# ### Five more

# %% tags=["quiz", "deeper"]
lesson.ask("fields_to_drop")
lesson.ask("points_said")
lesson.ask("similar_to_fake")
lesson.ask("price_and_tie")
lesson.ask("time_and_value")

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 报客户数，带上定义和日子；换个定义，同一批人能差出几倍。
# 2. CRM 先是想法和做法，再是软件；推不动的时候，先看是铁三角的哪个角。
# 3. 带数字的话过四关：谁说的，按什么算，数的是谁，会不会反过来。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. A number of customers comes with its definition and its day; under another definition the same people make several times as many.
# 2. CRM is an idea and a way of working first, and software second. When it gets stuck, see which corner of the triangle is weak.
# 3. Ask four things of a figure: who says so, in what unit, who was counted, and could it be the other way round.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(claims=lesson.facts.register())
lesson.summary()
lesson.take_home()
lesson.hand_in()
