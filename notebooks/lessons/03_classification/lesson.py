# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 客户分类：四个部门，四种 VIP
#       en: "Classes of customers: four departments, four kinds of VIP"
#     subject:
#       zh: 用三十种分类法给每位客户分类，看清用途、门槛和分歧，排出行动清单
#       en: sort every customer in thirty ways, see purpose, threshold and disagreement, and draw up an action list
#     minutes: 45
#     found: [tier, vip_lists, loyalty, no_tier, no_loyalty]
#     parameters:
#       orders: {data: orders}
#       tables: {data: any}
#       since: {format: date}
#       as_of: {format: date}
#       latest: {format: date}
#       active_days: {ge: 1}
#       lost_days: {ge: 1}
#       win_back_days: {ge: 0}
#       vip_share: {gt: 0, lt: 1}
#       loyal_orders: {ge: 2}
#       loyal_days: {ge: 1}
#       calls: {ge: 1}
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
since: str = ""  # first day of the period, included; empty means the first day in the data
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
active_days: int = 90  # days since the last purchase up to which a customer is active, included; after that dormant
lost_days: int = 365  # days up to which a dormant customer is not lost yet, included
win_back_days: int = 30  # days since the last purchase up to which nobody is to be won back, included; R of RFM is at least 4
vip_share: float = 0.05  # share of customers, the first by gross profit, who are VIP
loyal_orders: int = 4  # orders that make a customer loyal in deed, at least
loyal_days: int = 180  # days within which a loyal customer has bought last, included
calls: int = 200  # dormant customers the team can call
top_actions: int = 30  # customers on the action list at most
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 客户分类：四个部门，四种 VIP

# %% [markdown] lang="en" tags=["report"]
# # Classes of customers: four departments, four kinds of VIP

# %% [markdown] lang="zh"
# ## 情境：系统里只有一个“VIP”框
#
# 公司要换 CRM 系统，供应商只问了一句：“VIP 是哪些客户？”会上四个部门当场吵起来：
#
# - **销售部**：买得多的，按销售额排的 A 类。
# - **财务部**：给公司赚钱的，按毛利排在最前面的那一小批。
# - **市场部**：会员等级黑卡、金卡，规则早就登在小程序里了。
# - **客服部**：一直来、最近还在来的老面孔。
#
# 你来拍板：系统里的那个框，该勾谁？先把四份名单叠在一起看一看。
#
# 标着“深入一步”的部分给分析师和讲师，可以先跳过。

# %% [markdown] lang="en"
# ## The situation: one box for "VIP"
#
# The company is moving to a new CRM system, and the supplier has one question: who is a VIP? Four departments answer at once:
#
# - **Sales**: whoever buys most, class A by sales.
# - **Finance**: whoever earns us money, the few at the top by gross profit.
# - **Marketing**: the black and gold levels of the membership programme; the rules have long been published.
# - **Service**: the familiar faces, who keep coming and came lately.
#
# You decide whose box is ticked. First lay the four lists on top of each other.
#
# Parts marked "Go deeper" are for analysts and instructors; feel free to skip them.

# %% tags=["report"]
from crm_lessons import classification, course, customers, data, lacking

lesson = course.open("03_classification", language=language)
table = data.read(orders, columns=columns, encoding=encoding, latest=latest, others=scope, leave_out=leave_out, flip_returns=flip_returns, reading=reading)
more = data.companions(orders, tables)
people = customers.profiles(table, since=since, as_of=as_of, where=scope, **more)
lesson.data(table, people, currency=currency, scope=scope)

# %%
lesson.say("take_home", calls=calls)

# %% [markdown] lang="zh" tags=["report"]
# ## 几份 VIP 名单，重合多少

# %% [markdown] lang="en" tags=["report"]
# ## How far the VIP lists overlap

# %% tags=["report"]
begin = customers.year_start(table, as_of=as_of)
year = customers.profiles(table, since=begin, as_of=as_of, where=scope, **more)
days = dict(active_days=active_days, lost_days=lost_days)
limits = classification.thresholds(**days, loyal_orders=loyal_orders, loyal_days=loyal_days, vip_share=vip_share)
done = classification.study(people, year, thresholds=limits)
classes, words = done.classes, classification.codes()
lists = classification.vip_lists(classes)
lesson.draw("flag_overlap", classification.overlap(lists))

