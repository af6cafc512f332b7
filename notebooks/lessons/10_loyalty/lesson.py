# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 满意了，就会再来吗：忠诚度
#       en: "Satisfied, and coming back? Loyalty"
#     subject:
#       zh: 拿一年前问卷上说的话，对一年里做的事：谁忠诚，什么和满意关系密切，先联系谁
#       en: "what customers said a year ago against what they did since: who is loyal, what goes with satisfaction, whom to call"
#     minutes: 45
#     found: [classes*, said_and_done, lacks_*, top_driver*, drivers_not_shown]
#     parameters:
#       responses: {data: any}
#       questionnaire: {data: questionnaire}
#       orders: {data: orders}
#       high_band: {gt: 0, le: 1}
#       low_band: {ge: 0, lt: 1}
#       satisfaction_weight: {ge: 0, le: 1}
#       repurchase_weight: {ge: 0, le: 1}
#       recommendation_weight: {ge: 0, le: 1}
#       loyal_from: {gt: 0, le: 1}
#       watch_days: {ge: 1, le: 3650}
#       latest: {format: date}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
responses: str = "shop_survey"  # survey answers: a sample's name (shop_survey, dealer_survey) or a file in CSV or Excel
questionnaire: str = "shop_survey"  # the questionnaire: a sample's name or a YAML file that says scales and missing codes
orders: str = ""  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
scope: dict[str, str] = {}  # keep only lines where a column has this value
latest: str = ""  # an order later than this day is a fault; the command line passes today
watch_days: int = 365  # how many days after the answer a purchase is looked for
high_band: float = 0.70  # from this stated probability on, included, the chance to buy again is high
low_band: float = 0.30  # up to this stated probability, included, the chance to buy again is low
satisfaction_weight: float = 0.3334  # weight of satisfaction in the loyalty index; the three weights add up to 1
repurchase_weight: float = 0.3333  # weight of the chance to buy again in the loyalty index
recommendation_weight: float = 0.3333  # weight of recommendation in the loyalty index
loyal_from: float = 0.75  # from this index on, included, a customer counts as loyal
top_actions: int = 30  # customers on the action list at most
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 满意了，就会再来吗：忠诚度

# %% [markdown] lang="en" tags=["report"]
# # Satisfied, and coming back? Loyalty

# %% [markdown] lang="zh"
# ## 情境：满意的，就是忠诚的？

# %% [markdown] lang="en"
# ## The situation: is a satisfied customer a loyal one?

# %% [markdown] lang="zh" tags=["sample"]
# 去年十月，“云杉生活”给客户发了一次问卷。结果很好看，答“满意”“很满意”的占多数。老板当场拍板：
# **满意的就是忠诚的，明年的会员预算全投给他们。**
#
# 预算还没花出去，一年过去了。那些客户后来买没买，订单里都有。

# %% [markdown] lang="en" tags=["sample"]
# Last October the shop Yunshan Living sent its customers a survey. The result looked fine; most were satisfied or very satisfied. The owner
# decided on the spot: **the satisfied are the loyal ones, so next year's membership budget goes to them.**
#
# The budget is still there, and a year has passed. Whether those customers bought again is in the orders.

# %% [markdown] lang="zh"
# 这一课就拿当时**说的话**，对后来**做的事**：谁真的忠诚？什么和满意关系密切？电话先打给谁？
#
# 不用写代码：读一读，看看图，在框里作答，提交后马上有批改。标着“深入一步”的部分给分析师和讲师，可以先跳过。

# %% [markdown] lang="en"
# This lesson holds what customers **said** against what they **did** afterwards. Who is loyal? What goes with satisfaction? Whom do you call first?
#
# There is no code to write: read, look at the charts, answer in the boxes. Each answer is checked at once. Parts marked "Go deeper" are for analysts and instructors; feel free to skip them.

# %% tags=["report"]
from crm_lessons import course, data, lacking, loyalty, survey

