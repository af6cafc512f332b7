# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 二八与 ABC：有限的时间给谁
#       en: "80/20 and ABC: who gets the limited time"
#     subject:
#       zh: 用订单找出撑起生意的客户，给每一类定下服务和行动
#       en: find the customers who carry the business, and decide what each class gets
#     minutes: 45
#     found: [top_share, migration, top10]
#     parameters:
#       orders: {data: orders}
#       a_share: {gt: 0, lt: 1}
#       b_share: {gt: 0, lt: 1, at_most_1_with: a_share}
#       measure: {choices: [amount, profit]}
#       since: {format: date}
#       as_of: {format: date}
#       latest: {format: date}
#       places: {ge: 1}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
scope: dict[str, str] = {}  # keep only lines where a column has this value
leave_out: dict[str, str] = {}  # leave out lines where a column has one of these values; a bar divides them, a star is any text
flip_returns: bool = False  # lines marked as returned hold positive amounts, which count as minus
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
since: str = ""  # first day of the period, included; empty means the first day in the data
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
measure: str = "amount"  # what customers are ranked by, amount or profit
a_share: float = 0.75  # share of the measure that class A covers
b_share: float = 0.20  # share of the measure that class B covers after A
places: int = 200  # customers the team can look after one by one
top_actions: int = 30  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 二八与 ABC：有限的时间给谁

# %% [markdown] lang="en" tags=["report"]
# # 80/20 and ABC: who gets the limited time

# %% [markdown] lang="zh"
# ## 情境：名额有限

# %% [markdown] lang="en"
# ## The situation: not enough places

# %% [markdown] lang="zh" tags=["sample"]
# 离双 11 还有三周。“云杉生活”网店的六位客服专员要赶在大促前做一对一维护：打电话、发企业微信，问问大促要备些什么。
# 电话一通一通打，店里的客户却远不止这些。

# %% [markdown] lang="en" tags=["sample"]
# Double 11, the biggest sale of the year, is three weeks away. The six advisers of the online shop Yunshan Living want to
# speak to customers one by one before it starts: call them, write to them, ask what they will need. There are far more customers than calls.

# %% [markdown] lang="zh"
# 一对一维护，全组只顾得过来 **{places} 位客户**。名单给谁？凭印象挑，挑出来的往往是最近说过话的、嗓门最大的。
# 这一课用订单来挑，而且每个名字都说得出理由。
#
# 不用写代码：读一读，看看图，在框里作答，提交后马上有批改。答错不扣分，想试几次都行。
# 标着“深入一步”的部分给分析师和讲师，可以先跳过。

# %% [markdown] lang="en"
# The team can look after **{places} customers** one by one. Who goes on the list? Picked from memory, it fills up with whoever called last or complained loudest. This lesson picks
# the list from the orders, with a reason beside every name.
#
# There is no code to write: read, look at the charts, answer in the boxes. Each answer is checked at once. A wrong one costs nothing,
# and you may try as often as you like. Parts marked "Go deeper" are for analysts and instructors; feel free to skip them.

# %% tags=["report"]
from crm_lessons import course, customers, data, lacking, pareto

lesson = course.open("05_pareto", language=language)
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
period = dict(since=since, as_of=as_of, where=scope)
people = customers.summarise(table, **period)
classes = pareto.abc(people[measure], a_share=a_share, b_share=b_share)
lesson.data(table, people, currency=currency, measure=measure, scope=scope)

# %%
lesson.say("take_home", places=places)

# %% [markdown] lang="zh"
# ## 先猜一猜
#
# 凭感觉拖动滑块，定下一个数，再揭晓。猜得准不准不要紧，看看差多少才有意思。

# %% [markdown] lang="en"
# ## Guess first
#
# Set the slider by feeling, then look. It doesn't matter whether you're right. What you learn from is how far off you were.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(people=people, classes=classes, places=places, a_share=a_share, b_share=b_share, measure=measure)
lesson.ask("share_of_top_fifth")

