"""The forms as one ES module: each control answers as the plain function does; nothing is lost."""

import json

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from crm_lessons import course, customers, data, pareto, wording
from crm_lessons.course import around, asking, class_tables, handing_in, results
from crm_lessons.show import forms

HOST = "http://lesson.test"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"
SHELL = """<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><title>x</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/forms.css">
<main></main><script type="module" src="/start.js"></script></html>"""
START = """import forms, {question} from "/forms.js";
const {asked} = await window.act(null);
const main = document.querySelector("main");
window.asked = asked;
window.widget = forms;
question(main, asked, (message) => window.act(message));"""
DRAFT = "12"


@pytest.fixture(scope="module")
def bound():
    table = data.read("shop")
    people = customers.summarise(table)
    before, now = pareto.two_years(table)
    classes, by_profit = (pareto.abc(people[name]) for name in ("amount", "profit"))
    told = {"people": people, "classes": classes, "by_profit": by_profit, "before": before}
    return told | {"now": now, "places": 200}


class Door:
    """One question on a page of its own, its answers carried to a lesson in this process."""

    def __init__(self, context, lesson, name):
        self.session, self.item = lesson.session, lesson.session.items[name]
        self.page, self.errors, self.cut = context.new_page(), [], False
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.expose_function("act", self.act)
        self.page.goto(HOST)
        self.page.locator("form").wait_for()

    def act(self, message):
        if message is None:
            return {"asked": asking.asked(self.session, self.item)}
        if self.cut:
            raise ConnectionError
        return asking.act(self.session, self.item, message)

    def submit(self):
        self.page.locator("[type=submit]").click()
        self.page.locator(".crm-told strong").wait_for()
        return self.page.locator(".crm-told").get_attribute("class")


def served(route):
    bodies = {
        "/": ("text/html", SHELL.format(language="zh")),
        "/forms.js": ("text/javascript", forms.MODULE.read_text(encoding="utf-8")),
        "/forms.css": ("text/css", forms.STYLE.read_text(encoding="utf-8")),
        "/start.js": ("text/javascript", START),
    }
    kind, body = bodies[route.request.url.removeprefix(HOST)]
    headers = {"Content-Security-Policy": POLICY}
    route.fulfill(body=body, content_type=f"{kind}; charset=utf-8", headers=headers)


@pytest.fixture
def door(browser, bound, tmp_path, monkeypatch):
    monkeypatch.setenv(results.FOLDER, str(tmp_path))
    monkeypatch.delenv(handing_in.FOLDER, raising=False)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.route("**/*", served)

    lesson = course.open("05_pareto", language="zh")
    lesson.use(**bound)
    lesson.sign_in("小李")

    def open_question(name, of=lesson):
        return Door(context, of, name)

    yield open_question
    context.close()
    wording.use("zh")


def fill_number(one):
    one.locator(".crm-box").fill("１，２３４")


def move_slider(one):
    handle = one.locator("[type=range]")
    handle.focus()
    for _ in range(22):
        handle.press("ArrowRight")


def choose(one):
    one.locator("label").nth(1).click()


def tick_options(one):
    for name in ("new_car", "service_paid"):
        one.locator(f"[value={name}]").check()


def tick_customers(one):
    one.locator("form > div > label input").check()
    for customer in ("05216", "00369"):
        one.locator(f"[value='{customer}']").check()


def move_steps(one):
    one.locator("li").nth(3).locator("button").first.click()


def fill_table(one):
    for place, box in enumerate(one.locator(".crm-box").all()):
        box.fill(f"{'ABC'[place // 2]} {('customers', 'amount_share')[place % 2]}")


ANSWERS = {
    "net_sales": (fill_number, "１，２３４"),
    "share_of_top_fifth": (move_slider, "72%"),
    "cut_for_places": (move_slider, "72%"),
    "group_buyer": (choose, "let_go"),
    "owners_to_reward": (tick_options, ["service_paid", "new_car"]),
    "top_five_by_profit": (tick_customers, ["00369", "05216"]),
    "steps_of_abc": (
        move_steps,
        ["totals", "cuts", "measure", "sort", "classes", "add_up", "period", "standard"],
    ),
    "class_counts": (
        fill_table,
        {row: {c: f"{row} {c}" for c in ("customers", "amount_share")} for row in "ABC"},
    ),
}


def test_each_control_answers_as_the_plain_function_and_is_there_after_a_reload(door):
    for name, (use, given) in ANSWERS.items():
        one = door(name)
        use(one.page)
        said = one.submit()
        assert [line.answer for line in one.session.tries(one.item)] == [given], name
        again = door(name)
        assert again.page.locator(".crm-told").get_attribute("class") == said, name
        again.submit()
        assert again.session.tries(again.item)[-1].answer == given, name
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert again.page.evaluate(wide), f"{name} is wider than a phone"
        assert one.errors + again.errors == [], name
        one.page.close()
        again.page.close()


