# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 客户信息与隐私：该记什么，谁能看，留多久
#       en: "Customer information and privacy: what to hold, who may see it, until when"
#     subject:
#       zh: 档案里缺什么，哪些字段没有用途、存得太久，换系统有没有丢，谁走了客户就没人认识
#       en: what is missing in the records, what is held without a purpose or too long, what a move lost, whose customers nobody else knows
#     minutes: 45
#     found: [no_purpose, alone, moved, overdue, filled]
#     parameters:
#       customers: {data: records}
#       moved: {data: records}
#       as_of: {format: date}
#       smallest: {ge: 2, le: 100}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
customers: str = "customers_raw"  # customer records, one a line: a sample's name or a file in CSV, Excel or Parquet
moved: str = ""  # the same records after a move to another system; the sample brings its own
register: str = ""  # YAML file with your own register of data; empty takes the sample dealers'
columns: dict[str, str] = {}  # headings of your file where they differ from ours
encoding: str = ""  # encoding of the file; empty finds UTF-8 and GB18030 by itself
scope: dict[str, str] = {}  # keep only lines where a column has this value
as_of: str = ""  # day of the analysis, included; empty means the last day in the data
smallest: int = 5  # a group of fewer records that look the same counts as too small
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh" tags=["report"]
# # 客户信息与隐私：该记什么，谁能看，留多久

# %% [markdown] lang="en" tags=["report"]
# # Customer information and privacy: what to hold, who may see it, until when

# %% [markdown] lang="zh"
# ## 情境：两套档案合成一套

# %% [markdown] lang="en"
# ## The situation: two sets of records become one

# %% [markdown] lang="zh" tags=["sample"]
# 江澜汽车收购了江对岸的同行，两边的客户档案要搬进一个新系统。老板问：“我们到底有多少客户？”销售说记录越多越好；法务问：“这些东西，凭什么留着？”

# %% [markdown] lang="en" tags=["sample"]
# Jianglan Motors has bought its neighbour across the river, and both sets of customer records move into one new system. The owner asks how many customers there are. Sales want as many records as possible. The lawyer asks by what right all this is kept.

# %% [markdown] lang="zh"
# 先看档案里有什么、缺什么，再定三件事：**哪些该留，谁能看，搬家丢没丢**。不用写代码：看图，在框里作答，提交后马上有批改。标着“深入一步”的部分可以先跳过。

# %% [markdown] lang="en"
# First see what is there and what is missing, then settle three things: **what to keep, who may see it, and whether the move lost anything**. There is no code to write: look at the charts and answer in the boxes; each answer is checked at once. Parts marked "Go deeper" may be skipped.

# %% tags=["report"]
from crm_lessons import course, data

lesson = course.open("02_information", language=language)
table = data.read(
    customers, schema="records", columns=columns, encoding=encoding or None, others=scope
)
held = lesson.facts.held(table, as_of=as_of)
lesson.events(table, held.created)

# %% tags=["report"]
known = lesson.facts.register(register)
filled = lesson.facts.completeness(held, known)
lesson.draw("completeness", filled)

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# 每格是“有可用内容”的百分比，“无”“N/A”不算内容。先别急着说“补齐”。空着的一格，可能是没问，也可能是**根本不该问**。

# %% [markdown] lang="en"
# Each cell is the percentage with usable content; "none" and "N/A" are no content. Do not rush to fill in what is missing. An empty cell may mean that nobody asked, or that **nobody should have asked**.

# %% tags=["report", "nbval-check-output"]
lesson.figure(lesson.facts.filled(filled, held), compare="share", kind="percent")
lesson.hand_over("completeness", filled)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 哪里错了

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## What is wrong

# %% [markdown] lang="zh" tags=["deeper"]
# 填了，不等于填对了。下面只数有几条，只露样子：9 是数字，a 是字母，没有一个真的值。