lesson = course.open("10_loyalty", language=language)
table = data.read(responses, schema=questionnaire, columns=columns, encoding=encoding or None, latest=latest or None, others=scope)
asked = survey.within(survey.responses(table), where=scope)
named = lesson.facts.orders_of(responses, orders)
sales = lesson.facts.sales(named, latest=latest or None, reading=reading)
lesson.survey(table, asked)

# %%
lesson.say("take_home")

# %% [markdown] lang="zh"
# 先看一眼全部答卷：每位客户按三道题（满意几级、多半会不会再买、愿不愿意推荐）落在一格里，数字是人数。颜色分五类，看完图就讲。

# %% [markdown] lang="en"
# First a look at all the answers: each customer falls into one cell by three questions (how satisfied, how likely to buy again, whether to recommend), and the numbers are customers. The colours are five classes, explained below the chart.

# %% tags=["report"]
done = loyalty.study(asked, sales, high=high_band, low=low_band, days=watch_days, where=scope, weights=(satisfaction_weight, repurchase_weight, recommendation_weight))
lesson.say(lesson.facts.converted(done))
lesson.draw("loyalty_cells", lesson.facts.cells(done))

# %% tags=["report"]
lesson.say(lesson.facts.joined(done, named, watch_days))
lesson.further(lacking.unless(done.bought is not None, sales))
lesson.say(lesson.facts.missing(done))

# %% [markdown] lang="zh" tags=["report"]
# ## 谁是满意，谁是忠诚

# %% [markdown] lang="en" tags=["report"]
# ## Who is satisfied, who is loyal

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.classes(done), compare="loyal")
lesson.say(lesson.facts.no_classes(done))

# %% tags=["report"]
people = done.found.assign(loyalty_class=done.classes, loyalty_index=done.index)
lesson.hand_over("loyalty_cells", lesson.facts.recommended(done.cells))
lesson.hand_over("loyalty_people", lesson.facts.recommended(people))

# %% [markdown] lang="zh"
# **满意**说的是过去：买过的这几次，合不合当初的期望。**忠诚**要看往后：还买不买，愿不愿意告诉别人 [claim:D4]。
# 讲义用三道题来量忠诚 [claim:D6]：
#
# | 指标 | 怎么问 | 分几级 |
# |---|---|---|
# | 总体满意度 | 总的来说满意吗 | 5 级 |
# | 再买可能性 | 今后一年再来买的可能性是百分之几 | 分 3 档：{high_band:.0%} 及以上、{low_band:.0%}–{high_band:.0%}、{low_band:.0%} 及以下 |
# | 推荐意愿 | 朋友问起，会推荐我们吗 | 3 级：很大可能、有可能、不可能 |
#
# 5 × 3 × 3，一共 45 格，就是前面那张图。不同的颜色，是按规则分出来的五类客户：
#
# - **忠诚**：满意，多半会再买，也很愿意推荐；
# - **不满仍留**：不满意，却说多半还会买。合同没到期、积分没用完、附近只有这一家……一有别的路就走；
# - **满意易走**：满意，可说不准还来不来。多半是谁便宜买谁的；
# - **不满欲走**：不满意，也不打算再来；
# - **一般**：其余的。
#
# 三道题问到的都是话 [claim:D5] [claim:M25]：先把题用对，再拿订单去验证。

# %% [markdown] lang="en"
# **Satisfaction** looks back: did the purchases so far meet what was expected? **Loyalty** looks ahead: will they buy again, will they tell others [claim:D4]?
# The notes measure loyalty by three questions [claim:D6]:
#
# | Indicator | The question | Levels |
# |---|---|---|
# | Overall satisfaction | all in all, how satisfied | 5 |
# | Chance to buy again | how likely within a year, in per cent | 3: {high_band:.0%} or more, between, {low_band:.0%} or less |
# | Recommendation | if a friend asks, will you recommend us | 3: very likely, possible, impossible |
#
# Five by three by three makes the 45 cells of the chart above. The colours are five classes by rule:
#
# - **Loyal**: satisfied, likely to buy again, and very likely to recommend.
# - **Captive**: unhappy, and yet likely to buy again. A contract, points not yet spent, no other shop nearby; they leave as soon as there is a way.
# - **Wavering**: satisfied, but not sure to come back. Many buy wherever it is cheapest.
# - **Leaving**: unhappy, and not coming back.
# - **Ordinary**: everyone else.
#
# All three collect words [claim:D5] [claim:M25]: use them well first, then hold the answers against the orders.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(people=done.people, found=done.found, classes=done.classes, index=done.index, bought=lacking.known(done.bought))
lesson.use(weights=done.weights, loyal_from=loyal_from, high_band=high_band, low_band=low_band)
lesson.ask("middle_band")
lesson.ask("loyal_by_rule")

