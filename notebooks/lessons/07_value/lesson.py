# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 客户价值：留住一位客户，值多少
#       en: "Customer value: what is it worth to keep a customer"
#     subject:
#       zh: 从讲义的公式，走到一个站得住脚的客户终身价值
#       en: from the formulas of the notes to a lifetime value one can defend
#     minutes: 45
#     found: [buying.base_value*, no_values, buying.base_tested*, buying.base_untested]
#     parameters:
#       orders: {data: orders}
#       tables: {data: any}
#       upkeep: {data: maintenance}
#       margin_share: {gt: 0, le: 1}
#       conversion: {gt: 0, le: 1}
#       discount: {ge: 0, lt: 1}
#       value_years: {gt: 0, le: 30}
#       unit: {choices: [week, day]}
#       since: {format: date}
#       as_of: {format: date}
#       latest: {format: date}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
tables: dict[str, str] = {}  # files of further tables by name: customers, attitudes, service, accounts, leads; the sample shop brings its own
upkeep: str = ""  # file of what keeping each customer cost (customer_id, cost); empty means none, but the sample shop brings its own
scope: dict[str, str] = {}  # keep only lines where a column has this value
leave_out: dict[str, str] = {}  # leave out lines where a column has one of these values; a bar divides them, a star is any text
flip_returns: bool = False  # lines marked as returned hold positive amounts, which count as minus
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
since: str = ""  # first day of the period, included; empty means the first day in the data
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
margin_share: float = 0.25  # gross profit as a share of sales, used where the data hold no gross profit
conversion: float = 0.18  # share of people invited by customers who become customers
discount: float = 0.10  # discount a year on money to come, 0.10 is 10 per cent
value_years: float = 3.0  # years ahead that count in the value of a customer
unit: str = "week"  # unit of time of the model of purchases, week or day
top_actions: int = 30  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 客户价值：留住一位客户，值多少

# %% [markdown] lang="en" tags=["report"]
# # Customer value: what is it worth to keep a customer

# %% [markdown] lang="zh"
# ## 情境：一瓶洗涤剂，62,400 元
#
# 一位太太每周来店里买 40 元的东西。有一天洗涤剂断货，值班经理忙着对账，头也不抬：“卖完了。”她一走就是四年。
#
# 讲义替店里算了一笔账：一周 40 元，一年 52 周，她今年三十，能买到六十，**一共 62,400 元** [claim:C4]。
# 店长听了坐不住：“那要留住这样一位客户，我最多能花多少钱？花一万，值不值？”
#
# 这一课就回答他。标着“深入一步”的部分给分析师和讲师，可以先跳过。你先凭感觉给个数。

# %% [markdown] lang="en"
# ## The situation: a bottle of detergent, 62,400 yuan
#
# A woman spends 40 yuan in the shop every week. One day the detergent is out of stock, and the manager, busy with his accounts, does not look up: "Sold out."
# She stays away for four years.
#
# The notes do the sum for the shop: 40 yuan a week, 52 weeks a year, she is thirty and can go on until sixty, **62,400 yuan in all** [claim:C4].
# The owner cannot sit still: "Then what may I spend to keep such a customer? Ten thousand?"
#
# This lesson is the answer. Parts marked "Go deeper" are for analysts and instructors; feel free to skip them. Give a figure by feeling first.

# %% tags=["report"]
from crm_lessons import buying, course, customers, data, lacking, pareto, value
lesson = course.open("07_value", language=language)
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
period = dict(since=since, as_of=as_of, where=scope)
people = customers.profiles(table, **data.companions(orders, tables), **period)
margin = value.margin_of(people, fallback=margin_share)
profit = value.profit_of(people, margin=margin)
lesson.data(table, people, currency=currency, scope=scope)

# %%
lesson.say("take_home")

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(people=people, profit=profit, margin=margin, conversion=conversion)
lesson.ask("worth_today_share")

