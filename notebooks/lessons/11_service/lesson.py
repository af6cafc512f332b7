# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 客户服务：回得及不及时，投诉从哪里来
#       en: "Customer service: who is answered in time, and where complaints come from"
#     subject:
#       zh: 期限怎么算才算数，谁真的慢，高峰要几个人，投诉和差评先管哪一件
#       en: what a deadline really says, who is slow, how many people a peak takes, which complaint and which review comes first
#     minutes: 45
#     found: [in_time, waits*, slow, first_reason, nobody_due]
#     parameters:
#       messages: {data: messages}
#       cases: {data: cases}
#       repairs: {data: repairs}
#       visits: {data: marks}
#       peak: {format: date}
#       as_of: {format: date}
#       latest: {format: date}
#       limit_minutes: {gt: 0, le: 10080}
#       automatic_within: {ge: 0, le: 600}
#       wanted_share: {gt: 0, lt: 1}
#       handling_minutes: {gt: 0, le: 480}
#       patience_minutes: {ge: 0, le: 1440}
#       chats_at_once: {ge: 1, le: 20}
#       shrinkage: {ge: 0, lt: 1}
#       shift_hours: {gt: 0, le: 16}
#       break_minutes: {ge: 0, le: 240}
#       top_actions: {ge: 1, le: 1000}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
messages: str = "shop_messages"  # chats, one line a message: a sample's name or a file in CSV, Excel or Parquet
cases: str = ""  # file of tickets, complaints, refunds and reviews, one line each; without own chats these are judged; the sample shop brings its own
cases_reading: dict[str, str] = {}  # ways of reading that file by name, cases_zone and cases_columns for short
repairs: str = ""  # file of repair jobs, one line a job; the sample shop shows those of the dealer group
repairs_reading: dict[str, str] = {}  # ways of reading that file by name, repairs_columns and repairs_sheet for short
visits: str = ""  # file of check lists filled in by two observers, one line a mark; the sample shop shows those of the dealer group
visits_reading: dict[str, str] = {}  # ways of reading that file by name, visits_columns and visits_sheet for short
deadlines: str = ""  # YAML file with your own deadlines, first_answer among them; empty takes those of the training notes
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
scope: dict[str, str] = {}  # keep only lines where a column has this value
reading: dict[str, str] = {}  # further ways of reading the file by name, such as amount_is; messages say what to write
peak: str = ""  # the day looked at closely; empty means the one on which most asked
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
latest: str = ""  # an order later than this day is a fault; the command line passes today
limit_minutes: float = 5.0  # minutes within which a person has to answer, the limit itself is in time
automatic_within: float = 0.0  # an agent's message within so many seconds of the question is a machine's; 0 trusts the file
wanted_share: float = 0.80  # share of chats that is to be answered in time
handling_minutes: float = 6.0  # minutes an agent is busy with one chat
patience_minutes: float = 0.0  # minutes after which those who wait have gone away, on average; 0 means that all wait
chats_at_once: int = 2  # chats an agent has at the same time
shrinkage: float = 0.15  # share of paid time in which an agent cannot answer, such as breaks and training
shift_hours: float = 8.0  # hours that a shift lasts, its break among them
break_minutes: float = 60.0  # minutes of the break in a shift
top_actions: int = 50  # customers on the action list at most
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 客户服务：回得及不及时，投诉从哪里来

# %% [markdown] lang="en" tags=["report"]
# # Customer service: who is answered in time, and where complaints come from

# %% [markdown] lang="zh"
# ## 情境：大屏一片绿

# %% [markdown] lang="en"
# ## The situation: all green on the dashboard

# %% [markdown] lang="zh" tags=["sample"]
# 双11 刚过，“云杉生活”网店复盘。客服主管指着大屏：回复及时率从来没这么高过。仓库那边却说，投诉电话打爆了。两边说的都是真的。

