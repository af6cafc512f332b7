# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 状态与生命周期：流失了多少，先挽回谁
#       en: "States and life cycle: how many were lost, and whom to win back"
#     subject:
#       zh: 让数据来定“流失”的门槛，看清客户怎样一步步走远，再挑出值得挽回的人
#       en: let the data say when a customer counts as lost, see how customers drift away, and pick those worth winning back
#     minutes: 45
#     found: [threshold, lost*, moved, to_win_back*, no_trial*]
#     parameters:
#       orders: {data: orders}
#       tables: {data: any}
#       winback_trial: {data: winback_trial}
#       payments: {data: payments}
#       as_of: {format: date}
#       latest: {format: date}
#       dormant_after: {ge: 1, le: 3650}
#       lost_after: {ge: 0, le: 3650}
#       own_times: {ge: 0, le: 1000}
#       return_within: {ge: 1, le: 3650}
#       return_below: {gt: 0, lt: 1}
#       cohorts_by: {choices: [month, quarter]}
#       contact_cost: {ge: 0}
#       coupon: {ge: 0}
#       assumed_change: {ge: -1, le: 1}
#       assumed_margin: {ge: 0, le: 1}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
tables: dict[str, str] = {}  # files of further tables by name: customers, attitudes, service, accounts, leads; the sample shop brings its own
winback_trial: str = ""  # file of a win-back trial (who was contacted by lot, who came back); the sample shop brings its own
payments: str = ""  # file of orders with the times when they were placed, reminded, paid and closed; the sample shop brings its own
scope: dict[str, str] = {}  # keep only lines where a column has this value
leave_out: dict[str, str] = {}  # leave out lines where a column has one of these values; a bar divides them, a star is any text
flip_returns: bool = False  # lines marked as returned hold positive amounts, which count as minus
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
dormant_after: int = 90  # days without a purchase up to which a customer is active, included; longer is dormant
lost_after: int = 0  # days without a purchase up to which a customer is dormant, included; longer is lost; 0 takes what the data give
own_times: float = 0.0  # from how many of their own median intervals on a customer with at least 3 intervals is dormant; 0 takes the days for all
return_within: int = 90  # days within which somebody silent is expected back
return_below: float = 0.10  # share of those who return below which a silence counts as lost
cohorts_by: str = "quarter"  # period of the first purchase that makes a cohort, month or quarter
contact_cost: float = 4.0  # cost of contacting one customer
coupon: float = 20.0  # cost of a coupon, paid only for those who then buy
assumed_change: float = 0.05  # assumed points by which a contact brings more back where there is no trial, 0.05 is five points
assumed_margin: float = 0.30  # assumed margin where the orders tell no profit
top_actions: int = 50  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 状态与生命周期：流失了多少，先挽回谁

# %% [markdown] lang="en" tags=["report"]
# # States and life cycle: how many were lost, and whom to win back

# %% [markdown] lang="zh"
# ## 情境：一个问题，三个答案

# %% [markdown] lang="en"
# ## The situation: one question, three answers

# %% [markdown] lang="zh" tags=["sample"]
# “云杉生活”网店开年会。老板只问了一句：**今年流失了多少客户**？财务部、销售部、客服部各报了一个数，谁也不服谁，可三个数都是从同一份订单里数出来的。

# %% [markdown] lang="en" tags=["sample"]
# It is the annual meeting of Yunshan Living, an online shop. The owner asks one thing: **how many customers have we lost?** Finance, sales and service each give a different figure, all of them from the same orders.

# %% [markdown] lang="zh"
# 没签合同的生意，客户走的时候不会打招呼。“流失”不是查得到的事实，是你定的一条线：沉默超过多少天，就不再等了。
# 线可以自己定，但要经得起数据来问。这一课定这条线，看客户怎样一步步走远，最后挑出值得挽回的人，手里留下一份名单。
#
# 不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# Where nobody signs a contract, nobody says goodbye. "Lost" is not a fact to be looked up; it is a line you draw: after so many days of silence we stop waiting.
# You may draw it where you like, as long as the data can defend it. This lesson draws the line, watches how customers drift away, and ends with a list of those worth winning back.
#
# There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course, customers, data, lifecycle

