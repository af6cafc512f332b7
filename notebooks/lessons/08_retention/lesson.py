# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 拉新还是留旧：钱花在谁身上
#       en: "Win new or keep old: whom the money is for"
#     subject:
#       zh: 算清拉新和挽留各要多少钱，用试验找出联系谁才有用，留一组对照量效果
#       en: what winning and keeping cost, whom contact really changes, and a control group to measure it by
#     minutes: 45
#     found: [trial_too_small, to_contact*, trial_overall, no_trial*, stayed]
#     parameters:
#       orders: {data: orders}
#       tables: {data: any}
#       trial: {data: retention_trial}
#       as_of: {format: date}
#       latest: {format: date}
#       stay_days: {ge: 30}
#       contact_cost: {ge: 0}
#       coupon: {ge: 0}
#       assumed_uplift: {ge: -1, le: 1}
#       assumed_margin: {ge: 0, le: 1}
#       wavering_from: {ge: 0, le: 1}
#       sure_from: {ge: 0, le: 1}
#       control_share: {ge: 0, lt: 1}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
tables: dict[str, str] = {}  # files of further tables by name: customers, attitudes, service, accounts, leads; the sample shop brings its own
trial: str = ""  # file of a retention trial (who was contacted by lot, who stayed); the sample shop brings its own
scope: dict[str, str] = {}  # keep only lines where a column has this value
leave_out: dict[str, str] = {}  # leave out lines where a column has one of these values; a bar divides them, a star is any text
flip_returns: bool = False  # lines marked as returned hold positive amounts, which count as minus
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
stay_days: int = 183  # days within which a customer buys again who has stayed
contact_cost: float = 4.0  # cost of contacting one customer
coupon: float = 15.0  # cost of a coupon, paid only for those who then buy
assumed_uplift: float = 0.05  # assumed uplift of the wavering where there is no trial, 0.05 is five points
assumed_margin: float = 0.30  # assumed margin where the orders tell no profit
wavering_from: float = 0.20  # score from which a customer is wavering, included; below asleep
sure_from: float = 0.50  # score from which a customer is sure, included
control_share: float = 0.20  # share of those worth contacting who are kept aside by lot
draw_seed: int = 1  # seed of the lots and of the folds
top_actions: int = 30  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 拉新还是留旧：钱花在谁身上

# %% [markdown] lang="en" tags=["report"]
# # Win new or keep old: whom the money is for

# %% [markdown] lang="zh"
# ## 情境：一笔钱，两个部门要

# %% [markdown] lang="en"
# ## The situation: one budget, two departments

# %% [markdown] lang="zh" tags=["sample"]
# 离双 11 还有三周，“云杉生活”网店批下来一笔两万元的增长预算。市场部要拿去投广告拉新；客服部说，老客户走了那么多，
# 不如给他们发券打电话，“留一个老客户比找一个新客户省四五倍”。

# %% [markdown] lang="en" tags=["sample"]
# Three weeks before Double 11 the online shop Yunshan Living sets 20,000 yuan aside for growth. Marketing wants it for advertising. Customer service says so many
# old customers have gone that calls and coupons for them are better: keeping one "saves four or five times" the cost of finding one.

# %% [markdown] lang="zh"
# 老板问了三句话，谁也没答上来：
#
# 1. 拉来一位新客户，到底花多少钱？他带来的毛利够不够？
# 2. 老客户里，**谁是联系了才会留下**的？谁不联系也会来，谁联系了反而走？
# 3. 花完以后，拿什么证明这钱有用？
#
# 这一课一句一句地回答。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分给分析师和讲师，可以先跳过。

# %% [markdown] lang="en"
# The owner asks three questions, and nobody has an answer:
#
# 1. What does one new customer cost, and does the profit cover it?
# 2. Among the old ones, **who stays only if contacted**? Who comes anyway, and whom does a call drive away?
# 3. When the money is spent, what will show that it worked?
#
# This lesson takes them in turn. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" are for analysts and instructors; feel free to skip them.

# %% tags=["report"]
from crm_lessons import course, customers, data, lacking, targeting, value

lesson = course.open("08_retention", language=language)
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
more = data.companions(orders, tables)
people = customers.summarise(table, as_of=as_of, where=scope)
lesson.data(table, people, currency=currency, scope=scope)

# %%
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 拉来一位新客户，花多少钱
#
# 下面是样例网店一年里的拉新活动。获客成本 = 总费用 ÷ 新客户数。虚线是一位新来的个人客户头一年带来的毛利：线左边的渠道，头一年就能回本。

# %% [markdown] lang="en"
# ## What one new customer costs
#
# These are the sample shop's campaigns of a year. The cost of a new customer is all that was spent, divided by the new customers. The dashed line is the gross profit a new private customer
# brings in the first year: what lies to its left is paid back within that year.