# %% [markdown] lang="zh"
# ## 62,400 元，一步一步减
#
# 有三样该减，讲义一样也没减：
#
# 1. **货款**。62,400 是收入。收入里大半要付给厂家，留下的是毛利。这里先按两成算。
# 2. **有人会走**。两年的购买记录，推不出她会买满三十年。要是每年只留得下八成，十年以后就只剩一成多。
# 3. **将来的钱不是今天的钱**。三十年后的 2,080 元，今天没人肯按 2,080 元跟你换。把将来的钱换算成今天的钱，叫**折现**。这里按一年 10%：一年后的 110 元，只抵今天的 100 元；两年后的 121 元，也只抵今天的 100 元。

# %% [markdown] lang="en"
# ## 62,400 yuan, step by step
#
# Three things the notes did not take off:
#
# 1. **The goods.** 62,400 is revenue. Most of it goes to the makers; what stays is the margin, a fifth here.
# 2. **People leave.** Two years of records do not say that she will buy for thirty. With four fifths staying each year, little more than a tenth are left after ten.
# 3. **Money to come is not money today.** Nobody would pay you 2,080 yuan now for 2,080 yuan in thirty years. Turning money to come into money of today is called **discounting**. Here it is 10% a year: 110 yuan next year, or 121 in two years, are 100 yuan today.

# %%
steps = value.fall()
lesson.draw("value_fall", steps)

# %% tags=["nbval-check-output"]
lesson.say("fall", **lesson.facts.steps(steps))

# %% tags=["report", "later", "nbval-check-output"]
lesson.figure(lesson.facts.margin(people, margin, profit), compare="margin", kind="percent")
lesson.say(lesson.facts.margin_unused(people, margin_share))

# %% [markdown] lang="zh"
# 先后顺序换一换，每一步减掉的数会变，最后剩下的一样。所以别争“哪一步砍得最狠”：谁排在前面，谁就显得最大。
#
# 讲义最后那句“这只是一位忠诚客户”，让人忍不住再乘上客户数，就错得更离谱了 [claim:M14] [claim:M13]。
#
# 先算她没来的那四年 [claim:J4]。讲义说这类损失“无法用金钱衡量” [claim:M22]，你来量一量：

# %% [markdown] lang="en"
# In another order each step takes away another amount, and the end is the same. So do not argue which step hurts most: whichever comes first looks largest.
#
# The last sentence of the notes, "this is only one loyal customer", invites you to multiply an uncertain figure by all customers [claim:M14] [claim:M13].
#
# Begin with the four years she stayed away [claim:J4]. The notes say that such losses "cannot be measured in money" [claim:M22]. Measure it:

# %% tags=["exercise"]
lesson.ask("four_years_lost")

# %% [markdown] lang="zh"
# 同样是三十年，假设不同，结果差得远：

# %% [markdown] lang="en"
# The same thirty years under other assumptions are worth very different amounts:

# %% tags=["nbval-check-output"]
lesson.table(value.readings(), money=("value",))

# %% tags=["exercise"]
lesson.ask("retention_needed")

# %% [markdown] lang="zh"
# 留存率每高一点，价值高多少？看线翘起来的地方：八成变九成，比六成变七成值钱得多。越往右越值钱，也越难做到。

# %% [markdown] lang="en"
# What does a little more retention add? Look where the lines bend: from 80% to 90% is worth far more than from 60% to 70%. Further right it pays more, and is harder to get.

# %%
kept = [percent / 100 for percent in range(50, 96)]
grid = value.value_grid(1, kept, [0.0, 0.05, 0.10, 0.15])
lesson.draw("value_map", grid, marked=(0.80, 0.10))

# %% [markdown] lang="zh" tags=["deeper"]
# ### 换成自己的毛利率

# %% [markdown] lang="en" tags=["deeper"]
# ### With a margin of your own

# %% tags=["exercise", "deeper"]
lesson.ask("worth_at_our_margin")
lesson.ask("left_after_winning")

