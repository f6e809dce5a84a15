import "./stand-ins/globals.ts";
import { wordsOf } from "../errors.ts";
import type { Answer } from "../stage/port.ts";
import type { Order, Told } from "./orders.ts";
import { answerOf } from "./planned.ts";
import { playSteps } from "./player.ts";
import { type ShippedFiles, shipFiles } from "./shipped-files.ts";

/** The files that the site ships, set by its build. */
declare const SHIPPED: Omit<ShippedFiles, "base"> & { up: string };

shipFiles({ base: new URL(SHIPPED.up, import.meta.url).href, paths: SHIPPED.paths });

/** The page names the pace, so that replies can be read as they come. */
const { name = "" } = globalThis as { name?: string };
const paceMs = Number(new URLSearchParams(name).get("pace"));

let answer: ((value: Answer) => void) | undefined;
const tell = (told: Told) => globalThis.postMessage(told);

globalThis.addEventListener("message", async ({ data }: MessageEvent<Order>) => {
  if (data.kind === "answer") {
    const { value } = data;
    answer?.(answerOf(value));
    return;
  }
  const { run } = data;
  try {
    await playSteps(data, {
      emit: async (event) => tell({ kind: "event", run, event }),
      ask: (question) => {
        tell({ kind: "question", run, question });
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
      // Whoever wants to stop a run ends the worker.
      signal: new AbortController().signal,
      paceMs,
    });
    tell({ kind: "end", run });
  } catch (error) {
    tell({ kind: "end", run, problem: wordsOf(error) });
  }
});
