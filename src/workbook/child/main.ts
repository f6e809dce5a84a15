import * as nodeModule from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Check } from "../check.ts";
import type { CheckOrder, Order, Report } from "../orders.ts";
import type { Outcome, Verdict } from "../verdict.ts";
import { call } from "./call.ts";
import { type HookSettings, initialize, load, resolve } from "./hooks.ts";
import { LabRun, type LearnerModule } from "./lab.ts";
import { outcomeOf, strayFault } from "./outcome.ts";
import { placeIn } from "./place.ts";

/**
 * This process waits for an order with LangChain already loaded. A learner's check has a process of
 * its own; our tests give one several orders, one after the other.
 */
const settings: HookSettings = JSON.parse(process.argv[2] ?? "{}");
const warm: string[] = JSON.parse(process.argv[3] ?? "[]");

hookImports();
takeOrder();
// What cannot be loaded fails again where the learner's file imports it, and is told there.
void Promise.allSettled(warm.map((specifier) => import(specifier))).then(() =>
  tell({ report: "ready" }),
);

/** While an order runs nobody listens, so that a program with nothing left to do ends. */
function takeOrder(): void {
  process.once("message", (order: Order) => {
    if (order.order === "check") void check(order);
    else if (order.order === "call") void call(order, loaderOf(order.learner), tell);
  });
}

/** Both ways run the same functions; Node 20 has only the older one. */
function hookImports(): void {
  const { registerHooks } = nodeModule as { registerHooks?(hooks: object): void };
  initialize(settings);
  if (registerHooks) registerHooks({ resolve, load });
  else nodeModule.register(new URL("./exercise-hooks.js", import.meta.url), { data: settings });
}

async function check(order: CheckOrder): Promise<void> {
  const { check: file, learner, seed } = order;
  const root = dirname(learner);
  const watchdog = new Worker(new URL("./exercise-watchdog.js", import.meta.url));
  watchdog.unref();
  let lab: LabRun | undefined;
  let isDone = false;
  const end = (outcome: Outcome) => {
    if (isDone) return;
    isDone = true;
    void watchdog.terminate();
    takeOrder();
    const { given, wire } = lab ?? {};
    const sent = (wire?.requests ?? []).map(({ messages, tools, schema }) => ({
      messages,
      tools,
      schema: schema?.name,
    }));
    const input = given && JSON.stringify(given, undefined, 1);
    const verdict: Verdict = { ...outcome, seed, given: input, sent, printed: "" };
    tell({ report: "verdict", verdict });
  };
  const stray = (error: unknown) => end(outcomeOf(strayFault(error, file), learner));
  endWith("uncaughtException", stray);
  endWith("unhandledRejection", stray);
  endWith("beforeExit", () =>
    end({
      outcome: "broken",
      says: "Your code waits for a promise that nothing will settle.",
    }),
  );
  endWith("exit", (code) => {
    const place = placeIn(new Error().stack ?? "", root);
    end({ outcome: "broken", says: `Your code ended the program (exit code ${code}).`, place });
  });
  try {
    const { check } = (await import(pathToFileURL(file).href)) as { check: Check };
    watchdog.postMessage({ milliseconds: check.milliseconds ?? USUAL_MS, root });
    lab = new LabRun({ ...order, check, loadLearner: loaderOf(learner) });
    const { current } = lab;
    // A model that a module keeps has the fetch of its making, so this one never changes.
    globalThis.fetch = (input, init) => current().fetch(input, init);
    await lab.run();
    end({ outcome: "passed", remark: lab.said });
  } catch (error) {
    end(outcomeOf(error, learner));
  }
}

const listeners = new Map<string, (told: unknown) => void>();

/** Replaces the listener of the order before, which stays until then for what comes late. */
function endWith(event: string, listener: (told: unknown) => void): void {
  const before = listeners.get(event);
  if (before) process.off(event, before);
  listeners.set(event, listener);
  process.on(event, listener);
}

const USUAL_MS = 10_000;

let copy = 0;

/** Loads the learner's file, each time anew. */
function loaderOf(learner: string): () => Promise<LearnerModule> {
  return () => {
    copy += 1;
    return import(`${pathToFileURL(learner).href}?copy=${copy}`);
  };
}

function tell(report: Report): void {
  process.send?.(report);
}