lesson = course.open("04_lifecycle", language=language)
rules = dict(dormant_after=dormant_after, lost_after=lost_after, within=return_within, below=return_below, own_times=own_times)

# %% tags=["report"]
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
more, period = data.companions(orders, tables), dict(as_of=as_of, where=scope)
people = customers.summarise(table, **period)
lesson.data(table, people, currency=currency, scope=scope)
leads = lesson.facts.enquiries(more)
known = lifecycle.study(table, leads=leads, per=cohorts_by, **rules, **period)
lesson.say("departments", **lesson.facts.departments(known, people))

# %% [markdown] lang="zh"
# 讲义里也一样：说流失客户是“不再购买”的人，却没说多久算不再 [claim:A9c]；把客户分成活跃、沉睡、流失，也没给天数 [claim:A11]。
#
# ## 让数据来定这条线
#
# 换个问法：**已经沉默了这么久的客户，接下来还会不会来**？横轴是已经沉默的天数，纵轴是他们里面，之后 {return_within} 天内又买了的占比。一位客户只算一票；后面的时间没有看满的，不算在内。

# %% [markdown] lang="en"
# The notes are no better: the lost are those who "no longer buy", but after how long nobody says [claim:A9c]; customers are active, dormant or lost, again without days [claim:A11].
#
# ## Let the data draw the line
#
# Ask it another way: **of those who have been silent for so long, how many still come?** The horizontal axis is the silence so far, the vertical one the share who bought within {return_within} days more. Each customer counts once; those who could not be watched for the whole of that time are left out.

# %%
lesson.draw("return_curve", lesson.facts.curve(known), below=return_below)

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(found=lesson.facts.found(known), last=known.last, lost_after=known.limits.lost_after, dormant_after=dormant_after, rhythm=known.rhythm)
lesson.ask("threshold_from_curve")

# %% [markdown] lang="zh" tags=["report"]
# ## 门槛：沉默多久算流失

# %% [markdown] lang="en" tags=["report"]
# ## The threshold: how long a silence means lost

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.threshold(known), compare="days")
lesson.say(lesson.facts.no_threshold(known))
lesson.say(lesson.facts.limits(known, lost_after))
lesson.say(lesson.facts.by_rhythm(known, own_times))
lesson.say(lesson.facts.schedule(known))
lesson.hand_over("return_curve", lesson.facts.curve(known))

# %% tags=["report"]
lesson.draw("return_curve", lesson.facts.curve(known), below=return_below, at=known.found.days)

# %% [markdown] lang="zh"
# 曲线上很少有断崖，所以门槛是**决定**，不是发现：换成 5% 或 20%，线就挪到别处。要紧的是说得出理由，而且全公司用同一条。
# 定早了，还会来的人被当成走了的，白发券；定晚了，走了的人被当成还在，计划落空。
#
# ## 一位客户，一个状态
#
# | 状态 | 怎么定的 |
# |---|---|
# | 潜在、目标 | 还没买过：问过的是潜在；需求和购买力都确认了的是目标；没需求或没能力的是非客户 |
# | 初次、重复 | 在 {dormant_after} 天以内来过：总共只买过一天的是初次，买过两天以上的是重复 |
# | 忠诚 | 重复里的一部分：至少 4 次、前后至少 180 天、间隔有点规律（不比碰运气来的更乱） |
# | 挽回 | 流失之后又回来，还没买第二次 |
# | 沉睡 | 沉默超过 {dormant_after} 天，还没到流失那条线 |
# | 流失 | 沉默超过流失那条线 |
#
# 正好压在线上，算没过线：正好 {dormant_after} 天还算活跃，多一天才是沉睡。先手算六位，这里的流失线按 365 天：

