import { createInterface } from "node:readline";
import { LabError } from "../errors.ts";
import { describeParams, paramList, parseParam, splitSetting, valuesOf } from "../lesson/params.ts";
import { costFlags, endpointFlags, outputFlags, paramFlags, tapeFlags } from "../run/flags.ts";
import { type Io, print } from "../run/io.ts";
import type { Stage } from "../stage/port.ts";
import { suggest } from "../suggest.ts";
import { EVENTS_VERSION } from "../trace/events.ts";
import { verb } from "./verb.ts";

/** A conversation of the learner's own with a memory. */
export const chat = verb({
  name: "chat",
  summary: "have a conversation of your own with a memory: buffer, window, token, summary …",
  argument: { spec: "[memory]", help: "the kind of memory" },
  flags: { ...paramFlags, ...endpointFlags, ...outputFlags, ...tapeFlags, ...costFlags },
  notes: `Example:
  printf "I am Ada.\\nWho am I?\\n" | llm-lab chat window --set k=1`,
  async run([name], options, io) {
    const { memoryKinds } = await import("../chat/kinds.ts");
    const names = Object.keys(memoryKinds);
    const kind =
      name !== undefined && Object.hasOwn(memoryKinds, name) ? memoryKinds[name] : undefined;
    if (name === undefined || !kind) throw noSuchMemory(name, names);
    const settings = options.set.map(splitSetting);
    const set = Object.fromEntries(
      settings.map(([key, typed]) => [key, parseParam(kind.params, key, typed)]),
    );
    const params = valuesOf(kind.params, set);
    const described = describeParams(kind.params, params);
    if (options.params) {
      print(io, paramList(`chat ${name}`, described));
      return 0;
    }

    const { openRun } = await import("../run/open.ts");
    const run = await openRun(options, io);
    try {
      const { emit, events, about } = run;
      const { title } = kind;
      await emit({ type: "run-start", version: EVENTS_VERSION, kind: "chat", ...about });
      await emit({ type: "chat-start", memory: name, title, params: described });
      const { ChatSession } = await import("../chat/session.ts");
      const { totalsOf } = await import("../trace/totals.ts");
      const session = new ChatSession({ kind, params, events, emit, ...(await run.connect()) });
      for await (const line of linesOf(run.stage, io)) {
        if (!(await session.take(line))) break;
      }
      await emit({ type: "chat-end", totals: totalsOf(events) });
      return events.some((event) => event.type === "error-raised") ? 1 : 0;
    } finally {
      await run.close();
    }
  },
});

/** The learner's lines: asked for in a terminal, read as they come from a pipe. */
async function* linesOf(stage: Stage, io: Io): AsyncGenerator<string> {
  if (!stage.interactive) {
    yield* createInterface({
      input: io.stdin,
      crlfDelay: Number.POSITIVE_INFINITY,
      signal: io.signal,
    });
    return;
  }
  let earlier: string[] = [];
  for (;;) {
    const answer = await stage.ask({ kind: "text", question: "you", earlier, fallback: null });
    if (answer.value === null || io.signal.aborted) return;
    if (answer.value.trim() !== "") earlier = [answer.value, ...earlier].slice(0, MOST_EARLIER);
    yield answer.value;
  }
}

const MOST_EARLIER = 100;

function noSuchMemory(name: string | undefined, names: string[]): LabError {
  const all = `The memories are ${names.join(", ")}.`;
  if (name === undefined)
    return new LabError("With which memory?", `Name one: llm-lab chat window. ${all}`, 2);
  return new LabError(`There is no memory "${name}"`, `${suggest(name, names)}${all}`, 2);
}
