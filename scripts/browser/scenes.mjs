/** What a learner does with the site, one scene a function. */
import { lookAt, nameOf, openFolds } from "./looks.mjs";

const MOST_MS = 1000;
const STEPS = 200;
/** So many steps, at least, must a reader see of a reply before it is whole. */
const LEAST_GROWTH = 3;

const VIEWS = [
  { width: 390, scheme: "dark", axe: true },
  { width: 1024, scheme: "light", axe: true },
  { width: 1920, scheme: "dark" },
];

export const SCENES = {
  "a window of k exchanges": windowForgets,
  "another question, another destination": routerTurns,
  "a reply as it comes": replyGrows,
  "the first text": firstText,
  "a section by keyboard": byKeyboard,
  "a run is stopped": stopEnds,
  "a model trained in the page": trains,
  "its pages": looks,
};
export const SHORT_SCENES = ["a window of k exchanges"];

async function windowForgets({ open }, results) {
  const page = await open("memory/window/");
  const result = page.locator(".result").first();
  for (const [k, knows] of [
    ["1", false],
    ["3", true],
  ]) {
    await page.locator("#param-k").fill(k);
    const { asked } = await play(page, page.locator("button.run").first(), "no");
    const prompt = await result.locator("#call-3 .prompt").textContent();
    const reply = await result.locator("#call-3 .reply pre").textContent();
    const verdict = await result.locator(".line", { hasText: /^[✓✗]/ }).textContent();
    const calls = await result.locator("[id^=call-]").count();
    const hold = (what, isTrue, found) => results.hold(`k=${k}`, what, isTrue, found);
    hold("there are three calls", calls === 3, `${calls} calls`);
    const judged = `the prediction is asked, and no is ${knows ? "wrong" : "right"}`;
    hold(judged, asked.length === 1 && verdict.startsWith(knows ? "✗" : "✓"), verdict);
    const sent = `the last prompt ${knows ? "has" : "lacks"} the name`;
    hold(sent, prompt.includes("my name is Ada") === knows, prompt);
    hold(`the reply ${knows ? "has" : "lacks"} it`, reply.includes("Ada") === knows, reply);
  }
}

async function routerTurns({ open }, results) {
  const page = await open("chains/router/");
  const destinationOf = async (question) => {
    if (question) await page.locator("#param-question").fill(question);
    await play(page, page.locator("button.run").first());
    const reply = await page.locator(".result").first().locator(".reply pre").first().textContent();
    return /"destination": *"([^"]+)"/.exec(reply)?.[1] ?? `none in ${reply}`;
  };
  const first = await destinationOf();
  results.hold("as it stands", "goes to physics", first === "physics", first);
  const second = await destinationOf("When did the French Revolution begin?");
  results.hold("another question", "goes to history", second === "history", second);
}

async function replyGrows({ open }, results) {
  const page = await open("memory/window/");
  await page.evaluate(() => {
    globalThis.seen = {};
    const state = document.querySelector(".state");
    const note = () => {
      if (state.textContent !== "Running …") return;
      for (const call of document.querySelectorAll("[id^=call-]")) {
        const text = call.querySelector(".reply pre")?.textContent ?? "";
        globalThis.seen[call.id] ??= [""];
        const known = globalThis.seen[call.id];
        if (text !== known.at(-1)) known.push(text);
      }
    };
    new MutationObserver(note).observe(document.querySelector(".result"), {
      childList: true,
      subtree: true,
    });
  });
  await play(page, page.locator("button.run").first());
  const seen = await page.evaluate(() => globalThis.seen);
  const calls = Object.entries(seen);
  results.hold("all calls", "are followed", calls.length === 3, Object.keys(seen).join());
  const [call, texts] = calls.toSorted(([, a], [, b]) => b.length - a.length)[0];
  // Shorter ones may come within a frame or two where other programs run, too.
  const steps = texts.length - 1;
  const grows = texts.every((text, at) => at === 0 || text.startsWith(texts[at - 1]));
  const what = `the reply grows in ${steps} steps`;
  results.hold(call, what, grows && steps >= LEAST_GROWTH, JSON.stringify(texts));
}

