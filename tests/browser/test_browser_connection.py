"""The connection goes and comes back: nothing typed is lost, nothing old stays green."""

import pytest
from browser import doors
from page.conftest import kept, ready_made, site  # noqa: F401 - fixtures
from page.test_lesson_page import HERE, act, folder, lines, own, sign_in  # noqa: F401

GONE = "#gone:not([hidden])"
QUESTION = "net_sales"
EARLIER = [("share_of_top_fifth", "submit", "60%"), ("steps_of_abc", "pass", None)]


@pytest.fixture
def page(browser, own):  # noqa: F811
    """A phone at the third part of lesson 05."""
    client = own.client()
    client.get(own.address)
    sign_in(client)
    for place, (item, do, answer) in enumerate(EARLIER):
        assert act(client, do=do, item=item, answer=answer, id=f"e{place}").json()["done"]
    with doors.visited(browser, "en", width=360, losing=True) as page:
        page.goto(own.address)
        page.wait_for_url("**/en/05_pareto/")
        doors.form(page, QUESTION).locator("input").first.wait_for()
        yield page


def box(page):
    return doors.form(page, QUESTION).locator("input").first


def told(page):
    return doors.form(page, QUESTION).locator(".crm-told").first


def test_submit_waits_while_nobody_answers_and_is_sent_once_when_somebody_does(page, folder):  # noqa: F811
    before = len(lines(folder))
    page.context.set_offline(True)
    page.locator(GONE).wait_for()
    box(page).fill("1")
    doors.form(page, QUESTION).locator("[type=submit]").click()
    doors.form(page, "share_of_top_fifth").locator(".crm-told").wait_for(state="hidden")
    assert doors.form(page, QUESTION).locator(".crm-correct, .crm-not_yet").count() == 0
    assert len(lines(folder)) == before
    page.context.set_offline(False)
    doors.form(page, QUESTION).locator(".crm-not_yet").wait_for()
    assert "Try 1" in told(page).inner_text()
    assert page.locator(GONE).count() == 0
    assert [line["action"] for line in lines(folder)[before:]] == ["answer"]


def test_what_was_submitted_without_a_connection_is_sent_after_a_reload(page, folder):  # noqa: F811
    before = len(lines(folder))
    page.route("**/act", lambda route: route.abort())
    box(page).fill("1")
    doors.form(page, QUESTION).locator("[type=submit]").click()
    page.locator(GONE).wait_for()
    page.unroute("**/act")
    page.route("**/act", lambda route: route.continue_())
    page.reload()
    doors.form(page, QUESTION).locator(".crm-not_yet").wait_for()
    assert [line["answer"] for line in lines(folder)[before:]] == ["1"]


def test_what_was_typed_and_the_place_on_the_page_are_there_after_a_reload(page):
    box(page).fill("2345")
    box(page).scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    at = box(page).bounding_box()["y"]
    page.reload()
    box(page).wait_for()
    assert box(page).input_value() == "2345"
    page.wait_for_timeout(400)
    assert abs(box(page).bounding_box()["y"] - at) < 60


def test_every_text_stands_out_from_its_ground_and_nothing_moves_for_who_wants_no_motion(page):
    page.emulate_media(reduced_motion="reduce")
    box(page).fill("1")
    doors.submit(page, QUESTION)
    assert (
        page.evaluate(
            "document.getAnimations().filter((one) => one.playState === 'running').length"
        )
        == 0
    )
    page.locator(".crm-way summary").click()
    ratios = page.evaluate(doors.CONTRAST)
    assert len(ratios) > 3 and min(ratios.values()) >= 4.5, ratios


def test_the_same_wrong_answer_twice_is_seen_to_have_been_taken(page):
    for tries in (1, 2):
        box(page).fill("1")
        doors.submit(page, QUESTION)
        page.locator(f"text=Try {tries}").wait_for()


def test_where_am_i_counts_and_hides_what_is_not_open(page):
    assert page.locator("#where").inner_text() == "2 / 4"
    page.locator(".crm-way summary").click()
    parts = page.locator(".crm-part").all_inner_texts()
    assert "done" in parts[1] and "81.3" not in " ".join(parts)
    assert page.locator("#next").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
