import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languages } from "../src/commands/language.ts";
import { whyNotHere } from "../src/page/runnable.ts";
import { wordsIn } from "../src/page/words.ts";
import { type Element, type ReadPage, readPage } from "./support/page.ts";
import { eventsOf, run } from "./support/program.ts";
import { send, startListening } from "./support/served.ts";
import { serveFaults } from "./support/server.ts";

const KEY = "sk-open-0123456789abcdef0123";
const data = mkdtempSync(join(tmpdir(), "llm-lab-open-"));
const env = { ...process.env, LLM_LAB_DATA: data, LLM_LAB_MODEL: "offline" };
const JSON_TYPE = { "content-type": "application/json" };

let opened: Awaited<ReturnType<typeof startListening>>;
beforeAll(async () => {
  opened = await startListening(["open"], env);
});
afterAll(async () => {
  await opened.stop();
  rmSync(data, { recursive: true, force: true });
});

const get = (path: string, headers = {}, url = opened.url) =>
  send(`${url}${path}`, { method: "GET", headers });

const orderOf = (section: string, more: object = {}) => ({
  kind: "play",
  run: `run-${section}-${JSON.stringify(more).length}`,
  lesson: section.split("/")[0],
  section: section.split("/")[1],
  first: 1,
  last: 99,
  params: {},
  ...more,
});

interface Reply {
  events: { type: string; [name: string]: unknown }[];
  problem: string | undefined;
  text: string;
}

/** Plays as a page does, and answers its questions. */
async function play(
  order: ReturnType<typeof orderOf>,
  answer: string | null = null,
  url = opened.url,
): Promise<Reply> {
  const headers = JSON_TYPE;
  const body = JSON.stringify(order);
  const response = await fetch(`${url}play`, { method: "POST", headers, body });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    expect.stringContaining("ndjson"),
  ]);
  const reply: Reply = { events: [], problem: undefined, text: "" };
  const decoder = new TextDecoder();
  let left = "";
  for await (const piece of response.body ?? []) {
    const lines = (left + decoder.decode(piece, { stream: true })).split("\n");
    left = lines.pop() ?? "";
    for (const line of lines) {
      reply.text += line;
      const told = JSON.parse(line);
      if (told.kind === "event") reply.events.push(told.event);
      if (told.kind === "end") reply.problem = told.problem;
      if (told.kind !== "question") continue;
      const value = JSON.stringify({ kind: "answer", run: order.run, value: answer });
      await fetch(`${url}answer`, { method: "POST", headers, body: value });
    }
  }
  return reply;
}

const repliesIn = ({ events }: Reply) =>
  events.filter(({ type }) => type === "call-end").map(({ text }) => text);

describe("the pages", () => {
  test("the first one lists the lessons, and each link leads to a page", async () => {
    const { status, text, headers } = await get("");
    expect([status, headers["content-type"]]).toEqual([200, expect.stringContaining("text/html")]);
    const links = [...text.matchAll(/href="(\/[^"]+)"/g)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(50);
    expect(text).not.toContain("(in the terminal)");
    const { origin } = new URL(opened.url);
    for (const path of links.filter((_, at) => at % 10 === 0))
      expect([path, (await send(origin + path, { method: "GET" })).status]).toEqual([path, 200]);
  });

  test("a section has its prose, code and knobs, and its script is there", async () => {
    const { text } = await get("memory/window/");
    expect(text).toContain('name="k" value="1"');
    expect(text).toContain("BufferWindowMemory");
    const script = /<script type="module" src="([^"]+)"/.exec(text)?.[1];
    const { status, headers } = await send(new URL(script ?? "", opened.url).href, {
      method: "GET",
    });
    expect([status, headers["content-type"]]).toEqual([200, expect.stringContaining("javascript")]);
  });

  test("they may load nothing from elsewhere, and nobody keeps or frames them", async () => {
    const { headers } = await get("memory/window/");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    });
  });

  test.each(["memory/nothing/", "nothing/window/", "../x", "constructor/__proto__/"])(
    "there is no page %s",
    async (path) => {
      const { status, text } = await get(path);
      expect([status, text]).toEqual([404, expect.stringContaining("llm-lab open")]);
    },
  );
});