# %% [markdown] lang="en"
# A curve like this hardly ever has a cliff, so the threshold is a **decision**, not a discovery: at 5% or 20% it would be elsewhere. What matters is that you can give the reason, and that the whole company uses one line.
# Too early, and coupons go to people who were coming anyway; too late, and you plan with customers who have gone.
#
# ## One customer, one state
#
# | State | The rule |
# |---|---|
# | Prospect, target | have not bought yet: a prospect has asked; a target is known to need it and to have the money; without the need or the money it is a non-customer |
# | First-time, repeat | bought within the last {dormant_after} days; on one day ever is first-time, on two or more repeat |
# | Loyal | repeat customers with at least 4 purchases over at least 180 days, at fairly regular intervals (no more uneven than chance) |
# | Won back | bought again after having been lost, so far once |
# | Dormant | silent for more than {dormant_after} days, not yet beyond the line of the lost |
# | Lost | silent beyond that line |
#
# Exactly on the line is not yet over it: at {dormant_after} days a customer is still active, a day later dormant. Try six by hand, with the line for lost at 365 days:

# %% tags=["exercise"]
lesson.ask("six_histories")

# %% [markdown] lang="zh"
# 换一条线，流失的人数就变。下面是几条线各数出多少位：

# %% [markdown] lang="en"
# Another line, another number of lost customers. Here are several:

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.by_threshold(known), rows=30)

# %% tags=["exercise"]
lesson.ask("how_many_lost")

# %% [markdown] lang="zh" tags=["report"]
# ## 现在谁在什么状态

# %% [markdown] lang="en" tags=["report"]
# ## Who is in which state today

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.lost(known, own_times), compare="share", kind="percent")
arranged = lesson.facts.states_table(known)
lesson.table(arranged, percent=("share",))
lesson.hand_over("states", arranged)

# %% tags=["report"]
lesson.draw("states_over_time", lesson.facts.counts(known.moved))

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.moved(known), compare="share", kind="percent")
lesson.say(lesson.facts.no_year(known))
lesson.hand_over("customers", lesson.facts.sheet(known, people))

# %% [markdown] lang="zh"
# 流失那一层多半越堆越厚：走了的人一直留在名册上。所以只看“流失总数”没有意义，要看**一段时间里走了多少、回来多少**。
#
# ## 月留存 95%，好不好
#
# 有同事在会上说：“我们每个月留住 95% 的客户，已经很高了。”

# %% [markdown] lang="en"
# The layer of the lost mostly grows, since whoever left stays on the books. The total says little; look at **how many went and came back within a period**.
#
# ## 95% kept every month: is that good?
#
# Somebody says at the meeting: "We keep 95% of our customers every month. That is high."

# %% tags=["exercise"]
lesson.ask("monthly_95")

# %% [markdown] lang="zh" tags=["report"]
# ## 同一批来的，后来还有多少人买

# %% [markdown] lang="en" tags=["report"]
# ## Of those who came together, how many still buy

# %% [markdown] lang="zh"
# 把同一时期第一次买的客户放在一起，叫一个**同期群**，看他们后来每一期还有多少人买。两条规矩：**年龄相同才能比**；还没到的空着，不是 0。

# %% [markdown] lang="en"
# Customers who first bought in the same period are a **cohort**; see how many of them bought in each later one. Two rules: **compare at equal age only**; what has not happened yet is empty, not 0.

# %% tags=["exercise"]
lesson.ask("which_cohort")

# %% tags=["report"]
lesson.draw("cohort_triangle", lesson.facts.lasting.triangle(known))
lesson.hand_over("cohorts", lesson.facts.lasting.sheet(known.triangle))
lesson.hand_over("cohort_amounts", lesson.facts.lasting.sheet(known.money))

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.lasting.cohorts(known.triangle))