# %%
shop = data.read("shop")
campaigns = customers.rows(data.read("shop_campaigns", schema="campaigns"), key="campaign_id")
accounts = customers.rows(data.read("shop_accounts", schema="accounts")).index
new = targeting.first_year(shop, leave_out=accounts)
channels, whole = targeting.by_channel(campaigns), targeting.overall(campaigns)
lesson.draw("channel_costs", channels, gain=new.profit, codes=data.labels("channel"))

# %% tags=["nbval-check-output"]
plain = {"orders": "new_customers", "contacts": "people_reached", "contact_cost": "cost_each"}
shown = channels.rename(columns=plain).rename_axis("medium")
which = ["response", "cost_each", "cac", "new_customers", "people_reached", "responses"]
lesson.table(shown[which], percent=("response",), money=("cost_each",), codes={"medium": data.labels("channel")})
lesson.say("campaigns", **lesson.facts.campaigns(whole, new))

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(campaigns=campaigns, new=new)
lesson.ask("new_customer_cost")

# %% [markdown] lang="zh"
# 讲义说拉新贵，贵在“反馈率太低” [claim:C4e]。低到什么程度就不划算？把**保本响应率**算出来：
#
# 保本响应率 = 触达一个人的成本 ÷ 一位新客户带来的毛利

# %% [markdown] lang="en"
# Winning customers is expensive, say the notes, because response is low [claim:C4e]. How low is too low? Work out the **break-even response**:
#
# break-even response = cost of reaching one person ÷ profit one new customer brings

# %% tags=["exercise"]
lesson.ask("breakeven_response")

# %% [markdown] lang="zh"
# 算完再看图，还是电话外呼：越往左，响应率越低，拉来一位新客户的成本就蹿得越高。

# %% [markdown] lang="en"
# Now the chart, again of cold calls: move left, to a lower response, and the price of a customer shoots up.

# %%
calls = float(channels.loc["phone", "contact_cost"])
lesson.draw("response_cost", targeting.cost_by_response(calls), gain=new.profit)

# %% [markdown] lang="zh"
# 再看一眼群发短信。讲义断言，群发邮件、群发传真“可能就是永远没有回复” [claim:F8]。样例里短信的响应率确实最低，可触达一个人只要几分钱，
# 算下来反而是最便宜的渠道。**响应率低不等于不划算，要看拉来一位客户花多少钱**。何况最便宜的渠道也有上限：能发的人发完了，响应率还会往下掉。

# %% [markdown] lang="en"
# Look at the mass text messages once more. The notes are sure that mass mail and fax "may never be answered" [claim:F8]. In the sample their response is indeed the lowest, yet at less than a tenth of a yuan a person they are
# the cheapest channel of all. **A low response need not be a bad deal; look at what one customer costs.** And the cheapest channel has an end: once everybody has had the message, response falls.

# %% [markdown] lang="zh"
# ## “能节约四到六倍”，这话怎么改才通
#
# 讲义：保持老客户“一般可节约 4—6 倍” [claim:M6]。先看算术：一样东西最多省下 100%，**省不出四倍**。想说的大概是拉新的花费是挽留的 4–6 倍，
# 那省下的是 1 − 1/4 到 1 − 1/6，也就是 75%–83%。自家的数对不对得上，要等算出“多留住一位客户花多少钱”，后面揭晓。

# %% [markdown] lang="en"
# ## "Saves four to six times": a repair
#
# Keeping customers "as a rule saves 4 to 6 times", say the notes [claim:M6]. First the arithmetic: nothing can save more than 100 per cent. What is meant is that winning costs 4 to 6 times as much as keeping;
# then keeping saves 1 − 1/4 to 1 − 1/6, which is 75–83%. Whether it is true of this shop needs the cost of keeping one customer more, which comes further down.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 留存率“提高 5%”，利润真能涨 25%–100% 吗
#
# 讲义一处写 25%–100%，另一处写 25%–85% [claim:M5]。出处是 1990 年对九个美国服务行业的研究，说的是**流失率低 5 个百分点**时，一位客户往后各年带来的利润折成现值，会多出多少，
# 不是公司一年的利润。
#
# 用课上的公式（一年一次毛利，折现率 10%，头一笔现在就收）自己算。拖一拖滑块：原来的留存率到多少，再多留 5 个百分点（下面简称 5 个点），价值才会多出 25%？

# %% [markdown] lang="en" tags=["deeper"]
# ## Does "5% more retention" raise profit by 25–100%?
#
# One place in the notes says 25–100%, another 25–85% [claim:M5]. The source is a study of nine American service industries in 1990. It speaks of a defection rate that is **5 percentage points** lower, and of the
# present value of the profits from one customer, not of a company's profit in a year.
#
# Take the formula of this course: profit once a year, a discount rate of 10%, the first payment now. Move the slider: from which retention on do five more points raise the value by 25%?