# %% [markdown] lang="zh"
# 站在线上的怎么算？《民法典》第一千二百五十九条说得清楚：“以上”“以下”都包括本数。所以正好 {high_band:.0%} 算高，正好 {low_band:.0%} 算低，中间才是中。
# 线画在哪里可以商量；画好了就要写明，谁站在线上，都一样算。

# %% [markdown] lang="en"
# What about an answer exactly on the line? Article 1259 of the Chinese Civil Code says that “or more” and “or less” include the number. So exactly {high_band:.0%} is high, exactly {low_band:.0%} is low, and
# only what lies between is middle. Where the lines stand may be argued; once they are drawn, write them down, and treat everyone on them alike.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 合成一个指数，权重是人定的
#
# 三个指标先各自换成 0 到 1 的数，再按权重加起来，就是忠诚指数：样样最高是 1，样样最低是 0。讲义没给权重，这里默认三项相等。
# 换一套权重试试，看看有多少人换了边：

# %% [markdown] lang="en" tags=["deeper"]
# ### One index: people set the weights
#
# Put each indicator on 0 to 1 and add them with weights: top marks everywhere make 1, bottom marks everywhere 0. The notes give no weights; here they are equal
# unless you say otherwise. Try other weights and see how many change sides:

# %% tags=["report", "later", "nbval-check-output", "deeper"]
half = {"satisfaction": (0.5, 0.25, 0.25), "repurchase": (0.25, 0.5, 0.25), "recommendation": (0.25, 0.25, 0.5)}
moved = lesson.facts.moved(done, half, loyal_from)
lesson.table(moved)

# %% tags=["exercise", "deeper"]
lesson.ask("weights_move")

# %% tags=["report", "later", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.weights(moved))

# %% [markdown] lang="zh" tags=["deeper"]
# 名次往往变得很少，过线的人数却可能差出一截。所以指数拿来排先后可以，拿来定“忠诚客户有多少”就要小心：那个数一半是客户给的，一半是权重给的。

# %% [markdown] lang="en" tags=["deeper"]
# As a rule the ranking changes little, while the number above the line may change much. So an index will do to say who comes first; to say how many customers are loyal, be careful. Half of that number
# comes from the customers, half from the weights.

# %% [markdown] lang="zh"
# ## 说的话，打几折
#
# 问卷上有一题：“今后一年您还会来买的可能性是百分之多少？”采购照着平均数备货。一年过去，真来了几成？先猜一个，再看答案。

# %% [markdown] lang="en"
# ## What their word is worth
#
# One question was how likely they were to buy again within a year, in per cent. The buyers stocked up by the average. A year later, how many had come? Guess first.

# %% tags=["exercise"]
lesson.ask("said_and_done")

# %% [markdown] lang="zh" tags=["report"]
# ## 说的和做的

# %% [markdown] lang="en" tags=["report"]
# ## Said and done

# %% tags=["report", "nbval-check-output"]
spoken = lesson.facts.spoken(done)
lesson.figure(lesson.facts.said_and_done(spoken), compare="stated", kind="percent")

# %% tags=["report"]
bands = lesson.facts.bands(spoken, done, high=high_band, low=low_band)
lesson.draw("stated_against_done", lesson.facts.curve(spoken, done))
lesson.hand_over("stated_and_done", bands)

# %% tags=["report", "later"]
lesson.table(lesson.facts.shown(bands), percent=("stated",))