# %% [markdown] lang="zh" tags=["report"]
# ## 谁撑起了生意

# %% [markdown] lang="en" tags=["report"]
# ## Who carries the business

# %% tags=["report", "nbval-check-output"]
needed = pareto.customers_for_share(classes["amount"], 0.80)
lesson.figure(lesson.facts.top_share(classes["amount"]), compare="share", kind="percent", measure=measure)
heads = {"n": len(people), "head_share": needed / len(people)}
lesson.figure("customers_for_80", compare="count", count=needed, **heads, measure=measure)

# %% [markdown] lang="zh"
# 不少人会脱口说出“八成”，因为背过“二八定律”。可“二八”只是一句经验话：到底几成，每家店要自己算。
#
# - 80 和 20 **不必加起来等于 100**：一个说钱，一个说人，是两把尺子。90/10、65/20 都可能。
# - 它不保证前 20% 是同一批人：明年可能换了一批，比例却照样是“二八”。
# - 它不说原因，也不说 C 类没有用。
#
# ## ABC 分类的八个步骤
#
# 要给客户分出轻重，得一步一步来。先别往下看，自己排一排：哪一步要用到前面哪一步的数？

# %% [markdown] lang="en"
# Many people say eighty per cent, because they have learnt the 80/20 rule. But 80/20 is a rule of thumb; every company has to work out its own figure.
#
# - 80 and 20 **need not add up to 100**: one is money, the other heads. 90/10 or 65/20 are just as possible.
# - It does not promise that the first 20% are the same people: next year they may be others.
# - It gives no cause, and does not say that class C is useless.
#
# ## ABC in eight steps
#
# Telling large customers from small takes several steps. Before you read on, put them in order yourself: which step needs a figure from an earlier one?

# %% tags=["exercise"]
lesson.ask("steps_of_abc")

# %% [markdown] lang="zh"
# | 步骤 | 做什么 | 容易出错的地方 |
# |---|---|---|
# | 1 定指标 | 选一个能相加的量：销售额或毛利 | 毛利率不能相加，也就算不出累计占比 |
# | 2 定时长 | 一般至少一年 [claim:B6] | 只看一个旺季，或者碰上一两笔大单 |
# | 3 算到每位客户 | 一位客户一行，退款减掉 | 重复导出的行没剔除 |
# | 4 排序 | 从大到小 | 新客户天然吃亏，记得另看 |
# | 5 累加 | 一个一个加下去，算累计占比 | 分母是全部客户的合计 |
# | 6 定标准 | 75/20/5 或 70/20/10 | 75 说的是**钱**，不是人 |
# | 7 算切线 | 合计乘以占比，得到两条线 | 把 B 的线画在累计 20%（应是 75%＋20%） |
# | 8 分类 | 落在哪一段就是哪一类 | 正好压线的那一位 |
#
# ## A 类有多少位客户
#
# 分类看的是**轮到这位客户之前**，累计到了多少：还没到线，他就是 A；正好到线，他归 B。
# 所以最大的客户哪怕一个人就超过了线，也还是 A；金额相同的客户必定同类。
#
# 手算一遍：六位客户的金额是 50、20、11、9、6、4，合计 100。轮到每个人之前的累计是 0、50、70、81、90、96，
# 按 75/20/5 分出来是 A、A、A、B、B、C。
#
# 这份数据的 A 线画在累计 {a_share:.0%}。下面是排在这条线附近的几位客户。该停在哪一位？