# %% tags=["report", "nbval-check-output"]
leads = lesson.facts.further_leads(more)
lesson.figure("vip_lists", compare="every", **lesson.facts.vip_lists(lists))
lesson.figure("schemes_done", compare="done", **lesson.facts.schemes(done))

# %% [markdown] lang="zh"
# 四个部门谁也没说错，只是各自在回答**不同的问题**。“VIP”不是客户身上的一个事实，而是一个决定：
# **为了什么用途、看哪个指标、线画在哪里**。讲义列了贵宾、重要、普通三类，一个门槛也没给 [claim:A3]；门槛是你定的，定了就要写下来。
#
# ## 先问：什么人才算“客户”
#
# 往前退一步，连“客户”都有好几种说法：有的说买了商品的人才是 [claim:A1]，有的说可能购买的人也是，还有的说内部同事也是客户。
# 先说好数哪一种，再报“我们有多少客户”：

# %% [markdown] lang="en"
# None of the departments is wrong: each answers **a different question**. "VIP" is not a fact about a customer but a decision:
# **for what purpose, by which measure, with the line drawn where.** The notes name VIP, important and ordinary customers and give no threshold at all [claim:A3];
# whoever sets one should write it down.
#
# ## First: who counts as a customer
#
# One step back, even "customer" has several meanings: only who has bought is one [claim:A1]; or whoever might buy; or colleagues too.
# Agree on one before you report how many customers there are:

# %% tags=["nbval-check-output"]
lesson.say("definitions", lesson.facts.definitions(people, leads))

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(people=people, classes=classes)
lesson.ask("ten_people")

# %% [markdown] lang="zh"
# ## 每一种分类法都是一个决定
#
# 三个问题，问完再分：
#
# 1. **用途**：分出来以后，两类客户的待遇会有什么不同？没有不同，就不必分。
# 2. **指标**：数据里有没有？没有就先去收集，不要猜 [claim:A28]。
# 3. **门槛**：线在哪里，正好站在线上的归哪边？“90 天以内”“3 单以上”都含本数。

# %% [markdown] lang="en"
# ## Every scheme is a decision
#
# Three questions before any classes are made:
#
# 1. **Purpose**: what will be done differently for two classes? If nothing, do not make them.
# 2. **Measure**: is it in the data? If not, collect it first; do not guess [claim:A28].
# 3. **Threshold**: where is the line, and where does a customer stand who is exactly on it? "Within 90 days" and "3 orders or more" include the number.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 算得出来的分类法
#
# “无法判断”不是错，是老实：没问过的客户，就不知道他满不满意。

# %% [markdown] lang="en" tags=["deeper"]
# ### The schemes that can be computed
#
# "Cannot be told" is no fault but honesty: of a customer who was never asked nobody knows the satisfaction.

# %% tags=["deeper"]
overview = classification.overview(classes)
lesson.table(overview, codes={"scheme": words["scheme"]}, rows=len(overview))

# %% [markdown] lang="zh" tags=["report"]
# ## 门槛一动，人就换类

# %% [markdown] lang="en" tags=["report"]
# ## Thresholds move people

# %% tags=["report"]
moves = classification.dormancy(people, **days)
names = classification.class_names("behaviour")
lesson.draw("threshold_sensitivity", moves, default=active_days, unit="days", codes=names)

# %% tags=["report", "nbval-check-output"]
lesson.figure("dormancy", compare="changed", **lesson.facts.dormancy(moves))

# %% tags=["report", "later", "nbval-check-output"]
lesson.table(moves)

# %% [markdown] lang="zh"
# 同一批客户，什么也没做，只把“多少天不来算沉睡”改一改，人数就大变。所以：
#
# - 讲义说到沉睡和流失，都没有给期限 [claim:A11]。别人的 90 天是别人的生意：卖洗衣液和卖冰箱不能用一把尺子。
# - 跟上个月比“沉睡客户少了”，先问门槛变没变。
# - 门槛要配合**能做多少事**：打得完多少个电话，就把线画在哪里。