# %% [markdown] lang="zh"
# ## 留存率是怎么数出来的：四个率
#
# 讲义说，客户关系做得好不好，看四个率 [claim:C4h]：招揽率、保持率、忠诚度、收益率。名字好记，容易错的是除以谁。
# 一家小店的一年（数字是编的；就这么些人，换一年会上下浮动，下限到上限是大致的范围）：
#
# - 招揽率（通常叫获客率）= 新客户 ÷ 触达的人
# - 保持率（通常叫留存率）= 年初的客户里年底还在的 ÷ 年初的客户，**今年新来的不算**
# - 忠诚度 = 忠诚客户 ÷ 全部客户，“忠诚”怎么判要写明
# - 收益率（这里就是毛利率）= 毛利 ÷ 销售额；也有人除以投入，那叫投资回报率 [claim:C4i]，报数的时候说清楚是哪一种

# %% [markdown] lang="en"
# ## How retention is counted: the four rates
#
# The notes judge customer relations by four rates [claim:C4h]: acquisition, retention, loyalty and return. The names are easy; what goes wrong is the denominator.
# A small shop's year (the figures are made up; with so few people the rates move from year to year, roughly between the two bounds):
#
# - acquisition = new customers ÷ people contacted
# - retention = customers of the start who are still there ÷ customers at the start; **newcomers do not count**
# - loyalty = loyal customers ÷ all customers, with the rule for “loyal” stated
# - return = gross profit ÷ sales; some divide by the outlay, which is return on investment [claim:C4i], so say which

# %% tags=["nbval-check-output"]
counts = dict(numerator="int64", denominator="int64")
lesson.table(value.four_rates(**value.one_year()).astype(counts), percent=("lower", "upper"))

# %% tags=["exercise"]
lesson.ask("how_many_stayed")

# %% [markdown] lang="zh"
# 留得越久，赚得越多 [claim:C4f]，前提是每年的毛利盖得住维系他的成本，而且先把招揽他的钱挣回来。
#
# ## “客户价值”和“客户的价值”
#
# 只差一个“的”，方向正相反：
#
# - **客户的价值**：客户在整个生命周期里给企业带来的 [claim:C1]。上面算的是它。
# - **客户价值**：客户希望得到的，分四块：产品、服务、人员、形象 [claim:C1b]。没有它，前一个也不会有。
#
# 价值也可能是负的：欠着货款、随时可能赖账的客户，风险会超过他带来的钱 [claim:C1d]。

# %% [markdown] lang="en"
# The longer they stay the more they bring [claim:C4f], provided that each year's profit covers the cost of upkeep, and not before the cost of winning them is earned back.
#
# ## Value of the customer, and value for the customer
#
# In Chinese a single character parts the two, and they run in opposite directions:
#
# - **Value of the customer** is what the customer brings to the company over the whole life cycle [claim:C1]. It is what was computed above.
# - **Value for the customer** is what the customer hopes to get, in four parts: product, service, personnel, image [claim:C1b]. Without it there is none of the first.
#
# Value can also be negative: with a customer who owes you money and may not pay, the risk may exceed what is earned [claim:C1d].

# %% [markdown] lang="zh" tags=["deeper"]
# ### 四块一加权，高低会换位
#
# 两家店，每块满分 5 分，四块一样重；再把产品的权重加到七成：

# %% [markdown] lang="en" tags=["deeper"]
# ### Weights that change places
#
# Two shops, five points at most for each part; first all parts weigh the same, then the product gets seven tenths:

# %% tags=["nbval-check-output", "deeper"]
product_first = dict(product=0.7, service=0.1, personnel=0.1, image=0.1)
scores_of_two = value.two_shops()
lesson.table(scores_of_two.assign(equal=value.value_for_customer(scores_of_two), weighted=value.value_for_customer(scores_of_two, product_first)))

