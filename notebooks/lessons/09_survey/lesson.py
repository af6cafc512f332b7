# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 满意度调查：奖金该给哪家店
#       en: "Satisfaction surveys: which branch deserves the bonus"
#     subject:
#       zh: 从出题、打分到公平比较：哪些差别是真的，先改什么，谁的客户被挑过
#       en: "from writing items to a fair comparison: which differences are real, what to mend first, whose customers were picked"
#     minutes: 45
#     found: [ratio, no_expectations, single_answer, standing, better, mend_*, nothing_to_mend, items_too_few, not_shown]
#     parameters:
#       responses: {data: any}
#       questionnaire: {data: questionnaire}
#       jobs: {data: orders}
#       since: {format: date}
#       as_of: {format: date}
#       latest: {format: date}
#       minimum: {ge: 2, le: 10000}
#       at_least: {gt: 0, le: 1}
#       half_width: {gt: 0, le: 5}
#       response: {gt: 0, le: 1}
#       customer_weight: {ge: 0, le: 1}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
responses: str = "dealer_survey"  # survey answers: a sample's name (shop_survey, dealer_survey) or a file in CSV or Excel
questionnaire: str = "dealer_survey"  # the questionnaire: a sample's name or a YAML file that says scales and missing codes
jobs: str = ""  # order lines with the jobs done, to hold answers against; the sample brings its own, empty means none
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
scope: dict[str, str] = {}  # keep only lines where a column has this value
since: str = ""  # first day of the period, included; empty means the first day in the data
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
branch: str = ""  # the branch whose figures are wanted; empty means all, branches are compared in any case
minimum: int = 30  # answers below which a branch is not judged and gets no bonus, exactly as many are enough
at_least: float = 0.5  # share of the items a respondent must have answered to count
half_width: float = 0.1  # how exactly a branch's mean is to be known, plus or minus so many levels
response: float = 0.3  # share of those asked who answer
customer_weight: float = 0.5  # weight of the customers' score in the score of staff, the other parts share the rest
top_actions: int = 30  # customers on the action list at most
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 满意度调查：奖金该给哪家店

# %% [markdown] lang="en" tags=["report"]
# # Satisfaction surveys: which branch deserves the bonus

# %% [markdown] lang="zh"
# ## 情境：奖金按满意度发

# %% [markdown] lang="en"
# ## The situation: a bonus paid by satisfaction

# %% [markdown] lang="zh" tags=["sample"]
# 江澜汽车集团有六家店。今年老板拿出一笔奖金，说好了**按满意度发**。问卷收回来，一排名，第一名是临港店，店长已经在订庆功宴了。
#
# 质量部的小许有点犯嘀咕：临港店才开张，一共收回几份？排在中间的三家只差一点点，算不算真有差别？还有一位顾问，客户个个给高分，这正常吗？

# %% [markdown] lang="en" tags=["sample"]
# Jianglan Motors has six branches. This year there is a bonus, to be paid **by satisfaction**. The answers are in, the list is made, and the
# Lingang branch comes first; its manager is already booking the dinner.
#
# Xiao Xu of the quality team has doubts. The Lingang branch has only just opened; how many answers did it get? Three branches in the middle lie a hair apart;
# is that a difference? And one adviser has nothing but delighted customers; is that normal?

# %% [markdown] lang="zh"
# 奖金发错了，伤的是真正做得好的人。这一课就把这件事从头走一遍：题怎么出、分怎么算、店怎么比，最后定下来奖金给谁、服务先改什么。
#
# 不用写代码：读一读，看看图，在框里作答，提交后马上有批改。标着“深入一步”的部分给分析师和讲师，可以先跳过。

# %% [markdown] lang="en"
# A bonus in the wrong hands hurts those who did well. This lesson goes through it from the start: how to write items, how to score them, how to compare branches;
# and then decides who gets the bonus, and what to mend first.
#
# There is no code to write: read, look at the charts, answer in the boxes. Each answer is checked at once. Parts marked "Go deeper" are for analysts and instructors; feel free to skip them.

# %% tags=["report"]
from crm_lessons import course, data, lacking, survey