# %% tags=["exercise", "deeper"]
lesson.ask("retention_for_quarter")

# %% [markdown] lang="zh" tags=["deeper"]
# 这还是没扣获客成本的。先把拉新的钱扣掉，剩下的基数变小，同样是 5 个点，涨幅就大了。三条线是获客成本等于 0、1、2 年毛利时的样子：

# %% [markdown] lang="en" tags=["deeper"]
# That was without the cost of winning the customer. Take it off first, and the same five points are a larger part of what is left. The three lines are costs of 0, 1 and 2 years' margin:

# %% tags=["deeper"]
lesson.draw("retention_effect", targeting.retention_effects((0.0, 1.0, 2.0)))

# %% [markdown] lang="zh" tags=["deeper"]
# 所以这句话是有条件的：**留存率本来就高，或者拉新特别贵**，25%–100% 才够得着。线断掉的地方，连拉新的本钱都没收回来，谈不上涨几成。
# 留存率只有五六成、拉新又便宜的生意，多留 5 个点只多一成左右。

# %% [markdown] lang="en" tags=["deeper"]
# So the statement has conditions: **retention that is high already, or customers who are expensive to win**. Only there is 25–100% within reach. Where a line breaks off, the customer has not even repaid the cost of winning, and there is nothing to raise.
# With a retention of fifty or sixty per cent and cheap customers, five points bring about a tenth.

# %% tags=["exercise", "deeper"]
lesson.ask("points_or_percent")

# %% [markdown] lang="zh" tags=["deeper"]
# ## “都是无法用金钱衡量的”，量给你看
#
# 讲义列了几种损失：关系没处理好，客户走了；争吵、投诉，伤了和气。然后说“都是无法用金钱衡量的” [claim:M22]。
# 走掉一位客户值多少钱，正是客户终身价值要回答的问题。先看老客户（买过两次以上）一年带来多少：

# %% [markdown] lang="en" tags=["deeper"]
# ## "Cannot be measured in money": measured
#
# The notes list losses: a relationship neglected and the customer gone, a quarrel, a complaint. All of these, they say, "cannot be measured in money" [claim:M22].
# But what a lost customer is worth is the very question that lifetime value answers. First, what regulars (two orders or more) bring in a year:

# %% tags=["nbval-check-output", "deeper"]
regulars = targeting.regulars(people)
lesson.say(lesson.facts.regulars(regulars))

# %% tags=["exercise", "deeper"]
lesson.use(regulars=lacking.unless(regulars["known"], regulars))
lesson.ask("dispute_costs")

# %% [markdown] lang="zh" tags=["report"]
# ## 谁会留下

# %% [markdown] lang="en" tags=["report"]
# ## Who will stay

# %% tags=["report"]
known = lesson.facts.described(people, more)
friends = known.get("wecom_friend")
cuts = dict(wavering_from=wavering_from, sure_from=sure_from)
how = dict(days=stay_days, as_of=as_of, where=scope, margin=assumed_margin, seed=draw_seed)
apart = customers.corporate(known)
stand = targeting.study(table, reachable=friends, apart=apart, **cuts, **how)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.scoring.schedule(table, apart, as_of=as_of, where=scope))
lesson.say(lesson.facts.scoring.no_score(stand))
lesson.figure(lesson.facts.scoring.stayed(stand), compare="share", kind="percent", days=stay_days)
lesson.figure(lesson.facts.scoring.score(stand.score), compare="reached", kind="percent")

# %% tags=["report"]
lesson.draw("gains", lesson.facts.scoring.gains_curve(stand.score))
lesson.hand_over("gains", lesson.facts.scoring.gains(stand.score))

# %% [markdown] lang="zh"
# 评分是这么来的：站回半年前，只看当时知道的几样（买过几次、多久没来、每单多少钱……），再看这半年里谁又买了。
# 上图说的是：先联系分数高的，能找到多少会留下的人。

# %% [markdown] lang="en"
# The score goes back half a year and looks only at what was known then: how many orders, how long silent, how much an order. Then it sees who bought since.
# The chart says how many of those who stay are found by calling the high scores first.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 评分说得准不准
#
# 数据分成几份：给哪一份里的客户打分，就只用其他几份去学；不然等于先看答案再考试，准头一定虚高。
# 说 30% 的，是不是真有三成留下？要拿**下一期**来查：用再往前半年的数据学，看它对这半年说得准不准；在学的那一期里查，总是显得准。
#
# 按固定日子付款的客户（会费、订阅、月结）不适合这样打分，也不适合第 07 课那个购买的模型：该续的日子过了没有续，就是走了。他们看每月流失率和生存曲线（第 04 课）。