# %% [markdown] lang="en"
# | Step | What to do | Where it goes wrong |
# |---|---|---|
# | 1 Measure | choose something that adds up: sales or gross profit | a margin in per cent does not add up, so it has no cumulative share |
# | 2 Period | at least one year as a rule [claim:B6] | a short period catches one season, or one big order |
# | 3 Total for each customer | one row per customer, refunds taken off | rows exported twice were left in |
# | 4 Sort | largest first | newcomers are at a disadvantage; look at them separately |
# | 5 Add up | customer by customer, giving the cumulative share | the whole is the total of all customers |
# | 6 Standard | 75/20/5 or 70/20/10 | 75 is about **money**, not heads |
# | 7 Cuts | total times share gives two lines | the second line is drawn at 20%; it belongs at 75% + 20% |
# | 8 Class | whichever band a customer falls into | the one who stands exactly on a line |
#
# ## How many customers are in class A
#
# What counts is the cumulative share **before** this customer: below the line, the customer is A; exactly on it, B.
# So the largest customer is A even if it alone goes beyond the line, and customers with equal amounts are always in one class.
#
# By hand: six customers bring 50, 20, 11, 9, 6 and 4, together 100. Before each of them the cumulative share is 0, 50, 70, 81, 90
# and 96, so with 75/20/5 they are A, A, A, B, B and C.
#
# In these data the A line stands at {a_share:.0%}. Here are the customers ranked closest to it. Where do you stop?

# %% tags=["nbval-check-output"]
lines = lesson.facts.near_the_lines(classes, a_share=a_share, b_share=b_share)
lesson.table(lesson.facts.near_the_a_line(lines))

# %% tags=["exercise"]
lesson.ask("customers_in_a")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 把三类都填齐
#
# 下面是两条线附近的客户。名次、累计占比和客户总数都有了，三类的人数和金额占比就推得出来：

# %% [markdown] lang="en" tags=["deeper"]
# ### Fill in all three classes
#
# Here are the customers close to both lines. Rank, cumulative share and the number of all customers are all it takes to find the head count and the share of each class:

# %% tags=["nbval-check-output", "deeper"]
lesson.table(lines)

# %% tags=["exercise", "deeper"]
lesson.ask("class_counts")

# %% [markdown] lang="zh" tags=["report"]
# ## 三类客户各占多少

# %% [markdown] lang="en" tags=["report"]
# ## How much each class holds

# %% tags=["report"]
lesson.draw("pareto", classes, a_share=a_share, b_share=b_share, measure=measure)

# %% tags=["report", "nbval-check-output"]
counted = pareto.class_table(classes)
lesson.figure("class_counts", compare="a", **lesson.facts.class_counts(counted))
lesson.say("places", places=places, a=int(counted["customers"]["A"]))

# %% tags=["report", "later", "nbval-check-output"]
lesson.table(counted)

# %% tags=["report"]
lesson.draw("class_shares", counted, measure=measure)
lesson.hand_over("classes", counted)
lesson.hand_over("customers", people.join(classes.drop(columns="amount")))

# %% [markdown] lang="zh"
# 横轴从左到右是客户，最大的排最前；纵轴是累计占比。曲线一开始越陡，生意就越靠少数人。
#
# 讲义里有两套标准：A、B、C 各占 75%、20%、5%，或者 70%、20%、10% [claim:B6]。没有哪一套更“正确”，要看名单拿来做什么：
# 名额紧，就把 A 的线画低一点，名单更短；想多照顾一些有潜力的，就画高一点。
#
# 名额已经定了，线就可以倒着推。拖一拖滑块，看图上的线挪到哪里，谁换了类：

# %% [markdown] lang="en"
# Customers stand along the horizontal axis, the largest first; the curve shows what share of the total they hold up to that point. The steeper it starts, the more the business rests on a few.
#
# The notes have two standards: A holds 75%, B 20%, C 5%; or 70, 20 and 10% [claim:B6]. Neither is more correct; it depends on what the list is for.
# With few places draw the A line lower, for a shorter list. To include more customers who may grow, draw it higher.
#
# With the places given, the line can be worked out backwards. Move the slider, and see on the chart where the line goes and who changes class:

# %% tags=["exercise"]
lesson.ask("cut_for_places")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 口径、标准和人数的比例
#
# 同一批客户，换一套标准，谁换了类？