lesson = course.open("09_survey", language=language)
table = data.read(responses, schema=questionnaire, columns=columns, encoding=encoding or None, latest=latest or None, others=scope)
found = survey.within(survey.responses(table), since=since, as_of=as_of, where=scope)
of_staff, of_branch = survey.work(jobs, found, source=table.source, where=scope)
done = survey.study(found, jobs=of_staff, branch=branch, minimum=minimum, at_least=at_least)
lesson.survey(table, found)

# %%
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 先猜一猜
#
# 凭感觉拖动滑块，定下一个数，再看答案。

# %% [markdown] lang="en"
# ## Guess first
#
# Set the slider by feeling, then look.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(**lesson.facts.bound(done, jobs=of_branch, half_width=half_width))
lesson.ask("share_satisfied")

# %% [markdown] lang="zh" tags=["report"]
# ## 期望多少，感受到多少

# %% [markdown] lang="en" tags=["report"]
# ## What was expected, what was perceived

# %% tags=["report"]
lesson.say(lesson.facts.known(done))
lesson.say(lesson.facts.covered(done, of_branch))
lesson.draw("gaps", done.items)

# %% [markdown] lang="zh"
# 满意度是**比**出来的：把感受到的和期望的放在一起看 [claim:D1]。常用的算法有三种：
#
# | 算法 | 怎么算 | 怎么读 |
# |---|---|---|
# | 指数 | 感受 ÷ 期望 × 100 | 100 是正好，低于 100 是没达到 |
# | 差距 | 感受 − 期望 | 0 是正好，负数是没达到；单位是“分” |
# | 前两项占比 | 答最好两级的占几成 | 不用问期望；数的是回答，不是平均分 |
#
# 前两种是相对的：期望低，就容易“满意”。所以旁边一定要写上感受本身是多少分。服务要做的，就是让实际感受超过期望 [claim:D2]。

# %% [markdown] lang="en"
# Satisfaction is a **comparison**, of what was perceived with what was expected [claim:D1]. Three ways are usual:
#
# | Way | How | How to read it |
# |---|---|---|
# | Ratio | perceived / expected × 100 | 100 is as expected, below means short |
# | Gap | perceived − expected | 0 is as expected, negative means short; in levels |
# | Top-two-box | share of answers on the two best levels | needs no expectation; it counts answers and is no mean |
#
# The first two are relative: low expectations are easily met. So always put what was perceived beside them. What service has to do is lift what is perceived above what was expected [claim:D2].

# %% [markdown] lang="zh" tags=["deeper"]
# ### 算一算指数
#
# 讲义把这个指数叫 CSR，这三个字母早就另有所指 [claim:M17]；写报告用 CSAT（满意度）或 CSI（指数）。

# %% [markdown] lang="en" tags=["deeper"]
# ### Work out the index
#
# The notes call the index CSR, three letters that mean something else to everybody [claim:M17]; write CSAT for satisfaction and CSI for an index.

# %% tags=["nbval-check-output", "deeper"]
lesson.say(lesson.facts.means(done))

# %% tags=["exercise", "deeper"]
lesson.ask("satisfaction_index")

# %% [markdown] lang="zh"
# ### 三种算法，同一批答卷
#
# 每个数后面都跟着一个区间。问到的只是一部分客户，换一批人来答，数就会变；区间说的是，它大概会在多大范围里变。
# 净推荐值（NPS）满分 10 分：打 9、10 分的算推荐者，0 到 6 分的算贬损者，两个占比相减。

# %% [markdown] lang="en"
# ### Three ways, the same answers
#
# Each figure comes with an interval. Only part of the customers were asked; others would have answered differently, and the interval says by how much
# the figure might move. The net promoter score goes from 0 to 10: those who give 9 or 10 are promoters, those from 0 to 6 detractors; take one share from the other.

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.three_ways(done))
lesson.figure(lesson.facts.satisfied(done), compare="share", kind="percent")
lesson.figure(lesson.facts.nps(done), compare="nps")

# %% tags=["report", "later", "nbval-check-output"]
lesson.say(lesson.facts.two_levels(found))
lesson.say("counts", **done.counts)