# %% [markdown] lang="en" tags=["sample"]
# Double 11 is over and the online shop Yunshan Living looks back. The head of service points at the dashboard: never before were so many customers answered in time. The warehouse says that the phone has not stopped ringing with complaints. Both are telling the truth.

# %% [markdown] lang="zh"
# 这一课先把“及时”两个字查清楚，再看谁真的慢、高峰要几个人，最后看投诉和差评先管哪一件。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# We first find out what "in time" means, then who is really slow and how many people a peak takes, and finally which complaint and which review to deal with first. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course, data

lesson = course.open("11_service", language=language)
handling = dict(handling=handling_minutes, at_once=chats_at_once, patience=patience_minutes or None)
clock = dict(limit=limit_minutes, file=deadlines, automatic_within=automatic_within)
how = dict(columns=columns, encoding=encoding or None, latest=latest or None, others=scope, reading=reading)
first = lesson.facts.files.first(messages, cases, cases_reading, **how)

# %% tags=["report"]
table = data.read(**first)
known = lesson.facts.desk(table, peak=peak, as_of=as_of, **clock)
lesson.events(table, known.judged["started"])
held = lesson.facts.files.besides(messages, cases, cases_reading, schema="cases", first=table)
lesson.further(lesson.facts.files.further(held, table))
told = lesson.facts.files.cases(held)
own = lesson.facts.tickets.complaints(told)
lesson.say(lesson.facts.opening(known, told, own))

# %% [markdown] lang="zh"
# 先看一天 24 小时，每个钟点有多少咨询在 {limit_minutes:g} 分钟内得到了客服本人的回复：

# %% [markdown] lang="en"
# First, around the clock, how many chats got a person's answer within {limit_minutes:g} minutes:

# %% tags=["report"]
why, hours = lesson.facts.tickets.reasons(own), lesson.facts.by_hour(known)
lesson.draw("in_time_by_hour", hours)

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## “5 分钟内回复”，说全了吗
#
# 讲义的规定是“回复时间不得超过 5 分钟” [claim:H2]。一条期限要说全四件事：**从哪一刻起算、停在哪一刻、用哪种钟、正好压线算不算**。这里这样定：从买家提问起，到**客服本人**回复为止，每天 24 小时都算，正好 5 分钟算及时。

# %% [markdown] lang="en"
# ## "Answer within 5 minutes": is that all?
#
# The notes say that an answer "must not take more than 5 minutes" [claim:H2]. A deadline needs four things: **when the clock starts, what stops it, which clock it is, and whether the limit itself is in time**. Here it runs from the buyer's question to the answer of **a person**, at all hours, and exactly 5 minutes is in time.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
day = lesson.facts.of_the_day(known)
lesson.use(day=day, wanted=wanted_share)
lesson.ask("at_the_limit")

# %% [markdown] lang="zh"
# 现在回到最忙的那一天。大屏把自动回复也算成了回复。只看人，是这样：

# %% [markdown] lang="en"
# Back to the busiest day. The dashboard counts automatic replies as answers. Counting people only, it looks like this:

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.day_table(day))

# %% tags=["exercise"]
lesson.ask("share_by_people")

# %% [markdown] lang="zh" tags=["report"]
# ## 多少咨询及时得到了人的回复

# %% [markdown] lang="en" tags=["report"]
# ## How many got a person's answer in time

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.in_time(known), compare="share", kind="percent")
lesson.say(lesson.facts.nobody_due(known))
lesson.say(lesson.facts.waits(known))
lesson.hand_over("in_time_by_hour", hours)

# %% tags=["report"]
lesson.draw("waiting_times", known.judged)

# %% [markdown] lang="zh"
# 横轴是等了多久，曲线是到那时已经有人回复的比例，竖线是期限。曲线到不了顶，差的那一截就是一直没人回的。**只拿回复过的人来算，等得最久的就被漏掉了。**