describe("steps", () => {
  test("memory/window forgets the name with k=1, and remembers it with k=3", async () => {
    const [one, three] = [
      await play(orderOf("memory/window", { params: { k: "1" }, last: 1 })),
      await play(orderOf("memory/window", { params: { k: "3" }, last: 1 })),
    ];
    const judged = ({ events }: Reply) =>
      events.find(({ type }) => type === "prediction-judged")?.actual;
    expect([one.problem, three.problem]).toEqual([undefined, undefined]);
    expect([judged(one), judged(three)]).toEqual(["no", "yes"]);
    expect(repliesIn(three).at(-1)).toMatch(/Ada/);
  });

  test("what is sent and answered is what the terminal shows", async () => {
    const { stdout } = await run(["lesson", "chains/router", "--format", "jsonl"]);
    const inTerminal: Reply["events"] = eventsOf(stdout);
    const wire = (events: Reply["events"]) =>
      events
        .filter(({ type }) => ["call-start", "call-end"].includes(type))
        .map(({ type, messages, text }) => [type, messages ?? text]);
    const served = await play(orderOf("chains/router"));
    expect(wire(served.events)).toEqual(wire(inTerminal));
    expect(wire(served.events).length).toBeGreaterThan(4);
  });

  test("an answer to a prediction is taken, and kept as the learner's progress", async () => {
    const { events } = await play(orderOf("memory/window", { last: 1 }), "yes");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "question-answered", answer: "yes", by: "learner" }),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: "prediction-judged", right: false }),
    );
    const kept = JSON.parse(readFileSync(join(data, "progress.json"), "utf8"));
    expect(JSON.stringify(kept)).toContain("memory/window/forgets");
  });

  test.each(["memory/now", "agents/mcp"])("%s runs here, which no page can alone", async (id) => {
    expect(whyNotHere(id)).toBeDefined();
    const reply = await play(orderOf(id));
    expect(reply.problem).toBeUndefined();
    expect(reply.events.some(({ type }) => type === "error-raised")).toBe(false);
    expect(repliesIn(reply).length).toBeGreaterThan(0);
  });

  test("a wrong value is told in a sentence, and nothing is sent", async () => {
    const { events, problem } = await play(orderOf("memory/window", { params: { k: "many" } }));
    expect([events, problem]).toEqual([[], expect.stringContaining("many")]);
  });

  test.each([
    ["no JSON", "{"],
    ["no order", "{}"],
    ["another kind", JSON.stringify({ ...orderOf("memory/window"), kind: "answer" })],
    ["a step that cannot be", JSON.stringify(orderOf("memory/window", { first: 0 }))],
  ])("%s is refused", async (_name, body) => {
    expect((await send(`${opened.url}play`, { headers: JSON_TYPE, body })).status).toBe(400);
  });

  test("a section that is not there is told", async () => {
    const { problem } = await play(orderOf("memory/__proto__"));
    expect(problem).toContain("memory/__proto__");
  });
});