async function firstText({ open }, results) {
  for (const path of ["", "memory/window/"]) {
    const loads = [];
    // The quickest counts: other programs may be running.
    for (let load = 0; load < 3; load++) {
      const page = await open(path);
      loads.push(await page.evaluate(paintOf));
    }
    const { ms, bytes } = loads.toSorted((a, b) => a.ms - b.ms)[0];
    const what = `the first text after ${Math.round(ms)} ms and ${(bytes / 1000).toFixed(1)} kB`;
    results.hold(path || "contents", what, ms < MOST_MS);
  }
}

/** Runs in the page: when its first text was painted, and what had come by then. */
function paintOf() {
  return new Promise((resolve) => {
    const take = ({ startTime }) => {
      const [page] = performance.getEntriesByType("navigation");
      const before = performance
        .getEntriesByType("resource")
        .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= startTime);
      const bytes = [page, ...before].reduce((sum, { transferSize }) => sum + transferSize, 0);
      resolve({ ms: startTime, bytes });
    };
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName("first-contentful-paint")[0];
      if (paint) take(paint);
    }).observe({ type: "paint", buffered: true });
  });
}

/** From the address bar to the end of a section without a mouse. */
async function byKeyboard({ open }, results) {
  const page = await open("memory/window/");
  await page.evaluate(() => {
    globalThis.lost = [];
    const state = document.querySelector(".state");
    const note = () => {
      const isLost = document.activeElement === document.body && globalThis.isWatched;
      if (isLost) globalThis.lost.push(state.textContent);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  const tabTo = async (selector) => {
    for (let tabs = 1; tabs <= 100; tabs++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((to) => document.activeElement.matches(to), selector)) return tabs;
    }
    throw new Error(`${selector} is not reached with Tab`);
  };
  await tabTo(".skip");
  await page.keyboard.press("Enter");
  const tabs = await tabTo("form [type=submit]");
  results.hold("before the run", `from the skip link to Run all steps: ${tabs} Tabs`, tabs < 10);
  await page.evaluate(() => {
    globalThis.isWatched = true;
  });
  await page.keyboard.press("Enter");
  let questions = 0;
  let state = await nextState(page);
  for (; state === "asked"; state = await nextState(page)) {
    questions++;
    const where = await focusOf(page);
    results.hold(`question ${questions}`, "has the focus", where.startsWith("choice"), where);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  }
  results.hold("the run", "ends with Done.", state === "Done.", state);
  const verdicts = await page.locator(".result .line", { hasText: /^[✓✗]/ }).count();
  results.hold(
    "the run",
    `${questions} predictions are answered and judged`,
    questions > 0 && verdicts === questions,
    `${verdicts} verdicts`,
  );
  await tabTo("nav a");
  await staysWithTheReader(page, results);
  const lost = await page.evaluate(() => globalThis.lost);
  results.hold(
    "all along",
    "the focus is never lost",
    lost.length === 0,
    `lost ${lost.length} times: ${[...new Set(lost)]}`,
  );
}

/** Whoever answers a question and goes on to a knob is not taken away by the next question. */
async function staysWithTheReader(page, results) {
  await page.locator("form [type=submit]").click();
  await nextState(page);
  const first = await page.locator(".asked legend").textContent();
  await page.evaluate(() => {
    document.querySelector(".asked button").click();
    document.querySelector("#param-k").focus();
  });
  await page.locator(".asked legend").filter({ hasNotText: first }).waitFor();
  const at = await page.evaluate(() => document.activeElement.id);
  results.hold("a knob", "keeps the focus when a question comes", at === "param-k", at);
}

async function stopEnds({ open }, results) {
  const page = await open("prompting/train/");
  await page.locator("form [type=submit]").focus();
  await page.keyboard.press("Enter");
  if ((await nextState(page)) === "asked") await page.locator(".asked button").last().click();
  const curve = page.locator(".result .plot .curve").first();
  await page.locator(".result .values > summary").first().focus();
  const drawn = await curve.getAttribute("d");
  await page.waitForFunction(
    (before) => document.querySelector(".result .plot .curve").getAttribute("d") !== before,
    drawn,
  );
  const kept = await page.evaluate(() => document.activeElement.parentElement.className);
  results.hold("a curve that grows", "leaves the focus beside it", kept === "values", kept);
  const ended = page.workers().map((worker) => worker.waitForEvent("close"));
  await page.locator(".stop").focus();
  await page.keyboard.press("Enter");
  const state = await nextState(page);
  results.hold("Stop", "says so", state === "Stopped.", state);
  await Promise.all(ended);
  results.hold(
    "Stop",
    `ends ${ended.length} worker`,
    page.workers().length === 0 && ended.length > 0,
  );
  const where = await focusOf(page);
  results.hold(
    "Stop",
    "gives the focus back to the button of the run",
    where === "Run all steps",
    where,
  );
  const isGone = await page.locator(".stop").isHidden();
  results.hold("Stop", "goes", isGone);
}

async function trains({ open }, results) {
  const page = await open("prompting/train/");
  await page.locator("#param-steps").fill(`${STEPS}`);
  const started = performance.now();
  await play(page, page.locator("button.run").first());
  const seconds = Math.round((performance.now() - started) / 1000);
  const curve = page.locator("figure", { has: page.locator(".plot .curve") }).first();
  const rows = await curve
    .locator("tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.cells].map(({ textContent }) => textContent)));
  const figures = rows.map((row) => Number(row.at(-1)));
  const last = rows.at(-1)?.[0];
  const what = `${STEPS} steps, and the later stages, in ${seconds} s`;
  results.hold("pre-training", what, last === `${STEPS}`, `the curve ends at ${last}`);
  const [from, to] = [figures[0], figures.at(-1)];
  results.hold(
    "its curve",
    `${rows.length} points, the loss goes from ${from} to ${to}`,
    rows.length > 2 && to < from,
  );
  const drawn = await page.locator(".plot .curve").count();
  results.hold("all stages", `${drawn} curves are drawn`, drawn > 1);
}

async function looks({ open, axe }, results) {
  const pages = {
    contents: await open(""),
    "a section": await open("memory/window/"),
    "one for the terminal": await open("agents/mcp/"),
    "a played one": await open("memory/compare/"),
  };
  await play(pages["a played one"], pages["a played one"].locator("form [type=submit]"));
  for (const [name, page] of Object.entries(pages)) {
    await openFolds(page);
    for (const view of VIEWS) {
      const { facts, faults } = await lookAt(page, view, axe);
      results.row(
        nameOf(view),
        [name, ...facts],
        faults.map((fault) => `${name}: ${fault}`),
      );
    }
  }
}

/** Presses a button, answers each question, and waits until the run is done. */
async function play(page, button, answer = "(go on without an answer)") {
  const asked = [];
  await button.click();
  for (;;) {
    const state = await nextState(page);
    if (state === "Done.") return { asked };
    if (state !== "asked") throw new Error(`the run ended with: ${state}`);
    asked.push(await page.locator(".asked legend").textContent());
    await page.locator(".asked").getByRole("button", { name: answer, exact: true }).click();
  }
}

/** Waits until the page asks something ("asked") or the run is over (what it says then). */
async function nextState(page) {
  const found = await page.waitForFunction(() => {
    if (document.querySelector(".asked")) return "asked";
    const { hidden } = document.querySelector(".stop");
    return hidden && document.querySelector(".state").textContent;
  });
  return found.jsonValue();
}

/** What has the focus, in words. */
const focusOf = (page) =>
  page.evaluate(() => {
    const { className, textContent, tagName } = document.activeElement;
    if (tagName === "BODY") return "nothing";
    return `${className} ${textContent.trim().slice(0, 40)}`.trim();
  });