# %% [markdown] lang="zh" tags=["report"]
# ## 联系有没有用

# %% [markdown] lang="en" tags=["report"]
# ## Does a contact help?

# %% [markdown] lang="zh" tags=["sample"]
# 去年春天，市场部给沉默的客户发了 20 元券，又打了电话，之后有不少人回来了。市场部报喜：券有用！可他们里面，有多少人**不发券也会回来**？
# 好在那次是抽签发的：三个月以上没来的客户，一半联系，一半不联系，半年后看谁又买了。

# %% [markdown] lang="en" tags=["sample"]
# Last spring marketing sent silent customers a coupon of 20 yuan and called them, and quite a few came back. "Coupons work!" But how many of them **would have come anyway**?
# Luckily lots were drawn that time: of those silent for more than three months one half was contacted and the other was not. Half a year later the shop looked at who had bought.

# %% tags=["report", "nbval-check-output"]
trial = lesson.facts.winning.trial_at_hand(orders, winback_trial)
effects = lesson.facts.winning.effects(trial)
lesson.table(lesson.facts.winning.returned(effects), percent=("returned_treated", "returned_control"))
lesson.say(lesson.facts.winning.no_trial(trial, assumed_change))

# %% tags=["exercise"]
lesson.use(effects=lesson.facts.winning.effects(lesson.facts.winning.trial_at_hand("shop", "")))
lesson.ask("uplift_of_recent")

# %% tags=["report"]
lesson.draw("uplift_groups", effects, outcome="returned")
lesson.hand_over("trial", lesson.facts.winning.sheet(effects))

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.winning.measured(effects))

# %% [markdown] lang="zh"
# “看不出作用”也是答案，而且是省钱的答案。还有，挑出来的好数字，下一次多半没这么好，所以后面算账用的，都是**打过折**的。
#
# ## 先挽回谁
#
# 三样东西乘起来看，再减掉成本：**预期收益 = 联系多带回来的可能 × 他回来值多少 − 联系的花费**。
# 本来就会回来的人，也会把券用掉，这笔钱算在花费里。大于 0 的才值得联系。

# %% [markdown] lang="en"
# "Nothing measurable" is an answer too, and it saves money. And a figure that was picked because it looked good will look worse next time, so the change used from here on has been **marked down**.
#
# ## Whom to win back first
#
# Multiply, then take off the cost: **expected gain = what a contact adds to the chance of return × what a return is worth − cost**.
# Those who would have come anyway use the coupon as well; that is part of the cost. Contact only where the gain is above 0.

# %% tags=["report"]
costs = dict(contact=contact_cost, coupon=coupon, assumed=assumed_change)
profit = lesson.facts.winning.profit_an_order(people, assumed_margin)
planned = lesson.facts.winning.planned(known, profit, trial, lesson.facts.winning.described(more), **costs)
lesson.hand_over("winback", planned)

# %% tags=["exercise"]
lesson.use(candidates=lesson.facts.winning.candidates(planned), planned=planned)
lesson.ask("fifty_calls")

# %% [markdown] lang="zh" tags=["report"]
# ## 挽回名单

# %% [markdown] lang="en" tags=["report"]
# ## The list

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.winning.to_win_back(planned, trial, return_within), compare="contact", currency=lesson.currency)
lesson.say(lesson.facts.winning.gain_range(effects, planned, contact=contact_cost, coupon=coupon))
lesson.say(lesson.facts.winning.unused(trial, people, assumed_change=assumed_change, assumed_margin=assumed_margin))

# %% tags=["report", "nbval-check-output"]
sold_by = customers.in_charge(table, **period)
today = as_of or known.end.date()
todo = lifecycle.actions(planned, as_of=today, in_charge=sold_by, limit=top_actions)
lesson.actions(todo, limit=top_actions)