# %% [markdown] lang="en" tags=["deeper"]
# ### Measure, standard and the share of heads
#
# The same customers by the other standard: who changes class?

# %% tags=["deeper", "nbval-check-output"]
narrow = pareto.abc(people[measure], a_share=0.70, b_share=0.20)
lesson.table(pareto.class_table(narrow))
lesson.say("standards", **lesson.facts.standards(classes, narrow))

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义还写着：A 类占客户数的 10%–15% [claim:B7]，B 类占 15%–25% [claim:B8]，C 类没写，推算是 60%–75%。
# 请注意：**金额的线和人数的比例不能同时规定**。定了一个，另一个就由数据说了算。拿这份数据对一对：

# %% [markdown] lang="en" tags=["deeper"]
# The notes also say that A is 10–15% of customers [claim:B7] and B 15–25% [claim:B8]; C is not given and works out at 60–75%.
# Take care: **the cut by money and the share of heads cannot both be imposed.** Fix one and the data decide the other.
# Compare with the data at hand:

# %% tags=["deeper", "nbval-check-output"]
bands = pareto.head_count_bands(counted)
lesson.table(bands, percent=("lower", "upper"))
lesson.say("bands_verdict", **lesson.facts.bands(bands))

# %% tags=["exercise", "deeper"]
lesson.ask("net_sales")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 集中到什么程度

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How concentrated it is

# %% tags=["report", "nbval-check-output", "deeper"]
curve = pareto.lorenz(classes["amount"])
lesson.figure(lesson.facts.gini(classes["amount"]), compare="gini", measure=measure)
lesson.figure(lesson.facts.top10(classes["amount"]), compare="share", kind="percent", measure=measure)
lesson.say(lesson.facts.losses(classes["amount"]), measure=measure)

# %% tags=["report", "deeper"]
lesson.draw("lorenz", {"this_data": curve})

# %% [markdown] lang="zh" tags=["deeper"]
# **洛伦兹曲线**换一个方向看同一件事：让客户从小到大排队，一边走一边把金额加起来。人人一样多，就是那条对角线；
# 弯得越厉害，越集中。**基尼系数**就是弯出来的那块面积占整个三角形的比例：0 是完全平均，越接近 1 越集中。
# 数学上，正好“80/20”的帕累托分布，基尼系数约是 0.756 [claim:B3]；实际的数据有自己的样子。
#
# 括号里的区间是这么来的：把客户有放回地重抽一千遍，每遍都算一次，中间 95% 落在哪里。客户只有几十位的店，少了一位大客户，占比就差出十几个百分点，
# 这时别拿小数点后一位跟别家比。
#
# 前十大客户的占比是另一把尺子。讲义引过一张表：高增长企业前十位客户占 46%，低增长企业占 32% [claim:B11]。
# 这能说明“越集中增长越快”吗？不能：表里没有企业数、没有年份；两件事一起出现，也不等于谁造成了谁。

# %% [markdown] lang="en" tags=["deeper"]
# The **Lorenz curve** shows the same thing from the other end: let the customers queue from small to large and add up as you walk along.
# If all were equal the result would be the diagonal; the more it sags, the more concentrated the business. The **Gini coefficient** is
# the sagging area as a share of the whole triangle: 0 means equal, close to 1 means very concentrated.
# In mathematics a Pareto distribution with exactly 80/20 has a Gini coefficient of about 0.756 [claim:B3]; real data have a shape of their own.
#
# The intervals in brackets: customers are drawn anew a thousand times, with replacement, and the figure is worked out each time; the middle 95% of the results is the interval. With some fifty
# customers one large one more or less moves the share by ten points and more, so do not compare the first decimal with another company's.
#
# The share of the ten largest is another yardstick. The notes quote a table: 46% for fast-growing companies, 32% for slow ones [claim:B11].
# Does concentration make a company grow? The table cannot say: it gives neither the number of companies nor the year, and two things that
# go together need not cause one another.