def test_what_was_typed_stays_when_nobody_answers_and_nothing_old_stays_green(door):
    one = door("net_sales")
    box, told = one.page.locator(".crm-box"), one.page.locator(".crm-told")
    box.fill(DRAFT)
    one.submit()
    one.cut = True
    box.fill(DRAFT * 2)
    one.page.locator("[type=submit]").click()
    one.page.locator("main.crm-offline").wait_for()
    assert (box.input_value(), told.inner_text()) == (DRAFT * 2, "")
    one.cut = False
    one.submit()
    assert [line.answer for line in one.session.tries(one.item)] == [DRAFT, DRAFT * 2]


def test_nothing_handed_in_is_no_try(door):
    one = door("net_sales")
    one.submit()
    assert "crm-not_attempted" in one.page.locator(".crm-told").get_attribute("class")
    assert one.page.locator(".crm-tries").count() == 0
    one.page.locator("input").fill("5")
    one.submit()
    assert one.page.locator(".crm-tries").count() == 1


def test_keyboards_labels_and_texts(door):
    one = door("net_sales").page
    assert one.locator(".crm-box").get_attribute("inputmode") == "decimal"
    table = door("class_counts").page
    for box in table.locator(".crm-box").all():
        assert box.get_attribute("aria-label") and box.get_attribute("inputmode") == "decimal"
    one.locator(".crm-box").fill("<img src=x onerror=alert(1)>")
    one.locator("[type=submit]").click()
    one.locator(".crm-told strong").wait_for()
    assert one.locator(".crm-told img").count() == 0


def test_hints_and_solution_come_one_by_one(door):
    one = door("net_sales")
    hint, solve = (one.page.locator("form button").nth(place) for place in (1, 2))
    hint.click()
    one.page.locator(".crm-hints p").wait_for()
    solve.click()
    one.page.locator(".crm-told p").wait_for()
    assert one.page.locator(".crm-solution p").count() == 0
    solve.click()
    one.page.locator(".crm-solution p").first.wait_for()
    assert one.session.solved(one.item) and len(one.session.hints(one.item)) == 1


WIDGET = """
window.model = (form, asked) => {
  const heard = {};
  return {
    sent: [], heard, values: { form, asked, drawn: 0 },
    get(name) { return this.values[name]; },
    on(event, call) { (heard[event] ??= new Set()).add(call); },
    off(event, call) { heard[event].delete(call); },
    send(message) { this.sent.push(message); },
    tell(event, ...more) { [...heard[event] ?? []].forEach((call) => call(...more)); },
  };
};
window.output = (model) => {
  const root = document.createElement("div");
  document.body.append(root);
  return [root, window.widget.render({ model, el: root })];
};
null"""


def test_the_same_module_serves_anywidget(door):
    """A model as anywidget hands it over: what is asked as a trait, messages with their number."""
    one = door("net_sales")
    one.page.evaluate(WIDGET)
    said = one.page.evaluate(
        """async () => {
          const model = window.model("question", { ...window.asked, kept: "05 Ann" });
          const [first, end] = window.output(model), [second] = window.output(model);
          const box = (root) => root.querySelector(".crm-box");
          const told = (root) => root.querySelector(".crm-told").className;
          box(first).value = "7";
          box(first).dispatchEvent(new Event("input", { bubbles: true }));
          model.tell("change:drawn"); // as when the cell is run again
          const draft = [box(first).value, box(second).value];
          first.querySelector("form").requestSubmit();
          const outcome = { state: "correct", heading: "yes", advice: "" };
          model.tell("msg:custom", { number: model.sent[0].number, tries: 1, outcome });
          await new Promise((done) => setTimeout(done));
          model.tell("change:drawn");
          const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
          end();
          return {
            sent: model.sent, draft, told: told(second), later: box(second).value,
            twice: ids.length - new Set(ids).size, heard: model.heard["msg:custom"].size,
          };
        }"""
    )
    (message,) = said.pop("sent")
    assert {k: message[k] for k in ("do", "answer", "item")} == {
        "do": "submit",
        "answer": "7",
        "item": "net_sales",
    }
    assert json.dumps(message)
    assert said["draft"] == ["7", "7"] and said["later"] == ""
    assert (said["twice"], said["heard"]) == (0, 1)