# %% [markdown] lang="zh" tags=["deeper"]
# ## 什么时候测，测来做什么
#
# 讲义列了四种场合 [claim:D3]。场合不同，问法和设计也不同；想清楚要回答什么，再发问卷：
#
# | 场合 | 要回答的问题 | 怎么设计 |
# |---|---|---|
# | 看自己在行业里的位置 | 比同行高还是低 | 题目和分级跟行业一致，同一时间测 |
# | 考核各分公司、各部门 | 哪些差别是真的 | 随机邀请，每家份数要够，带上区间，比较要校正 |
# | 强化员工的服务意识 | 员工看到了什么、改了什么 | 匿名，要快，结果当周就讲 |
# | 评估改进的效果 | 是改进带来的吗 | 前后各一次，再加没改进的店作对照 |
#
# 最常出的错，是用一份问卷干四件事：拿宣传用的五星去考核员工，拿考核用的分去证明改进。

# %% [markdown] lang="en" tags=["deeper"]
# ## When to measure, and what for
#
# The notes name four occasions [claim:D3]. Each needs a design of its own, so settle the question before you send anything out:
#
# | Occasion | The question | The design |
# |---|---|---|
# | See where you stand in the trade | above or below the others? | same items and levels as the trade, same time |
# | Assess branches and departments | which differences are real? | invite at random, enough answers each, intervals, a correction |
# | Make staff aware of service | what did they see, what did they change? | anonymous, quick, discussed the same week |
# | Judge an improvement | did the improvement do it? | before and after, with branches that did not change |
#
# The usual mistake is to do all four with one survey: stars collected for advertising used in assessment, scores for assessment used to judge an improvement.

# %% [markdown] lang="zh"
# ## 题怎么出：关怀的四个方面
#
# 讲义说客户关怀有四个方面：客户服务、产品质量、服务质量、售后 [claim:D11]。问卷的题就按这四个方面来出；
# 每道题问两次，到店之前**期望**怎样，这次**感受**怎样。出题有五条 [claim:D15]：
#
# 1. 一题只问一件事，别用“和”“并且”。
# 2. 只问客户亲身经历过的；给没经历过的人留一个“没有经历过”。
# 3. 说得具体：“说好的时间交了车”，比“效率高”更好答。
# 4. 不替客户下结论：“一流的”“贴心的”这些词都去掉。
# 5. 别绕弯，不用双重否定。偶尔反着问一道（“等的时间太长”），计分的时候要把分数翻过来。
#
# 你来挑题：

# %% [markdown] lang="en"
# ## Writing items: four aspects of care
#
# The notes name four aspects of customer care: customer service, product quality, service quality, after-sales [claim:D11]. The questionnaire follows them and
# asks each item twice: what was **expected** before the visit, and what was **perceived** this time. There are five rules [claim:D15]:
#
# 1. One thing in each item; no “and”.
# 2. Only what the customer went through; for the rest offer “it did not happen to me”.
# 3. Concrete: “the car was ready when promised” is easier to answer than “efficient”.
# 4. Do not answer for the customer; take out “first-class” and “caring”.
# 5. Nothing roundabout, no double negatives. An item asked the other way round (“the wait was too long”) is turned before scoring.
#
# You choose the items:

# %% tags=["exercise"]
lesson.ask("good_items")

# %% [markdown] lang="zh" tags=["report"]
# ## 哪个方面最弱

# %% [markdown] lang="en" tags=["report"]
# ## Which aspect is weakest

# %% tags=["report", "nbval-check-output"]
lesson.table(lesson.facts.tables.aspects(done), first=lesson.facts.tables.GAPS)
lesson.say(lesson.facts.weakest(done))
lesson.hand_over("aspects", lacking.known(done.aspects))

# %% tags=["report", "later", "nbval-check-output"]
lesson.table(lesson.facts.tables.by_branch(done), first=lesson.facts.tables.BRANCHES)

# %% tags=["report"]
lesson.hand_over("index", lesson.facts.tables.whole_index(done))
lesson.hand_over("items", done.items)
lesson.hand_over("months", lacking.known(done.by_month))

# %% [markdown] lang="zh"
# ## 量表：五级怎么分
#
# 讲义的五级是“很满意、比较满意、满意、不满意、很不满意”。你看出毛病了吗？