# %% [markdown] lang="en" tags=["deeper"]
# ### Can the score be taken at its word
#
# Each customer is scored by a model that has not seen that customer; otherwise it would sit an exam with the answers on the desk.
# Of those given 30%, do three in ten stay? It is tested on the **next period**: learnt half a year earlier, how well did it foretell this half-year? In the period it was learnt from a score always looks right.
#
# Neither this score nor the model of buying of lesson 07 fits customers who pay by a schedule (memberships, subscriptions, monthly bills): with them a renewal that is overdue has said it. Take the churn a month and a survival curve (lesson 04).

# %% tags=["report", "later", "deeper"]
tested = lesson.facts.scoring.tested(stand)
lesson.draw("calibration", lesson.facts.scoring.calibration(tested))

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.scoring.calibrated(tested, stand), days=stay_days)
lesson.table(lesson.facts.scoring.groups(stand.score, stand))
lesson.say(lacking.unless(stand.score, "stay_value"), days=stay_days)

# %% [markdown] lang="zh"
# ### 会不会留下，不等于联系有没有用
#
# 到这一步，很多店就照分数从低到高发券了：“最可能走的先救”；也有的从高到低：“最值得的先谢”。两种都错在同一处：
# **评分说的是他会不会留下，不是联系他有没有用**。分高的也许不联系也来，券就白送了；分低的也许叫不醒；也许还有人一联系反而走了。
# 讲义也说，不是所有客户都值得保持，要有选择 [claim:M34]；可怎么选，它没说。能回答的只有试验。

# %% [markdown] lang="en"
# ### Staying is one thing, being changed by a call another
#
# At this point many shops send coupons by the score: from the bottom up ("save those who are leaving") or from the top down ("reward the best"). Both make the same mistake:
# **the score tells whether a customer stays, not whether contact changes it.** High scores may come anyway, and the coupon is a gift; low ones may not wake; some may even leave because of the call.
# The notes too say that not everybody is worth keeping and that one must choose [claim:M34]. How, they do not say. Only a trial can tell.

# %% [markdown] lang="zh" tags=["report"]
# ## 联系有没有用

# %% [markdown] lang="en" tags=["report"]
# ## Does contact help?

# %% [markdown] lang="zh"
# 样例网店今年春天抽签做了一次试验：1,000 位老客户，一半联系（企业微信或电话，附 15 元券），一半不联系，半年后看谁还在买。
# 因为是**抽签**，两边原本只会碰巧不同；差别超出了碰巧的范围，才算得上联系的作用。联系组里留下的人再多也说明不了问题，要减掉对照组的；减出来的差，叫作联系的**增量**。
#
# 客户按试验前的评分分成几组：分低的叫沉睡，居中的叫摇摆，分高的叫稳定；分高、却没加企业微信、只能打电话的，单独一组，叫别打扰。先看每一组留下多少：

# %% [markdown] lang="en"
# This spring the sample shop held a trial by lot: of 1,000 customers one half was contacted (by WeCom or telephone, with a coupon of 15 yuan), the other half not; half a year later it saw who was still buying.
# Because of the **lot** the two halves differed beforehand by chance alone; a difference beyond chance is the work of the contact. That many of those contacted stayed shows nothing; take off the control group first, and what remains is the **uplift** of the contact.
#
# Customers are grouped by their score before the trial: low is asleep, in between is wavering, high is sure. Those with a high score who are not WeCom friends and can only be rung up are a group of their own, leave alone. First see how many of each group stayed:

# %%
spring = customers.rows(data.read("shop_retention_trial", schema="retention_trial"))
kinds = targeting.trial_groups(spring)
effects = targeting.uplift_by_group(spring, kinds)
lesson.table(effects[["treated_share", "control_share", "treated", "control"]])
lesson.use(effects=effects, spring=spring)

# %% tags=["exercise"]
lesson.ask("uplift_of_wavering")

# %% tags=["report"]
drawn = lesson.facts.trials.trial_at_hand(orders, trial)
tried = lesson.facts.trials.effects(drawn, cuts)
lesson.draw("uplift_groups", tried)
lesson.hand_over("trial", lesson.facts.trials.effects_sheet(tried))

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.trials.no_trial(tried, stand.groups), uplift=assumed_uplift * 100)
lesson.figure("trial_overall", lesson.facts.trials.trial_overall(drawn), compare="uplift")
lesson.say(lesson.facts.trials.too_small(drawn, tried))
lesson.say(lesson.facts.trials.tried_groups(tried))

# %% tags=["report"]
lesson.say(lesson.facts.trials.unbalanced(drawn))

# %% [markdown] lang="zh"
# 再看这次试验，误差也画上了。合起来看，分不清有没有差别；**分组一看，大不相同**：摇摆的客户多留下不少，别打扰的那一组反而少了。一正一负，合起来就互相抵消。
# 每一组都有误差，横线碰到 0 的，可能只是碰巧：挑人时先按 0 算，但这不等于没有作用。

