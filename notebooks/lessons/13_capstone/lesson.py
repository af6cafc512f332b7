# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 结业：给一家新店写一页计划
#       en: "Capstone: a plan on one page for a new shop"
#     subject:
#       zh: 换一家店把报告重跑一遍，读懂，写成一页能做的计划，每个数都核对过
#       en: rerun the reports on another shop, read them, and write a plan that can be carried out, each figure checked
#     minutes: 45
#     parameters:
#       orders: {data: orders}
#       a_share: {gt: 0, lt: 1}
#       b_share: {gt: 0, lt: 1}
#       churn_days: {ge: 1, le: 3650}
#       margin_share: {gt: 0, le: 1}
#       price_cut: {gt: 0, lt: 1}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "riverside"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
a_share: float = 0.75  # share of the measure that class A covers
b_share: float = 0.20  # share of the measure that class B covers after A
churn_days: int = 365  # days without an order after which a customer counts as lost
margin_share: float = 0.25  # gross profit as a share of sales, used where the data hold no gross profit
price_cut: float = 0.10  # price cut as a share of the full price, 0.10 is 10 per cent
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh"
# # 结业：给一家新店写一页计划
#
# ## 情境：江边开了一家新店

# %% [markdown] lang="en"
# # Capstone: a plan on one page for a new shop
#
# ## The situation: a new shop by the river

# %% [markdown] lang="zh" tags=["sample"]
# 云杉生活在江边开了第二家店，开了两年。老板给你这家店的订单，还有公司网店一年前的问卷和客服聊天，要你两小时后交**一页计划**：先顾谁，找回谁，哪里先改，谁在哪天前做什么。

# %% [markdown] lang="en" tags=["sample"]
# Yunshan Living opened a second shop by the river two years ago. The owner gives you its orders, and last year's survey and chats of the company's online shop. In two hours she wants **a plan on one page**: which customers to attend to first, whom to win back, what to mend, and who does what by when.

# %% [markdown] lang="zh"
# 这一课不讲新东西：把学过的六份报告在新店上跑一遍，读懂，写成计划。先看一眼这家店有多集中：

# %% [markdown] lang="en"
# There is nothing new here: you make the six reports you know on the new shop, read them, and write the plan. First a look at how concentrated this shop is.

# %%
from crm_lessons import course, customers, data, pareto

lesson = course.open("13_capstone", language=language)
table = data.read(orders)
people = customers.summarise(table)
classes = pareto.abc(people["amount"], a_share=a_share, b_share=b_share)
lesson.data(table, people, currency=currency, measure="amount")
lesson.draw("lorenz", {"this_data": pareto.lorenz(classes["amount"])})

# %% tags=["nbval-check-output"]
lesson.say("take_home")

# %% [markdown] lang="zh"
# ## 一、按什么顺序做

# %% [markdown] lang="en"
# ## 1. In which order

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)
lesson.use(classes=classes, silent=people["recency_days"], a_share=a_share, churn_days=churn_days, margin=margin_share, price_cut=price_cut)
lesson.ask("steps")

# %% [markdown] lang="zh"
# ## 二、跑六份报告
#
# 这一页开着的时候，那个终端要留给它。另开一个终端，进同一个文件夹（用了 `.venv` 的，先启用它），一条一条跑；自己的文件，把 `riverside` 换成文件名：
#
# ```
# crm-lessons check riverside
# crm-lessons report 05 -p orders=riverside --out reports
# crm-lessons report 03 -p orders=riverside --out reports
# crm-lessons report 04 -p orders=riverside -p lost_after=365 --out reports
# crm-lessons report 07 -p orders=riverside --out reports
# crm-lessons report 09 -p responses=shop_survey -p questionnaire=shop_survey --out reports
# crm-lessons report 11 --out reports
# ```
#
# 没有终端，在 JupyterLab 里开各课的笔记本、改参数格里的 `orders`，或者用 papermill（`-p orders riverside`），跑出来的报告也一样看。每份报告先看两处：**另放了几行、提醒了什么**；再看开头的卡片。然后回来答三道数。