# %% [markdown] lang="en"
# ## The scale: five levels
#
# The levels of the notes are very satisfied, rather satisfied, satisfied, dissatisfied, very dissatisfied. Do you see what is wrong?

# %% tags=["exercise"]
lesson.ask("mended_scale")

# %% [markdown] lang="zh"
# 用改好的五级收上来的回答是这样的：左边是不满意的，右边是满意的，中间那一级隔开两边。

# %% [markdown] lang="en"
# Answers given on the mended levels look like this, with the unhappy at the left, the happy at the right, and the middle level between them.

# %%
lesson.draw("answer_levels", lacking.known(done.levels))

# %% [markdown] lang="zh"
# 五级只有先后之分，级和级之间隔多远，谁也没量过：“满意”到“很满意”这一步，不一定和“一般”到“满意”一样长。
# 算平均分，等于假定每一步一样长。日常比较可以这么用，但旁边要放上占比，免得平均分把两头抹平了。

# %% [markdown] lang="en"
# Levels only have an order; nobody has measured the distance between them. From satisfied to very satisfied need not be as far as from neither to satisfied.
# A mean assumes that every step is equal. For daily comparison that will do, but show the shares next to it, so that the average doesn't hide the extremes.

# %% [markdown] lang="zh" tags=["deeper"]
# ## 这些题是不是在量同一样东西（信度）
#
# 题出好了，要看它们步调一不一致：一位客户这道题打得高，那道题多半也打得高，才像是在量同一样东西。常用的尺子是克龙巴赫 α（读“阿尔法”）：越接近 1 越一致，习惯上 0.7 以上就算够用。

# %% [markdown] lang="en" tags=["deeper"]
# ## Reliability: do the items measure one thing?
#
# Items should move together: who rates one high tends to rate the next one high, if they measure the same thing. The usual yardstick is Cronbach's α: the nearer to 1, the better they agree, and by custom 0.7 is enough.

# %% tags=["nbval-check-output", "deeper"]
lesson.say(lesson.facts.alpha(done))
lesson.table(lesson.facts.tables.reliability(done))

# %% [markdown] lang="zh" tags=["deeper"]
# α 有两种：**原始**的按协方差算，**标准化**的按相关系数算。别人报的 α 两种都有，所以自己报的时候要写明是哪一种。
#
# 手算一个看看：四道题各有一个方差，说的是这道题的分数有多散，这里是 10、11、12、13，合计 46；每两道题有一个协方差，说的是它们是不是一起高、一起低，这里都是 6。
# 四道题配成 6 对，每对算两遍，就是 72，加上 46 一共 118。α = 4/3 ×（1 − 46/118）≈ 0.81。
#
# 两点提醒。题越多、越像，α 越高，0.95 以上多半是题目重复；α 只说各题一致，不说量得对不对。
#
# 有人嫌题多，想删一道：

# %% [markdown] lang="en" tags=["deeper"]
# There are two kinds of α. The **raw** one comes from covariances, the **standardised** one from correlations; a published figure may be either, so always say which.
#
# One by hand: each of four items has a variance, how far its scores are spread, here 10, 11, 12 and 13, together 46. Each two items have a covariance, how far they rise and fall together, here always 6.
# Six pairs counted twice are 72, with the 46 it is 118, and α = 4/3 × (1 − 46/118), about 0.81.
#
# Two cautions. More items, and more alike, raise α; above 0.95 they mostly repeat each other. And α says that items agree, not that they are right.
#
# Somebody finds the questionnaire too long and wants to drop an item:

# %% tags=["exercise", "deeper"]
lesson.ask("item_to_drop")

# %% tags=["nbval-check-output", "deeper"]
lesson.say(lesson.facts.best_without(done))

# %% [markdown] lang="zh" tags=["report"]
# ## 各店比一比，带上误差

# %% [markdown] lang="en" tags=["report"]
# ## The branches compared, with their uncertainty

# %% [markdown] lang="zh"
# 一家店的平均分，说的是**答了的人**。换几位来答，就会变。先答一个小问题：

# %% [markdown] lang="en"
# The mean of a branch tells of **those who answered**. With a few others it would differ. A small question first:

# %% tags=["exercise"]
lesson.ask("eight_of_eight")