# %% [markdown] lang="en"
# Look at the trial once more, now with its errors. All together no difference can be told. **By group there is a large one**: more of the wavering stayed, while of the group to leave alone fewer did. The two cancel out.
# Every group has its error; where a line touches 0, it could be chance: in choosing, count it as 0, which is not to say that there is no effect.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 能不能一位一位地估
#
# 不分组，给每位客户单独估一个增量？能估，可是误差很大。看看排得怎么样：

# %% [markdown] lang="en" tags=["deeper"]
# ### Customer by customer?
#
# Could one estimate an uplift for each customer, without groups? Yes, with a great deal of noise. See how well it sorts:

# %% tags=["nbval-check-output", "deeper"]
lesson.say("one_by_one", **lesson.facts.trials.one_by_one(spring, kinds))

# %% [markdown] lang="zh" tags=["deeper"]
# 排得比乱猜好，可两位客户之间差的那几个点，分不清是不是偶然。所以拿主意还是按组：组里人多，区间说得清。

# %% [markdown] lang="en" tags=["deeper"]
# It sorts better than drawing lots, yet the few points between two customers cannot be told from noise. Decide by groups: they hold enough people for an interval.

# %% [markdown] lang="zh"
# ### 多留住一位，花多少钱
#
# 多留住一位客户的花费 = 联系一位的花费 ÷ 增量：联系了十位，只有一两位是因为联系才留下的，另外几位的钱也算在他们头上。

# %% [markdown] lang="en"
# ### What keeping one more costs
#
# Keeping one customer more costs the cost of a contact divided by the uplift: of ten contacted only one or two stay because of it, and these bear the cost of all ten.

# %% tags=["nbval-check-output"]
lesson.say("wavering_cost", **lesson.facts.trials.contacted(spring, kinds))

# %% tags=["exercise"]
lesson.ask("cost_of_keeping")

# %% tags=["nbval-check-output"]
lesson.say("own_ratio", **lesson.facts.trials.ratio(spring, kinds, effects, whole))

# %% [markdown] lang="zh" tags=["sample"]
# 这家店摇摆的客户，区间够不到“4–6 倍”；可区间也低到 1 以下，挽留是不是比拉新便宜，这次试验还说不准。全体一起联系的话，增量的区间跨过 0，多留住一位要花多少，没有上限。**别问挽留便不便宜，先问挽留谁、量得准不准。**

# %% [markdown] lang="en" tags=["sample"]
# For the wavering of this shop the interval does not reach "4 to 6 times"; but it goes below 1 as well, so this trial cannot tell whether keeping is cheaper than winning at all. With everybody contacted the interval of the uplift holds 0, and the cost of one more customer has no upper limit. **Do not ask whether keeping is cheap; ask first whom to keep, and how well that was measured.**

# %% [markdown] lang="zh" tags=["report"]
# ## 联系谁才划算

# %% [markdown] lang="en" tags=["report"]
# ## Whom it pays to contact

# %% [markdown] lang="zh"
# 一位一位算：**预期收益 = 增量 × 留下来值多少 − 联系成本**。大于 0 才联系，正好等于 0 也不联系。
# 增量用试验量到的，但要**打折**：一组客户是因为数字好看才挑出来的，下一次多半没这么好看。联系成本里，本来就会来的人也会把券用掉。

# %% [markdown] lang="en"
# Customer by customer: **expected gain = uplift × value of staying − cost of contact**. Above 0 contact, at exactly 0 do not.
# The uplift is what the trial measured, **marked down**: a group is chosen because it stood out, and the next time it gains less. The cost includes the coupons used by people who would have come anyway.

# %% tags=["report"]
counted_on = lacking.or_none(lesson.facts.trials.proven(tried))
uplift = targeting.uplift_for(stand.groups, assumed_uplift, counted_on)
costs = dict(contact=contact_cost, coupon=coupon)
lots = dict(control_share=control_share, seed=draw_seed)
planned = targeting.plan(stand.stay_value, stand.groups, uplift, score=stand.stay_score, **costs, **lots)
lesson.hand_over("customers", people.join(planned))

# %% tags=["exercise"]
lesson.use(planned=planned, gain=lesson.facts.planning.worthwhile(planned))
lesson.ask("whom_to_contact")
lesson.ask("share_to_contact")

# %% tags=["report"]
lesson.draw("profit_by_share", targeting.profit_curve(planned["expected_gain"]))

# %% tags=["report", "nbval-check-output"]
arranged = targeting.plan_table(planned)
lesson.table(arranged)
whom = lesson.facts.planning.to_contact(planned, tried, assumed=assumed_uplift)
lesson.figure(whom, compare="contact", days=stay_days, currency=lesson.currency)
lesson.say(lesson.facts.planning.gain_range(planned, tried, costs))
given = dict(assumed_uplift=assumed_uplift, assumed_margin=assumed_margin)
lesson.say(lesson.facts.unused(people, counted_on, **given))
lesson.hand_over("plan", arranged)