# %% [markdown] lang="zh" tags=["deeper"]
# 换一套权重，高低就反了过来。权重要问客户，不能由店里拍脑袋。
#
# ## 六种价值，还有一份说是四种
#
# 讲义列了六种，每种有个外号；另一份讲义说只有四种 [claim:C2]。对照着看：
#
# | 六种 | 外号 | 怎么算 | 四种里的哪一个 |
# |---|---|---|---|
# | 利润源泉 | 钱袋子 | 每位客户的毛利加起来 | 没有直接对应 |
# | 聚客效应 | 播种机 | 模拟：有没有人跟风 [claim:C2b] | 成本与规模、市场与品牌 |
# | 信息价值 | 照妖镜 | 省下的调查费，加上改好的决定 [claim:C2k] | 信息价值 |
# | 口碑价值 | 宣传队 | 基本价值 × 人数 × 转化率 [claim:C3b] | 没有 |
# | 对付竞争的利器 | 防风墙 | 对手降价时，还留得住多少 | 没有（讲义只有名字） |
# | 客户的终身价值 | 聚宝盆 | 这一课 | 没有 |
# | （六种里没有） | | 企业客户带动他的客户 [claim:C2h] | 网络化价值 |
#
# 六种有重叠，**不能加总**：口碑带来的客户，他的毛利已经在“利润源泉”里了。
# 讲义还说口碑“可信度最大” [claim:M9]，没有出处；在你家值多少，看自己的老带新记录。

# %% [markdown] lang="en" tags=["deeper"]
# With other weights the two change places. Ask customers for the weights; do not make them up in the shop.
#
# ## Six kinds of value, and a rival list of four
#
# The notes list six, each with a nickname; other notes say four [claim:C2]. Side by side:
#
# | Of the six | Nickname | How to work it out | Of the four |
# |---|---|---|---|
# | source of profit | purse | add up the margin of each customer | none directly |
# | crowd effect | seeder | simulate whether people follow [claim:C2b] | cost and scale; market and brand |
# | information | mirror that shows demons | surveys saved, plus better decisions [claim:C2k] | information |
# | word of mouth | propaganda team | basic value × people × conversion [claim:C3b] | none |
# | weapon against rivals | firewall | who stays when a rival cuts prices | none (a name only) |
# | lifetime value | treasure bowl | this lesson | none |
# | none | | a business customer brings its own customers [claim:C2h] | network value |
#
# The six overlap and **cannot be added**: whoever came by word of mouth is in the source of profit already.
# The notes also call word of mouth the most credible source [claim:M9], on no evidence; what it is worth to you stands in your own record of referrals.

# %% tags=["deeper"]
usual = dict(innovation=0.01, periods=24)
alone = value.crowd_effect(10_000, imitation=0.0, **usual)
lesson.draw("crowd", {"alone": alone, "drawn": value.crowd_effect(10_000, imitation=0.4, **usual)})

# %% [markdown] lang="zh"
# ## 讲义的四个公式
#
# | | 公式 | 例子（元） | 得到什么 | 要小心 |
# |---|---|---|---|---|
# | 基本价值 | 单次金额 × 周期内次数 [claim:C3] | 40 × 52 = 2,080 | 收入 | 周期多长要写明 |
# | 转介绍增值 | 基本价值 × 听说的人数 × 转化率 [claim:C3b] | 500 × 6 × 10% = 300 | 收入，正数 | 转化率用自己的记录 |
# | 负面口碑损失 | 同一个式子 [claim:C3c] | 500 × 6 × 10%，写 −300 | 收入，负数 | 比例是“听了不来的”；算不算本人要写明 |
# | 终身价值 | 单次**利润** × 总次数 − 维系成本 [claim:C3d] | 8 × 52 − 100 = 316 | 利润 | 没折现、没人走、没获客成本 |
#
# 前三个是收入，第四个是利润，**不能相加**。