# %% [markdown] lang="en" tags=["deeper"]
# Filled in is not yet right. Only counts and shapes are shown here: 9 stands for a digit, a for a letter, the Chinese sign for any Chinese character, and no value is to be seen.

# %% tags=["report", "deeper", "nbval-check-output"]
faults = lesson.facts.faults(held)
narrow = lesson.facts.breakable(faults)
lesson.table(narrow, rows=12, codes=lesson.facts.WORDS)
lesson.hand_over("faults", faults)

# %% [markdown] lang="zh"
# ## 该留的，不该留的
#
# 讲义说，先收来有效信息，才分得了类 [claim:A28]；还要收三层信息：看得见的（身材、性格、样貌），相关的（喜好、兴趣、习惯），延伸的（家庭、价值观、交际圈）[claim:M41]。换到汽车行业，家庭又成了“看得见的”，喜好成了“延伸的”[claim:M32]。层次会变，说明**层次不是理由**。
#
# 理由只有一个问法：**不知道它，哪件答应了客户的事办不成？** 办不成的，留。办得成、但客户愿意告诉你的，问过再留。都不是，删。

# %% [markdown] lang="en"
# ## What to keep and what not
#
# The notes say that valid information comes before classes [claim:A28], and want three layers of it: the visible (figure, character, looks), the related (likes, interests, habits) and the extended (family, values, circle) [claim:M41]. In the car trade the family turns "visible" and likes "extended" [claim:M32]. Layers that shift are **no reason**.
#
# There is one way to ask for a reason: **without it, which thing promised to the customer cannot be done?** If one cannot, keep it. If it can, but customers are glad to tell you, ask first. Otherwise drop it.

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.ask("no_purpose")

# %% [markdown] lang="zh" tags=["report"]
# ## 哪些字段没有用途

# %% [markdown] lang="en" tags=["report"]
# ## Which fields have no purpose

# %% tags=["report", "nbval-check-output"]
listed = lesson.facts.listed(known, held)
lesson.say(lesson.facts.no_purpose(listed, held))
lesson.table(listed, rows=40, first=("held_for", "ground"))
lesson.hand_over("register", listed)

# %% [markdown] lang="zh"
# 这张表叫**个人信息台账**：字段、用途、依据、谁能看、留多久。没有用途的一行，就是该删的一行。

# %% [markdown] lang="en"
# This table is a **register of personal data**: field, purpose, ground, who may see it, until when. A line without a purpose is a line to drop.

# %% [markdown] lang="zh"
# ## 一个人，还是两个人
#
# 同一个人会有几条记录；名字一样的，也可能是两个人。号码一样的，可能是一家人，也可能是业务员填了自己的号。**没有哪一个字段说了算**，要几样对得上，才算一个人。

# %% [markdown] lang="en"
# ## One person or two
#
# One person may have several records, and people of one name may be two. Those with one number may be a family, or the salesperson typed in their own. **No single field decides**; several have to agree.

# %% tags=["exercise"]
lesson.ask("one_or_two")

# %% tags=["report"]
pairs = lesson.facts.pairing.candidates(held)

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 一共多少位客户

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## How many customers there are

# %% [markdown] lang="zh" tags=["report", "deeper"]
# 程序给每一对记录算出“是同一个人”的概率，只列出来，**一对也不自己合并**。清单在 Excel 里，姓名和号码只露一部分；在“决定”一列填 是（一个人）、否（两个人）或 不确定，再用 `crm-lessons merge` 读回来合并，合并了还能撤销。

# %% [markdown] lang="en" tags=["report", "deeper"]
# A program works out for pairs of records how probable it is that both are one person. It lists them and **merges none by itself**. The list is in the workbook, with names and numbers shortened. Write same, other or unsure in the column Decision; `crm-lessons merge` reads it back and merges what was decided, and it can be undone.

# %% tags=["report", "deeper"]
lesson.draw("duplicate_scores", lesson.facts.pairing.scores(pairs))