# %% tags=["report", "nbval-check-output"]
lesson.say("row_not_contacted")

# %% [markdown] lang="zh"
# 曲线先升后降：按推算，最高点左边每一位的预期收益都大于 0，右边每多联系一位，总数就少一点。这是推算，实际赚不赚，看上面的区间。“人人都发一遍”落在最右边。

# %% [markdown] lang="en"
# The curve rises, then falls: left of the top everybody has an expected gain above 0, right of it each one more takes from the total. This is reckoned; what may really come is the range above. "Send it to everybody" is the far right end.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 增量打几折
#
# 各组先往全体靠拢一些（差别越看不清，靠得越多），再看离 0 有多远：远的几乎不打，看不大清的打掉大半，看不清的按 0 算（“赢家的诅咒”）。打多少不是拍脑袋：按这个打法，许诺的和后来挣到的，平均下来差不多。试验太小，连一组差 18 个百分点都看不大出，那就不挑，只说平均。
# 留下来值多少，用他自己每单的毛利，乘以这一组留下的人半年平均买几单。一位客户半年买几十元还是几千元，起伏比联系的作用大得多，所以预期收益是推算，不是测出来的。企业团购客户没有参加试验，结果也就不套到他们头上，由业务员另外谈。

# %% [markdown] lang="en" tags=["deeper"]
# ### How much the uplift is marked down
#
# Groups first move towards all together, the more the less they can be told apart; then it matters how far from 0 they lie: far out nearly all is kept,
# closer to 0 less than half is kept, and what cannot be told from 0 counts as 0 (the winner's curse). How much is taken off is no matter of taste: with this rule what is promised and what comes are about equal on average. Where a trial is so small that 18 points in a group may well be missed, nobody is chosen by it; only the average is told.
# Staying is worth the customer's own profit per order times the orders that those of the group who stay place in half a year. Customers spend tens or thousands in half a year, far more variation than a contact makes, so the expected gain is worked out, not measured. Corporate accounts took no part in the trial, so its result is not applied to them; they are left to their salesperson.

# %% [markdown] lang="zh" tags=["report"]
# ## 留一组对照，下次才量得出

# %% [markdown] lang="en" tags=["report"]
# ## A control group, to measure it next time

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.planning.control_power(planned, stand.past))
kept = lesson.facts.planning.control(planned, stand.past)
lesson.figure(kept, compare="control", currency=lesson.currency)
lesson.say(lesson.facts.planning.no_control(planned))

# %% [markdown] lang="zh"
# 值得联系的客户里，抽签留下一部分先不联系，Excel 里已经标好。少赚的那点钱，是**为知道效果付的价钱**。
# 留的人太少，有差别也看不出；做完没看出差别，不等于没有差别。

# %% [markdown] lang="en"
# Of those worth contacting some are kept aside by lot; the workbook marks them. The profit forgone is **the price of knowing**.
# With too few kept aside a difference does not show; to have seen none is not to have shown that there is none.

# %% tags=["exercise"]
lesson.ask("whom_to_keep_aside")

# %% [markdown] lang="zh" tags=["deeper"]
# ## 表 6.1：差 16 个百分点，算不算数
#
# 讲义引了一张表：高增长公司里 38% 的经理“极清楚哪些客户最有价值”，低增长公司只有 22%，于是说识别客户让公司增长 [claim:F3]。
# 一共 200 位经理，两组各多少位，没写。差别算不算数，就看这个没写的数：

# %% [markdown] lang="en" tags=["deeper"]
# ## Table 6.1: do 16 points mean anything?
#
# The notes quote a table: of managers in high-growth companies 38% are "very clear which customers are most valuable", in low-growth ones 22%; so, they say, identification makes companies grow [claim:F3].
# There were 200 managers, and how many in each group is not told. Whether the difference means anything hangs on that number:

# %% tags=["deeper"]
growth = customers.rows(data.read("growth_table", schema="growth"), key="indicator")
high, low = growth.loc["knows_most_valuable", ["high", "low"]] / 100

# %% tags=["nbval-check-output", "deeper"]
lesson.say("growth_odds", **lesson.facts.growth(high, low))

# %% tags=["exercise", "deeper"]
lesson.ask("companies_needed")

# %% tags=["deeper"]
lesson.draw("p_by_size", lesson.facts.p_by_size(high, low))