# %% [markdown] lang="en"
# ## The four formulas of the notes
#
# | | Formula | Example (yuan) | What comes out | Take care |
# |---|---|---|---|---|
# | Basic value | amount × purchases in the cycle [claim:C3] | 40 × 52 = 2,080 | revenue | state the length of the cycle |
# | Referral gain | basic value × people told × conversion [claim:C3b] | 500 × 6 × 10% = 300 | revenue, positive | take the conversion from your own records |
# | Loss by bad word of mouth | the same expression [claim:C3c] | 500 × 6 × 10%, written −300 | revenue, negative | the share is of those who stay away; say whether the complainer counts |
# | Lifetime value | **profit** × purchases − upkeep [claim:C3d] | 8 × 52 − 100 = 316 | profit | no discount, no leaving, no acquisition cost |
#
# The first three are revenue and the fourth is profit: they **cannot be added**.

# %% tags=["exercise"]
lesson.ask("complaint_cost")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 老带新，券给多少不亏

# %% [markdown] lang="en" tags=["deeper"]
# ### How much a referral coupon may cost

# %% tags=["nbval-check-output", "deeper"]
lesson.say("mean_value", conversion=conversion, **lesson.facts.means(people, profit))

# %% tags=["exercise", "deeper"]
lesson.ask("coupon_limit")

# %% [markdown] lang="zh" tags=["deeper"]
# 善意也能这样算。雨天给一对老夫妇递毛巾、端咖啡、借伞 [claim:J3]，成本几十元；住一晚的毛利要是有一百来元，
# 他们因此多住半晚，本钱就回来了；就算只有一成的可能因此来住，来住五晚也够本。故事没有出处，账倒是算得过来。“人对了，世界就对了” [claim:J5] 是寓言，没法算。

# %% [markdown] lang="en" tags=["deeper"]
# Kindness can be worked out the same way. Towels, coffee and an umbrella for an old couple in the rain [claim:J3] cost some tens of yuan; if a night leaves a hundred or more,
# half a night pays for it, and if only one in ten comes because of it, five nights. The story has no source; the sum holds. "Get the person right and the world is right" [claim:J5] is a parable and cannot be worked out.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 三种终身价值，同一批客户

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Three lifetime values, the same customers

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义在三个地方给了三种终身价值 [claim:C5]：
#
# 1. **全部价值**：毛利，加上他带来的客户的毛利，加上别的好处；
# 2. **交易利润减维系**：单次利润 × 次数 − 维系成本；
# 3. **年收入乘三十年**：洗涤剂客户的算法。
#
# 给同一批客户都算一遍，排三张榜：

# %% [markdown] lang="en" tags=["deeper"]
# Three places of the notes give three lifetime values [claim:C5]:
#
# 1. **All value**: gross profit, that of the customers brought in, and more;
# 2. **Profit less upkeep**: profit × purchases − maintenance cost;
# 3. **Revenue × 30 years**: as for the detergent customer.
#
# Work out all three for the same customers and rank them three times:

# %% tags=["report", "deeper"]
spent = lesson.facts.spent(lesson.facts.maintenance(orders, upkeep))
three = value.three_values(people, margin=margin, referrers=people.get("referrer_id"), maintenance=spent)
lesson.draw("three_ranks", three)

# %% tags=["report", "nbval-check-output", "deeper"]
means = lesson.facts.three_means(three, profit)
lesson.figure("profit_so_far", say="three_means", compare="profit", **means)
lesson.say(lesson.facts.agreement(value.rank_agreement(three)))

# %% tags=["exercise", "deeper"]
lesson.use(three=three)
lesson.ask("falls_behind")