# %% [markdown] lang="en"
# The axis shows the wait, the curve the share answered by then, and the line the limit. The curve never reaches the top: what is missing are those whom nobody answered. **Count only those who got an answer, and the longest waits drop out.**

# %% [markdown] lang="zh"
# ## 同一条期限，两种钟
#
# 讲义还有几条期限：付了款却缺货，12 小时内联系；收到退货，24 小时内确认退款；中差评 24 小时内跟进、48 小时内答复完；活动款 3 天内发货 [claim:H2b]。哪一条都没说按日历时间还是上班时间。

# %% [markdown] lang="en"
# ## One deadline, two clocks
#
# The notes set further deadlines: contact within 12 hours when a paid item is out of stock, confirm a refund within 24 hours of the goods coming back, follow up a bad review within 24 and answer it within 48, ship campaign items within 3 days [claim:H2b]. None of them says whether the hours are those of the calendar or working hours.

# %% tags=["exercise"]
lesson.ask("two_clocks")

# %% [markdown] lang="zh" tags=["report"]
# ## 谁真的慢

# %% [markdown] lang="en" tags=["report"]
# ## Who is slow

# %% [markdown] lang="zh"
# 夜里问的人等得久，换谁值班都一样。直接比及时率，就是在比谁值夜班。公平的办法是只在**同一小时、同一类问题**里比，再把差别合起来；差别不大的，当作碰巧。

# %% [markdown] lang="en"
# Whoever asks at night waits longer, no matter who is on duty. If you compare raw shares in time, you compare who works nights. The fair way is to compare only **within the same hour and kind of question** and then to combine the differences; small ones count as chance.

# %% tags=["report"]
compared = lesson.facts.agents(known)

# %% tags=["exercise"]
lesson.use(agents=compared)
lesson.ask("who_is_slow")

# %% tags=["report", "nbval-check-output"]
lesson.table(lesson.facts.compared(compared))
lesson.say(lesson.facts.slow(compared))
lesson.hand_over("agents", compared)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 反过来，该表扬谁
#
# 找慢的人要排除碰巧，找快的人也一样。

# %% [markdown] lang="en" tags=["deeper"]
# ### The other way round: whom to praise
#
# Chance has to be ruled out when you look for the slow, and just as much when you look for the fast.

# %% tags=["exercise", "deeper"]
lesson.ask("praise")

# %% [markdown] lang="zh" tags=["report"]
# ## 高峰要几个人

# %% [markdown] lang="en" tags=["report"]
# ## How many people a peak takes

# %% [markdown] lang="zh"
# 假定一次咨询占住客服 {handling_minutes:g} 分钟，一个人同时接 {chats_at_once} 个。买家不是排着队匀匀地来，是一阵一阵地来，所以“干得完”和“来得及”之间隔着等待。下面是最忙的半小时，客服从少到多：

# %% [markdown] lang="en"
# Suppose that a chat takes {handling_minutes:g} minutes of an agent's time and that one agent handles {chats_at_once} at once. Buyers do not come at even intervals; they come in bunches, so people wait even when there are enough agents to get through the work. Here is the busiest half-hour with more and more agents:

# %% tags=["report"]
busiest = lesson.facts.people.peak(known, **handling)
roster = lesson.facts.people.roster(known, share=wanted_share, shrinkage=shrinkage, **handling)

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.people.peak_table(busiest), percent=("occupancy", "in_time", "abandoned"))

# %% tags=["exercise"]
lesson.use(peak=busiest, roster=roster, shrinkage=shrinkage)
lesson.ask("people_at_peak")

# %% tags=["report"]
lesson.draw("staffing_curve", busiest.reset_index(drop=True), share=wanted_share)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.people.needed(roster, share=wanted_share, patience=patience_minutes))
lesson.hand_over("roster", roster)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 从要几个人到排几个班

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## From agents needed to shifts