# %% [markdown] lang="zh"
# 所以，比店之前要先认识两样东西：
#
# - **区间**：真实的平均分大概在哪一段。份数少，区间就宽。
# - **两两比较**：两家店的差，是真的还是碰巧。下表的“高于几家”只数那些**不像碰巧**的。
#
# 碰上几位高兴的客户就冲到第一，多半靠运气。

# %% [markdown] lang="en"
# So before branches are compared, know two things:
#
# - The **interval**, where the true mean is likely to lie. With few answers it is wide.
# - The **comparison by pairs**: whether two branches differ, or it could be chance. The column “Branches it beats” counts only those where it is **hardly chance**.
#
# A branch that came first by a few happy customers mostly owes it to luck.

# %% tags=["exercise"]
lesson.ask("branches_for_bonus")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 哪些差别不像偶然
#
# - **收缩后的得分**：份数少的店，往全体平均拉回来一截；份数多的，几乎不动。
# - p 值说的是：要是两家其实一样，光凭运气差出这么多，机会有多大。p 值越小，越不像碰巧。
#
# 两家其实一样，比一次，也有 5% 的机会误判成有差别；比十几对，光凭运气也可能冒出一对“有差别”的。**霍尔姆校正**把这件事算进去：比得越多，门槛越高。

# %% [markdown] lang="en" tags=["deeper"]
# ### Which differences are hardly chance
#
# - The **shrunken mean**. With few answers it is pulled back towards the mean of all, with many it hardly moves.
# - p is the chance of so large a difference by luck, if the two were in truth alike; the smaller p, the less it looks like luck.
#
# Of two that are in truth alike, one comparison in twenty shows a difference all the same; comparing a dozen, one “difference” may well turn up by luck alone. **Holm's correction** allows for that: the more you compare, the higher the bar.

# %% tags=["nbval-check-output", "deeper"]
lesson.table(lesson.facts.tables.compared(done), rows=30, first=lesson.facts.tables.PAIRS)

# %% tags=["exercise", "deeper"]
lesson.ask("real_differences")

# %% [markdown] lang="zh"
# ### 各家店，一张图看完
#
# **线段**是区间，右边的**结论**是两两比出来的。比多数店高，而且不像偶然，才写“更好，不像偶然”；写“没看出差别”，不等于没有差别，图下面会说多大的差别才查得出来。圆圈是把份数也算进去的得分。

# %% [markdown] lang="en"
# ### All branches in one chart
#
# The **line** is the interval, and the **verdict** at the right comes from the comparison by pairs. Above most of the others, and beyond chance, is called “better beyond chance”. “No difference shown” does not mean there is none; below the chart it says how large a difference would have been found. The ring is the score with the number of answers taken into account.

# %% tags=["report"]
lesson.say(lesson.facts.branches.no_branches(done))
lesson.draw("branch_ranking", lacking.known(done.ranked))
lesson.hand_over("branches", lacking.known(done.ranked))
lesson.hand_over("pairs", lacking.known(done.compared))

# %% tags=["report"]
lesson.figure(lesson.facts.branches.standing(done), compare="verdict")
lesson.say(lesson.facts.branches.not_shown(done) if done.branch else [])

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.branches.first(done))
lesson.figure(lesson.facts.branches.ranking(done, minimum), compare="differ")
lesson.say(lesson.facts.branches.verdicts(done, minimum))

# %% [markdown] lang="zh" tags=["report"]
# ## 奖金建议

# %% [markdown] lang="en" tags=["report"]
# ## Advice on the bonus

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.branches.no_bonus(done))
lesson.table(lacking.known(done.advised_here))
lesson.hand_over("bonus", lacking.known(done.advised_here))

# %% [markdown] lang="zh" tags=["report"]
# ## 谁的客户像是挑过的

# %% [markdown] lang="en" tags=["report"]
# ## Whose customers seem picked

# %% tags=["exercise"]
lesson.ask("picked_customers")

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.staff.picked(done, minimum))
lesson.hand_over("coverage", lacking.known(done.covered_here))