# %% [markdown] lang="zh" tags=["report"]
# ## 卖得多，赚得多吗

# %% [markdown] lang="en" tags=["report"]
# ## Large sales, large profit?

# %% tags=["report", "nbval-check-output"]
by_sales, by_profit = pareto.both(people, a_share=a_share, b_share=b_share)
agreed = lesson.facts.agreed(by_sales, by_profit)
lesson.say(lesson.facts.sales_vs_profit(agreed))
lesson.use(by_profit=by_profit)

# %% tags=["report"]
lesson.draw("agreement", agreed)

# %% [markdown] lang="zh"
# 按销售额是 A、按毛利却是 C 的客户，多半是企业团购：量大，价格压得低，还要送货、开票、账期。碰上这样一位，你有三条路：
# **涨价**、**降服务**、**放弃**。

# %% [markdown] lang="en"
# A customer who is A by sales and C by profit is often a corporate buyer: large volume, a squeezed price, delivery, invoices, credit.
# With a customer like that you have three options: **raise the price**, **cut back the service**, or **let the customer go**.

# %% tags=["exercise"]
lesson.ask("group_buyer")

# %% [markdown] lang="zh"
# 三条路都不急着走。讲义说劣质客户要“坚决淘汰” [claim:B10]。可毛利低不等于亏，没算服务成本就赶人，是拿印象做决定。
# 谈条件，谈的是起订量、配送费、付款期限。

# %% [markdown] lang="en"
# None of the three is urgent. The notes say to drop bad customers firmly [claim:B10]. But a thin margin is not a loss,
# and turning a customer away without knowing the cost to serve is a decision by impression. The terms to talk about are minimum order, delivery charge and payment.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 按毛利再挑一遍

# %% [markdown] lang="en" tags=["deeper"]
# ### Choose again, by profit

# %% tags=["exercise", "deeper"]
lesson.ask("top_five_by_profit")
lesson.ask("a_by_sales_c_by_profit")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ### 一头一尾的客户

# %% [markdown] lang="en" tags=["report", "deeper"]
# ### Top by one measure, bottom by the other

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.table(pareto.opposed(people, by_sales, by_profit))

# %% [markdown] lang="zh" tags=["report"]
# ## 一年过去，谁升了、谁降了

# %% [markdown] lang="en" tags=["report"]
# ## One year on: who rose, who fell

# %% tags=["report", "nbval-check-output"]
before, now = pareto.two_years(table, as_of=as_of, where=scope, measure=measure, a_share=a_share, b_share=b_share)
earlier = pareto.bought_before(table, as_of=as_of, where=scope)
two_years = lesson.facts.two_whole_years(people)
moved = lacking.unless(two_years, pareto.migration(before["class"], now["class"], earlier=earlier))
lesson.say(lesson.facts.moves(moved, people))

# %% tags=["report"]
lesson.draw("migration", moved)
lesson.hand_over("migration", moved)

# %% [markdown] lang="zh"
# 横着看，是去年的类别；竖着看，是今年的类别。读这张图记住两条：
#
# - **新增**和**回头**两行不是“降级”。新增的客户，今年以前在这份数据里没有买过；回头的在数据里更早买过，去年一整年没买，今年又来了。数据开始以前的事看不见。
# - B 类和 C 类的人数少到一定程度，要及时补充；定期看看谁该往上升，免得误判 [claim:B9]。
#
# 电话先打给谁，拿起电话先做什么？你来定：

# %% [markdown] lang="en"
# Rows show the class a customer had last year, columns the class this year. Two things to keep in mind:
#
# - The rows **New** and **Back** are no falls. New customers have no purchase in these data before this year; those who are back bought earlier in the data, sat out all of last year, and returned. What came before the data begin cannot be seen.
# - When classes B and C shrink, fill them up; and look regularly for those who deserve a higher class, so that nobody is misjudged [claim:B9].
#
# Whom do you call first, and what comes before the call? You decide:

# %% tags=["exercise"]
lesson.use(before=lacking.unless(two_years, before), now=now)
lesson.ask("call_first")
lesson.ask("first_word")

# %% [markdown] lang="zh"
# 去年是 A、今年掉到 C 或者没再买的，最该先打电话：他们有过需要，也信过你。打之前先查有没有没了结的投诉；
# 投诉没处理完就发优惠券，是火上浇油。

# %% [markdown] lang="en"
# Those who were A last year and are C or gone this year come first: they had a need, and they trusted you. Check for an open complaint
# before you call; a coupon on top of an unsettled complaint makes it worse.

# %% [markdown] lang="zh" tags=["report"]
# ## 每位业务员靠多少客户

# %% [markdown] lang="en" tags=["report"]
# ## How many customers each salesperson depends on

# %% tags=["report", "nbval-check-output"]
sellers = lesson.facts.sellers(table, **period)
lesson.say(lesson.facts.salespeople(sellers))
lesson.draw("concentration", sellers)
lesson.hand_over("salespeople", sellers)

# %% [markdown] lang="zh"
# “八成业绩来自一到三位核心客户”，讲义把这当作顶尖销售的标志 [claim:B12]。可是客户换了采购经理，或者业务员跳了槽，业绩一夜之间就塌一块。
# 占比太高的，趁关系好的时候，让第二位同事也认识这位客户。
#
# ## 给每一类定服务
#
# 核心是一句话：抓住重点，区别对待，分类控制 [claim:B4]。
#
# | | A 类 | B 类 | C 类 |
# |---|---|---|---|
# | 是谁 | 贡献大，有需要先想到我们 | 基本认可，有疑虑，解开了就买 | 人多、单个金额小，常拿我们跟别家比 |
# | 时间 | 专人负责，时间给足，有求先应 | **跟踪的重点**：定期回访，听意见，马上改 | 标准流程，群发、自助，不占专人时间 |
# | 资料 | 最全的服务档案，决策人、采购周期都记 | 记疑虑和解决办法 | 记来源和最近一单 |
# | 活动 | 方案先给他看，反馈当天回 | 用试用、组合、案例打消疑虑 | 活动统一通知 |
# | 盯什么 | 按他自己的节奏，久没来就打电话 | 离 A 的线只差一点的先培养 | 有没有该升上来的 [claim:B9] |
#
# 两点提醒。第一，买得多的客户不一定满意，要用满意度数据去验证。
# 第二，C 类不是“不要的客户”，是“用省力的办法服务的客户”：
# 少花的是主动拜访的时间，投诉、退换货、安全问题和 A 类一样处理。

# %% [markdown] lang="en"
# "Eighty per cent of results come from one to three core customers": the notes count this as the mark of a top seller [claim:B12].
# But the buyer changes jobs, or the seller does, and a piece of the business is gone overnight. Where one
# customer weighs that much, introduce a second colleague while relations are good.
#
# ## A service plan for each class
#
# The idea in one line: focus on what matters, treat customers differently, manage each class in its own way [claim:B4].
#
# | | Class A | Class B | Class C |
# |---|---|---|---|
# | Who | contribute much, come to us first | accept us on the whole; buy once a doubt is cleared up | many, small, compare us with others |
# | Time | one person in charge, time as needed, answered first | **the ones to follow up**: regular calls, opinions heard and acted on | standard process, messages to all, self-service |
# | Records | the fullest file: who decides, when they buy | doubts and what settled them | source and latest order |
# | Campaigns | see the offer first, get an answer the same day | trial, bundle or example against the doubt | general notice |
# | Watch | silent for longer than their rhythm allows: call | those just below the A line: develop | anyone who should rise [claim:B9] |
#
# Two cautions. Customers who buy much need not be satisfied; only satisfaction data can
# tell. And C does not mean unwanted: it means served in a way that costs little. What C gets less of is visits; complaints, returns and
# safety are handled as for class A.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 换一个行业：汽车经销商
#
# 江澜汽车集团六家店都要给“A 类客户”发礼遇，各店报上来的名单却对不上。先想一想，哪些钱该算？