# %% [markdown] lang="zh" tags=["sample"]
# 名单比三个部门想的都短。多数沉默的客户，打不打电话看不出差别；省下的电话，不如打给刚沉默不久、买得又多的那几位。打之前先问一句：您当初为什么不来了？

# %% [markdown] lang="en" tags=["sample"]
# The list is shorter than any department thought. For most of the silent no difference from a call could be seen; better to spend the calls on the few who fell silent lately and used to buy much. And begin with a question: why did you stop coming?

# %% [markdown] lang="zh" tags=["deeper"]
# ## 洗涤剂客户，一年一年看
#
# 讲义里有一位客户，每周来买，买了两年。值班经理正忙着对账，不耐烦地回了她一句“这个卖完了”，她一走就是四年 [claim:J4]。

# %% [markdown] lang="en" tags=["deeper"]
# ## The detergent customer, year by year
#
# The notes tell of a customer who bought every week for two years. The duty manager, busy with the accounts, told her curtly that it was sold out, and she stayed away for four years [claim:J4].

# %% tags=["exercise", "deeper"]
lesson.ask("detergent_by_year")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 三种“忠诚”，各数出多少位

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Three kinds of loyal, counted side by side

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义叫她“忠诚客户”，说的是从前。状态是一天一天的：忠诚过，不等于现在还在。讲义还给了三种说法：一再来买的、相处得久的、带新客户来的。都要还没沉睡才算：

# %% [markdown] lang="en" tags=["deeper"]
# The notes call her loyal, and she was. A state belongs to a day; having been loyal does not mean being there. They also have three meanings of the word: who keeps buying, who has stayed for long, who brings others. None of them is dormant:

# %% tags=["report", "nbval-check-output", "deeper"]
loyal = lesson.facts.beginning.loyal(known, table, more)
lesson.table(loyal, percent=("share",))
lesson.hand_over("loyal", loyal)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 一个月后变成什么

# %% [markdown] lang="en" tags=["deeper"]
# ### What becomes of them within a month

# %% tags=["deeper"]
lesson.draw("moves", lesson.facts.shares(known))

# %% tags=["exercise", "deeper"]
lesson.use(shares=lesson.facts.shares(known))
lesson.ask("dormant_in_a_month")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 这张表有没有记性

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Whether the table has a memory

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.chain(known.moved))

# %% [markdown] lang="zh" tags=["deeper"]
# 拿转移表一步一步往下乘，叫**马尔可夫链**，它假定没有记性：只看现在在哪个状态，不管待了多久。要是沉睡得越久越难回来，表就有记性，“平均多久流失”只能当个大概。

# %% [markdown] lang="en" tags=["deeper"]
# To multiply the table by itself month after month is a **Markov chain**. It supposes that there is no memory: only the present state counts, not how long one has been there. Where those dormant for longer return less often, the table has a memory, and the mean time until lost is no more than a rough figure.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 多久以后，还有多少人没流失

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How many are not yet lost after so long

# %% tags=["report", "deeper"]
own = lesson.facts.lasting.watched(known)
channels = lesson.facts.lasting.channels(table, **period)
lesson.draw("lasting", lesson.facts.lasting.curves(own, channels), codes=data.labels("channel"))

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.lasting.survived(own))
lesson.say(lesson.facts.lasting.by_channel(own, channels))

# %% [markdown] lang="zh" tags=["deeper"]
# 曲线叫**生存曲线**（卡普兰—迈耶）。数据结束时还没流失的客户，后来怎样没人知道，叫**删失**：看到哪天算到哪天，绝不当成走了。开头那一段是平的，因为流失要沉默满那么多天才算数。
#
# 签了合同的生意（会员费、宽带、保险）不一样：哪天退的，一清二楚，曲线直接从退的那天往下走，用不着门槛。按固定日子付款的客户也是这样，报告里认得出来的会写明。
#
# ### 规则判得准不准

