import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { ChainLog } from "../trace/chain-log.ts";
import type { EventOf } from "../trace/events.ts";
import type { Filling } from "../trace/origins.ts";
import type { HookLine } from "./hook/lines.ts";

/** What LangChain's callbacks know of a call. */
interface Known {
  caller: string | null;
  purpose: "answer" | "summary";
  fillings: Filling[];
}

type ChainEvent = EventOf<"chain-start"> | EventOf<"chain-end"> | EventOf<"chain-failed">;
type Asked = HookLine & { told: "model" };

/** Models that were asked and whose requests have not come: some are answered from a cache. */
const MOST_WAITING = 1000;
/** Runs that have ended, and may still be the parents of others. */
const MOST_ENDED = 1000;

/** Reads what the hooks in a program's processes write down. */
export class Hooked {
  readonly #folder: string;
  readonly #files = new Map<string, HookFile>();
  readonly #chains = new ChainLog();
  /** what is read, and not told yet */
  readonly #lines: HookLine[] = [];
  readonly #waiting: Asked[] = [];
  readonly #ended: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was run before a call whose prompt ends so, and was not told yet. */
  before(last: string): ChainEvent[] {
    this.#read();
    // What was written behind it may be of this call, too: that it has ended.
    const at = this.#lines.findIndex((line) => line.told === "model" && line.last === last);
    return this.#lines.splice(0, at + 1).flatMap((line) => this.#take(line));
  }

  /** All that was not told yet. */
  rest(): ChainEvent[] {
    this.#read();
    return this.#lines.splice(0).flatMap((line) => this.#take(line));
  }

  /** What is known of the call whose prompt ends so; undefined where LangChain did not make it. */
  claim(last: string): Known | undefined {
    const at = this.#waiting.findIndex((asked) => asked.last === last);
    const [asked] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (!asked) return undefined;
    const { parent } = asked;
    return {
      caller: this.#chains.callerOf(parent),
      purpose: this.#chains.purposeOf(parent),
      fillings: this.#chains.fillingsOf(parent),
    };
  }

  #read(): void {
    for (const name of readdirSync(this.#folder).sort())
      if (!this.#files.has(name)) this.#files.set(name, new HookFile(join(this.#folder, name)));
    for (const file of this.#files.values()) this.#lines.push(...file.lines());
  }

  #take(line: HookLine): ChainEvent[] {
    switch (line.told) {
      case "start":
        return asList(this.#chains.start(line.of));
      case "end":
        return this.#end(line.run, this.#chains.end(line.run, line.outputs));
      case "fail":
        return this.#end(line.run, this.#chains.fail(line.run, line.message));
      case "model":
        this.#waiting.push(line);
        if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
        return [];
    }
  }

  #end(run: string, event: ChainEvent | undefined): ChainEvent[] {
    this.#ended.push(run);
    const oldest = this.#ended.length > MOST_ENDED ? this.#ended.shift() : undefined;
    if (oldest !== undefined) this.#chains.forget(oldest);
    return asList(event);
  }
}

const asList = <T>(event: T | undefined): T[] => (event === undefined ? [] : [event]);

/** A file that another process adds lines to. */
class HookFile {
  readonly #path: string;
  readonly #decoder = new StringDecoder("utf8");
  #read = 0;
  #begun = "";

  constructor(path: string) {
    this.#path = path;
  }

  /** The lines that are whole by now. */
  lines(): HookLine[] {
    const file = openSync(this.#path, "r");
    try {
      const buffer = Buffer.alloc(65_536);
      for (let size = 1; size > 0; this.#read += size) {
        size = readSync(file, buffer, 0, buffer.length, this.#read);
        this.#begun += this.#decoder.write(buffer.subarray(0, size));
      }
    } finally {
      closeSync(file);
    }
    const lines = this.#begun.split("\n");
    this.#begun = lines.pop() ?? "";
    return lines.map((line) => JSON.parse(line));
  }
}