# %% [markdown] lang="en"
# The same customers, nothing done, only the number of days changed, and the counts change completely. So:
#
# - The notes speak of dormant and lost customers and set no limit for either [claim:A11]. Another company's 90 days are another company's: detergent and refrigerators need different yardsticks.
# - "Fewer dormant customers than last month": ask first whether the limit was moved.
# - A threshold should fit **what can be done**: draw the line where the calls can still be made.

# %% tags=["nbval-check-output"]
lesson.say("calls", calls=calls)

# %% tags=["exercise"]
lesson.use(limits=moves, calls=calls)
lesson.ask("calls_limit")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 三个部门，三个天数

# %% [markdown] lang="en" tags=["deeper"]
# ### Three departments, three limits

# %% tags=["exercise", "deeper"]
lesson.ask("dormant_limits")

# %% [markdown] lang="zh" tags=["report"]
# ## RFM：最近、常来、花得多

# %% [markdown] lang="en" tags=["report"]
# ## RFM: recently, often, for much

# %% tags=["report"]
scored = classification.rfm(people, win_back_after=win_back_days)
lesson.draw("rfm_map", classification.rfm_tiles(scored))

# %% tags=["report", "nbval-check-output"]
segments = classification.segment_table(scored)
lesson.figure("segments", compare="best", **lesson.facts.segments(segments))
lesson.say(lesson.facts.crowded(scored))
lesson.hand_over("rfm_segments", segments)

# %% tags=["report", "later", "nbval-check-output"]
shown = ["customers", "customer_share", "amount_share", "action"]
lesson.table(segments[shown], codes=words)

# %% [markdown] lang="zh"
# RFM 看三件事：**R** 最近一次消费离今天多久，**F** 一段时间里来了多少次，**M** 一共花了多少 [claim:A16]。每一项打 1 到 5 分，5 分最好。
# 讲义没有说怎么打分，这里的规矩是：
#
# - **R 的天数越小，分数越高**：3 天前刚来过的是 5 分。天数大不是好事，这是最常见的错。
# - 按名次打分，数值相同的客户分数必定相同；一半客户都只买过一单，他们的 F 就都是 1 分，没有人是 2 分。
# - **R 并列取好的名次**：最后一天来过的客户再多，也都是 5 分。名次不看天数，所以再加一道线：{win_back_days} 天以内来过的，R 至少 4 分，不会被叫作“挽留”。
# - 三个分数合成八个分群，每一群配一个动作。**分群没有动作，等于没分。**

# %% [markdown] lang="en"
# RFM looks at three things: **R**, how long ago the last purchase was; **F**, how many there were in a period; **M**, how much was spent [claim:A16].
# Each is scored from 1 to 5, where 5 is best. The notes give no rule for scores; ours is:
#
# - **The fewer days, the higher R**: who came three days ago scores 5. More days are not better; this is the commonest mistake.
# - Scores go by place, and equal customers have equal scores. If half of all customers ordered once, all of them score 1 for F and nobody scores 2.
# - **Ties in R take the better place**: however many bought on the last day, all of them score 5. A place says nothing of days, so there is one more line: who bought within {win_back_days} days has at least 4 and is never "to win back".
# - Three scores make eight segments, each with one action. **A segment without an action is no segment.**

# %% tags=["exercise"]
lesson.ask("rfm_by_hand")

# %% [markdown] lang="zh" tags=["report"]
# ## 忠诚：做到、愿意、说出去，不是一回事

# %% [markdown] lang="en" tags=["report"]
# ## Loyalty: doing, meaning and saying it are not the same

# %% tags=["report", "nbval-check-output"]
kinds = lesson.facts.loyal_kinds(classes)
lesson.figure("loyalty", lesson.facts.loyalty(kinds), compare="every")
lesson.say(lesson.facts.no_loyalty(kinds))

# %% tags=["report"]
lesson.draw("flag_overlap", lesson.facts.loyalty_overlap(kinds))

# %% [markdown] lang="zh"
# “忠诚客户”在讲义里有六种说法，有的讲行为，有的讲心意，有的要推荐给别人才算 [claim:A4]。它们不能互相代替：
#
# - **只有行为**：可能是离得近、没得选、怕麻烦。别家一开店，人可能就走了。
# - **只有心意或口碑**：真心喜欢，但一年才用一次；这样的人适合请来转介绍，不该当“沉睡客户”去骚扰。
# - **三样都有**：最值得当面道谢的一群，别只拿优惠券打发。
#
# 所以报告“忠诚客户有多少”之前，先说清是哪一种。