# %% tags=["report", "deeper", "nbval-check-output"]
lesson.say(lesson.facts.pairing.told(pairs, held))
lesson.hand_over("decide", lesson.facts.pairing.to_decide(pairs, held))

# %% [markdown] lang="zh"
# ## 程序能改的，和要去问的
#
# 全角的数字、前面的 +86，意思没有变，程序改就行。“52a40”掉了一个符号，是 52×40 还是 52.40，没有人知道了。**改得回来的才改，猜的要去问。**

# %% [markdown] lang="en"
# ## What a program may mend, and what must be asked
#
# Full-width digits or a +86 in front say the same; a program may mend them. "52a40" has lost a sign, and nobody knows any more whether it was 52 × 40 or 52.40. **Mend what can be turned back; what would be a guess is asked.**

# %% tags=["exercise"]
lesson.ask("repair_or_ask")

# %% [markdown] lang="zh"
# ## 屏幕上显示多少
#
# 车间的屏幕对着等候区。电话全露着，旁边的客户拿手机一拍就带走了。讲义说，不泄露、不滥用客户的信息 [claim:G10]。

# %% [markdown] lang="en"
# ## How much a screen shows
#
# The screen in the workshop faces the waiting area. With whole numbers on it, anybody there takes them along with one photo. The notes say: neither leak nor misuse what customers tell you [claim:G10].

# %% tags=["exercise"]
lesson.ask("on_screen")

# %% [markdown] lang="zh"
# ## 客户说：把我删掉
#
# 客户可以要求删除。**法律要求保存的不能删，要封存**，不再拿来做别的事；还在履行的合同要用的，履行完再删；其余的，现在就删，每一个存过它的地方都要删到。

# %% [markdown] lang="en"
# ## A customer says: delete me
#
# Customers may ask for deletion. **What a law requires is not erased but locked** and used for nothing else; what an open contract needs goes when it is done; the rest goes now, in every place that holds it.

# %% tags=["exercise"]
lesson.use(request=lesson.facts.deletion(known, held))
lesson.ask("delete_me")

# %% [markdown] lang="zh" tags=["report"]
# ## 存得太久的

# %% [markdown] lang="en" tags=["report"]
# ## What is held too long

# %% tags=["report", "nbval-check-output"]
over = lesson.facts.overdue(known, held)
lesson.say(lesson.facts.dates.day_told(held, as_of))
lesson.say(lesson.facts.overdue_told(over))
lesson.hand_over("overdue", over)

# %% [markdown] lang="zh" tags=["report"]
# ## 搬家丢了没有

# %% [markdown] lang="en" tags=["report"]
# ## What the move lost

# %% [markdown] lang="zh"
# 新系统上线，项目经理拿来一页纸请你签字：条数对上了没有？条数差得不多，不等于丢得不多：**丢几条、重几条，一抵就看不出来了**。要一条一条地对。

# %% [markdown] lang="en"
# The new system is live, and the project manager brings one page to sign. Counts that nearly agree do not mean that little was lost: **some lost and some doubled cancel out**. Records have to be compared one by one.

# %% tags=["report"]
move = lesson.facts.compared(held, lesson.facts.after(customers, moved))
page = lesson.facts.page(move)

# %%
lesson.table(lesson.facts.line_counts(move))

# %% tags=["exercise"]
lesson.use(move=move)
lesson.ask("records_lost")

# %% tags=["report"]
lesson.draw("move_checks", page)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.moved(move))
lesson.hand_over("sign_off", page)

# %% [markdown] lang="zh" tags=["report"]
# ## 谁走了，客户就没人认识

# %% [markdown] lang="en" tags=["report"]
# ## Whose customers nobody else knows

# %% [markdown] lang="zh"
# 讲义说，客户管理系统是为了业务员走了，客户不跟着走 [claim:M24]。算得出来：**有多少客户，除了他，公司里没有别人联系过？**