# %% [markdown] lang="en"
# ## 2. Make six reports
#
# This page keeps its terminal busy. Open another in the same folder (activate `.venv` if you use it) and run these one by one, with a file of your own in place of `riverside`:
#
# ```
# crm-lessons check riverside
# crm-lessons report 05 -p orders=riverside --out reports --language en
# crm-lessons report 03 -p orders=riverside --out reports --language en
# crm-lessons report 04 -p orders=riverside -p lost_after=365 --out reports --language en
# crm-lessons report 07 -p orders=riverside --out reports --language en
# crm-lessons report 09 -p responses=shop_survey -p questionnaire=shop_survey --out reports --language en
# crm-lessons report 11 --out reports --language en
# ```
#
# Without a terminal open the notebooks in JupyterLab and change `orders` in their cell of parameters, or use papermill (`-p orders riverside`); they say the same. In each report look first at **what was set aside and what it warns of**, then at the cards at its head. Then come back for three figures.

# %% tags=["exercise"]
lesson.ask("a_customers")

# %% tags=["nbval-check-output"]
lesson.say("terms", days=churn_days, cut=price_cut, margin=margin_share)

# %% tags=["exercise"]
lesson.ask("lost_share")
lesson.ask("more_to_sell")

# %% [markdown] lang="zh"
# ## 三、写一页计划
#
# 先定哪些话能写：

# %% [markdown] lang="en"
# ## 3. Write the plan
#
# First settle what may be written.

# %% tags=["exercise"]
lesson.ask("may_be_written")
lesson.ask("whose_figures")

# %% [markdown] lang="zh"
# 七段，标题的括号里是依据哪几份报告，最多一页。提交以后，里面的数和 `reports` 里的报告对一遍：对不上的会说最近的是哪个。

# %% [markdown] lang="en"
# There are seven sections, with the reports they rest on in brackets; one page at most. Once submitted, its figures are held against the reports in `reports`, and where one differs the nearest is named.

# %% tags=["exercise"]
lesson.ask("one_page")

# %% [markdown] lang="zh"
# ## 四、打印，打分
#
# 下面交作业的地方会写明你的成绩文件在哪里。用它打印这一页计划（在网页上也可以先“存成文件”，再用那个文件）：
#
# ```
# crm-lessons check-plan 成绩文件.jsonl reports --pdf
# ```
#
# 对得上，不等于用得对。请两位同事各打各的分：算得对 40 分，读得懂 20 分，话不说过头 20 分，服务计划能做 20 分（评分表：`crm-lessons sheets 13 --pdf`）。

# %% [markdown] lang="en"
# ## 4. Print and mark
#
# The box for handing in below names your result file. Print your plan from it (or save the plan as a file above, and print that):
#
# ```
# crm-lessons check-plan results.jsonl reports --pdf --language en
# ```
#
# That figures agree does not make them the right ones. Let two colleagues mark the plan apart: computing 40 points, interpretation 20, caveats 20, service plan 20 (the sheets: `crm-lessons sheets 13 --pdf --language en`).

# %% tags=["quiz"]
lesson.ask("agrees_means")
lesson.ask("two_markers")

# %% [markdown] lang="zh"
# ## 带走三句话
#
# 1. 先检查文件，再出报告，最后写话；结论不走在数前面。
# 2. 每个数写明是谁的、哪天的、按哪条线算的；不知道的写不知道。
# 3. 计划写到人、事、日子为止，还要写怎么知道做对了。
#
# ## 成绩和交作业

# %% [markdown] lang="en"
# ## Three things to take away
#
# 1. First the file, then the reports, then the words; no conclusion walks ahead of its figures.
# 2. Say of each figure whose it is, of when, and by which limit; what is not known is called so.
# 3. A plan ends with people, deeds and days, and says how one will know whether it worked.
#
# ## Your results, and handing in

# %% tags=["exercise"]
lesson.summary()
lesson.take_home()
lesson.hand_in()