# %% [markdown] lang="en"
# "Loyal customer" has six meanings in the notes: some speak of deeds, some of the heart, some ask for recommendations [claim:A4]. None can stand for another:
#
# - **In deed only**: perhaps you are nearest, or there is no choice, or changing is a nuisance. When a rival opens, they may go.
# - **At heart or in word only**: they truly like you and need you once a year. Ask them for a referral; do not pester them as dormant.
# - **All three**: thank them in person, not with a coupon.
#
# Before you report how many loyal customers there are, say which kind.

# %% [markdown] lang="zh" tags=["report"]
# ## 值多少、还能长多少、服务要花多少

# %% [markdown] lang="en" tags=["report"]
# ## Worth today, room to grow, cost to serve

# %% tags=["report", "nbval-check-output"]
lesson.figure("tier", lesson.facts.tier(classes), compare="negative")
lesson.say(lesson.facts.losing_vips(people, year, classes))

# %% [markdown] lang="zh"
# 四套“高低贵贱”放在一起，名字像，问的却不一样：
#
# | 分类法 | 看什么 | 适合决定什么 |
# |---|---|---|
# | ABC、高中低价值 | 销售额 | 谁的订单不能丢 |
# | 贵宾、重要、普通 | 毛利 | 谁值得有专人 |
# | 价值 × 潜力 | 现在值多少、还能长多少 | 在谁身上投入 |
# | 关键、普通、小、负利润 | 一年毛利减服务成本 | 服务资源给谁、跟谁谈条件 |
#
# 毛利高的贵宾，减去上门、电话和工时，可能是亏的。讲义说劣质客户要“坚决”淘汰 [claim:A15]；先别急：
# 把条件摊开谈（起订量、上门次数、账期），亏损也可能是我们自己给的条件造成的，数据没说是客户坏。

# %% [markdown] lang="en"
# Four rankings side by side: the names resemble each other, the questions do not.
#
# | Scheme | Looks at | Good for deciding |
# |---|---|---|
# | ABC; high, middle, low value | sales | whose orders must not be lost |
# | VIP, important, ordinary | gross profit | who gets a person of their own |
# | Value × potential | worth today, room to grow | where to invest |
# | Key, ordinary, small, negative | a year's gross profit less cost to serve | where service goes, with whom to talk terms |
#
# A VIP by gross profit may be a loss once visits, calls and hours are taken off. The notes say to drop bad customers firmly [claim:A15]. Not so fast:
# put the terms on the table first (minimum order, visits, payment). The loss may come from terms we granted ourselves; the data do not say that the customer is bad.

# %% tags=["exercise"]
lesson.use(importance=lesson.facts.scheme(classes, "importance"))
lesson.ask("opposite")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 四套分法，各类多少人

# %% [markdown] lang="en" tags=["deeper"]
# ### Four rankings, how many in each class

# %% tags=["report", "later", "nbval-check-output", "deeper"]
counted = classification.counts_of_all(people, lesson.facts.ranking(classes))
lesson.table(counted, codes=words, rows=len(counted))

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 各种分类法有多一致

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How far the schemes agree

# %% tags=["report", "deeper"]
ranked = classification.ordered(classes)
lesson.draw("scheme_agreement", classification.agreement_matrix(ranked), codes=words["scheme"])
pairs = classification.pairs(ranked)
lesson.hand_over("agreement", pairs)

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.figure(lesson.facts.agreement(ranked), compare="kappa")
lesson.say(lesson.facts.no_agreement(ranked))

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.table(pairs.head(8), codes=words)

# %% [markdown] lang="zh" tags=["deeper"]
# 图上是**克莱姆 V**：两种分法关联有多强；0 是毫无关系，1 是知道了类数较多的那一种，就知道另一种；类与类不分高低也能比。
# **科恩 κ**（读“卡帕”）只比有高低、档数相同的：两边同档的比例里，先扣掉瞎猜也能碰上的那部分。
# 加权的 κ 另算一笔：差一档比差两档轻，所以数值往往高些，它说的不再是“同档”。各档人数两边不一样，就不可能人人同档，κ 也到不了 1：先看最多能有多少人同档，再说一致不一致。
#
# 两点别误会。第一，都由销售额算出来的分法当然一致，那是同一把尺子量两遍。第二，不一致不等于谁错了：
# “最近没来”和“买得多”本来就是两件事，**不一致的客户最值得看**，因为那里有决定要做。