describe("whoever is not meant gets nothing", () => {
  test("without the token of the address", async () => {
    const { origin } = new URL(opened.url);
    const body = JSON.stringify(orderOf("memory/window"));
    for (const path of ["/", "/play", "/memory/window/", "/guess/play", "/assets/page.js"]) {
      const answers = [
        await send(origin + path, { method: "GET" }),
        await send(origin + path, { headers: JSON_TYPE, body }),
      ];
      expect([path, answers.map(({ status }) => status)]).toEqual([path, [404, 404]]);
    }
  });

  test.each(["evil.example", "127.0.0.1.evil.example:80", "192.168.1.2", "0.0.0.0"])(
    "as the host %s",
    async (host) => {
      const { status, text } = await get("", { host });
      expect(status).toBe(403);
      expect(text).toContain("llm-lab open");
      expect(text).not.toContain("llm-lab serve");
    },
  );

  test.each(["https://evil.example", "null", "http://localhost:3000"])(
    "from a page of %s",
    async (origin) => {
      const body = JSON.stringify(orderOf("memory/window"));
      const headers = { ...JSON_TYPE, origin };
      const { status, text } = await send(`${opened.url}play`, { headers, body });
      expect([status, text]).toEqual([403, expect.not.stringContaining("event")]);
    },
  );

  test("with a form that any page may send", async () => {
    const headers = { "content-type": "text/plain" };
    const body = JSON.stringify(orderOf("memory/window"));
    expect((await send(`${opened.url}play`, { headers, body })).status).toBe(415);
  });

  test("at another address of the machine: --host is refused", async () => {
    const { code, stderr } = await run(["open", "--host", "0.0.0.0"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--host")]);
  });
});

describe("a real model", () => {
  const HELLO = "Hello from the real one.";
  /** takes the connection of a request that the endpoint leaves unanswered */
  let hold: ((socket: Socket) => void) | undefined;
  let endpoint: Awaited<ReturnType<typeof serveFaults>>;
  let real: typeof opened;
  let base = "";
  const prices = join(data, "prices.json");
  beforeAll(async () => {
    endpoint = await serveFaults((request, response) => {
      if (hold) return hold(request.socket);
      const message = { role: "assistant", content: HELLO };
      const choices = [{ index: 0, message, finish_reason: "stop" }];
      const usage = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ id: "a", object: "chat.completion", choices, usage }));
    });
    writeFileSync(prices, JSON.stringify({ "gpt-6-luna": [1000, 1000] }));
    const own = { ...env, OPENAI_API_KEY: KEY, OPENAI_BASE_URL: endpoint.url, LLM_LAB_MODEL: "" };
    const budget = ["--prices", prices, "--budget", "0.02"];
    // So long a silence is waited for that only a page that goes away ends a call.
    const model = ["--model", "gpt-6-luna", "--timeout", "600"];
    real = await startListening(["open", "setup/first-call", ...model, ...budget], own);
    base = real.url.replace(/setup\/first-call\/$/, "");
  });
  afterAll(async () => {
    await real.stop();
    await endpoint.close();
  });

  test("loses its call when the page goes away", async () => {
    const held = new Promise<Socket>((resolve) => {
      hold = resolve;
    });
    const leaving = new AbortController();
    const body = JSON.stringify(orderOf("setup/first-call", { last: 1 }));
    const asking = { method: "POST", headers: JSON_TYPE, body, signal: leaving.signal };
    const playing = fetch(`${base}play`, asking).then((response) => response.text());
    playing.catch(() => {});
    const socket = await held;
    expect(socket.destroyed).toBe(false);
    const cut = once(socket, "close");
    leaving.abort();
    await expect(playing).rejects.toThrow();
    await cut;
    hold = undefined;
  });

  test("gets the key, and the page never does", async () => {
    const page = await get("", {}, real.url);
    expect(page.text).toContain("gpt-6-luna");
    const before = endpoint.received.length;
    const { text, events } = await play(orderOf("setup/first-call", { last: 1 }), null, base);
    expect(endpoint.received.length).toBeGreaterThan(before);
    expect(endpoint.received.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(events)).toContain(HELLO);
    expect(page.text + text).not.toContain(KEY);
  });

  test("is asked no more when all pages together have spent the budget", async () => {
    const ask = () => play(orderOf("setup/first-call", { last: 1 }), null, base);
    const replies = [await ask(), await ask()];
    const told = JSON.stringify(replies.map(({ events, problem }) => [events, problem]));
    expect(told).toMatch(/The budget of \$0\.02 (?:is spent|does not cover)/);
  });
});

