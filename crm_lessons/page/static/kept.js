// The place where one reads: kept while scrolling, found again after a reload.

const HEAD = 60; // height of what sticks at the top

export function place(blocks, kept) {
  const found = kept.read();
  const shown = () => [...blocks.querySelectorAll(".crm-block")].filter((one) => one.checkVisibility?.() ?? true);
  const block = found && shown().find((one) => Number(one.dataset.block) === found.block);
  history.scrollRestoration = "manual";
  if (block && !location.hash) {
    scrollTo({ top: block.offsetTop + found.part * block.offsetHeight - HEAD, behavior: "instant" });
  }
  let timer;
  addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const at = scrollY + HEAD;
      const block = shown().findLast((one) => one.offsetTop <= at);
      if (!block) return;
      const part = (at - block.offsetTop) / Math.max(block.offsetHeight, 1);
      kept.write({ block: Number(block.dataset.block), part });
    }, 200);
  }, { passive: true });
}