# %% [markdown] lang="zh"
# 虚线是“说几成就来几成”。圆点要是都在虚线下方，说明话说得太满；要是从左到右一路升高，说明谁高谁低还靠得住。
# 所以**次序可以用，成数要打折**：安排先联系谁，用得上；要照着备货、定目标，得先拿去年的说法对一遍去年的订单，算出折扣再用。

# %% [markdown] lang="en"
# On the dashed line words come true. Dots below it promise more than they keep; dots that rise from left to right have the order right. So **use the order and discount the level**.
# The order says whom to contact first. Before stocking up or setting targets by the level, hold last year's words against last year's orders and apply the discount you find.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 问了比不问强多少
#
# **布里尔分数**是把每个人说的成数和结果（来了是 1，没来是 0）相减、平方、再平均，越小越准。比如有人说九成、结果没来，就是 0.9 × 0.9 = 0.81。要比的不是 0，
# 而是“谁也不问、人人按平均猜”的那个分数：比不过它，说的成数就不能照单全收；次序也许还用得上。

# %% [markdown] lang="en" tags=["deeper"]
# ### How much better than not asking
#
# The **Brier score** takes the stated chance of each customer from the outcome (1 came, 0 did not), squares it and averages; lower is better. Somebody who said nine in ten and did not come counts 0.9 × 0.9 = 0.81. The score to beat is not 0 but that of
# asking nobody and guessing the mean for everyone. Answers that cannot beat it are not to be taken at their word; their order may still be of use.

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.verdicts(spoken))

# %% tags=["exercise", "deeper"]
lesson.ask("band_table")

# %% [markdown] lang="zh"
# ## “高出六倍”，试一试
#
# 讲义说，非常满意的客户，购买意愿比满意的客户“高出六倍” [claim:M2]。这句话的源头是一家复印机公司的一项分析，说的是复购，只有那一家。
# 先不看数据，动动脑筋：它**可能**吗？

# %% [markdown] lang="en"
# ## “Six times”, put to the test
#
# The notes say that very satisfied customers are six times more willing to buy than satisfied ones [claim:M2]. It goes back to an analysis at one maker of copying machines, and it was about
# repurchase. Before you look at data, think: **could** it be?

# %% tags=["exercise"]
lesson.ask("six_times_ceiling")

# %% [markdown] lang="zh" tags=["report"]
# ## 越满意，越会再来吗

# %% [markdown] lang="en" tags=["report"]
# ## The more satisfied, the more come back?

# %% tags=["report", "nbval-check-output"]
levels = lesson.facts.by_level(done)
lesson.figure(lesson.facts.reasons.six_times(levels), compare="ratio")
lesson.say(lesson.facts.reasons.no_ratio(levels))

# %% tags=["report"]
lesson.draw("repurchase_rates", levels)
lesson.hand_over("rates_by_level", lesson.facts.rate_table(levels))

# %% [markdown] lang="zh"
# 三条读法：
#
# - 复购率最高 100%。假如满意的客户有一半回来，“六倍”就得有三倍的人回来，不可能。**听到倍数，先问基数。**
# - “六倍”和“高出六倍”不一样：高出六倍是七倍。写清楚“是几倍”，别写“高出几倍”。
# - 再看最大的落差在哪两级之间。要是在“满意”往下，就先从不满意的客户试起；能不能多留住人，图上看不出来，要分组试过才知道。
#   “门口摆几张臭脸”那句话，说是希尔顿讲的，其实没有出处 [claim:D19]；不满意的客户后来少来多少，上面这张图看得出来；是不是因为不满才没来，看不出来。

# %% [markdown] lang="en"
# Three ways to read it:
#
# - A rate cannot pass 100%. If half of the satisfied came back, six times would be three times everybody. **Ask for the base before you believe a multiple.**
# - “Six times” and “six times more” differ by one: the second is seven times. Write how many times it is.
# - See between which two levels the largest drop is. If it lies below “satisfied”, try first with the unhappy; whether that keeps more customers the chart does not show, only a trial on groups.
#   The line on sour faces at the door is ascribed to Hilton without a source [claim:D19]; how many fewer of the unhappy came back can be read off the chart, but not whether that was the reason.