# %% [markdown] lang="zh" tags=["deeper"]
# 就算差别是真的，也只是“一起出现”，反过来说也通：长得快的公司，才有钱做客户分析。识别客户该做，可这张表证明不了它能带来增长。
# 识别，说的是弄清谁可能买、要什么、谁最值钱 [claim:F1]；上面的评分和试验，就是把这三件事算出来。讲义一处说“不是所有买的人都是目标客户” [claim:F2]，
# 另一处又说“客户最后是属于你的”，人人都要争 [claim:M37]。有了预期收益，就不用争论了：大于 0 的才是目标。

# %% [markdown] lang="en" tags=["deeper"]
# Even a real difference only shows what occurs together: companies that grow can afford to study their customers, so it may be the other way round. Identifying customers is sensible, but this table does not prove that it makes a company grow.
# To identify is to know who may buy, what they need and who is worth most [claim:F1]; the score and the trial above work these out. "Not every buyer is a target" [claim:F2] says one place of the notes, while
# another wants to win everybody in the end [claim:M37]. With the expected gain there is nothing to argue about: a target is whoever has one above 0.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 书友会：一笔投资账
#
# 贝塔斯曼 1995 年进中国，书友会一度有 150 万会员，2008 年关门 [claim:J1]。用讲义的数，算一位会员：一年买 100 元的书（1.5 亿 ÷ 150 万），目录 24 元（每月 300 万），拉他入会一次性花 25 元。
# 毛利率要多少、会员要待几年，才不亏？

# %% [markdown] lang="en" tags=["deeper"]
# ## The book club: an investment
#
# Bertelsmann came to China in 1995; its book club once had 1.5 million members and closed in 2008 [claim:J1]. With the figures of the notes, one member: 100 yuan of books a year (150 million over 1.5 million), 24 yuan of catalogues (3 million a month), 25 yuan once to be won.
# At which margin, and after how many years, is nothing lost?

# %% tags=["exercise", "deeper"]
lesson.ask("club_margin")

# %% tags=["deeper"]
lesson.draw("club_contour", value.club_grid())

# %% [markdown] lang="zh" tags=["deeper"]
# 换个角度看同一笔账：拉来一位会员，多少年回本？毛利率不到 24% 的，待多久都回不了本，因为光目录费就把毛利吃光了。

# %% [markdown] lang="en" tags=["deeper"]
# The same from another side: after how many years is a member paid back? Below a margin of 24%, never, since the catalogue alone eats it up.

# %% tags=["deeper"]
lesson.draw("payback", value.payback_paths((0.20, 0.30, 0.35, 0.40)))

# %% [markdown] lang="zh" tags=["deeper"]
# 会员买书打九折，对手打八折、七折，有时五折：书友会贵出 12.5%、28.6%、80%。读者的话是“贵而且慢”，拿目录当书单，去别家下单。毛利率提不上去，会员也留不久，
# 图上的点只会往左下角走。
#
# 后来又照搬法国开门店：法国的书价是这里的 4 倍，房租只是这里的 2 倍 [claim:J1]。卖出一样多的书，摊到每一块钱书款上的房租，上海是法国的 2 倍；要扛得住，同样大的店得卖出 2 倍的书。
#
# 最可疑的是“25 元”。讲义没有年份，也没说清是**拉一位新会员**的钱，还是**每位会员一年**摊到的广告和目录。算一算就知道：

# %% [markdown] lang="en" tags=["deeper"]
# Members bought at 10% off; rivals gave 20%, 30%, at times 50%: the club was dearer by 12.5%, 28.6%, 80%. "Dear and slow", said a reader, who used the catalogue as a shopping list for other shops. So neither the margin nor the years could rise,
# and the point on the chart could only move to the lower left.
#
# Then it copied the French shops, where books cost four times as much and rent only twice as much [claim:J1]. With as many books sold, the rent on each yuan of sales was twice that of France, and a shop of the same size had to sell twice as many.
#
# The most suspicious figure is "25 yuan". The notes give no year and do not say whether it is the cost of **winning a new member** or each member's **yearly share** of advertising and catalogues. Work it out:

# %% tags=["exercise", "deeper"]
lesson.ask("suspicious_25")

# %% [markdown] lang="zh" tags=["deeper"]
# 同一份讲义，一处说“盈利在望”，一处说“从来没有盈利” [claim:M12]。**数字没有年份和口径，就不能拿来做决定。**

# %% [markdown] lang="en" tags=["deeper"]
# One place in the notes has "profit in sight", another "never a profit" [claim:M12]. **A figure without year and definition cannot carry a decision.**

# %% [markdown] lang="zh"
# ## 有些钱赚得到，也不该赚
#
# - **假客满**：烤鸭店故意让人排队，造出“客满”的样子 [claim:J6]。这是欺骗。哪怕算得出多赚多少，也不做。
# - **青蛙公主**：青蛙说自己是公主，愿意嫁给杰克；杰克却说，一只会说话的青蛙更有意思 [claim:J2]。给的不是人家要的，再大的优惠也没用。挽留之前先问一句：您当初为什么不来了？
# - **别打扰**：试验里，有一组客户打了电话，留下的反而少。这样的客户先别打；至于没同意被联系的人，法律不许打，不用算账。
# - **身份资料**：为核实身份收的资料，拿去做营销，是换了用途 [claim:F11]，要重新征得同意。