# %% [markdown] lang="en" tags=["deeper"]
# The chart shows **Cramér's V**: how strongly two schemes are associated; 0 is no relation, 1 means that the scheme with more classes settles the other, and classes need no order.
# **Cohen's κ** (kappa) compares ranked schemes with as many classes: the share in the same place, after taking off what blind guessing would hit.
# The weighted κ counts a miss by one step as less than a miss by two; it is often higher, and no longer speaks of the same place. Where the classes differ in size, not everybody can be in the same
# place and κ cannot reach 1: see how many could agree at most before calling it little.
#
# Two cautions. Schemes that are all computed from sales agree by nature: one yardstick used twice. And to disagree is not to be wrong:
# "has not come lately" and "buys much" are two things. **Look at the customers on whom schemes disagree**: there a decision waits.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 让电脑自己分群

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Letting the computer find groups

# %% tags=["report", "nbval-check-output", "deeper"]
found = classification.clusters(people)
lesson.say(lesson.facts.clusters(people, found))

# %% tags=["report", "deeper"]
lesson.draw("cluster_profile", lacking.unless(found.found, found.profile))

# %% [markdown] lang="zh" tags=["deeper"]
# **聚类**（k-means）总能给你几群，哪怕客户像一盘散沙，它也照样切。所以要过三关才算数：群与群分得开（轮廓系数，要比“同样的单数、同样的先后，但聚成一堆”的客户明显高）、换一批客户重抽还是这几群、
# 最小的一群不是个别怪客户。过不了关，就老老实实说“没看出自然的群”（挨得近的群，这样可能看不出来），继续用你自己定的门槛。
#
# **聚类的结果是一种看法，不是真相**。给群起个好听的名字，不会让它变得更真。

# %% [markdown] lang="en" tags=["deeper"]
# **Clustering** (k-means) always returns groups, even where customers are spread like sand. So three tests come first: the groups stand apart (their silhouette is clearly above that of the same counts and ranks in one heap), they come again when
# customers are drawn anew, and the smallest is more than a few oddities. If they fail, say plainly that no natural groups stand out (groups close together may be missed), and keep to thresholds of your own.
#
# **Clusters are a view, not the truth.** A fine name does not make a group more real.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 客户从哪里来，为什么来

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Where customers come from, and why

# %% tags=["report", "nbval-check-output", "deeper"]
by_source = lesson.facts.serving.rates(leads, "source")
by_reason = lesson.facts.serving.rates(leads, "reason")
lesson.say(lesson.facts.serving.conversions(by_source, by_reason))

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.table(by_source, percent=("rate", "lower", "upper"))
lesson.table(by_reason, percent=("rate", "lower", "upper"))

# %% tags=["report", "deeper"]
source = lesson.facts.scheme(classes, "source")
lesson.draw("group_value", lesson.facts.serving.value_by(people, source))

# %% [markdown] lang="zh" tags=["deeper"]
# 新客户来询价，讲义归成四种原因：你的产品是新开发的、对原供应商不满意、需求量增加、你的质量好或者价格优 [claim:A13]。
# 原因不同，第一句话就不同：对原供应商不满意的，先听他抱怨什么，别急着报价，更别跟着骂同行。
#
# 表里每个转化率后面都有一段区间：人数少，区间就宽。**区间大半重叠的两个来源，先别排名次**，更别为此调广告费。
# 还有，转化率高不等于带来的钱多，上面的图看的是成交以后人均带来多少，两件事要一起看。
#
# 汽车行业另有一套叫法：有需求又有购买力的是**潜在客户**；能带来新客户的忠实车主是**基盘客户**；有号召力的本地人是**桩脚客户**。