# %% [markdown] lang="zh" tags=["deeper"]
# 每半小时要几个人，还不是班表：没有人来上半小时的班。下面让每个班上 {shift_hours:g} 小时，中间休息 {break_minutes:g} 分钟，几点开始都行，用最少的人把每半小时都盖住。

# %% [markdown] lang="en" tags=["deeper"]
# The agents that each half-hour needs are no roster yet: nobody comes in for half an hour. Here every shift lasts {shift_hours:g} hours with a break of {break_minutes:g} minutes, may begin at any half-hour, and as few people as possible cover all of them.

# %% tags=["report", "deeper"]
limits = dict(limit=known.limit, hours=shift_hours, rest=break_minutes)
planned = lesson.facts.people.planned(roster, **limits, **handling)
lesson.draw("shift_cover", lesson.facts.people.cover(planned))

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.people.shifts_told(planned))
lesson.hand_over("shifts", lesson.facts.people.shift_list(planned))

# %% [markdown] lang="zh" tags=["report"]
# ## 为什么投诉

# %% [markdown] lang="en" tags=["report"]
# ## Why people complain

# %% [markdown] lang="zh"
# 客服答得快，货发得慢，投诉照样来。先数原因，再谈态度。

# %% [markdown] lang="en"
# However fast service answers, late parcels bring complaints. Count the reasons before you talk about manners.

# %% tags=["exercise"]
lesson.use(reasons=why)
lesson.ask("reasons_first")

# %% tags=["report"]
lesson.draw("complaint_reasons", why, codes=data.labels("reason"))
lesson.hand_over("reasons", why)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.tickets.first_reason(why, own))
lesson.say(lesson.facts.tickets.resolved(told))

# %% [markdown] lang="zh"
# ## 差评，先查事实
#
# 讲义说最难缠的是职业差评师，其余的多半是快递、价格、服务、误会 [claim:A24]。看语气分不出来，要查聊天记录、物流和商品页，按顺序问：

# %% [markdown] lang="en"
# ## Bad reviews: facts first
#
# The notes call professional reviewers the hardest; behind most others stand courier, price, service or a misunderstanding [claim:A24]. The tone does not tell them apart. Look up chat, parcel and page, and ask in this order:

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.reviews.tree(), codes=lesson.facts.reviews.WORDS)

# %% [markdown] lang="zh"
# 从那几天的八条差评里挑三条，括号里是查到的情况：

# %% [markdown] lang="en"
# Three of the eight reviews of those days; what was found out stands in brackets:

# %% tags=["nbval-check-output"]
lesson.table(lesson.facts.reviews.to_answer())

# %% tags=["exercise"]
lesson.ask("three_reviews")

# %% [markdown] lang="zh" tags=["report"]
# ## 各条期限守住了多少

# %% [markdown] lang="en" tags=["report"]
# ## How many deadlines were kept

# %% tags=["report", "nbval-check-output"]
kept = lesson.facts.tickets.deadlines(told, file=deadlines)
lesson.table(kept, percent=("share",))
lesson.hand_over("deadlines", kept)

# %% [markdown] lang="zh" tags=["report"]
# ## 今天先回谁

# %% [markdown] lang="en" tags=["report"]
# ## Whom to answer first

# %% tags=["report", "nbval-check-output"]
open_ones = lesson.facts.tickets.waiting(told, known.chats)
todo = lesson.facts.tickets.to_close(open_ones, last=known.last, limit=top_actions)
lesson.actions(todo, limit=top_actions)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 哪几天不寻常

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Which days were out of the ordinary

# %% tags=["report", "deeper"]
charted = lesson.facts.control(known)
lesson.draw("control_chart", charted)
lesson.hand_over("control", charted)

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.signals(charted))

# %% [markdown] lang="zh" tags=["deeper"]
# 两条界限是从平常的日子算出来的，问的人少，界限就宽。点在里面，是平常的起伏，不必天天找原因；越出界限，或者连着九天都在中线一边，才去问发生了什么。