test("a section that costs money is asked about in the page, and no answer sends nothing", async () => {
  const far = { OPENAI_BASE_URL: "http://api.example.invalid/v1", OPENAI_API_KEY: KEY };
  const own = await startListening(["open", "--model", "gpt-6-luna"], { ...env, ...far });
  const reply = await play(orderOf("memory/window"), "no", own.url);
  expect([reply.events, reply.problem]).toEqual([[], "Nothing was sent."]);
  expect(reply.text).toMatch(/gpt-6-luna will get about 3 calls with \d+ tokens.*Go on\?/);
  const agreed = await play(orderOf("memory/window", { last: 1 }), "yes", own.url);
  expect(agreed.text).toContain("There is no host called api.example.invalid");
  await own.stop();
});

test("a page that goes away ends its run, and Ctrl-C leaves nothing running", async () => {
  const own = await startListening(["open"], env);
  const leaving = new AbortController();
  const body = JSON.stringify(orderOf("prompting/train"));
  const asking = { method: "POST", headers: JSON_TYPE, body, signal: leaving.signal };
  const response = await fetch(`${own.url}play`, asking);
  await response.body?.getReader().read();
  leaving.abort();
  const other = JSON.stringify(orderOf("agents/mcp"));
  const playing = send(`${own.url}play`, { headers: JSON_TYPE, body: other }).catch(() => "cut");
  await own.stop();
  await playing;
  await expect(fetch(own.url)).rejects.toThrow();
});

test.each([
  [["open", "memmory"], "memory"],
  [["open", "memory/windw"], "window"],
  [["open", "--lang", "xx"], "xx"],
  [["open", "--store", "nothing"], "nothing"],
  [["open", "--model", "gpt-6-luna"], "OPENAI_API_KEY"],
  [["open", "memory", "window"], "window"],
])("%s is told in a sentence", async (argv, words) => {
  const { code, stderr, stdout } = await run(argv);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(words)]);
});

describe("in German", () => {
  let own: Awaited<ReturnType<typeof startListening>>;
  const page = async (path: string) => readPage((await get(path, {}, own.url)).text);
  beforeAll(async () => {
    own = await startListening(["open", "--lang", "de"], env);
  });
  afterAll(() => own.stop());

  /** The texts of a page that are not marked as English, and those that are. */
  function byLanguage({ elements, attribute }: ReadPage) {
    const texts: Record<string, string> = { de: "", en: "" };
    const walk = (node: Element, outer: string) => {
      const language = attribute(node, "lang") ?? outer;
      for (const child of node.childNodes) {
        if ("value" in child) texts[language] += `${child.value}\n`;
        if ("tagName" in child && !/^(?:style|script)$/.test(child.tagName)) walk(child, language);
      }
    };
    for (const element of elements.filter(({ tagName }) => tagName === "html"))
      walk(element, "none");
    return texts;
  }

  test("a page is in the language that it says, and what stays English is marked", async () => {
    const { de, en } = byLanguage(await page("memory/window/"));
    for (const words of [
      "Alle Schritte ausführen",
      "Diesen Schritt ausführen",
      "Schritt 1 von",
      "der Name, den du nennst",
      "Danach:",
    ])
      expect(de).toContain(words);
    expect(en).toMatch(/a whole number from 1 to 20/);
    expect(en).toMatch(/\bconst\b/);
    expect(de).not.toMatch(/\b(?:the|Run|Step|Next)\b/);
  });

  test("the contents name lessons in German where they are", async () => {
    const { de, en } = byLanguage(await page(""));
    expect(de).toContain("Gesprächsgedächtnis");
    expect(en).toContain("A router");
    expect(de).not.toMatch(/\b(?:the|of|with)\b/);
  });

  test("a section that is not translated has a page in English", async () => {
    const { de, en } = byLanguage(await page("chains/router/"));
    expect(de).toBe("");
    expect(en).toContain("Run all steps");
  });

  test("each language of a lesson has the page's own words", async () => {
    for (const language of (await languages()).filter((code) => code !== "en"))
      for (const [name, word] of Object.entries(wordsIn(language)))
        expect([language, name, word]).not.toEqual([language, name, wordsIn("en")[name as "of"]]);
  });
});
