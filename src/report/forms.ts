import { countOf } from "../format.ts";
import { withoutSecrets } from "../mask.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import {
  embeddedText,
  refusedText,
  resentText,
  retriedText,
  totalsText,
  valueText,
  xrayEndText,
} from "../trace/wording.ts";
import { ASK_FORMS } from "./ask-forms.ts";
import { CALL_FORMS } from "./call-forms.ts";
import { INDEX_FORMS } from "./index-forms.ts";
import { LESSON_FORMS } from "./lesson-forms.ts";
import type { Page } from "./page.ts";
import { SHOWN_FORMS } from "./shown-forms.ts";
import { WORK_FORMS } from "./work-forms.ts";

/** Puts an event into the report. */
type Form<T extends LabEvent["type"]> = (event: EventOf<T>, page: Page) => void;

const nothing = () => {};

/** How each event is told in a report: one that nobody tells does not compile. */
const FORMS: { [T in LabEvent["type"]]: Form<T> } = {
  "run-start"(event, page) {
    const { endpoint, model, why, pricesAsOf, kind } = event;
    page.kind = kind;
    page.costs = {
      offline: endpoint === "offline",
      pricesAsOf,
      timeless: page.manner === "lesson",
    };
    page.title = TITLES[kind];
    if (kind === "ask") page.openSection("how", "How it was answered");
    page.facts.push(
      ...(model === null ? [] : [["Model", model] as [string, string]]),
      ...(endpoint === null ? [] : [["Endpoint", withoutSecrets(endpoint)] as [string, string]]),
      ["Why", withoutSecrets(why)],
    );
  },
  ...LESSON_FORMS,
  ...CALL_FORMS,
  ...SHOWN_FORMS,
  ...WORK_FORMS,
  ...ASK_FORMS,
  ...INDEX_FORMS,
  "facts-told": nothing,
  "call-retried": (event, page) =>
    page.add({ type: "line", tone: "bad", text: retriedText(event) }),
  "call-resent": (event, page) => page.add({ type: "line", tone: "bad", text: resentText(event) }),
  "parameter-refused": (event, page) =>
    page.add({ type: "line", tone: "bad", text: refusedText(event) }),
  // A question by itself is not worth a line in a lesson; the bill has it.
  "texts-embedded"(event, page) {
    if (event.texts >= FEW_TEXTS || page.kind !== "lesson")
      page.addTraced({
        type: "line",
        tone: "faint",
        text: `Embedded: ${embeddedText(event, page.costs)}`,
      });
  },
  "chain-start"(event, page) {
    const begun = page.chains.begin(event);
    if (!begun) return;
    const given = begun.as === "link" ? "" : `, given ${begun.given.join(", ")}`;
    const what = {
      whole: "▾ ",
      tool: "▾ the tool ",
      link: `${begun.as === "link" ? begun.which : ""} · `,
    };
    page.addTraced({
      type: "line",
      tone: "strong",
      text: `${what[begun.as]}${begun.name}${given}`,
    });
  },
  "chain-end"(event, page) {
    const given = page.chains.end(event);
    if (!given) return;
    for (const [name, text] of given.outputs)
      page.addTraced({ type: "text", of: "value", label: `→ ${name}`, text: page.cut(text) });
    if (given.variables)
      page.addTraced({
        type: "line",
        tone: "faint",
        text: `variables so far: ${given.variables.join(", ")}`,
      });
  },
  "chain-failed": nothing,
  "chat-start"(event, page) {
    page.title = event.title;
    page.facts.push(["Memory", event.memory]);
    page.openSection("chat", "The conversation");
  },
  "turn-start"(event, page) {
    page.openStep(`turn-${event.turn}`, `Turn ${event.turn}`);
    page.add({ type: "text", of: "you", label: "you", text: page.cut(event.input) });
  },
  "turn-end": (event, page) =>
    page.add({ type: "line", tone: "faint", text: totalsText(event.totals, page.costs) }),
  "chat-end"(event, page) {
    page.closeSection();
    page.ending = totalsText(event.totals, page.costs);
  },
  "xray-start"({ program, address }, page) {
    page.title = program.length > 0 ? `x-ray of ${program.join(" ")}` : `x-ray at ${address}`;
    page.facts.push(["Address", withoutSecrets(address)]);
    page.openSection("calls", "The calls");
  },
  "trap-found"({ trap, call, text, read }, page) {
    const to = page.open.get(call)?.fold.id;
    const link = to === undefined ? undefined : { to, text: `call ${call}` };
    const line = `⚠ call ${call}, ${trap}: ${text}`;
    page.add(
      { type: "line", tone: "bad", text: line },
      { type: "line", tone: "faint", text: `Read: ${read}` },
    );
    page.openSection("traps", "Traps", true);
    page.add({ type: "line", tone: "bad", text: `⚠ ${trap}: ${text}`, ...(link && { link }) });
    page.openSection("calls", "The calls");
  },
  "xray-end"(event, page) {
    page.closeSection();
    page.ending = `x-ray: ${xrayEndText(event, page.costs)}`;
  },
  "value-shown": ({ label, value }, page) =>
    page.add({ type: "text", of: "value", label, text: page.cut(valueText(value)) }),
  "error-raised": ({ message, hint }, page) =>
    page.add(
      { type: "line", tone: "bad", text: `✗ ${message.replace(/\.$/, "")}.` },
      { type: "line", tone: "plain", text: hint },
    ),
  "train-start"({ folder, recipe }, page) {
    page.title = `A tiny model, written into ${folder}`;
    page.openSection("training", "The training");
    const rows = Object.entries(recipe).map(([name, value]) => [name, String(value)]);
    page.add({ type: "table", caption: "The recipe", columns: ["setting", "value"], rows });
  },
  "train-end"({ files, use }, page) {
    page.closeSection();
    page.openSection("checkpoints", "What was written");
    page.add(
      { type: "list", title: countOf(files.length, "checkpoint"), items: files },
      { type: "code", caption: "To use it", text: use, language: "text" },
    );
    page.ending = "Done.";
  },
};

const FEW_TEXTS = 10;

const TITLES: Record<Page["kind"], string> = {
  lesson: "A lesson",
  chat: "A conversation",
  index: "An index",
  ask: "A question",
  train: "A training",
  xray: "An x-ray",
};

/** Puts an event into a report. */
export function tell<T extends LabEvent["type"]>(event: EventOf<T>, page: Page): void {
  const form = FORMS[event.type as T] as unknown as Form<T> | undefined;
  form?.(event, page);
}

/** Whether an event of this type is one that reports know. */
export const isKnown = (type: string): boolean => Object.hasOwn(FORMS, type);