# %% [markdown] lang="en" tags=["deeper"]
# ## Another trade: a dealer group
#
# The six branches of Jianglan Motors are to send a gift to their "class A customers", and their lists do not agree. Think first: which money should count?

# %% tags=["exercise", "deeper"]
lesson.ask("owners_to_reward")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 毛病出在三个地方
#
# 1. **口径**：整车和售后混在一起算，一年里买了车的都排在前面，只来保养的老客户一个也进不了 A。
# 2. **谁付的钱**：保修是厂家付的，事故车是保险公司付的。把这些钱算到车主头上，“大客户”就是撞车最多的人。
# 3. **字母撞名**：线索的 H/A/B/C 级说的是“几天内可能下单”，跟 ABC 分类的 A 不是一回事。
#
# 同一批车主，换几种算法看看：

# %% [markdown] lang="en" tags=["deeper"]
# ### Three things went wrong
#
# 1. **Scope**: cars and service were added together. In a single year whoever bought a car comes first, and no owner who only comes for service gets into A.
# 2. **Who pays**: warranty work is paid by the manufacturer, accident repairs by insurers. Count that money as the owner's, and your best customer is whoever crashes most.
# 3. **The same letter twice**: leads are graded H/A/B/C by how soon an order is expected. That A has nothing to do with class A.
#
# The same owners, counted in several ways:

# %% tags=["deeper"]
dealers = data.read("dealers")
year = customers.year_start(dealers)
after_sales = {"department": "after_sales"}
all_year = customers.summarise(dealers, since=year)
service_year = customers.summarise(dealers, since=year, where=after_sales)
service = customers.summarise(dealers, where=after_sales)
owners = customers.summarise(dealers, where=after_sales | {"payer": "owner"})

# %% tags=["nbval-check-output", "deeper"]
compared = {
    "cars_and_service_one_year": all_year["amount"],
    "service_one_year": service_year["amount"],
    "service_three_years": service["amount"],
    "service_profit": service["profit"],
    "service_paid_by_owner": owners["amount"],
}
lesson.table(pareto.side_by_side(compared))

# %% tags=["deeper"]
payers = customers.totals(dealers, "payer", where=after_sales)
lesson.table(payers, codes={"payer": data.labels("payer")})
lesson.say("who_pays", **lesson.facts.who_pays(payers))

# %% [markdown] lang="zh" tags=["deeper"]
# 所以先问清楚要做什么，再选口径：要留住售后客源，看车主自费的售后金额或毛利；要谈团购，看整车；要奖励门店，用同一个口径、同一段时间。

# %% [markdown] lang="en" tags=["deeper"]
# So ask what the list is for, then choose the scope: to keep service customers, after-sales paid by owners or its gross profit; for fleet deals, cars; to
# reward branches, the same scope and the same period for all.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 三种生意放在一起看
#
# 网店、经销商、真实的超市（一家美国超市 2,469 户家庭一年的购物记录，CC0 公开数据），前五分之一各占多少？

# %% [markdown] lang="en" tags=["deeper"]
# ## Three businesses side by side
#
# An online shop, a dealer group and a real grocery chain (a year of shopping by 2,469 households in the United States, public data under CC0): what does the first fifth hold in each?

# %% tags=["deeper"]
businesses = {"this_data": people["amount"], "dealers_service": service["amount"]}
grocery = lesson.facts.grocery()
lesson.say(lesson.facts.grocery_missing(grocery))
lesson.draw("top_shares", pareto.side_by_side(businesses | grocery))