# %% [markdown] lang="zh" tags=["deeper"]
# 榜首要是换了人，“我们最值钱的客户”说的就不是同一位了。报“终身价值”这个数，先说是哪一种。
#
# ## 客户背后的客户，客户手里的信息
#
# 企业客户用了你的软件，他的供应商也得装 [claim:C2h]。每位带出 k 位下游，每位跟着用的可能是 p，
# 带出来的人数是 kp + (kp)² + …。kp 小于 1，加得完，等于 kp ÷（1 − kp）；到了 1，就加不完，只能限定层数。
#
# 信息也有价 [claim:C2k]：客户建档时顺手就填了的资料，要是靠发问卷去收，就得花钱。

# %% [markdown] lang="en" tags=["deeper"]
# Where the first place changes, “our most valuable customer” is no longer the same person. Whenever you quote a lifetime value, say which one.
#
# ## The customers behind a customer, the information a customer gives
#
# A business customer uses your software, so its suppliers must too [claim:C2h]. If each brings k partners who adopt with probability p,
# the followers are kp + (kp)² + … . For kp below 1 the sum is kp ÷ (1 − kp); from 1 on it has no end, and only a limit to the depth helps.
#
# Information has a price as well [claim:C2k]: what customers give for nothing would cost money by survey.

# %% tags=["exercise", "deeper"]
lesson.ask("network_worth")
lesson.ask("information_saved")

# %% [markdown] lang="zh" tags=["report"]
# ## 从公式到模型：谁还在

# %% [markdown] lang="en" tags=["report"]
# ## From formula to model: who is still there

# %% [markdown] lang="zh"
# 到这里为止，留存率要么是猜的，要么是一个总数，把人人当成一样。真实的客户各有各的节奏：有人每周来，有人半年来一次。
# 客户走的时候也不打招呼，只是再也不来。**多久没来才算走了，要跟他自己的节奏比。**

# %% [markdown] lang="en"
# Up to here retention was a guess or one figure for all. Real customers have rhythms of their own, one comes every week and another twice a year.
# And they leave without a word; there is only silence. **How long a silence means gone depends on the customer's own rhythm.**

# %% [markdown] lang="zh" tags=["deeper"]
# ### 模型怎么学
#
# 模型（BG/NBD）从每位客户的三个数里学：又买过几次，最近一次在什么时候，第一次购买到现在有多久。它给出两样：现在还活跃的概率，往后大概还会买几次。
# 它有两个版本，差在一处：买过第二次才可能离开（BG/NBD），还是第一次买完就可能（MBG/NBD）。报告从几个更早的日子起都试一遍，哪个更准用哪个，并且写明。
# 每次花多少，由另一个模型（Gamma-Gamma）估，退掉的货从退货的人自己头上减。往后的次数乘每次花的钱，再乘毛利率、折成现值，就是往后几年的价值。
#
# 会费、订阅、月结这样按固定日子付款的客户，不能用它：模型以为随时都可能买。他们要看每月流失率和生存曲线（第 04 课）；报告认出来了会写明，价值也改按续费来算。

# %% [markdown] lang="en" tags=["deeper"]
# ### How the model learns
#
# The model (BG/NBD) learns from three figures of each customer: how often again, how lately, since when. It gives two: the chance of being active now, and the purchases still to come.
# It comes in two versions that differ in one point: customers may leave only after a second purchase (BG/NBD), or after the first as well (MBG/NBD). The report tries both from several earlier days, uses the one that came nearer, and says which.
# What a purchase brings is estimated by another model (Gamma-Gamma); what was sent back is taken off whoever sent it back. Multiply the purchases to come by what each brings, then by the margin, discount, and you have the value of the years ahead.
#
# It does not fit customers who pay by a schedule (memberships, subscriptions, monthly bills), for it lets purchases come at any time. For them take the churn a month and a survival curve (lesson 04); where the report recognises them it says so and reckons their value from renewals.

# %% tags=["report", "later", "nbval-check-output", "deeper"]
accounts = customers.corporate(people)
told = dict(unit=unit, leave_out=accounts, refunds="net", **period)
earlier = buying.backtest(table, by=lesson.facts.abc_so_far, **told)
renewing = buying.renewals(table, leave_out=accounts, **period)
studied = buying.study(buying.histories(table, **told), tested=earlier, renewing=renewing)
lesson.say(lesson.facts.accounts_apart(accounts, profit))
lesson.say(lesson.facts.of_buying(*studied.words, *buying.seasons(table, studied.purchases, **told)))