# %% [markdown] lang="en"
# ## Money one can make and should not
#
# - **The fake full house**: a roast-duck restaurant lets people queue to look full [claim:J6]. That is deceit, and not done even if the sum comes out well.
# - **The frog princess**: a frog says she is a princess and offers Jack marriage; he finds a talking frog more interesting [claim:J2]. An offer of what nobody wants is useless at any size. Before you win someone back, ask why they stopped coming.
# - **Leave alone**: in the trial one group stayed less when rung up; leave such customers alone. Whoever has not agreed to be contacted may not be called by law, whatever the sum says.
# - **Identity records**: what was collected to verify identity is used for marketing: that is another purpose [claim:F11] and needs consent of its own.

# %% [markdown] lang="zh"
# ## 回到那笔预算

# %% [markdown] lang="en"
# ## Back to the budget

# %% tags=["nbval-check-output"]
lesson.say("budget", **lesson.facts.planning.budget(arranged, channels, new, total=20_000))

# %% [markdown] lang="zh"
# 老板的三句话，现在都答得上了：拉一位多少钱、哪几个渠道回得了本；按这次试验该联系谁；留一组对照，过了观察期再比。对照组太小的话，一次多半看不出，要几次活动合起来算。
# 预算用不完不丢人：**最好的名单往往比预算短。**

# %% [markdown] lang="en"
# All three questions have answers now: what a customer costs and which channels pay it back; whom to contact by this trial; and a control group to compare with when the period is over. Where that group is too small to show much by itself, add up several campaigns.
# A budget need not be used up: **the best list is often shorter than the budget.**

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh" tags=["report"]
# ## 行动清单

# %% [markdown] lang="en" tags=["report"]
# ## Action list

# %% tags=["report", "nbval-check-output"]
sold_by = customers.in_charge(table, as_of=as_of, where=scope)
today = as_of or customers.day_of(people).date()
todo = targeting.actions(planned, as_of=today, friends=friends, in_charge=sold_by, limit=top_actions)
lesson.actions(todo, limit=top_actions, **lesson.facts.planning.actions(todo, arranged))
lesson.say(lesson.facts.idle(stand.stay_score, **cuts))
lesson.use(in_charge=sold_by)

# %% [markdown] lang="zh"
# ## 五道小题，看看记住了多少

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("cost_and_breakeven")
lesson.ask("highest_score_first")
lesson.ask("gain_of_zero")
lesson.ask("why_by_lot")
lesson.ask("full_house")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("saves_wording")
lesson.ask("plus_five_points")
lesson.ask("negative_uplift")
lesson.ask("interval_with_zero")
lesson.ask("table_and_cause")
lesson.ask("catalogue_share")
lesson.ask("price_gap")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 先算一位新客户多少钱、带来多少，再谈投不投；响应率要连成本一起看。
# 2. 评分说他会不会留，增量说联系有没有用；只联系预期收益大于 0 的。
# 3. 每次活动都抽签留一组对照，不然永远不知道钱花得值不值。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. First what a new customer costs and brings, then whether to pay for it; a response says little until the cost is divided by it.
# 2. The score tells who stays, the uplift what contact changes. Contact only where the expected gain is above 0.
# 3. Keep a control group aside by lot in every campaign, or you will never know what the money did.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 订单文件有客户编号、订单号、日期、金额四列就行。没做过试验的，增量是假设的（默认 5 个百分点），报告里会写明：
#
# ```
# crm-lessons report 08 -p orders=我的订单.xlsx -p assumed_uplift=0.05 -p contact_cost=4
# crm-lessons report 08 -p orders=我的订单.xlsx -p trial=我的试验.xlsx
# ```
#
# 试验表要有客户编号、是否联系、是否留下三列，最好还有试验前的评分。报告是一份网页、一份 Excel：每位客户的评分、值多少、预期收益、联系还是留作对照，都在里面。

# %% [markdown] lang="en"
# ## Now your own file
#
# Customer id, order id, date and amount are enough. Without a trial the uplift is an assumption (five points unless you say otherwise), and the report says so:
#
# ```
# crm-lessons report 08 -p orders=my_orders.xlsx -p assumed_uplift=0.05 -p contact_cost=4
# crm-lessons report 08 -p orders=my_orders.xlsx -p trial=my_trial.xlsx
# ```
#
# The table of a trial needs customer id, contacted or not, stayed or not, and is better with a score from before. The report is a page and a workbook with each customer's score, value, expected gain, and whether to contact or to keep aside.