# %% [markdown] lang="en" tags=["deeper"]
# This is a **survival curve** (Kaplan–Meier). What becomes of those not yet lost when the data end nobody knows; they are **censored**, counted for as long as they were seen and never as gone. The start is flat, since it takes so many days of silence to be lost at all.
#
# Under a contract (a membership, broadband, insurance) it is different: the day on which somebody cancels is known, the curve steps down on that day, and no threshold is needed. The same holds for customers who pay by a schedule; where the report recognises them it says so.
#
# ### How often the rule is wrong

# %% [markdown] lang="zh" tags=["deeper"]
# 样例的数据是造出来的，所以知道谁后来真的不来了。真实的店永远看不到这张图。拿它来问一句：曲线定的那条线，判错得多不多？

# %% [markdown] lang="en" tags=["deeper"]
# The sample was made, so for once it is known who really stopped coming. No real shop ever sees this chart. Use it to ask how often the line drawn from the curve is wrong.

# %% tags=["deeper"]
shop = data.read("shop")
theirs = customers.summarise(shop)
by_day, by_rule = lesson.facts.lasting.truth(lifecycle.study(shop), theirs)
lesson.draw("rule_errors", by_day, at=lifecycle.study(shop).found.days)

# %% tags=["nbval-check-output", "deeper"]
lesson.table(lesson.facts.lasting.judged(by_rule), percent=("precision", "recall"))

# %% [markdown] lang="zh" tags=["deeper"]
# 三种判法各有各的错：模型叫走的人少，漏掉的多；沉默天数简单，误伤的多。一年里不再来的，有的是真走了，有的只是买得太慢。

# %% [markdown] lang="en" tags=["deeper"]
# Each way errs in its own manner: the model calls few and misses many, the days of silence are simple and call too many. And of those who do not come for a year some have left, while others just buy very slowly.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 从咨询到第二单

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## From the enquiry to the second order

# %% tags=["report", "nbval-check-output", "deeper"]
by_source, by_reason = (lesson.facts.beginning.funnel(more, known, by) for by in ("source", "reason"))
lesson.say(lesson.facts.beginning.slowest(by_source))
lesson.say(lesson.facts.beginning.no_leads(by_source))
lesson.table(by_source, percent=("conversion", "repeat_share"), codes={"source": data.labels("source")})
lesson.table(by_reason, percent=("conversion", "repeat_share"), codes={"reason": data.labels("reason")})
lesson.hand_over("funnel", by_source)
lesson.hand_over("funnel_by_reason", by_reason)

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义说，新客户找上门有四种原因 [claim:A13d]；来源不同，走到第二单的也不同。

# %% [markdown] lang="en" tags=["deeper"]
# The notes name four reasons why a new customer makes contact [claim:A13d]; sources differ in how many get to a second order.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 下了单没付款的，要不要提醒

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Ordered and not paid: whether to remind

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义说，下了单一直没付款的，主动联系能多收回一些 [claim:F12]。提醒过的里面总有人付了款，可他们不提醒会不会也付？要看拿谁来比：
#
# - **下单就付的不算**。他们用不着提醒，混进“没提醒的”里，提醒就显得没用。所以只看到了该提醒的时候还没付的订单。
# - **谁决定提不提醒**。客服爱挑看着要付的提醒，那些人不提醒也付得多。由抽签来定，两边才一样。

# %% [markdown] lang="en" tags=["deeper"]
# The notes say that contacting those who ordered and did not pay brings some of the money in [claim:F12]. Some who were reminded do pay. But would they have paid without it? That depends on whom they are compared with:
#
# - **Not with those who pay at once.** They need no reminder; among the "not reminded" they make it look useless. So only orders count that were still unpaid when a reminder would go out.
# - **Who decides about the reminder.** A desk likes to remind those who look like paying, and they pay anyway. Only a lot makes both sides alike.