# %% [markdown] lang="en" tags=["deeper"]
# The notes give four reasons why a new customer makes contact: your product is new; the present supplier disappoints; demand grows; your quality or price is better [claim:A13].
# The reason decides the first sentence: with someone whose supplier disappoints, listen to the complaint before quoting a price, and do not join in abusing the rival.
#
# Beside each rate stands an interval: few enquiries, wide interval. **Do not rank two sources whose intervals mostly overlap**, and do not move the budget for it.
# Nor does a high rate mean much money: the chart shows what each customer brought afterwards. Look at both.
#
# The car trade has words of its own: a **prospect** has the need and the money; a loyal owner who brings others belongs to the **base**; a well-connected local is a **pillar**.

# %% tags=["exercise", "deeper"]
lesson.ask("car_trade")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 一百小时给谁

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Who gets a hundred hours

# %% tags=["report", "later", "nbval-check-output", "deeper"]
importance = lesson.facts.scheme(classes, "importance")
returns = lesson.facts.serving.returns(people, importance)
names = {"class": classification.class_names("importance")}
lesson.say(lesson.facts.serving.hours_explained(returns))
lesson.table(lesson.facts.serving.block_gains(returns), codes=names)

# %% [markdown] lang="zh" tags=["deeper"]
# 客服部这个月多出 100 小时。给一位客户多花一小时，头一小时最有用，后面越来越没用，这叫**递减**。表里每一格是：这一类再加十小时，
# 预计多得的毛利（元）。里面有两条**假设**：服务最多能多赢得这一类毛利的一成到两成；每位客户花多少小时能赢得其中一半。
# 你的公司要换成自己试出来的数。

# %% [markdown] lang="en" tags=["deeper"]
# Service has 100 hours to spare this month. The first hour spent on a customer does most, each further hour does less: **diminishing returns**. Each cell says what ten more hours in
# a class should win in gross profit. Two **assumptions** are inside: service can win at most a tenth to a fifth of the profit of a class; and how many hours for one customer win half of that.
# Put figures from your own trials in their place.

# %% tags=["exercise", "deeper"]
lesson.use(returns=returns)
lesson.ask("hundred_hours")

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.say("best_hours", lesson.facts.serving.best_hours(returns))

# %% [markdown] lang="zh" tags=["report"]
# ## 价格敏感的客户

# %% [markdown] lang="en" tags=["report"]
# ## Price-sensitive customers

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.serving.prices_told(people, classes))

# %% [markdown] lang="zh"
# 价格敏感的客户，讲义这边说降价、给优惠，那边说要讲附加价值，还有一处说不要争价格 [claim:A8]。三句话打架，因为它们说的不是同一位客户：
# 有人缺的是钱，有人缺的是“为什么值”。先分小组试，比毛利，不比销量。

# %% [markdown] lang="en"
# For price-sensitive customers the notes say in one place to lower the price, in another to stress added value, in a third not to argue about price [claim:A8]. They contradict
# each other because they speak of different customers: one lacks money, the other a reason. Try both on small groups, and compare gross profit, not sales.

# %% tags=["exercise"]
lesson.ask("price_sensitive")

# %% [markdown] lang="zh"
# ## 小客户
#
# 小客户也有三种主张：用促销刺激他长大；减少服务，甚至放弃一部分；不过分管、也不冷落 [claim:M26]。别选口号，算**期望值**：
# 机会乘以好处，再减去一定要花的钱。下面用这份数据里小客户的平均数，配上写明的假设算一遍：

# %% [markdown] lang="en"
# ## Small customers
#
# For small customers there are three pieces of advice: promote until they grow; reduce service and let some go; neither over-manage nor neglect [claim:M26]. Do not choose a slogan, work
# out the **expected value**: chance times benefit, less what is spent for certain. Here with the average small customer of these data and assumptions stated openly:

# %% tags=["nbval-check-output"]
small = lesson.facts.serving.small(year, lesson.facts.scheme(classes, "tier"))
advice = lesson.facts.serving.advice(small)
lesson.say("small", small)
lesson.table(lesson.facts.serving.advice_table(advice), codes={"advice": "codes.advice."})
lesson.say("best_advice", lesson.facts.serving.best_advice(advice))

# %% [markdown] lang="zh"
# 假设写在明处：促销一位花 12 元，有 4% 的机会带大，带大后一年多挣 300 元；不服务留得住一半毛利；轻服务成本减半，留得住九成。换一个数，结论可能就变，所以结论后面永远跟着假设。

