import { fork } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { kitOpener } from "../src/kits/all.ts";
import { loadSection } from "../src/lesson/load.ts";
import { play } from "../src/lesson/play.ts";
import type { Lesson, LoadedSection, SectionModule } from "../src/lesson/types.ts";
import { createModels } from "../src/model/factory.ts";
import { isTiny, TINY_URL } from "../src/model/names.ts";
import { loadCounter } from "../src/model/tokens.ts";
import { createEndpoint, offlineWire } from "../src/offline/app.ts";
import type { Emit } from "../src/trace/events.ts";
import { Recorder } from "../src/trace/recorder.ts";
import { root, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

const TINY = "It trains llm-lab's tiny model, which no package has.";
const WORDS = "It searches by words, which LangChain's MemoryVectorStore cannot.";
const ENCODER = "It looks into llm-lab's sentence encoder, which no package has.";
const PROCESS = "It has other processes write to the store.";

/** Steps that no program can do, with what the command says of them. */
const CANNOT: Record<string, string> = {
  "setup/real-models/looks": "It runs the checks of llm-lab doctor, which are not LangChain's.",
  "prompting/tokens/cut":
    "It cuts text with the tokenizer of llm-lab's tiny model, which no package has.",
  "prompting/train/stages": TINY,
  "prompting/rate/rates": TINY,
  "prompting/rate/opposite": TINY,
  "prompting/overtuning/heart": TINY,
  "prompting/overtuning/noTerm": TINY,
  "prompting/overtuning/dpo": TINY,
  "prompting/overtuning/forgets": TINY,
  "prompting/overtuning/reversed": TINY,
  "vector-store/embeddings/attention": ENCODER,
  "vector-store/embeddings/negated": ENCODER,
  "vector-store/embeddings/numbers": ENCODER,
  "vector-store/embeddings/spelling": ENCODER,
  "vector-store/recall/curve":
    "It makes an index, which LangChain's MemoryVectorStore does not have.",
  "vector-store/hybrid/both": WORDS,
  "vector-store/hybrid/byHand": WORDS,
  "vector-store/hybrid/measured": WORDS,
  "vector-store/durability/reopened":
    "It closes the store and opens it again, and LangChain's MemoryVectorStore is gone then.",
  "vector-store/durability/killed": PROCESS,
  "vector-store/durability/beside": PROCESS,
  "vector-store/scale/grows": "It measures what llm-lab's store holds on disk.",
  "vector-store/operations/travel":
    "It goes back to an old version, which LangChain's MemoryVectorStore does not keep.",
  "vector-store/operations/compacts":
    "It tidies the files of a store, and LangChain's MemoryVectorStore has none.",
};

interface Program {
  id: string;
  file: string;
  packages: string[];
}

const folder = mkdtempSync(join(tmpdir(), "llm-lab-exports-"));
const steps: { id: string; lesson: Lesson; section: LoadedSection; place: number }[] = [];
const refused: Record<string, string> = {};
const programs: Program[] = [];
let countTokens: (text: string) => number;

beforeAll(async () => {
  countTokens = await loadCounter("offline-tutor");
  for (const entry of curriculum) {
    const lesson = await entry.load();
    for (const id of entry.sections) {
      const section = await loadSection(lesson, id);
      for (const [place, step] of section.steps.entries())
        steps.push({ id: step.id, lesson, section, place });
    }
  }
  for (const { id } of steps) {
    const written = join(folder, `${id.replaceAll("/", "-")}.mjs`);
    const { code, stderr } = await run(["code", id, "--out", written]);
    if (code === 0) programs.push({ id, file: written, packages: packagesNamedIn(written) });
    else refused[id] = stderr.split("\n")[1] ?? "";
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every step is a program, but for those that cannot be one", () => {
  expect(refused).toEqual(CANNOT);
  expect(programs.length + Object.keys(refused).length).toBe(steps.length);
});

test("each program sends what its step sends, with only the packages that it names", async () => {
  const placed = programs.map((program, at) => placeWithPackages(program, at));
  const sent = await whatProgramsSend(placed);
  const talking: string[] = [];
  for (const { id, lesson, section, place } of steps) {
    if (id in refused) continue;
    const bodies = await whatStepSends(lesson, section, place);
    if (bodies.length > 0) talking.push(id);
    expect({ id, sent: prompts(sent[id] ?? []) }).toEqual({ id, sent: prompts(bodies) });
  }
  process.stderr.write(
    `${steps.length} steps; ${programs.length} programs, ${talking.length} of them talk to a model, all as their steps do; ${Object.keys(refused).length} cannot be programs.\n`,
  );
  expect(talking.length).toBeGreaterThan(60);
}, 600_000);

/** The packages after "npm i" in a program's head. */
function packagesNamedIn(file: string): string[] {
  const [, names = ""] = /^\/\/ npm i (.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  return names.split(" ").flatMap((name) => name.replace(/(?<=.)@[^@]+$/, "") || []);
}

/** A program in a folder that has the packages that it names, and no others. */
function placeWithPackages({ id, file, packages }: Program, at: number): Program {
  const place = join(folder, `${at}`);
  for (const name of packages) {
    const link = join(place, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === "llm-lab" ? root : join(root, "node_modules", name), link, "junction");
  }
  mkdirSync(place, { recursive: true });
  const moved = join(place, "program.mjs");
  renameSync(file, moved);
  return { id, file: moved, packages };
}

type Body = Record<string, unknown>;

/** Runs programs in two processes against llm-lab's endpoint; gives the requests of each. */
async function whatProgramsSend(list: Program[]): Promise<Record<string, Body[]>> {
  const sent: Record<string, Body[]> = {};
  const endpoint = createEndpoint({ countTokens });
  const server = await serveHandler(async (request) => {
    const url = new URL(request.url);
    const [, number = "", ...path] = url.pathname.split("/");
    const id = list[Number(number)]?.id ?? "";
    const body = await request.text();
    sent[id] = [...(sent[id] ?? []), JSON.parse(body)];
    const { headers } = request;
    return endpoint.fetch(
      new Request(`${url.origin}/${path.join("/")}`, { method: "POST", headers, body }),
    );
  });
  const given = list.map(({ id, file }, at) => ({
    id,
    file: pathToFileURL(file).href,
    url: server.url.replace("/v1", `/${at}/v1`),
  }));
  const failures = await Promise.all(
    [0, 1].map((half) => runAll(given.filter((_, at) => at % 2 === half))),
  );
  await server.close();
  expect(Object.assign({}, ...failures)).toEqual({});
  return sent;
}

function runAll(list: object[]): Promise<Record<string, string>> {
  const { PATH, HOME } = process.env;
  const child = fork(join(import.meta.dirname, "support/run-programs.mjs"), {
    env: { PATH, HOME, OPENAI_API_KEY: "none" },
    cwd: folder,
  });
  return new Promise((resolve, reject) => {
    child.once("message", (failures: Record<string, string>) => resolve(failures));
    child.once("exit", (code) => reject(new Error(`the programs ended with ${code}`)));
    child.send(list);
  });
}

/** Plays one step by itself against the offline endpoint; gives its requests. */
async function whatStepSends(
  lesson: Lesson,
  section: LoadedSection,
  place: number,
): Promise<Body[]> {
  const id = section.id.split("/")[1] ?? "";
  const module = (await lesson.sections[id]?.()) as SectionModule;
  const only = { ...module.default, steps: module.default.steps.slice(place, place + 1) };
  const bodies: Body[] = [];
  const wire = offlineWire({ countTokens });
  const spy: typeof fetch = (input, init) => {
    bodies.push(JSON.parse(String(init?.body)));
    return wire(input, init);
  };
  const price = () => null;
  const { signal } = new AbortController();
  const outcome = await play({
    lesson: { ...lesson, sections: { [id]: async () => ({ ...module, default: only }) } },
    sections: [id],
    settings: {},
    emit: () => {},
    ask: async () => ({ value: null, by: "nobody" }),
    connect: async (emit: Emit) => {
      const now = () => performance.now();
      const recorder = new Recorder({ emit, price, countTokens, stream: false, now });
      const models = createModels({
        model: "offline-tutor",
        baseModel: "tiny-base",
        embeddingModel: "offline-embedding-2",
        baseURL: TINY_URL,
        apiKey: "none",
        wire: recorder.watch(spy),
        countTokens,
        price,
      });
      return { recorder, models };
    },
    run: { endpoint: "offline", model: "offline-tutor", why: "a test", pricesAsOf: "2025-08" },
    openKit: kitOpener(
      {
        bases: () => ({ baseModels: ["tiny-base"] }),
        checkup: () => ({ examine: async () => ({ title: "", columns: [], rows: [] }) }),
        encoder: () => ({}),
        endpoints: () => ({}),
        tokenizers: () => ({
          model: "offline-tutor",
          isTiny,
          splitTokens: (text) => [text],
          countIn: async (_, text) => text.length,
        }),
        training: () => ({ signal, keptAt: "", part: () => {} }),
        vectors: () => ({ store: "memory", model: "offline-embedding-2", signal }),
      },
      "open",
    ),
    signal,
  });
  expect({ id: only.steps[0]?.title, outcome }).toEqual({
    id: only.steps[0]?.title,
    outcome: "done",
  });
  return bodies;
}

/**
 * Prompts as they can be compared. Calls that run at once arrive in any order. Of texts to embed
 * only which counts: the
 * lab remembers those that it has, and asks with a word of its own how many numbers a vector has.
 */
function prompts(bodies: Body[]): { calls: Body[]; texts: string[] } {
  const calls = bodies.filter(({ input }) => input === undefined);
  const texts = bodies.flatMap(({ input }) => (input === undefined ? [] : [input].flat()));
  const key = (body: Body) => JSON.stringify(body);
  return {
    calls: calls.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)),
    texts: [...new Set(texts as string[])].filter((text) => text !== "dimension").sort(),
  };
}