# %% [markdown] lang="zh" tags=["deeper"]
# 各家的集中程度不必相同。为什么不同，这几份数据说不出来：也许跟日用品、团购大客户有关，这里没有检验。经销商是编出来的样本，几份数据的时间也长短不一，只能粗略地比；
# 只要有一家离 80% 很远，“二八”就不是处处成立的定律。“最省力法则”是另一回事（齐普夫定律），“长尾”说的是许多小众商品，都不是二八的别名。

# %% [markdown] lang="en" tags=["deeper"]
# Businesses need not be equally concentrated. Why they differ these data cannot say: daily goods or corporate accounts may play a part, but that was not tested. The dealer group is an invented sample, and the data
# cover periods of different length, so the comparison is rough; but one business far from 80% is enough to show that 80/20 is no general law.
# The "law of least effort" is another law (Zipf's), and the "long tail" is about many niche products; neither is another name for 80/20.

# %% [markdown] lang="zh"
# ## 讲义说的，站得住吗
#
# 这些说法我们逐条查过：有没有出处，数据支不支持。

# %% [markdown] lang="en"
# ## What the notes say, and whether it holds
#
# We checked each statement: does it have a source, and do the data bear it out?

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh" tags=["report"]
# ## 行动清单

# %% [markdown] lang="en" tags=["report"]
# ## Action list

# %% tags=["report", "nbval-check-output"]
sold_by = customers.in_charge(table, as_of=as_of, where=scope)
against = {"previous": lacking.or_none(lacking.unless(two_years, before)), "now": now, "by_profit": by_profit}
todo = pareto.actions(people, classes, in_charge=sold_by, limit=top_actions, **against)
lesson.actions(todo, limit=top_actions)

# %% tags=["report", "nbval-check-output"]
years = dict(previous=against["previous"], now=now)
listed = pareto.care_list(people, classes["amount"], places=places, in_charge=sold_by, **years)
lesson.say("listed", n=len(listed), places=places)
lesson.hand_over("places", listed)
lesson.use(in_charge=sold_by)

# %% [markdown] lang="zh"
# ## 五道小题，看看记住了多少
#
# 不翻上面也答得出来，就是真懂了。

# %% [markdown] lang="en"
# ## Five short questions
#
# If you can answer them without scrolling back, you have it.

# %% tags=["quiz"]
lesson.ask("eighty_and_twenty")
lesson.ask("what_75_counts")
lesson.ask("one_holds_eighty")
lesson.ask("too_much_for_c")
lesson.ask("two_hold_eighty")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("why_a_year")
lesson.ask("focus_of_tracking")
lesson.ask("lorenz_on_the_diagonal")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 先定用途，再选口径、时段和标准；名单是为决定服务的。
# 2. 75 说的是钱；分类看轮到他之前的累计；新客户不叫降级。
# 3. 卖得多不等于赚得多；靠得太集中，走掉一位就伤筋动骨。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. First the purpose, then measure, period and standard: the list serves a decision.
# 2. 75 is about money; what counts is the share before the customer; a newcomer has not fallen.
# 3. Large sales are not large profit; where a few carry the business, losing one of them hurts.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 订单文件里有客户编号、订单号、日期、金额四列就够了（Excel 或 CSV 都行）。在终端里：
#
# ```
# crm-lessons check 我的订单.xlsx --as orders
# crm-lessons report 05 -p orders=我的订单.xlsx
# ```
#
# 第一条检查文件，有问题会说清楚在哪一行、怎么改；第二条出报告：一份网页、一份 Excel（每位客户的类都在里面）。
# 姓名、电话这类个人信息不会出现在报告里。

# %% [markdown] lang="en"
# ## Now your own file
#
# An order file with customer id, order id, date and amount is enough, as Excel or CSV. In a terminal:
#
# ```
# crm-lessons check my_orders.xlsx --as orders
# crm-lessons report 05 -p orders=my_orders.xlsx
# ```
#
# The first checks the file and says what is wrong in which row and how to correct it; the second makes the report: a page and a workbook with each
# customer's class. Names and telephone numbers do not appear in it.