# %% [markdown] lang="en"
# The assumptions, in the open: a promotion costs 12 yuan, succeeds with 4% and then brings 300 yuan more a year; without service half of the profit stays; light service costs half and keeps nine tenths. Change one
# and the conclusion may change: a conclusion never travels without its assumptions.

# %% tags=["exercise"]
lesson.ask("small_customers")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 标签：是或否

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Flags: yes or no

# %% tags=["report", "later", "nbval-check-output", "deeper"]
ticked = classification.flags_of_all(people, classes)
lesson.table(ticked, codes=words, rows=len(ticked))
lesson.hand_over("flags", ticked)

# %% [markdown] lang="zh" tags=["deeper"]
# 一位客户可以同时有好几个标签，它们合起来不是 100%。**大 V** 看的是一条内容能带来几位买家：粉丝数 × 互动率 × 转化率，粉丝多不等于带得动。
# **优质客户**讲义只留下最后一条特征（肯提新要求，推着我们进步）[claim:F5]，前面几条缺失；我们照另一份讲义补成七项打分，权重摆在明处，
# 你可以改。打分卡的权重是人定的，名次也就是人定的。

# %% [markdown] lang="en" tags=["deeper"]
# A customer may have several tags at once; they do not add up to 100%. A **big V** is judged by the buyers one post may bring: followers × engagement × conversion. Many followers need not move anyone.
# Of the **good customer** the notes keep only the last trait (makes new demands and so helps us improve) [claim:F5]; the others are lost. We restore them from another lecture as seven scores with open weights,
# which you may change. People set the weights, so people set the ranking.

# %% tags=["exercise", "deeper"]
lesson.ask("good_customer")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 没有算的，为什么

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## What was not computed, and why

# %% tags=["report", "later", "nbval-check-output", "deeper"]
without = classification.not_computed(done.left_out)
lesson.table(without, codes=words, rows=len(without))
lesson.hand_over("left_out", without)

# %% [markdown] lang="zh" tags=["deeper"]
# 有些分类法只能靠人，而且只能在对话里用：
#
# - **话术类型**：新客户先建立信任，回头客先看以前的交易，挑剔型要专业和耐心。判断的是**这一次谈话**，不是这个人。
# - **心理**：算计、攀比、恐惧、好奇、自贬。同一个人，买菜算计，给孩子买书一点也不算计。
# - **销售之道**：讲义说有钱的卖尊贵、没钱的卖实惠 [claim:A12]。怎么看出有钱没钱？多半看穿着，那就是以貌取人。
#
# 写进系统之前问自己：**这是他说的、他做的，还是我猜的**？猜的不写。

# %% [markdown] lang="en" tags=["deeper"]
# Some schemes need a person, and serve only inside a conversation:
#
# - **Talk types**: with a new customer build trust, with a returning one look at the history, with a picky one be expert and patient. What is judged is **this talk**, not this person.
# - **Psychology**: calculating, comparing, fearful, curious, self-deprecating. Someone may calculate over vegetables and not at all over a child's books.
# - **Ways of selling**: the notes sell prestige to the rich and thrift to those without money [claim:A12]. How does one see who is rich? By the clothes, mostly; and that is judging by looks.
#
# Before it goes into the system, ask: **did the customer say it, do it, or did I guess it?** Guesses are not written down.

# %% [markdown] lang="zh"
# ## 标签会伤人
#
# 分类是为了服务得更好，也可能变成歧视。六条底线：
#
# 1. **写依据和日期**。“贵宾：毛利前 5%，某年某月”，过期要重算；“难缠”不是类别，不许写。
# 2. **客户看得见也受得住**。假如这个标签被他本人看到，你解释得清吗？解释不清就不要用。
# 3. **不拿外表、性别、家庭、信仰当分类依据** [claim:M41]。这类信息不仅失礼，有的还是法律上的敏感个人信息，要单独同意。
# 4. **收集时说好的用途，不能悄悄换**。为核实身份收的资料，不能顺手拿去做营销 [claim:M45]。
# 5. **同物同价**。可以多服务，不可以看人下菜、对老客户抬价（大数据杀熟）。
# 6. **投诉和安全不分等级**。普通客户的刹车问题，跟贵宾的一样急。

