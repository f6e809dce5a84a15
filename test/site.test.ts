import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pageBuild } from "../scripts/page-build.mjs";
import { loadSection } from "../src/lesson/load.ts";
import { contentsOf } from "../src/page/contents.ts";
import { sectionPage } from "../src/page/document.ts";
import type { Told } from "../src/page/orders.ts";
import { whyNotHere } from "../src/page/runnable.ts";
import { resultMarkup } from "../src/page/step.ts";
import type { LabEvent } from "../src/trace/events.ts";
import { root, run } from "./support/program.ts";

const folder = mkdtempSync(join(root, "node_modules/.llm-lab-page-"));
beforeAll(async () => {
  const build = await rolldown(pageBuild("worker"));
  await build.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs", keepNames: true });
  await build.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Played {
  events: LabEvent[];
  problem: string | undefined;
}

/** Plays a section as a page does; nobody answers. */
function inPage(id: string, params: Record<string, string> = {}, last = 99): Promise<Played> {
  const worker = new Worker(join(root, "test/support/page-worker.mjs"), {
    workerData: { worker: pathToFileURL(join(folder, "worker.mjs")).href, package: root },
  });
  const [lesson, section] = id.split("/");
  const events: LabEvent[] = [];
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (told: Told | "ready") => {
      if (told === "ready")
        worker.postMessage({
          kind: "play",
          run: "1",
          lesson,
          section,
          first: 1,
          last,
          params,
        });
      else if (told.kind === "event") events.push(told.event);
      else if (told.kind === "question")
        worker.postMessage({ kind: "answer", run: "1", value: null });
      else void worker.terminate().then(() => resolve({ events, problem: told.problem }));
    });
  });
}

const wireOf = (events: readonly LabEvent[]): unknown[] =>
  events.flatMap((event): unknown[] => {
    if (event.type === "call-start") return [event.messages];
    return event.type === "call-end" ? [event.text] : [];
  });

async function inTerminal(id: string, ...flags: string[]): Promise<LabEvent[]> {
  const { stdout } = await run(["lesson", id, "--format", "jsonl", ...flags]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test.each([
  ["memory/window", { k: "3" }],
  ["chains/router", { question: "What is a black hole?" }],
  ["prompting/next-token", {}],
  ["agents/loop", {}],
])("%s sends and gets in a page what it does in a terminal", async (id, params) => {
  const flags = Object.entries(params).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const [{ events, problem }, expected] = [
    await inPage(id, params),
    await inTerminal(id, ...flags),
  ];
  expect(problem).toBeUndefined();
  expect(wireOf(expected).length).toBeGreaterThan(2);
  expect(wireOf(events)).toEqual(wireOf(expected));
});

test("only the steps that are asked for are played", async () => {
  const { events } = await inPage("memory/window", {}, 1);
  const begun = events.filter(({ type }) => type === "step-start");
  expect(begun).toHaveLength(1);
});

test("a value that a param does not take is told in a sentence", async () => {
  const { events, problem } = await inPage("memory/window", { k: "many" });
  expect([events, problem]).toEqual([[], expect.stringContaining("many")]);
});

async function pageOf(lesson: string, section: string): Promise<string> {
  const contents = contentsOf();
  const entry = contents.lessons.find(({ id }) => id === lesson);
  if (!entry) throw new Error(`no lesson ${lesson}`);
  return sectionPage(entry, await loadSection(await entry.load(), section), contents);
}

describe("the page of a section", () => {
  test("has the prose, the code and the knobs, and loads nothing but its script", async () => {
    const page = await pageOf("memory", "window");
    expect(page).toContain("BufferWindowMemory");
    expect(page).toContain('name="k" value="1"');
    const loaded = [...page.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, url]) => url);
    expect(loaded.filter((url) => /^https?:|^\/\//.test(url ?? ""))).toEqual([]);
    expect(loaded).toContain("../../assets/page.js");
  });

  test("says why where it cannot run there, and runs nothing", async () => {
    const page = await pageOf("agents", "mcp");
    expect(page).toContain(whyNotHere("agents/mcp"));
    expect(page).not.toContain("<script");
  });

  test("shows what came of a step, its prompts open, and nothing of what stands above", async () => {
    const events = await inTerminal("memory/window");
    const shown = String(resultMarkup(events, "memory/window/forgets"));
    expect(shown.match(/<details id="call-\d+" open>/g)).toHaveLength(3);
    expect(shown).toContain("What is my name?");
    expect(shown).not.toContain("new ConversationChain");
  });
});
