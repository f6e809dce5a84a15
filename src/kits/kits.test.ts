import { readdirSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { stepContext } from "../lesson/context.ts";
import type { Kit, StepPort } from "../lesson/kit.ts";
import { Scratch } from "../lesson/scratch.ts";
import { section } from "../lesson/section.ts";
import { connectOffline } from "../run/offline.ts";
import { kitOpener, type Ports } from "./all.ts";
import { tokenizers } from "./tokenizers/kit.ts";
import { training } from "./training/kit.ts";
import { vectors } from "./vectors/kit.ts";

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const { signal } = new AbortController();
/** A run at a paid endpoint, with a store that nobody has. */
const ports: Ports = {
  bases: () => ({ baseModels: ["tiny-base", "some-base-model"] }),
  checkup: () => ({ examine: async () => ({ title: "t", columns: ["a"], rows: [["b"]] }) }),
  encoder: () => ({}),
  endpoints: () => ({}),
  tokenizers: () => ({
    model: "m",
    isTiny: () => false,
    splitTokens: (text) => text.split(" "),
    countIn: async () => 1,
  }),
  training: () => ({ signal, keptAt: "", part: () => {} }),
  vectors: () => ({ store: "pgvector", model: "offline-embedding-2", signal }),
};

let step: StepPort & { events: object[] };
const stepPort = () => {
  const events: object[] = [];
  const emit = (event: object) => void events.push(event);
  const now = () => 0;
  const { models } = connectOffline({ emit, countTokens: (text) => text.length });
  step = { models, emit, scratch: new Scratch(), now, events };
  return step;
};
afterEach(() => step?.scratch.remove());

describe("the list of kits", () => {
  test.each(folders)("has the kit %s, and its estimate has the same tools", async (name) => {
    const given = { ...ports, vectors: () => ({ ...ports.vectors(), store: "memory" }) };
    const tools = (await kitOpener(given, "open")(name))(stepPort());
    const twins = (await kitOpener(given, "estimate")(name))(stepPort());
    expect(Object.keys(tools).length).toBeGreaterThan(0);
    expect(Object.keys(twins)).toEqual(Object.keys(tools));
  });

  test.each(folders)("the tools of %s replace nothing that every step has", async (name) => {
    const tools = (await kitOpener(ports, "estimate")(name))(stepPort());
    const choose = async () => null;
    const context = stepContext({ ...step, params: {}, events: [], choose });
    expect(Object.keys(tools).filter((tool) => tool in context)).toEqual([]);
  });

  test("says what it does not have", async () => {
    await expect(kitOpener(ports, "open")("toString")).rejects.toThrow(/the kit "toString"/);
  });
});

describe("types", () => {
  test("a step uses the tools of its section's kits, and no others", () => {
    const none = section({ title: "none" });
    const two = section({ title: "two", kits: [vectors, tokenizers] });
    two.step("both", async ({ store, tokens, chat }) => void [store, tokens, chat]);
    // @ts-expect-error the section has no kit with a store
    none.step("none", async ({ store }) => void store);
    // @ts-expect-error the section's kits do not train
    two.step("another", async ({ train }) => void train);
    expect(two.steps().kits).toEqual(["vectors", "tokenizers"]);
  });

  test("a kit without an estimate is not a kit", () => {
    // @ts-expect-error an estimate is missing
    const kit: Kit<object, { tool: string }> = {
      name: "k",
      open: async () => () => ({ tool: "" }),
    };
    expect(kit.estimate).toBeUndefined();
  });

  test("a run that does not give a kit what it needs is not a run", () => {
    // @ts-expect-error the training is missing
    const short: Ports = { ...ports, training: undefined };
    expect(short.training).toBeUndefined();
  });
});

describe("an estimate", () => {
  test("trains nothing", async () => {
    const { train } = (await training.estimate(ports.training()))(stepPort());
    const trainee = await train({ resume: true });
    await trainee.pretrain();
    await trainee.finetune();
    expect(step.events).toEqual([]);
    expect(trainee.answers().facts).toBeGreaterThan(0.5);
  });

  test("opens no store outside this process", async () => {
    const { store } = (await vectors.estimate(ports.vectors()))(stepPort());
    const db = await store();
    await db.addDocuments([{ pageContent: "A kettle.", metadata: {} }]);
    expect(await db.count()).toBe(1);
    await expect(vectors.open(ports.vectors())).rejects.toThrow(/POSTGRES_URL|is a server/);
  });

  test("calls the tiny model in place of a paid base model", async () => {
    const tools = (await kitOpener(ports, "estimate")("bases"))(stepPort());
    expect(tools).toEqual({ baseModels: ["tiny-base", "tiny-base"] });
  });
});