# %% [markdown] lang="zh"
# 挑客户的人，多半是被规则逼的：分数挂着钱，问卷又是自己当面发。怎么改：
#
# 1. **随机邀请**：交车第二天由系统发，名单不经顾问的手。
# 2. **看占比**：每个人的答卷占工单的几成，跟分数一起公布。
# 3. **不看单份**：份数够了再看整体发奖，不因一份低分扣钱。
# 4. **先查后说**：数字只能说“像”，要拿邀请名单和工单去对，别当众点名。
#
# 讲义说，客户是售前、售中、售后人员绩效的主考官，权重最大 [claim:D13]。前提是前面两关都过了：份数够，没挑人。
# 可他看不见安全和成本，那两样要另外有人考。

# %% [markdown] lang="en"
# Staff who pick customers are mostly driven to it by the rules: the score is money, and they hand out the questionnaire themselves. What helps:
#
# 1. **Invite at random**: the system sends it the day after, and no adviser sees the list.
# 2. **Watch coverage**: publish answers per job beside the score.
# 3. **Never a single answer**: the bonus looks at enough answers together; one low score costs nobody money.
# 4. **Look before you speak**: the figures only say “seems”. Hold the invitations against the jobs, and name nobody in public.
#
# The notes make the customer the chief examiner of staff before, during and after the sale, with the largest weight [claim:D13]. That takes what came before: enough answers, nobody picked.
# And customers can't see safety or cost, so somebody else has to assess those.

# %% [markdown] lang="zh" tags=["deeper", "sample"]
# ### 没看出，不等于没有
#
# 样例里埋了一个事实：滨江店的服务真的差一截。可全部答卷放在一起两两比，除了最好的一家，没能看出它比哪家差：一部分答卷像是挑过的，把平均分抬高了，份数又不够多。
# 先把来路不明的答卷放到一边再比，藏着的差别才露出来。

# %% [markdown] lang="en" tags=["deeper", "sample"]
# ### Not shown is not none
#
# The sample has a fact planted in it: the Binjiang branch does serve worse. Yet with all answers together no comparison shows it below any other but the best: some of its answers seem picked and lift its mean, and there are not many.
# Set aside the answers whose origin is doubtful, compare again, and what was hidden comes out.

# %% [markdown] lang="zh" tags=["deeper"]
# ### 主考官占多重
#
# 权重最大是多大，讲义没有写。自己拖一拖滑块：

# %% [markdown] lang="en" tags=["deeper"]
# ### How much the chief examiner counts
#
# How large the largest weight is the notes do not say. Here is a slider:

# %% tags=["exercise", "deeper"]
lesson.ask("customer_weight")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 客户评分占多重，名次怎么变

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How ranks turn with the customers' weight

# %% tags=["report", "later", "nbval-check-output", "deeper"]
ranks = lesson.facts.staff.ranks(done, customer_weight)
lesson.say(lesson.facts.staff.moved(ranks, customer_weight, done))
lesson.hand_over("staff", lesson.facts.staff.scores(ranks, done.parts, customer_weight))

# %% tags=["deeper"]
lesson.draw("staff_ranks", ranks)

# %% [markdown] lang="zh" tags=["deeper"]
# 权重一变，名次就变，所以权重要**事先定、写下来**。看了名次再调权重，等于先射箭后画靶。

# %% [markdown] lang="en" tags=["deeper"]
# With the weight the ranks turn, so fix the weight **beforehand and in writing**. Whoever adjusts it after seeing the ranking draws the target round the arrow.

# %% [markdown] lang="zh" tags=["report"]
# ## 培训有没有用

# %% [markdown] lang="en" tags=["report"]
# ## Did the training help

# %% [markdown] lang="zh"
# 有的店培训了员工，有的没有，培训前后各收了一轮问卷。下表里每家店只算一家，不论收回多少份：

# %% [markdown] lang="en"
# Some branches trained their staff, the others did not, and there was a round of answers before and one after. In the table each branch counts once, however many answers it has:

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.tables.rounds_alone(lacking.known(done.effect)))

# %% tags=["exercise"]
lesson.ask("training_effect")

# %% tags=["report", "nbval-check-output"]
rounds = lesson.facts.tables.two_rounds(lesson.facts.trained.rounds(done))
lesson.say(lesson.facts.trained.effect(done))
lesson.hand_over("training", rounds)