# %% [markdown] lang="en"
# The notes say that a customer management system is there so that customers do not leave with the salesperson [claim:M24]. That can be counted: **to how many customers has nobody else in the company ever spoken?**

# %% tags=["report"]
alone = lesson.facts.alone(held)

# %%
lesson.table(lesson.facts.alone_table(alone), rows=20)

# %% tags=["exercise"]
lesson.use(alone=alone)
lesson.ask("takes_along")

# %% tags=["report"]
lesson.draw("dependence", alone)

# %% tags=["report", "nbval-check-output"]
lesson.say(lesson.facts.alone_told(alone))
lesson.hand_over("dependence", alone)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 身份证复印件，能拿来发生日券吗
#
# 核实身份收来的资料，讲义说可以用来追踪消费和偏好 [claim:M45] [claim:F11]。

# %% [markdown] lang="en" tags=["deeper"]
# ### May a copy of an identity card send birthday coupons?
#
# The notes say that what was collected to confirm an identity may serve to follow purchases and tastes [claim:M45] [claim:F11].

# %% tags=["exercise", "deeper"]
lesson.ask("kyc_for_marketing")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 谁可以导出
#
# 看一条，和带走两万条，不是一回事。讲义里的销售顾问，前半句服务客户，后半句培训同事 [claim:M31]：教人用不着客户的号码，权限按**要办的事**给，不按职位给。

# %% [markdown] lang="en" tags=["deeper"]
# ### Who may export
#
# To look at one record and to walk off with twenty thousand are two things. The sales consultant of the notes serves customers in one half of a sentence and trains colleagues in the other [claim:M31]. Training takes no customer's number; access goes by **the task**, not by the position.

# %% tags=["exercise", "deeper"]
lesson.ask("who_exports")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 签，还是不签
#
# 这一页上，哪些检查没有过？

# %% [markdown] lang="en" tags=["deeper"]
# ### To sign or not to sign
#
# Which checks on this page have failed?

# %% tags=["exercise", "deeper"]
lesson.ask("do_not_sign")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 录入、查询、更新、删除，还有撤销
#
# 讲义的课程设计要学员会录入、查询、更新、删除。少了一样：**撤销**。下面给你一本自己的登记簿，每改一笔，数据库自己记一笔：谁、什么时候、改之前、改之后。程序半路断电，也是要么都有，要么都没有。不该你做的，它会说不行，也说该找谁。

# %% [markdown] lang="en" tags=["deeper"]
# ### Enter, query, update, delete, and undo
#
# The notes' course plan wants trainees to enter, query, update and delete. One is missing: **undo**. Below is a ledger of your own, in which the database itself writes each change down: who, when, before, after. Even when the power goes half-way, either both are there or neither. What your role may not do it refuses, and it says whose it is.

# %% tags=["exercise", "deeper"]
lesson.ask("change_a_number")

# %% tags=["exercise", "deeper"]
lesson.ask("in_the_ledger")

# %% [markdown] lang="zh" tags=["report", "deeper"]
# ## 去掉姓名，还认得出谁

# %% [markdown] lang="en" tags=["report", "deeper"]
# ## Who can be told apart without a name

# %% [markdown] lang="zh" tags=["deeper"]
# 删了姓名和电话，不等于没人认得出。性别、出生年、城市、车型凑在一起，常常只剩一个人。

# %% [markdown] lang="en" tags=["deeper"]
# To drop names and numbers is not to be unknown. Sex, year of birth, city and model together often leave a single person.

# %% tags=["report", "deeper", "nbval-check-output"]
seen = lesson.facts.apart.looks(held)
sizes = lesson.facts.apart.sizes(seen)
lesson.draw("smallest_groups", sizes, k=smallest)
lesson.say(lesson.facts.apart.told(seen, smallest))
lesson.hand_over("singled_out", lesson.facts.apart.singled(seen, smallest))

# %% tags=["exercise", "deeper"]
lesson.use(sizes=sizes, smallest=smallest)
lesson.ask("too_small")

