import { readFileSync } from "node:fs";
import type { Check, Lab } from "../check.ts";
import type { Difference } from "../verdict.ts";
import { drawFrom } from "./draw.ts";
import { createModels } from "./models.ts";
import { callInNewProcess } from "./new-process.ts";
import { ScriptedWire } from "./wire.ts";

/** A fact that the check wants and that does not hold. */
export class Unmet extends Error {
  readonly difference?: Difference;

  constructor(says: string, difference?: Difference) {
    super(says);
    this.difference = difference;
  }
}

/** What the learner's own code threw. */
export class LearnerFault extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super("the learner's code threw");
    this.thrown = thrown;
  }
}

export type LearnerModule = Record<string, unknown>;

interface Options {
  check: Check;
  seed: number;
  /** how many inputs are drawn */
  draws: number;
  /** path of the learner's file */
  learner: string;
  folder: string;
  /** loads the learner's file; each call loads it anew */
  loadLearner(): Promise<LearnerModule>;
}

/** Runs the check with one input after the other. */
export class LabRun {
  /** the wire of the input at hand; a file that is loaded may send requests to the first one */
  wire: ScriptedWire;
  readonly current = () => this.wire;
  given?: object;
  said?: string;
  readonly #options: Options;
  #learner: LearnerModule = {};

  constructor(options: Options) {
    this.#options = options;
    this.wire = new ScriptedWire(drawFrom(options.seed));
  }

  /** @throws Unmet, LearnerFault, or anything else for a fault of the check */
  async run(): Promise<void> {
    const { check, seed, draws, loadLearner } = this.#options;
    this.#learner = await loadLearner().catch((error) => {
      throw new LearnerFault(error);
    });
    const draw = drawFrom(seed);
    for (let at = 0; at <= draws; at += 1) {
      const given = at === 0 ? check.given : check.draw(draw);
      this.given = given;
      this.wire = new ScriptedWire(draw);
      const models = await createModels(check.models ?? ONE_MODEL);
      await check.judge(this.#lab(draw, models), given);
      if (this.wire.fault) throw this.wire.fault;
    }
  }

  #lab(draw: Lab["draw"], models: object): Lab {
    const { wire } = this;
    const expect: Lab["expect"] = (fact, says, difference) => {
      if (!fact) throw new Unmet(says, difference);
    };
    const call = async (name: string, given: object = {}) => {
      const asked = this.#learner[name];
      if (typeof asked !== "function") throw new Unmet(`Your file exports no function "${name}".`);
      try {
        const returned = await asked({ ...models, ...given });
        await endOfTurn();
        return returned;
      } catch (error) {
        throw error instanceof Unmet ? error : new LearnerFault(error);
      }
    };
    return {
      call,
      fails: (name, given) => errorOf(call(name, given)),
      callInNewProcess: (name, given = {}, { killAtRequest } = {}) => {
        const { learner, check } = this.#options;
        const models = check.models ?? ONE_MODEL;
        const order = { order: "call" as const, learner, name, given, models };
        return callInNewProcess({ order, wire: wire.fetch, killAtRequest }).catch((error) => {
          throw error instanceof Unmet ? error : new LearnerFault(error);
        });
      },
      restart: async () => {
        this.#learner = await this.#options.loadLearner();
      },
      folder: this.#options.folder,
      source: readFileSync(this.#options.learner, "utf8"),
      wire,
      draw,
      expect,
      ...expectations(wire, expect),
      remark: (says) => {
        this.said ??= says;
      },
    };
  }
}

/** By then Node has told of promises that were rejected and that nobody awaits. */
const endOfTurn = () => new Promise((resolve) => setImmediate(resolve));

const ONE_MODEL = { model: {} };

/** The error that the learner's code throws; undefined where it throws none. */
async function errorOf(called: Promise<unknown>): Promise<Error | undefined> {
  try {
    await called;
    return undefined;
  } catch (error) {
    if (!(error instanceof LearnerFault)) throw error;
    const { thrown } = error;
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

type Expectations = "expectRequests" | "expectSent" | "expectUnsent" | "expectReturned";

function expectations(wire: ScriptedWire, expect: Lab["expect"]): Pick<Lab, Expectations> {
  const promptOf = (place: number) => {
    const request = wire.requests[place - 1];
    if (request === undefined)
      throw new Unmet(
        `${countOfRequests(wire.requests.length)} sent, and request ${place} was expected.`,
      );
    return request.prompt;
  };
  return {
    expectRequests: (count) =>
      expect(
        wire.requests.length === count,
        `${countOfRequests(wire.requests.length)} sent, and the task takes ${count}.`,
      ),
    expectSent: (request, text, says) =>
      expect(promptOf(request).includes(text), says, { request, missing: text }),
    expectUnsent: (request, text, says) =>
      expect(!promptOf(request).includes(text), says, { request, unwanted: text }),
    expectReturned: (returned, text, what = "the model's reply") => {
      expect(
        typeof returned === "string",
        `Your function returned ${kindOf(returned)}, and ${what} was expected, as a string.`,
      );
      const isSame = (returned as string).trim() === text.trim();
      expect(
        isSame,
        `Your function returned ${quoted(returned as string)}, and ${what} was ${quoted(text)}.`,
      );
    },
  };
}

function countOfRequests(count: number): string {
  if (count === 0) return "No request was";
  return count === 1 ? "One request was" : `${count} requests were`;
}

/** What a value is, for a learner: an object is named by its class. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  const { name } = value.constructor ?? {};
  return name ? `an object (${name})` : "an object";
}

const quoted = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
