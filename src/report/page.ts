import { formatCount } from "../format.ts";
import { ChainStory } from "../trace/chain-story.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import type { EarlierPrompt, PromptState } from "../trace/prompt-lines.ts";
import type { CostFacts } from "../trace/wording.ts";
import type { Block, Part, Report } from "./blocks.ts";
import { cutItems, cutText, type Limits } from "./cut.ts";

/** A call while it goes on: what its fold will hold. */
export interface OpenCall {
  start: EventOf<"call-start">;
  fold: Extract<Block, { type: "fold" }>;
  /** its reply, as far as it has come */
  reply: string;
}

/** A piece of work while it goes on. */
export interface OpenWork {
  start: EventOf<"work-start">;
  values: { x: number; y: number }[];
  samples: string[][];
}

/**
 * "run": what happened, in full. "lesson": a page to learn from, the same whenever it is made: no
 * times, and what a prediction is about is folded below its question.
 */
export type Manner = "run" | "lesson";

interface Draft {
  key: string;
  title: string;
  id: string;
  blocks: Block[];
  parts: Draft[];
  /** earlier runs of the same step */
  earlier: Draft[];
}

/** A report while it grows, event by event, and what its forms must know of the events before. */
export class Page implements PromptState {
  readonly limits: Limits;
  kind: EventOf<"run-start">["kind"] = "lesson";
  title = "";
  facts: Report["facts"] = [];
  costs: CostFacts = { offline: true, pricesAsOf: "" };
  readonly manner: Manner;
  /** questions that are judged later */
  readonly predictions: ReadonlySet<LabEvent>;
  ending: string | undefined;

  readonly calls = new Map<number, EventOf<"call-start">>();
  readonly prompts = new Map<string, EarlierPrompt[]>();
  readonly open = new Map<number, OpenCall>();
  readonly works = new Map<string, OpenWork>();
  readonly memories = new Map<string, EarlierPrompt>();
  /** what a fold begins with, made only where the fold is not left out */
  readonly later = new Map<Block, () => Block[]>();
  readonly chains = new ChainStory();
  offered: EventOf<"call-start">["offered"];
  question: EventOf<"question-asked"> | undefined;
  prediction: EventOf<"question-asked"> | undefined;
  isBrief = false;

  readonly #root: Draft = draft("", "", "");
  #section: Draft | undefined;
  #step: Draft | undefined;
  /** what is added goes into it while it is open */
  #fold: Extract<Block, { type: "fold" }> | undefined;
  /** calls, and what chains do around them */
  readonly #traced = new Set<Block>();
  readonly #ids = new Set(["main", "contents"]);
  #isCut = false;

  constructor(limits: Limits, manner: Manner, predictions: ReadonlySet<LabEvent>) {
    this.limits = limits;
    this.manner = manner;
    this.predictions = predictions;
  }

  /** Adds to the step that runs, else to its section, else to a part of its own. */
  add(...blocks: Block[]): void {
    if (blocks.length === 0) return;
    const place =
      this.#fold ?? this.#step ?? this.#section ?? this.#part(this.#root, "run", "The run");
    place.blocks.push(...blocks);
  }

  /** Adds what stands for a call, or for what a chain does: of many, some are left out. */
  addTraced(...blocks: Block[]): void {
    for (const block of blocks) this.#traced.add(block);
    this.add(...blocks);
  }