# %% [markdown] lang="zh" tags=["report"]
# ## 买得多的更满意吗，更满意的利润更高吗

# %% [markdown] lang="en" tags=["report"]
# ## Do those who buy most like us best, and are those who like us best worth more?

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.reasons.five_points(done))

# %% tags=["report"]
by_class = lesson.facts.by_class(done)
lesson.draw("satisfaction_by_class", by_class)
lesson.hand_over("satisfaction_by_class", by_class)

# %% [markdown] lang="zh"
# 讲义说满意度提高五个百分点，利润翻一番，没有出处，也没说五个点是哪把尺子上的点 [claim:D12]。
# 上面那句话比的是**不同的客户**：满意的那些可能本来就买得多，买得多的也可能更容易满意。这不等于把谁的满意度提高 5 分，他就会多买。
# 想知道提高满意度值多少钱，要抽签挑一半客户先改进，另一半照旧，再比两边后来的毛利。

# %% [markdown] lang="en"
# The notes say that five points more satisfaction double the profit, without a source, and without saying on which scale [claim:D12].
# The sentence above compares **different customers**: the satisfied may have bought more to begin with, and those who buy much may be more easily satisfied. It does not follow that raising
# somebody's satisfaction by 5 points makes them buy more. To learn what an improvement is worth, give it to half of the customers first, drawn by lot, and compare the gross profit of the two halves.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 什么和满意关系密切

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## What goes with satisfaction

# %% tags=["report", "nbval-check-output", "deeper"]
titles = lesson.facts.aspect_names(asked.aspects, asked.items)
lesson.figure(lesson.facts.driving.first(done, titles), compare="share", kind="percent")
lesson.say(lesson.facts.driving.warnings(done, titles))

# %% tags=["report", "deeper"]
lesson.say(lesson.facts.driving.priorities(done, titles))
lesson.draw("driver_weights", lacking.known(done.driven), codes=titles)
lesson.draw("importance_map", lacking.known(done.priorities), codes=titles)
lesson.hand_over("drivers", lesson.facts.driving.table(done, titles))
lesson.hand_over("priorities", lesson.facts.driving.quadrants(done, titles))

# %% [markdown] lang="zh" tags=["deeper"]
# 和满意一起高、一起低的那些事，行话叫**驱动因素**（名字说过了头：是不是它推动的，问卷看不出来）。讲义列了五个关键因素 [claim:D7]：
#
# - **A 服务质量**：产品质量、流程设计、技术能力；
# - **B 服务效果**：客户心里的满足感；
# - **C 客户关系维护**：将心比心，站在客户一边；
# - **D 理念灌输**：认同这个牌子，信得过这家店；
# - **E 持续的良性心理刺激及增值感受**：时不时有惊喜，越用越划算。
#
# 五项都打了分，哪一项和总体评价关系最密切？五项的分数常常一起高、一起低，直接放在一起算（做回归），分不清是谁的功劳。这里用**相对权重**：把五项合起来能解释的差异，公平地分给每一项，
# 加起来正好是全部。它回答“差异从哪里来”，不回答“改了会怎样”；横线是区间，叠在一起的，先后就别较真；重抽以后第一名常换人的，报告就直说“分不清”。
#
# **重要性—表现图**再加一把尺子：做得怎么样。左上角（关系密切、做得差）先试着改；右上角（关系密切、做得好）守住；右下角（关系不大、做得好）够好了，别再加码；左下角（关系不大、做得差）以后再说。空心的点还说不准落在哪一边。