# %% tags=["report", "later", "nbval-check-output"]
lesson.table(rounds, first=lesson.facts.tables.ROUNDS)

# %% [markdown] lang="zh"
# 涨了不等于培训有用：旺季过了、客人少了，没培训的店也会涨。拿它们作对照，最多只有**多涨的那一份**能算到培训头上。
# 店自己也会起伏，只有几家店的时候，多涨的那一份可能只是碰巧，报告会直说店太少。选店的时候别专挑最差的去培训，最差的下一轮本来就容易回升。

# %% [markdown] lang="en"
# A rise is not a success: when the busy season ends, branches without training rise as well. With those as a control, at most **the rise beyond theirs** can be put down to the training.
# Branches also rise and fall of themselves; with a few of them that alone may make the difference, and the report says so. So do not train just the worst branches; the worst tend to come up next time anyway.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 下一轮收多少份

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How many answers next time

# %% tags=["report", "later", "nbval-check-output", "deeper"]
to_plan = lesson.facts.planned.jobs_to_plan(done, of_branch)
lesson.say(lesson.facts.planned.spread(done, half_width))
lesson.say(lesson.facts.planned.smallest(to_plan))

# %% tags=["exercise", "deeper"]
lesson.ask("answers_needed")

# %% tags=["report", "later", "nbval-check-output", "deeper"]
plan = lesson.facts.planned.plan(to_plan, done, half_width=half_width, response=response, minimum=minimum)
lesson.say(lesson.facts.planned.enough(plan, done, response))
lesson.hand_over("sample_plan", plan)

# %% tags=["deeper"]
have = lesson.facts.planned.answered(to_plan, done)
lesson.table(plan)
lesson.draw("sample_size", lesson.facts.planned.curve(have, done), wished=half_width, branches=have)

# %% [markdown] lang="zh" tags=["deeper"]
# 曲线前面陡、后面平：从 8 份到 80 份很值，从 800 份到 872 份没什么用。误差要减半，份数得是四倍。与其让一家店收几千份，不如让每家都够数。
# 奖金按店比，就看**最小的那家**够不够；不够，就把考核期拉长，或者几家小店合起来算。

# %% [markdown] lang="en" tags=["deeper"]
# The curve is steep at first and flat later: going from 8 answers to 80 is worth it, from 800 to 872 it is not. Half the error takes four times as many. Better enough for every branch than thousands for one.
# For a bonus by branch, ask whether the **smallest** has enough. If not, take a longer period, or put small branches together.

# %% [markdown] lang="zh" tags=["report"]
# ## 先改什么

# %% [markdown] lang="en" tags=["report"]
# ## What to mend first

# %% [markdown] lang="zh" tags=["deeper"]
# ### 自己排一排

# %% [markdown] lang="en" tags=["deeper"]
# ### Rank them yourself

# %% tags=["exercise", "deeper"]
lesson.ask("mend_first")

# %% [markdown] lang="zh"
# ### 排在前面的几项
#
# 差距大，又和总体满意度一起高、一起低的，排在前面。

# %% [markdown] lang="en"
# ### What comes first
#
# First comes what falls short by much and rises and falls with overall satisfaction.

# %% tags=["report", "nbval-check-output"]
mended = lesson.facts.tables.mended(done)
lesson.say(lesson.facts.planned.mend(done))
lesson.table(mended, first=lesson.facts.tables.MENDED)
lesson.hand_over("mended", mended)

# %% [markdown] lang="zh"
# 测完不改，下次就没人答了。一轮改进是一个圈：
#
# **测 → 讲 → 改 → 再测**：当周把结果讲给员工听；定一两件要改的事，写明谁来做、哪天做完；给不满意的客户回电话，先听，再说怎么改；下一轮拿没改的店作对照，真有用再推广 [claim:D14]。
#
# 别拿“满意度提高五个百分点，利润翻一番” [claim:M1]去说服老板：这句话没有出处，也没说从多少提到多少。要说服他，就拿自己的数：不满意的客户后来还来不来（下一课）。
#
# ## 讲义说的，站得住吗
#
# 这些说法我们逐条查过：有没有出处，数据支不支持。

