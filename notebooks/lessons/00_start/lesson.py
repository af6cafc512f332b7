# ---
# jupyter:
#   crm_lessons:
#     title:
#       zh: 开始：十分钟走一遍
#       en: "Start: ten minutes to find your way"
#     subject:
#       zh: 填昵称、看图、猜一猜、答错一次、交作业，不写一行代码
#       en: nickname, chart, guess, a mistake made on purpose, handing in; no line of code
#     minutes: 10
#     parameters:
#       places: {ge: 1}
#       orders: {data: orders}
# ---

# %% tags=["parameters"]
language: str = "zh"  # language of the output, zh or en
orders: str = "shop"  # order lines: a sample's name (shop, dealers, complete_journey), a file or folder of CSV, Excel or Parquet (orders_*.csv for several), or a table of a database (sql:name/table)
places: int = 200  # customers the team can look after one by one
currency: str = ""  # unit of money, such as CNY, USD or GBP; empty means what the file names, else CNY
nickname: str = ""  # whose answers are kept; empty asks on the page
answers: str = ""  # a JSON file with answers by question; empty asks on the page

# %% [markdown] lang="zh"
# # 开始：十分钟走一遍
#
# 欢迎你！这十分钟只做一件事：把这套课怎么用走一遍。你不用会编程，也不会把什么弄坏；看到的每个框都可以放心填。
#
# ## 一、先打个招呼

# %% [markdown] lang="en"
# # Start: ten minutes to find your way
#
# Welcome! These ten minutes have one aim: you see how the lessons work. You need no programming, and you cannot break anything; every box
# you see may be filled in.
#
# ## 1. Say hello

# %%
from crm_lessons import course, customers, data, pareto

lesson = course.open("00_start", language=language)
lesson.say("take_home", places=places)

# %% tags=["exercise"]
lesson.sign_in(nickname, answers=answers)

# %% [markdown] lang="zh"
# ## 二、名额有限，先猜一猜
#
# 你刚到一家网店做客服专员。大促前，全组能一对一照顾的就这么多位，店里的客户却多得多。
# 名额给谁，要看生意靠谁撑着。先别翻到下面，凭感觉猜：拖动图上方的圆点，松手后橙色的菱形会跟着走；定了就点“就猜这个，揭晓”。

# %% [markdown] lang="en"
# ## 2. Not enough places: guess first
#
# You have just joined an online shop as an adviser. Before the big sale the team has a limited number of places for personal care,
# and the shop has many more customers. Who gets the places depends on who carries the business. Do not scroll down yet; go by feeling.
# Drag the round handle above the chart; the orange diamond follows when you let go. Then click “That is my guess, show me”.

# %% tags=["exercise"]
table = data.read(orders)
people = customers.summarise(table)
classes = pareto.abc(people["amount"])
lesson.data(table, people, currency=currency, measure="amount")
lesson.say("places", places=places, n=len(people), share=places / len(people))
lesson.use(classes=classes, places=places)
lesson.ask("guess_top_fifth")

# %% [markdown] lang="zh"
# ## 三、揭晓：一张图看清楚
#
# 客户从左到右由大到小排队，色块是每位买了多少，曲线是累计占了几成。曲线一开始越陡，生意就越靠少数人。（A、B、C 三段是什么，第 05 课讲。）

# %% [markdown] lang="en"
# ## 3. The chart
#
# Customers stand in line from the largest to the smallest. The coloured area shows what each bought, the curve what all up to that point hold together. The steeper it starts, the more the business
# rests on a few. (What A, B and C stand for comes in lesson 05.)

# %%
lesson.draw("pareto", classes)

# %% tags=["nbval-check-output"]
lesson.say("top_share", top=0.20, share=pareto.share_of_top(classes["amount"], 0.20))

# %% [markdown] lang="zh"
# ## 四、故意答错一次
#
# 现在请你**故意答错**：在下面的框里填 80%，点“提交”，看看会怎样。然后再填上面那句话里的数。
#
# 怎么写都行：`75%`、`0.75`、`七成五`、全角的 `７５％`，系统都看得懂。卡住了就点“提示”，实在没辙再点“看答案”。

# %% [markdown] lang="en"
# ## 4. Make a mistake on purpose
#
# Now please **answer wrongly on purpose**: type 80% into the box, click Submit, and see what happens. Then type the figure from the sentence above.
#
# Write it as you like: `75%`, `0.75` or `75 per cent` are all understood. Stuck? Click Hint, and as a last resort Show the solution.

# %% tags=["exercise"]
lesson.ask("share_of_top_fifth")

# %% [markdown] lang="zh"
# 看到了吗？系统不只说对错，常见的错它认得出来，还会告诉你差在哪里。每道题都这样，想试几次都行。
#
# 再来一道点一点就行的：

# %% [markdown] lang="en"
# Did you see? You are told more than right or wrong: common mistakes are recognised, and you hear where they lie. Every question works like this, and you may try as often as you like.
#
# Now one that only needs a click:

# %% tags=["exercise"]
lesson.ask("who_gets_the_places")

# %% [markdown] lang="zh"
# ## 五、关掉，再打开
#
# 把这个网页关掉，再用同一条命令打开（在课堂上，再扫一次码）。你的昵称和刚才的答案都还在：每次提交，答案都自动存进一个小文件，不用另外保存。

# %% [markdown] lang="en"
# ## 5. Close it and come back
#
# Close this page and open it again with the same command (in a class, scan the code again). Your nickname and answers are still there: each answer was written to a small file as you submitted it, so there is nothing to save.

# %% tags=["exercise"]
lesson.summary()

# %% [markdown] lang="zh"
# ## 六、交作业
#
# 点“交作业”，看看你的文件在哪里。里面是你的昵称，还有每道题的答案、对错、提示次数和时间，没有别的个人信息。

# %% [markdown] lang="en"
# ## 6. Hand in
#
# Click “Hand in” to see where your file is. It holds your nickname and, for each question, your answers, whether they were right, the hints you saw and the times. It holds no other personal data.

# %% tags=["exercise"]
lesson.take_home()
lesson.hand_in()

# %% [markdown] lang="zh"
# 就这些，你已经会用了。下一课见！

# %% [markdown] lang="en"
# That is all there is to it. See you in the next lesson!