# %% [markdown] lang="zh" tags=["report"]
# ## 接下来办什么

# %% [markdown] lang="en" tags=["report"]
# ## What to do next

# %% tags=["report", "nbval-check-output"]
wrong = lesson.facts.faults(held)
todo = lesson.facts.todo.listed(listed, over, wrong, pairs, move, alone, day=held.day)
lesson.actions(todo)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 法律怎么说
#
# 中国的《个人信息保护法》自 2021 年 11 月 1 日起施行，下面只列本课用得到的条文；按 2025 年 1 月 1 日有效的文本整理，不是法律意见。

# %% [markdown] lang="en" tags=["deeper"]
# ### What the law says
#
# China's Personal Information Protection Law (PIPL) has been in force since 1 November 2021. Here are the articles this lesson uses, by the text valid on 1 January 2025; this is no legal advice. Readers elsewhere will know the ideas by other names: a purpose that is named beforehand, as little as it needs, a ground for each use, rights of the person, and security.

# %% tags=["nbval-check-output", "deeper"]
lesson.table(lesson.facts.law(language), rows=20)

# %% [markdown] lang="zh" tags=["deeper"]
# ### 讲义的 12 课时
#
# 《客户信息管理》课程设计：六个单元，各 2 课时。这门课是这样接住的：

# %% [markdown] lang="en" tags=["deeper"]
# ### The twelve hours of the notes
#
# The notes plan a course of their own on customer information, six units of two class hours each. This is what becomes of it here:

# %% tags=["nbval-check-output", "deeper"]
lesson.table(lesson.facts.plan(language), rows=10)

# %% [markdown] lang="zh"
# ## 五道小题

# %% [markdown] lang="en"
# ## Five short questions

# %% tags=["quiz"]
lesson.ask("useful")
lesson.ask("hashed_number")
lesson.ask("equal_counts")
lesson.ask("take_it_back")
lesson.ask("sensitive")

# %% [markdown] lang="zh" tags=["deeper"]
# ### 再来五道

# %% [markdown] lang="en" tags=["deeper"]
# ### Five more

# %% tags=["quiz", "deeper"]
lesson.ask("not_the_same")
lesson.ask("which_layer")
lesson.ask("it_leaked")
lesson.ask("who_wrote_it")
lesson.ask("class_hours")

# %% [markdown] lang="zh"
# ## 讲义的说法，查核结果

# %% [markdown] lang="en"
# ## How the statements of the notes stood up

# %% tags=["nbval-check-output"]
lesson.claims()

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 每个字段先问：不知道它，哪件答应了客户的事办不成？说不出的，删。
# 2. 改得回来的才自动改；像不像一个人、猜不猜，由人来定，而且能撤销。
# 3. 条数和合计对得上，不等于没丢；要一条一条对，才签字。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. Of each field ask first which promise cannot be kept without it. If there is none, drop it.
# 2. Mend only what can be turned back; whether two records are one person is for people to decide, and to undo.
# 3. Counts and totals that agree do not prove that nothing was lost. Compare record by record, then sign.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.use(register=listed)
lesson.summary()
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# ## 换成你自己的文件
#
# 客户档案一行一条，有记录号就行；有门店、业务员、建档和最近联系日期，报告说得更多。报告里没有姓名、电话、地址。
#
# ```
# crm-lessons report 02 -p customers=我的客户.xlsx
# crm-lessons report 02 -p customers=旧系统.xlsx -p moved=新系统.xlsx -p register=我的台账.yaml
# ```

# %% [markdown] lang="en"
# ## Now your own file
#
# Records stand one a line and need a record number; with branch, salesperson, day of creation and of the last contact the report says more. There are no names, numbers or addresses in it.
#
# ```
# crm-lessons report 02 -p customers=my_customers.xlsx
# crm-lessons report 02 -p customers=old_system.xlsx -p moved=new_system.xlsx -p register=my_register.yaml
# ```