# %% [markdown] lang="en" tags=["deeper"]
# The limits come from ordinary days and are wider where fewer people asked. Within them points go up and down as usual, and no reason need be found. A point beyond them, or nine in a row on one side of the centre, is worth a question.

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 等得久，跟下单、投诉有什么关系

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## What goes with a long wait

# %% [markdown] lang="zh" tags=["deeper"]
# 讲义说，缩短等待就像提高成交 [claim:H2c]。

# %% [markdown] lang="en" tags=["deeper"]
# The notes say that a shorter wait is as good as a better chance to sell [claim:H2c].

# %% tags=["exercise", "deeper"]
lesson.ask("one_minute_less")

# %% tags=["report", "deeper"]
edges = [known.limit / 5, known.limit, 2 * known.limit]
ordered = lesson.facts.after.outcome(known, "ordered", edges=edges)
lesson.draw("after_waiting", ordered, outcome="ordered")

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.after.orders(ordered))
lesson.say(lesson.facts.after.complaints(lesson.facts.after.outcome(known, "complained", edges=edges)))
lesson.hand_over("orders", ordered)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 一次解决，还是一结再开

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Settled at once, or opened again

# %% tags=["report", "nbval-check-output", "deeper"]
settled = lesson.facts.tickets.settled(told)
lesson.table(settled, percent=("first_contact_share", "reopened_share"))
lesson.hand_over("settled", settled)

# %% tags=["exercise", "deeper"]
lesson.ask("hasty_praise")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 一辆车怎样走过 4S 店
#
# 换一家公司：汽车集团的维修。一辆车的时间，一半是师傅在干活，一半是车在等。服务顾问的十二项职责，就排在这条路上。

# %% [markdown] lang="en" tags=["deeper"]
# ### A car's way through the 4S shop
#
# Another company, the workshops of the dealer group. For part of the time mechanics work on the car, for the rest it waits. The twelve duties of a service adviser lie along this way.

# %% tags=["exercise", "deeper"]
lesson.ask("twelve_duties")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 车在哪一段等

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Where cars wait

# %% tags=["report", "deeper"]
garage = lesson.facts.files.besides(messages, repairs, repairs_reading, schema="repairs", first=table)
lesson.further(garage)
jobs = lesson.facts.files.jobs(garage)
times = lesson.facts.tickets.times(jobs)
stages = lesson.facts.tickets.stages(times)

# %% tags=["exercise", "deeper"]
lesson.use(stages=stages)
lesson.ask("where_it_waits")

# %% tags=["report", "deeper"]
lesson.draw("job_stages", stages)
lesson.draw("job_gantt", lesson.facts.tickets.one_job(times))
lesson.hand_over("stages", stages)

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.tickets.bottleneck(times))
lesson.say(lesson.facts.tickets.promises(jobs))
lesson.say(lesson.facts.tickets.extras(jobs))

# %% [markdown] lang="zh" tags=["deeper"]
# ### 八条差评都分一遍

# %% [markdown] lang="en" tags=["deeper"]
# ### All eight reviews

# %% tags=["exercise", "deeper"]
lesson.ask("own_fault")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 两个人看的是不是同一件事

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Whether two observers see the same thing

# %% [markdown] lang="zh" tags=["deeper"]
# 售楼处的接待、4S 店顾问的职责，都可以请神秘顾客拿着检查表去看。检查表打印出来就能用：`crm-lessons sheets 11 --pdf`，里面还有售楼处和 4S 店的词卡。可是打出来的分能不能信，先看两个人填得一不一样。

# %% [markdown] lang="en" tags=["deeper"]
# Reception in a sales centre and the duties of a 4S adviser can be watched by mystery shoppers with a check list. It prints with `crm-lessons sheets 11 --pdf`, along with cards of the words used in both. Whether the scores can be trusted shows first in how far two people put the same.