# %% [markdown] lang="en" tags=["deeper"]
# What rises and falls with satisfaction is called a **driver** in the trade (a name that says too much: whether it does the driving no survey shows). The notes name five key factors [claim:D7]:
#
# - **A Service quality**: the product, the process, the skill.
# - **B Service effect**: how satisfied customers feel inside.
# - **C Relationship**: seeing things from their side, being on their side.
# - **D Shared ideas**: believing in the brand and trusting the shop.
# - **E Lasting stimulus and added value**: a nice surprise now and then, more benefit the longer one stays.
#
# Which of them goes most closely with the overall answer? They rise and fall together, so that one regression cannot tell which of them did it. **Relative weights** share out fairly what all of them explain together, so that the parts add up to the whole.
# They say where the differences come from, not what a change would bring. Where intervals overlap, do not insist on the order; where the first place changes hands in the redraws, the report says that it cannot tell.
#
# The **importance–performance map** adds a second scale, how well each is done. Top left (closely related, done badly) is to be tried first; top right (closely related, done well) is to be kept up;
# bottom right (hardly related, done well) is done well enough already; bottom left (hardly related, done badly) can wait. Open dots may lie on either side.

# %% tags=["exercise", "deeper"]
lesson.ask("improve_first")

# %% [markdown] lang="zh"
# ## 十大原则和十把金钥匙
#
# 讲义有两份清单：**十大原则**对着公司 [claim:D8]，**十把金钥匙**对着人 [claim:D9]。
#
# | | 十大原则 | 十把金钥匙 |
# |---|---|---|
# | 1 | 控制产品质量和价格 | 感觉舒服：多做跟销售无关的事 |
# | 2 | 了解企业的产品 | 您是最专业的 |
# | 3 | 了解企业的客户 | 共同语言 |
# | 4 | 提高服务质量 | 像兄弟姐妹：让他觉得你在替他办事 |
# | 5 | 提高客户满意度 | 建立信任：**适当拒绝购买** |
# | 6 | 超越客户期待 | 关键时刻帮过他 |
# | 7 | 满足个性化要求 | 不停地晃：“611 工程”（讲义没解释） |
# | 8 | 正确处理客户问题 | 积分、论坛、俱乐部 |
# | 9 | 让购买程序变得简单 | 商业价值：私人顾问 |
# | 10 | 服务内部客户 | 持久稳定：三年不换人 |
#
# 哪些说的是一回事？先自己配一配：

# %% [markdown] lang="en"
# ## Ten principles and ten golden keys
#
# The notes have two lists: **ten principles** for the company [claim:D8] and **ten golden keys** for the person [claim:D9].
#
# | | Ten principles | Ten golden keys |
# |---|---|---|
# | 1 | control quality and price | make them comfortable: do things that have nothing to do with selling |
# | 2 | know the products | be the most expert |
# | 3 | know the customers | a common language |
# | 4 | improve service quality | be like family: they feel that you act for them |
# | 5 | raise satisfaction | build trust: **sometimes refuse to sell** |
# | 6 | exceed expectations | be there at the crucial moment |
# | 7 | meet individual wishes | keep showing up: the “611 project”, never explained |
# | 8 | handle problems properly | points, forum, club |
# | 9 | make buying simple | business value: private adviser |
# | 10 | serve internal customers | lasting and stable: the same person for three years |
#
# Which of them say the same? Match them yourself first:

# %% tags=["exercise"]
lesson.ask("lists_that_match")

# %% [markdown] lang="zh"
# 对不上的地方正说明问题：只有流程没有人情，客户留不住；只有交情没有流程，人一走，客户跟着走。

# %% [markdown] lang="en"
# Where the lists do not match there is a lesson: processes without warmth keep nobody, and ties without processes leave with the person.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 每条原则盯什么数
#
# 放在一起看，再给每条原则配一个盯得住的数 [claim:D10]：
#
# | 十大原则 | 拿什么数盯 | 对得上的金钥匙 |
# |---|---|---|
# | 1 控制产品质量和价格 | 退货率、和同行的差价 | 无 |
# | 2 了解企业的产品 | 一次答对率 | 2 您是最专业的 |
# | 3 了解企业的客户 | 客户档案完整率 | 3 共同语言 |
# | 4 提高服务质量 | 首次响应时长、按时交付率 | 无 |
# | 5 提高客户满意度 | 满意度指数和区间 | 1 感觉舒服 |
# | 6 超越客户期待 | 期望差距（感受减期望） | 6 关键时刻帮过他 |
# | 7 满足个性化要求 | 特殊要求办成率 | 9 私人顾问 |
# | 8 正确处理客户问题 | 一次解决率、结案时长 | 6 关键时刻帮过他 |
# | 9 让购买程序变得简单 | 下单步数、弃单率 | 无 |
# | 10 服务内部客户 | 员工流失率、内部满意度 | 10 三年不换人 |
#
# 剩下的钥匙也有数可盯：4 像兄弟姐妹，看客户主动来问的占几成；5 适当拒绝购买，看退货率；7 不停地晃，看一年联系几次、客户烦不烦（退订率）；
# 8 积分、论坛、俱乐部，看增量毛利减成本。

