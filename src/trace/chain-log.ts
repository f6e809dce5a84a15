import { chainKind } from "./chain-kind.ts";
import type { ChainKind, EventOf } from "./events.ts";
import { toJson } from "./json.ts";
import type { Filling } from "./origins.ts";

/** A chain, a tool or a retriever that LangChain has begun to run. */
export interface Started {
  run: string;
  parent: string | undefined;
  className: string;
  runName?: string;
  tags?: string[];
  inputs: unknown;
  /** its own templates, one for each message, and what they are filled with */
  fillings: Filling[];
  /** what it is, where that is not told by its name */
  kind?: ChainKind;
}

interface ChainRun {
  name: string;
  parent: string | undefined;
  ownFillings: Filling[];
  /** templates that ran as steps of this chain: prompt.pipe(model) */
  fillings: Filling[];
  hidden: boolean;
}

/** What runs around calls, as LangChain's callbacks tell it, and what that says of a call in it. */
export class ChainLog {
  readonly #runs = new Map<string, ChainRun>();

  /** @returns the event of it; undefined for what is only LangChain's own business */
  start(of: Started): EventOf<"chain-start"> | undefined {
    const { run, parent, className, runName, tags = [], inputs, fillings } = of;
    const name = runName ?? className;
    const isTemplate = className.endsWith("PromptTemplate");
    const hidden = isTemplate || name.startsWith("__") || tags.includes("langsmith:hidden");
    this.#runs.set(run, { name, parent, ownFillings: fillings, fillings: [], hidden });
    if (isTemplate && parent) this.#runs.get(parent)?.fillings.push(...fillings);
    if (hidden) return undefined;
    const kind = of.kind ?? chainKind(className, name);
    const shown = this.#shownParent(parent);
    return { type: "chain-start", run, parent: shown, kind, name, inputs: toJson(inputs) };
  }

  end(run: string, outputs: unknown): EventOf<"chain-end"> | undefined {
    if (this.#runs.get(run)?.hidden !== false) return undefined;
    return { type: "chain-end", run, outputs: toJson(outputs) };
  }

  fail(run: string, message: string): EventOf<"chain-failed"> | undefined {
    if (this.#runs.get(run)?.hidden !== false) return undefined;
    return { type: "chain-failed", run, message };
  }

  /** Lets go of a run that has ended, and that nothing will ask for again. */
  forget(run: string): void {
    this.#runs.delete(run);
  }

  /** The templates around a call, the nearest first. */
  fillingsOf(parent: string | undefined): Filling[] {
    return this.#ancestors(parent).flatMap((run) => [...run.ownFillings, ...run.fillings]);
  }

  /** Who makes a call, as it is shown; null where no chain does. */
  callerOf(parent: string | undefined): string | null {
    const shown = this.#ancestors(parent).filter((run) => !run.hidden);
    const name = (shown.find((run) => !run.name.startsWith("Runnable")) ?? shown.at(-1))?.name;
    // An agent is a graph, and calls its model in a node of this name.
    return name === "model_request" ? "agent" : (name?.split(".")[0] ?? null);
  }

  purposeOf(parent: string | undefined): "answer" | "summary" {
    const summarises = this.#ancestors(parent).some(
      (run) =>
        /summar/i.test(run.name) || run.ownFillings.some(({ values }) => "new_lines" in values),
    );
    return summarises ? "summary" : "answer";
  }

  #ancestors(runId: string | undefined): ChainRun[] {
    const run = runId === undefined ? undefined : this.#runs.get(runId);
    return run ? [run, ...this.#ancestors(run.parent)] : [];
  }

  #shownParent(parent: string | undefined): string | null {
    const run = parent === undefined ? undefined : this.#runs.get(parent);
    if (!run || parent === undefined) return null;
    return run.hidden ? this.#shownParent(run.parent) : parent;
  }
}