  /** What follows in this step stands in a fold. */
  foldRest(title: string): void {
    const fold = { type: "fold", summary: { title }, blocks: [], isOpen: false } as const;
    this.#fold = { ...fold, blocks: [] };
    const place = this.#step ?? this.#section;
    place?.blocks.push(this.#fold);
  }

  /** Goes on under a heading; one that was there before is gone on with. */
  openSection(key: string, title: string, isFirst = false): void {
    this.#fold = undefined;
    this.#step = undefined;
    const known = this.#root.parts.find((part) => part.key === key);
    this.#section = known ?? this.#part(this.#root, key, title);
    if (!isFirst) return;
    this.#root.parts = [this.#section, ...this.#root.parts.filter((one) => one !== this.#section)];
  }

  /** Goes on under a heading of the section; what stood there before is an earlier run. */
  openStep(key: string, title: string): void {
    const section = this.#section ?? this.#part(this.#root, "run", "The run");
    const known = section.parts.find((part) => part.key === key);
    const fresh = draft(key, title, known?.id ?? this.idFor(key));
    if (known) {
      fresh.earlier = [...known.earlier, { ...known, earlier: [] }];
      section.parts = section.parts.map((part) => (part === known ? fresh : part));
    } else section.parts.push(fresh);
    this.#fold = undefined;
    this.#step = fresh;
  }

  closeSection(): void {
    this.#fold = undefined;
    this.#section = undefined;
    this.#step = undefined;
  }

  /** A text from outside as it is put into the report: whole, or without its middle. */
  cut(text: string): string {
    const shown = cutText(text, this.limits.text);
    this.#isCut ||= shown !== text;
    return shown;
  }

  /** Notes that something was left out that is too long. */
  noteCut(): void {
    this.#isCut = true;
  }

  /** An id that nothing else has. */
  idFor(name: string): string {
    const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ["part"];
    const base = words.join("-").slice(0, 60);
    let id = base;
    for (let count = 2; this.#ids.has(id); count++) id = `${base}-${count}`;
    this.#ids.add(id);
    return id;
  }

  /** The report, with what was left out of it. */
  finish(): Report {
    const { title, kind, facts, ending } = this;
    const parts = this.#root.parts.map((part) => this.#whole(part));
    const left = this.#isCut ? [CUT] : [];
    return { title, kind, facts, ending, parts, left };
  }

  #part(parent: Draft, key: string, title: string): Draft {
    const known = parent.parts.find((part) => part.key === key);
    if (known) return known;
    const fresh = draft(key, title, this.idFor(key));
    parent.parts.push(fresh);
    return fresh;
  }

  #whole({ id, title, blocks, parts, earlier }: Draft): Part {
    const runs = earlier.map((run, at): Block => {
      const summary = { title: `Earlier run ${at + 1} of this step` };
      return { type: "fold", summary, blocks: this.#fewer(run.blocks), isOpen: false };
    });
    const { kept, left } = cutItems(parts, this.limits.items);
    const [head, tail] = kept.map((some) => some.map((part) => this.#whole(part)));
    const gap = left === 0 ? [] : [this.#gap(left, "parts")];
    const shown = [...this.#fewer(blocks), ...runs, ...gap];
    return { id, title, blocks: shown, parts: [...(head ?? []), ...(tail ?? [])] };
  }

  #fewer(all: Block[]): Block[] {
    const blocks = this.#fewerCalls(all);
    const { kept, left } = cutItems(blocks, this.limits.items);
    const [head, tail] = kept.map((some) => some.map((block) => this.#made(block)));
    return [...(head ?? []), ...(left === 0 ? [] : [this.#gap(left, "pieces")]), ...(tail ?? [])];
  }

  #made(block: Block): Block {
    if (block.type !== "fold") return block;
    const begin = this.later.get(block)?.() ?? [];
    return { ...block, blocks: [...begin, ...this.#fewer(block.blocks)] };
  }

  /** The first calls of many and the last one, with all that is shown beside them. */
  #fewerCalls(blocks: Block[]): Block[] {
    const { calls: most = Number.POSITIVE_INFINITY } = this.limits;
    const calls = blocks.filter((block) => block.type === "fold" && this.#traced.has(block));
    if (calls.length <= most + 1) return blocks;
    const gap = this.#gap(calls.length - most, "calls");
    const from = blocks.indexOf(calls[most - 2] as Block);
    const to = blocks.indexOf(calls.at(-1) as Block);
    return blocks.flatMap((block, at) => {
      if (at === from) return [block, gap];
      return at > from && at < to && this.#traced.has(block) ? [] : [block];
    });
  }

  #gap(count: number, what: string): Block {
    this.#isCut = true;
    return { type: "line", tone: "faint", text: `… ${formatCount(count)} ${what} are left out …` };
  }
}

const CUT =
  "The run is longer than a report should be, so long texts and lists are cut in their middle; each place says so.";

const draft = (key: string, title: string, id: string): Draft => {
  return { key, title, id, blocks: [], parts: [], earlier: [] };
};