# %% [markdown] lang="en" tags=["deeper"]
# ### A figure to watch for each principle
#
# Here they are side by side, each principle with a figure to watch [claim:D10]:
#
# | Ten principles | Figure to watch | Golden key that matches |
# |---|---|---|
# | 1 control quality and price | return rate, price against competitors | none |
# | 2 know the products | answered right the first time | 2 be the most expert |
# | 3 know the customers | complete customer files | 3 a common language |
# | 4 improve service quality | time to first response, delivered on time | none |
# | 5 raise satisfaction | satisfaction index with interval | 1 make them comfortable |
# | 6 exceed expectations | gap, perceived less expected | 6 be there at the crucial moment |
# | 7 meet individual wishes | special wishes fulfilled | 9 private adviser |
# | 8 handle problems properly | solved at first contact, days to close | 6 be there at the crucial moment |
# | 9 make buying simple | steps to order, abandoned baskets | none |
# | 10 serve internal customers | staff turnover, internal satisfaction | 10 the same person for three years |
#
# The keys left over can be watched as well: 4 be like family, by how many customers ask of their own accord; 5 refuse to sell, by the return rate; 7 keep showing up, by contacts a year and how many
# unsubscribe; 8 points, forum, club, by additional profit less cost.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 第十把钥匙，三年不换人
#
# 换了人，客户就会走吗？订单里有业务员，可以看一眼：

# %% [markdown] lang="en" tags=["deeper"]
# ### The tenth key: the same person for three years
#
# Do customers leave when their adviser changes? The orders name the adviser, so look:

# %% tags=["nbval-check-output", "deeper"]
lesson.say(lesson.facts.reasons.staff(done))

# %% tags=["exercise", "deeper"]
lesson.ask("staff_change")

# %% [markdown] lang="zh"
# ### 第八把钥匙：积分划算吗
#
# 积分发给**全部**销售额，回本靠的却只有**多出来**的那一点。会员比非会员买得多，未必是积分的功劳：愿意办卡的人，本来就爱买。
# 所以先算多卖几成才保本，再问这几成从哪里来：

# %% [markdown] lang="en"
# ### The eighth key: do points pay?
#
# Points are given on **all** sales, but only **additional** sales pay for them. That members buy more than others need not be the programme's doing; those who like to buy are the ones who join.
# So work out first how much more must be sold to break even, then ask where it is to come from:

# %% tags=["exercise"]
lesson.ask("programme_lift")

# %% [markdown] lang="zh"
# ### 有些“钥匙”不能用
#
# 讲义里还有“制造依赖”“转移成本”“让人上瘾”一类的话 [claim:M39]。这样留下来的，正是图上“不满仍留”的那一格：人在，心不在，一有别的路就走。
# 真正的关怀是让客户**走得了却不想走**：退订一步办完，积分到期提前提醒，不合适就劝他别买 [claim:D18] [claim:D17] [claim:D16]。

# %% [markdown] lang="en"
# ### Keys not to use
#
# The notes also speak of creating dependence, switching costs and addiction [claim:M39]. Customers kept that way are the captive cells of the chart: they are there, they are unhappy, and they go when they can.
# Care means that customers **can leave and do not want to**: cancelling takes one step, points that expire are announced, and what does not fit is not sold [claim:D18] [claim:D17] [claim:D16].

# %% [markdown] lang="zh"
# ## 讲义说的，站得住吗
#
# “三分之二的客户因为缺少关怀而走” [claim:M3]，“九成多的老总认为客户关系管理最重要” [claim:M4]：都查不到出处。其余的说法我们也逐条查过：