# %% [markdown] lang="zh"
# ### 谁多半走了

# %% [markdown] lang="en"
# ### Who has probably left

# %% tags=["report"]
terms = dict(margin=margin, discount=discount, years=value_years)
scored = studied.known(studied.customers(**terms))

# %% tags=["exercise"]
lesson.use(scores=scored)
lesson.ask("more_likely_gone")

# %% [markdown] lang="zh"
# 你刚才用眼睛做的，就是模型做的：拿多久没来，跟他自己的节奏比。模型多做一步，把碰巧也算进去。
# 只买过一次的客户，没有第二次可以拿来判断：写“不知道”，别写“忠诚”。

# %% [markdown] lang="en"
# What you did by eye the model does as well: it compares the silence with the customer's own rhythm, and allows for chance.
# For whoever bought once there is no second purchase to judge by: write "not known", not "loyal".

# %% [markdown] lang="zh" tags=["deeper"]
# ### 只买过一次的客户
#
# 下面的图画的是来得最早的那批客户：横着看多久没来了，竖着看又买过几次。数据里看不出有人离开的，这张图就不画。
# 只买过一次的客户，BG/NBD 一律给 100%；MBG/NBD 给的低得多，可只凭一次购买，那是说这一批人，不是说某一位。

# %% [markdown] lang="en" tags=["deeper"]
# ### Customers who bought once
#
# The map shows the oldest customers: across, how long they have been silent; upwards, how often they came back. Where nobody is seen to leave there is no map.
# BG/NBD gives 100% to whoever bought once; MBG/NBD gives far less, but after a single purchase that speaks of them all together and not of any one.

# %% tags=["deeper"]
lesson.draw("alive_map", lesson.facts.alive_grid(studied), unit=unit)

# %% [markdown] lang="zh" tags=["report"]
# ## 客户往后值多少

# %% [markdown] lang="en" tags=["report"]
# ## What the customers are worth in the years ahead

# %% tags=["report"]
classes = pareto.abc(people["amount"])
base, words = studied.base(segments=classes["class"], **terms)
values = scored["lifetime_value"]
by_class = lesson.facts.segments(base)
lesson.draw("base_value", by_class, years=value_years, currency=lesson.currency)
lesson.draw("value_spread", lacking.unless(base, values), years=value_years, currency=lesson.currency)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.no_values(base))
lesson.figure(lesson.facts.base_value(base), compare="value")

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.top_tenth(base, values), compare="share", kind="percent")

# %% tags=["report"]
lesson.hand_over("value_by_class", by_class)
lesson.hand_over("three_values", three)
told_of = people[["orders", "amount", "recency_days"]].assign(profit=profit)
lesson.hand_over("customer_values", told_of.join(scored))

# %% [markdown] lang="zh"
# A、B、C 三类按过去的销售额分，价值看的是往后。过去是 A 类、往后没多少的，多半已经走了；过去是 C 类、往后不少的，是新来的好苗子。
# 区间说的是：模型要是对的，将来的数多半落在里面；从前几次预测差了多少，也容在里面。对手降价、你自己改了做法，没有算进去。
# 区间要是很宽，不是算得不好，是数据只能说到这个份上。

# %% [markdown] lang="en"
# The classes are made by past sales, the value looks ahead. Who was A and has little to come has probably left; who was C and has much to come is a promising newcomer.
# The interval is where the figure will most likely fall if the model is right, with room for the errors of earlier forecasts. A rival's price cut or a change in what you do yourself is not in it.
# A wide interval is no bad sum: it says how little the data can promise.

