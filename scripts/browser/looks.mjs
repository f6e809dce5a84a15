/** What holds for any page: it fits, it can be read, everybody can use it, and it is quiet. */

/** At least so high are the letters of a picture, in pixels of the page. */
const LEAST_LETTERS = 9;
const SEVERE = ["serious", "critical"];

/**
 * A view of a page.
 *
 * @typedef {{ width: number, scheme: "light" | "dark", media?: "print", forced?: boolean, axe?: boolean }} View
 */

export const nameOf = ({ width, scheme, media, forced }) =>
  `${width} ${media ?? (forced ? "forced colours" : scheme)}`;

/** Keeps what a page asks for and complains of. */
export function listenTo(page) {
  const heard = { requests: [], complaints: [] };
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) heard.requests.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) heard.complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => heard.complaints.push(message));
  return heard;
}

/** Shows a page in a view, and tells what is wrong with it there. */
export async function lookAt(page, view, axe) {
  const { width, scheme, media, forced } = view;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({
    colorScheme: scheme,
    media: media ?? "screen",
    forcedColors: forced ? "active" : "none",
  });
  const faults = await page.evaluate(wideParts);
  const facts = faults.length === 0 ? ["fits"] : [];
  const letters = await page.evaluate(leastLetters);
  if (letters !== null && !media) {
    if (letters < LEAST_LETTERS) faults.push(`letters of a picture are ${letters} px high`);
    else facts.push(`letters of pictures ${letters} px or more`);
  }
  if (!view.axe) return { facts, faults };
  const judged = await judge(page, axe);
  return { facts: [...facts, ...judged.facts], faults: [...faults, ...judged.faults] };
}

/** What axe-core finds; only what is serious or critical is a fault. */
async function judge(page, axe) {
  // A page's own policy stands: this is the debugger's evaluation, which no page can refuse.
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      many: nodes.length,
      where: String(nodes[0].target),
      html: nodes[0].html.slice(0, 120),
    }));
  });
  const words = ({ id, impact, many, where, html }) =>
    `axe: ${id} (${impact}), ${many} times, first ${where}: ${html}`;
  const isSevere = ({ impact }) => SEVERE.includes(impact);
  const mild = violations.filter((one) => !isSevere(one)).map(words);
  return {
    facts: violations.length === 0 ? ["axe finds nothing"] : mild,
    faults: violations.filter(isSevere).map(words),
  };
}

/** Folds are part of a page, however long they stay shut. */
export const openFolds = (page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  });

/** Runs in the page: what makes it wider than its window. */
function wideParts() {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return [];
  const isInBox = (part) => {
    const box = part.parentElement?.closest(".scroll, .unseen");
    return box && getComputedStyle(box).overflowX !== "visible";
  };
  const parts = [...document.body.querySelectorAll(":not(svg *)")].filter(
    (part) => part.getBoundingClientRect().right > innerWidth + 0.5 && !isInBox(part),
  );
  const names = parts.slice(-3).map((part) => {
    const [tag, look] = [part.tagName.toLowerCase(), part.getAttribute("class") ?? ""];
    return `${tag}.${look} "${part.textContent.replace(/\s+/g, " ").trim().slice(0, 40)}"`;
  });
  return [`${wide} px of ${innerWidth}: ${names.join(", ")}`];
}

/** Runs in the page: how high the smallest letters of its pictures are, null without a picture. */
function leastLetters() {
  const sizes = [...document.querySelectorAll("svg text")].flatMap((text) => {
    if (!text.checkVisibility()) return [];
    const scale = text.getScreenCTM();
    const high = Math.hypot(scale.b, scale.d);
    return [Number.parseFloat(getComputedStyle(text).fontSize) * high];
  });
  return sizes.length === 0 ? null : Math.round(Math.min(...sizes) * 10) / 10;
}