# %% [markdown] lang="en"
# Measure and change nothing, and next time nobody answers. Improvement is a loop:
#
# **Measure, tell, change, measure again.** Tell staff the results the same week; settle on one or two things, with a name and a date; ring back the unhappy, listen first, then say what will change; next round check against the control branches, and spread what truly worked [claim:D14].
#
# Do not persuade the boss with one sentence: “five points of satisfaction double the profit” [claim:M1] has no source, and does not say from what to what. Persuade with your own figures: do unhappy customers come back (next lesson)?
#
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
placed = dict(advised=done.advised, covered=done.covered, branch_of=found.branch_of_staff)
asked = dict(branch=done.branch, as_of=as_of, up_to=found.unhappy_to, limit=top_actions)
todo = survey.actions(done.focus.people, done.mended, **placed, **asked)
todo = lesson.facts.tables.todo(todo, done.branch)
lesson.actions(todo, limit=top_actions)
lesson.say(lesson.facts.staff.idle(done, ranks, minimum=minimum, at_least=at_least, customer_weight=customer_weight))
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
lesson.ask("ratio_and_gap")
lesson.ask("did_not_happen")
lesson.ask("small_shops")
lesson.ask("five_stars_please")
lesson.ask("five_points_double_profit")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 题库里的另外几道
#
# 复习、考试用。

# %% [markdown] lang="en" tags=["deeper"]
# ### More questions from the bank
#
# For review, or for an exam.

# %% tags=["quiz", "deeper"]
lesson.ask("same_index")
lesson.ask("levels_of_the_notes")
lesson.ask("aspects_of_care")
lesson.ask("occasion_and_design")
lesson.ask("name_of_the_index")
lesson.ask("high_alpha")
lesson.ask("overlapping_intervals")
lesson.ask("chief_not_only")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 满意是跟期望比出来的；题要一题一事，缺答不补，反着问的要翻过来。
# 2. 平均分旁边要有份数和区间；先问是不是碰巧；份数不够，分再高也不发奖。
# 3. 先看有没有挑过客户，再看改进有没有对照；测完要讲、要改、要再测。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Satisfaction is measured against expectation. One thing in each item, nothing filled in, reversed items turned.
# 2. Beside a mean stand the number of answers and an interval. Ask whether it could be chance; with too few answers no score earns a bonus.
# 3. See first whether customers were picked, then whether an improvement has a control. Measure, tell, change, measure again.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的问卷
#
# 问卷说明不用从头写：draft 按导出的答卷起草一份，要你拿主意的地方写着问号和问题（这道题属于哪个方面、哪头是好）。没有门店、顾问、期望也行：用到它们的部分会跳过，并写明缺了什么。
#
# ```
# crm-lessons draft 答卷.xlsx --out 我的问卷.yaml
# crm-lessons check 答卷.xlsx --as 我的问卷.yaml
# crm-lessons report 09 -p responses=答卷.xlsx -p questionnaire=我的问卷.yaml
# crm-lessons report 09 -p responses=答卷.xlsx -p questionnaire=我的问卷.yaml -p jobs=工单.xlsx -p branch=城东店
# ```
#
# 第一条起草问卷说明；第二条检查文件；第三条出报告；第四条给一位店长：本店的数、全集团的排名、本店的行动清单。工单文件里有客户编号、订单号、日期、金额、门店和业务员就够了。

# %% [markdown] lang="en"
# ## Now your own survey
#
# The questionnaire need not be written from nothing: draft makes it from the export, with a question mark where you decide (which aspect an item belongs to, which end is good). Branch, adviser and expectations may be missing; those parts are left out, and the page says what is missing.
#
# ```
# crm-lessons draft answers.xlsx --out my_survey.yaml
# crm-lessons check answers.xlsx --as my_survey.yaml
# crm-lessons report 09 -p responses=answers.xlsx -p questionnaire=my_survey.yaml
# crm-lessons report 09 -p responses=answers.xlsx -p questionnaire=my_survey.yaml -p jobs=jobs.xlsx -p branch=east
# ```
#
# The first drafts the questionnaire; the second checks the file; the third makes the report; the fourth is for one branch manager, with the figures of the branch, the ranking of all, and the actions for the branch. For the jobs an order file with customer id, order id, date, amount, branch and salesperson is enough.