# %% tags=["exercise"]
lesson.ask("which_figure")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 区间是怎么来的

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Where the intervals come from

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.table(by_class, money=("lower", "upper"))

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.of_buying(*words[1:]))

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 预测准不准

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Does the forecast come true

# %% [markdown] lang="zh" tags=["deeper"]
# 光说“模型很好”没有用。把最后三分之一的日子藏起来，只用前面的数据算，再和后来真实的购买对一对。还要跟一个最笨的办法比一比：照老样子推下去。

# %% [markdown] lang="en" tags=["deeper"]
# To say that a model is good is not enough. Hide the last third of the days, compute from the rest, and compare with what was really bought. And compare with the simplest way there is: going on as before.

# %% tags=["report", "nbval-check-output", "deeper"]
tested, words = buying.try_hold_out(table, kind=studied.kind, **told)
lesson.say(lesson.facts.of_buying(*words))
by_frequency = lesson.facts.by_frequency(tested)
lesson.hand_over("hold_out", lesson.facts.accuracy(tested))

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.table(by_frequency, title_key="buying.hold_out_table")

# %% tags=["report", "deeper"]
lesson.draw("forecast_by_frequency", by_frequency)
lesson.draw("forecast_tracking", lesson.facts.tracking(tested))

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## What the notes claim, and what came of checking it

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh" tags=["report"]
# ## 行动清单：留住谁

# %% [markdown] lang="en" tags=["report"]
# ## Action list: whom to keep

# %% tags=["report", "nbval-check-output"]
sold_by = customers.in_charge(table, as_of=as_of, where=scope)
todo = value.actions(people, scored, in_charge=sold_by, limit=top_actions, leaving_seen=studied.leaving_seen)
lesson.actions(todo, limit=top_actions)
lesson.use(todo=todo)

# %% [markdown] lang="zh"
# 名单说的是“谁值得留”，没有说“联系了就留得住”。联系值不值，是下一课（08 留存）的事。
#
# ## 五道小题，看看记住了多少

# %% [markdown] lang="en"
# The list says who is worth keeping, not that a call will keep them. Whether contacting pays is the next lesson (08, retention).
#
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("one_character")
lesson.ask("largest_cut")
lesson.ask("twenty_per_cent_leave")
lesson.ask("negative_value")
lesson.ask("no_money_value")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("not_a_component")
lesson.ask("mirror")
lesson.ask("same_formula")
lesson.ask("add_the_two")
lesson.ask("points_or_per_cent")
lesson.ask("once_and_active")
lesson.ask("network_limit")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 收入不是价值：减货款，算流失，折成现值，别忘了获客成本。
# 2. 报“终身价值”，先说是哪一种、什么条件、误差多大。
# 3. 多久没来，要跟客户自己的节奏比；只买过一次的，写“不知道”。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Revenue is not value: take off the goods, allow for leaving, discount, and do not forget the cost of winning the customer.
# 2. When you quote a lifetime value, say which one, on what terms, and how far it may be off.
# 3. Compare a silence with the customer's own rhythm; for one-time buyers write "not known".
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 订单文件里有客户编号、订单号、日期、金额四列就能算；没有毛利，就用参数 margin_share 给一个毛利率。在终端里：
#
# ```
# crm-lessons check 我的订单.xlsx --as orders
# crm-lessons report 07 -p orders=我的订单.xlsx -p margin_share=0.22
# ```
#
# 报告里有每一类客户往后的价值和区间、预测准不准、留住谁；Excel 里每位客户一行。

# %% [markdown] lang="en"
# ## Now your own file
#
# An order file with customer id, order id, date and amount is enough; where it holds no gross profit, give a margin by the parameter margin_share. In a terminal:
#
# ```
# crm-lessons check my_orders.xlsx --as orders
# crm-lessons report 07 -p orders=my_orders.xlsx -p margin_share=0.22
# ```
#
# The report holds the value of each class with its interval, how well the forecast did, and whom to keep; the workbook has a row for each customer.