# %% [markdown] lang="en"
# ## Labels can hurt
#
# Classes are there to serve people better; they can turn into discrimination. Six lines not to cross:
#
# 1. **Write the grounds and the date**: "VIP: top 5% by gross profit, this month of this year", to be computed anew when it is old. "Difficult" is no class and is not written.
# 2. **The customer might read it.** Could you explain the label to the person it describes? If not, do not use it.
# 3. **No classes by looks, sex, family or belief** [claim:M41]. It is rude, and some of it is sensitive personal data under the law, which needs separate consent.
# 4. **The purpose stays what it was** when the data were collected. Papers taken to confirm an identity are not for marketing [claim:M45].
# 5. **The same goods, the same price.** More service is fine; a higher price for the loyal, because they do not compare, is not.
# 6. **Complaints and safety know no class.** An ordinary customer's brakes are as urgent as a VIP's.

# %% tags=["exercise"]
lesson.ask("label_at_door")

# %% [markdown] lang="zh"
# ## 讲义说的，站得住吗

# %% [markdown] lang="en"
# ## What the notes say, and whether it holds

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 每种分类法的人数和金额

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Customers and amounts under every scheme

# %% tags=["report", "later", "deeper"]
every = classification.counts_of_all(people, classes)
lesson.table(every, codes=words, rows=len(every))
lesson.hand_over("schemes", every)
lesson.hand_over("customers", classification.customer_table(people, scored, classes))

# %% [markdown] lang="zh" tags=["report"]
# ## 行动清单

# %% [markdown] lang="en" tags=["report"]
# ## Action list

# %% tags=["report", "nbval-check-output"]
sold_by = customers.in_charge(table, as_of=as_of, where=scope)
todo = classification.rfm_actions(people, scored, in_charge=sold_by, limit=top_actions)
lesson.actions(todo, limit=top_actions)
lesson.say(lesson.facts.idle(people, **days, win_back_days=win_back_days, loyal_orders=loyal_orders, loyal_days=loyal_days))
lesson.use(in_charge=sold_by, lost_days=lost_days)

# %% [markdown] lang="zh"
# ## 五道小题，看看记住了多少
#
# 不翻上面也答得出来，就是真懂了。

# %% [markdown] lang="en"
# ## Five short questions
#
# If you can answer them without scrolling back, you have it.

# %% tags=["quiz"]
lesson.ask("who_is_a_customer")
lesson.ask("loyal_three_ways")
lesson.ask("label_ethics")
lesson.ask("r_score")
lesson.ask("dormant_or_lost")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("pillar_customer")
lesson.ask("rules_overlap")
lesson.ask("table_growth")
lesson.ask("clusters_and_truth")
lesson.ask("big_v")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 分类是决定，不是发现：先说用途，再定指标，最后写明门槛。
# 2. 门槛一动人就换类，两种分法说法相反的客户，最该先看。
# 3. 无法判断就写无法判断；猜的不写，标签要让客户看了也受得住。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Classes are decided, not discovered: first the purpose, then the measure, then the threshold in writing.
# 2. Move a threshold and people change class; look first at those whom two schemes put at opposite ends.
# 3. What cannot be told is written as such; guesses are not written; a label must bear being read by its customer.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 订单文件里有客户编号、订单号、日期、金额四列，就能出报告；列越多，算得出的分类法越多。有满意度、服务成本、线索这些附表，一起给更好：
#
# ```
# crm-lessons check 我的订单.xlsx --as orders
# crm-lessons report 03 -p orders=我的订单.xlsx -p active_days=60
# crm-lessons report 03 -p orders=我的订单.xlsx -p tables="service=服务成本.xlsx,attitudes=问卷.xlsx"
# ```
#
# 报告里的 Excel 列出每位客户在每种分类法里的类；姓名、电话这类个人信息不会出现在里面。

# %% [markdown] lang="en"
# ## Now your own file
#
# An order file with customer id, order id, date and amount makes the report; more columns allow more schemes. If you have tables of satisfaction, cost to serve or enquiries, add them:
#
# ```
# crm-lessons check my_orders.xlsx --as orders
# crm-lessons report 03 -p orders=my_orders.xlsx -p active_days=60
# crm-lessons report 03 -p orders=my_orders.xlsx -p tables="service=cost.xlsx,attitudes=survey.xlsx"
# ```
#
# The workbook lists each customer's class under every scheme. Names and telephone numbers do not appear in it.