# %% [markdown] lang="zh" tags=["deeper", "sample"]
# 云杉生活原来由客服自己挑谁来提醒；后来改了：下单半小时还没付的，抽签，抽中的提醒，没抽中的不提醒。

# %% [markdown] lang="en" tags=["deeper", "sample"]
# At Yunshan Living the desk used to choose whom to remind. Then it changed: of the orders still unpaid after half an hour, a lot decides which are reminded.

# %% tags=["report", "nbval-check-output", "deeper"]
waiting = lesson.facts.paying.waiting(orders, payments)
reminded = lesson.facts.paying.reminded(waiting)
lesson.table(lesson.facts.paying.shares(reminded), percent=("paid_reminded", "paid_not_reminded"))
lesson.say(lesson.facts.paying.lacking(waiting, reminded))

# %% tags=["exercise", "deeper"]
lesson.use(reminded=lesson.facts.paying.reminded(lesson.facts.paying.waiting("shop", "")))
lesson.ask("what_a_reminder_adds")

# %% tags=["report", "deeper"]
lesson.draw("reminded", reminded)
lesson.hand_over("reminders", reminded)

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.paying.said(waiting, reminded))

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("who_is_no_customer")
lesson.ask("repeat_or_loyal")
lesson.ask("lost_is_decided")
lesson.ask("empty_cell")
lesson.ask("interval_over_zero")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来五道

# %% [markdown] lang="en" tags=["deeper"]
# ### Five more

# %% tags=["quiz", "deeper"]
lesson.ask("rows_of_matrix")
lesson.ask("censored")
lesson.ask("contract")
lesson.ask("subscription")
lesson.ask("slow_buyers")

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 没有合同，“流失”就是一个决定：看沉默的人还有几成会回来，定一条全公司都用的线。
# 2. 比留存要同龄；还没发生的空着，看不见的不当成走了。
# 3. 挽回先问三样：他值多少、会不会自己回来、联系能改变多少。没有对照，就不知道第三样。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Without a contract "lost" is a decision: see how many of the silent still return, and draw one line for the whole company.
# 2. Compare retention at equal age; what has not happened is empty, and out of sight is not gone.
# 3. Before winning back, ask three things: what somebody is worth, whether they come by themselves, and what a contact changes. Without a control group the third is unknown.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(in_charge=sold_by)
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 订单文件有客户编号、订单号、日期、金额四列就行。门槛由你的数据来定；想自己定，就写 `lost_after`：
#
# ```
# crm-lessons report 04 -p orders=我的订单.xlsx
# crm-lessons report 04 -p orders=我的订单.xlsx -p lost_after=180 -p winback_trial=我的试验.xlsx
# ```
#
# 试验表要有客户编号、沉默天数、是否联系、是否回来。没有试验的，联系的作用是假设的，报告里会写明。
# 没付款的订单另给一张表：`-p payments=订单.xlsx`，要有订单号、下单时间、提醒时间、付款时间，最好还有关闭时间，千牛、有赞导出的列名直接认得；由抽签决定的，加一列“是否抽签”。报告是一份网页、一份 Excel：每位客户的状态、从哪天起、按哪条规则，都在里面。

# %% [markdown] lang="en"
# ## Now your own file
#
# Customer id, order id, date and amount are enough. Your data draw the line; to draw it yourself, write `lost_after`:
#
# ```
# crm-lessons report 04 -p orders=my_orders.xlsx
# crm-lessons report 04 -p orders=my_orders.xlsx -p lost_after=180 -p winback_trial=my_trial.xlsx
# ```
#
# The table of a trial needs customer id, days silent, contacted or not, returned or not. Without one the change is assumed, and the report says so.
# Orders that were not paid come in a table of their own, `-p payments=orders.xlsx`, with order id and the times of order, reminder and payment, best with that of closing; the column names of Qianniu and Youzan are known. Where a lot decided, add a column "by lot". The report is a page and a workbook with each customer's state, since when, and by which rule.