# %% [markdown] lang="en"
# ## What the notes say, and whether it holds
#
# Two thirds of customers leave for want of care [claim:M3]; nearly all chief executives call customer relationship management most important [claim:M4]. No source is known for either. We checked the other statements as well:

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 先联系谁
#
# 满意却再没来的，最容易被漏掉：问卷上他是“满意”，名单上他没投诉，订单里他已经走了。请从名单里把他们找出来：

# %% [markdown] lang="en"
# ## Whom to contact
#
# Those who were satisfied and never came back are easily missed: the survey has them as satisfied, they did not complain, and the orders show them gone. Find them in the list:

# %% tags=["exercise"]
lesson.ask("satisfied_gone")

# %% [markdown] lang="zh" tags=["report"]
# ## 行动清单

# %% [markdown] lang="en" tags=["report"]
# ## Action list

# %% tags=["report", "nbval-check-output"]
sold_by = lesson.facts.in_charge(done, sales)
todo = loyalty.actions(done.found, done.classes, as_of=done.day, bought=done.bought, in_charge=sold_by, customers=done.people.get("customer_id"), limit=top_actions)
todo = lesson.facts.listed(todo)
lesson.actions(todo, limit=top_actions)
lesson.say(lesson.facts.idle(done, high_band=high_band, low_band=low_band, loyal_from=loyal_from))
lesson.use(todo=todo)

# %% [markdown] lang="zh"
# ## 五道小题，看看记住了多少
#
# 不翻上面也答得出来，就是真懂了。

# %% [markdown] lang="en"
# ## Five short questions
#
# If you can answer them without scrolling back, you have it.

# %% tags=["quiz"]
lesson.ask("past_or_future")
lesson.ask("which_is_behaviour")
lesson.ask("too_bold")
lesson.ask("six_times_more")
lesson.ask("golden_key_five")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("how_many_cells")
lesson.ask("no_weights_given")
lesson.ask("five_drivers")
lesson.ask("weight_of_a_driver")
lesson.ask("five_points_double")
lesson.ask("principle_on_staff")
lesson.ask("why_they_left")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 满意看过去，忠诚看后来；三道题问到的都是话，要拿订单验证。
# 2. 说的话，次序能用，成数打折；听到倍数先问基数，听到数字先问出处。
# 3. 走得了却不想走，才叫忠诚；被留下的，不算。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Satisfaction looks back, loyalty shows afterwards. All three questions collect words; hold them against orders.
# 2. Of words use the order and discount the level. Of a multiple ask for the base, of a figure for its source.
# 3. Loyal is who could leave and does not want to. Who is held back does not count.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 只有问卷也能跑：45 格、分类、指数、驱动因素、行动清单都有；再配上订单（两边用同一套客户编号），才看得到“说的和做的”。
#
# ```
# crm-lessons report 10 -p responses=我的问卷.xlsx -p questionnaire=我的问卷.yaml
# crm-lessons report 10 -p responses=我的问卷.xlsx -p questionnaire=我的问卷.yaml -p orders=我的订单.xlsx
# ```
#
# 问卷说明用 crm-lessons draft 起草（第 9 课末尾有例子），再定每道题属于哪个因素。三道忠诚题至少要有一道；
# 发问卷时带上客户编号和日期，一年以后就能对答案。

# %% [markdown] lang="en"
# ## Now your own file
#
# A survey alone will do for the 45 cells, the classes, the index, the drivers and the action list. With orders that use the same customer ids you also see what was said against what was done.
#
# ```
# crm-lessons report 10 -p responses=my_survey.xlsx -p questionnaire=my_survey.yaml
# crm-lessons report 10 -p responses=my_survey.xlsx -p questionnaire=my_survey.yaml -p orders=my_orders.xlsx
# ```
#
# Let crm-lessons draft write the questionnaire (the end of lesson 9 has an example), and settle which factor an item belongs to. At least one of the three questions on loyalty must be asked.
# Send customer id and date along, and in a year you can mark the answers.