def test_nickname_summary_and_handing_in_are_drawn_from_texts(door):
    one = door("net_sales")
    one.page.evaluate(WIDGET)
    words = around.sign_in(one.session)["words"]
    given = {
        "sign_in": {"who": "", "words": words},
        "summary": around.summary(one.session),
        "hand_in": around.hand_in(one.session),
    }
    given["summary"]["line"] = "<img src=x onerror=alert(1)>"
    said = one.page.evaluate(
        """async (given) => {
          const told = {};
          for (const [form, asked] of Object.entries(given)) {
            const model = window.model(form, asked), [root] = window.output(model);
            told[form] = [root.innerText, root.querySelectorAll("img").length];
            for (const input of root.querySelectorAll("input")) input.value = "Ann";
            root.querySelector("button")?.click();
            told.sent = [...told.sent ?? [], ...model.sent.map(({ number, ...more }) => more)];
          }
          return told;
        }""",
        given,
    )
    assert said["sent"] == [{"do": "sign_in", "name": "Ann"}, {"do": "hand_in"}]
    assert words["nickname_why"] in said["sign_in"][0]
    assert str(one.item.title) in said["summary"][0] and said["summary"][1] == 0
    assert one.errors == []


@pytest.fixture
def book(door):
    """The ledger of lesson 02 on a phone, its labels in English."""
    lesson = course.open("02_information", language="en")
    lesson.sign_in("Ann")
    return door("in_the_ledger", lesson)


def sit(page, who):
    page.get_by_label(who, exact=True).check()


def change(page, record, label, value):
    page.get_by_role("button", name=f"Update {record}").click()
    box = page.get_by_role("group", name=f"Update {record}").get_by_label(label)
    if box.evaluate("one => one.tagName") == "SELECT":
        box.select_option(value)
        page.get_by_role("button", name="Save").click()
    else:
        box.fill(value)
        box.press("Enter")


def told(page, text):
    page.locator(".crm-said", has_text=text).wait_for()


def test_a_trainee_enters_changes_deletes_and_undoes_in_a_ledger_that_writes_its_log(book):
    page = book.page
    width = "document.documentElement.scrollWidth"
    page.get_by_label("Look up").fill("zhang")
    assert page.locator(".crm-records > li").count() == 2
    assert page.get_by_text("Records found: 2 of 5").is_visible()

    change(page, "C101 Zhang Wei", "Telephone", "174 0651 0088")  # the wrong namesake
    told(page, "8, clerk: update C101 (Telephone 17406510011 → 17406510088)")
    assert page.locator(".crm-log > li").count() == 2
    assert book.submit() == "crm-told crm-not_yet"
    assert "other Zhang Wei" in page.locator(".crm-told").inner_text()

    page.get_by_role("button", name="Undo entry 8").press("Enter")
    told(page, "The role clerk may not undo. Roles that may: manager.")
    assert page.locator(".crm-log > li").count() == 2, "what is refused changes nothing"
    sit(page, "manager")
    page.get_by_role("button", name="Undo entry 8").press("Enter")
    told(page, "9, manager: undo entry 8, on C101")
    page.get_by_role("button", name="Undo entry 7").click()
    told(page, "10, manager: undo entry 7, on C105")
    page.get_by_label("Look up").fill("")
    page.get_by_role("button", name="Delete C104").click()
    told(page, "delete C104")
    assert page.evaluate(width) <= 360
    book.submit()

    page.reload()  # what was done is done again
    page.locator(".crm-log > li").nth(4).wait_for()
    assert page.evaluate(width) <= 360
    change(page, "C103 Zhang Wei", "Telephone", "１７４０６５１００８８")
    told(page, "→ 17406510088")
    change(page, "C102 Liu Fang", "Marketing", "refused")
    told(page, "agreed → refused")
    page.get_by_role("button", name="Enter a record").click()
    entered = page.get_by_role("group", name="Enter a record")
    entered.get_by_label("Name").fill("he jing")
    entered.get_by_label("Telephone").fill("+86 174-0651-0077")
    entered.get_by_label("Marketing").select_option("refused")
    assert page.evaluate(width) <= 360
    page.get_by_role("button", name="Save").click()
    told(page, "enter C107 (Name He Jing")
    assert book.submit() == "crm-told crm-correct", page.locator(".crm-told").inner_text()
    ways = class_tables.collect(book.session.results.path.parent).standing["02_information"]
    assert ways["in_the_ledger"].tolist() == ["later"]
    assert not book.errors


def test_a_step_that_nobody_hears_is_not_done_and_said_so(book):
    book.cut = True
    sit(book.page, "manager")
    book.page.get_by_role("button", name="Delete C104").click()
    told(book.page, "this step was not done")
    assert book.page.locator(".crm-log > li").count() == 1
    book.cut = False
    book.page.get_by_role("button", name="Delete C104").click()
    told(book.page, "delete C104")