# %% tags=["report", "deeper"]
sheets = lesson.facts.files.besides(messages, visits, visits_reading, schema="marks", first=table)
lesson.further(sheets)
watched = lesson.facts.files.marks(sheets)
alike = lesson.facts.visits.agreement(watched)
marks = lesson.facts.visits.by_item(alike)

# %% tags=["exercise", "deeper"]
lesson.use(marks=marks)
lesson.ask("which_item")

# %% tags=["report", "nbval-check-output", "deeper"]
lesson.say(lesson.facts.visits.told(alike, watched))
lesson.hand_over("observers", marks)

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("refund_clock")
lesson.ask("five_and_one")
lesson.ask("only_the_answered")
lesson.ask("review_hours")
lesson.ask("stock_problem")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来七道

# %% [markdown] lang="en" tags=["deeper"]
# ### Seven more

# %% tags=["quiz", "deeper"]
lesson.ask("twenty_of_twenty")
lesson.ask("shipping_clock")
lesson.ask("four_s")
lesson.ask("entry_time")
lesson.ask("second_visit")
lesson.ask("signal_or_noise")
lesson.ask("who_first")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 4S 店和售楼处的词卡
#
# 先遮住右边一列，自己说一遍，再看。

# %% [markdown] lang="en" tags=["deeper"]
# ### Words of a 4S shop and a sales centre, as cards
#
# Cover the right column, say it yourself, then look.

# %% tags=["deeper", "nbval-check-output"]
lesson.table(lesson.facts.cards(language), rows=20)

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 一条期限说全四件事：从哪刻起、停在哪刻、哪种钟、压线算不算。机器的回复不停表，没人回的不能漏。
# 2. 比人只比同样的活；差别不大的，当作碰巧。
# 3. 够干活不等于够及时；投诉先数原因，差评先查事实。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. A deadline says four things: what starts the clock, what stops it, which clock it is, and whether the limit itself is in time. A machine's reply stops no clock, and the unanswered still count.
# 2. Compare people only on like work; treat small differences as chance.
# 3. Enough people to get through the work are not enough to answer in time. Count the reasons of complaints first, and look up the facts of a review before you reply.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(todo=todo)
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 聊天记录一行一条消息，有会话编号、时间、谁说的三列就行；有客服、问题类别、是否下单的话，报告说得更多。投诉、退款、工单一行一件。千牛、抖店的聊天和 Zendesk、Freshdesk 的工单，导出来是什么样就什么样读；只有工单的，报告就评工单：
#
# ```
# crm-lessons report 11 -p messages=我的聊天.xlsx
# crm-lessons report 11 -p messages=我的聊天.xlsx -p cases=我的工单.xlsx -p limit_minutes=3
# crm-lessons report 11 -p cases=zendesk.csv -p written_in=UTC -p limit_minutes=240
# ```
#
# 文件里没标自动回复的，可以写 `automatic_within=2`：两秒内就回的，当作机器。等的人会走掉的，写 `patience_minutes=3`。

# %% [markdown] lang="en"
# ## Now your own file
#
# Chats have one line a message, with the chat, the time and who said it; if there are agents, kinds of question and orders as well, the report says more. Complaints, refunds and tickets have one line each. Chats of Qianniu and Doudian and tickets of Zendesk and Freshdesk are read as they are exported; where there are only tickets, the report is on those:
#
# ```
# crm-lessons report 11 -p messages=my_chats.xlsx
# crm-lessons report 11 -p messages=my_chats.xlsx -p cases=my_tickets.xlsx -p limit_minutes=3
# crm-lessons report 11 -p cases=zendesk.csv -p written_in=UTC -p limit_minutes=240
# ```
#
# If the file does not mark automatic replies, write `automatic_within=2`: whatever comes within two seconds counts as a machine's. If customers do not wait for ever, write `patience_minutes=3`.
