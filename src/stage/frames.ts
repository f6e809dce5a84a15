import { clean } from "../clean.ts";
import { countOf } from "../format.ts";
import { styleProse } from "../term/style.ts";
import { wrap } from "../term/text.ts";
import { ChainStory } from "../trace/chain-story.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { type PromptState, previousPrompt } from "../trace/prompt-lines.ts";
import { judgedText, refusedText, retriedText, totalsText, valueText } from "../trace/wording.ts";
import { askEndLines, askStartLines } from "./ask-frames.ts";
import {
  briefLine,
  type CallState,
  callHead,
  embeddedLines,
  metricLines,
  offeredLines,
  replyLines,
  wrapAtDots,
} from "./call-frames.ts";
import { type ChainState, chainEndLines, chainStartLines } from "./chain-frames.ts";
import { chatStartLines, turnStartLines } from "./chat-frames.ts";
import { diagramLines } from "./diagram-frames.ts";
import { endingLines } from "./ending-frames.ts";
import { banner, codePanel, paramLines, prose, rule, stepHead } from "./heading-frames.ts";
import { INDEX_FRAMES } from "./index-frames.ts";
import { Legend } from "./legend.ts";
import { indent, type Look } from "./look.ts";
import { memoryLines } from "./memory-frames.ts";
import { chartLines, mapLines, tableLines } from "./picture-frames.ts";
import { promptLines } from "./prompt.ts";
import { barLines, tokenLines } from "./token-frames.ts";
import {
  type WorkState,
  workEndLines,
  workSampleLines,
  workStartLines,
  workStepLines,
} from "./work-frames.ts";
import { failedLines, XRAY_FRAMES } from "./xray-frames.ts";

/** What a frame must know of the events before it. */
interface State extends CallState, ChainState, PromptState, WorkState {
  brief: boolean;
  /** the kind of run */
  kind: EventOf<"run-start">["kind"];
  question: string;
  /** what was asked before the step ran: its first question */
  prediction: string | undefined;
  /** calls of a brief step that were drawn, and that were not drawn since the last other event */
  briefly: { drawn: number; hidden: number };
}

type Frame<T extends LabEvent["type"]> = (event: EventOf<T>, look: Look, state: State) => string[];

/** Draws events as lines, one by one: each frame knows the look and what came before. */
export interface Frames {
  draw(event: LabEvent): string[];
  /** a reply, whole or as far as it has come */
  reply(text: string): string[];
  /** what stands under a reply that has already been drawn */
  metrics(event: EventOf<"call-end">): string[];
  /** whether the reply of a call is drawn as it comes; replies that come at once are not mixed */
  streams(call: number): boolean;
  /** the count of calls that went by unseen since the last line; "" where there are none */
  passing(): string;
}

/** @param legend what the run has explained so far; kept where a run is drawn anew */
export function createFrames(look: Look, legend = new Legend()): Frames {
  const state: State = {
    offline: true,
    why: "",
    pricesAsOf: "",
    brief: false,
    kind: "lesson",
    chatting: false,
    question: "",
    prediction: undefined,
    works: new Map(),
    chains: new ChainStory(),
    prompts: new Map(),
    calls: new Map(),
    open: new Set(),
    crowded: new Set(),
    briefly: { drawn: 0, hidden: 0 },
  };
  return {
    draw: (event) => legend.explain(event, drawEvent(event, look, state), look),
    reply: (text) => replyLines(text, look, state),
    metrics(event) {
      state.open.delete(event.call);
      return legend.explain(event, metricLines(event, look, state), look);
    },
    streams: (call) =>
      (!state.brief || state.chatting) && !state.crowded.has(call) && !isUnseen(call, state),
    passing: () => hiddenLines(look, state)[0] ?? "",
  };
}

function drawEvent<T extends LabEvent["type"]>(
  event: EventOf<T>,
  look: Look,
  state: State,
): string[] {
  const frame = FRAMES[event.type as T] as unknown as Frame<T>;
  const lines = frame(event, look, state);
  if (lines.length === 0 || event.type.startsWith("call-")) return lines;
  const before = hiddenLines(look, state);
  state.briefly.hidden = 0;
  return [...before, ...lines];
}

/**
 * A step that makes many calls shows the first; how many more there were is said before what
 * follows.
 */
function hiddenLines(look: Look, { briefly }: State): string[] {
  if (briefly.hidden === 0) return [];
  const text = `… ${countOf(briefly.hidden, "more call")} (${look.foldHint})`;
  return indent(wrap(look.style.faint(text), look.width - 4), 4);
}

const MOST_BRIEF = 12;
const MOST_KEPT = 100;

const nothing = () => [];

const FRAMES: { [T in LabEvent["type"]]: Frame<T> } = {
  "run-start"(event, _look, state) {
    state.offline = event.endpoint === "offline";
    state.why = event.why;
    state.pricesAsOf = event.pricesAsOf;
    state.kind = event.kind;
    state.chatting = event.kind === "chat" || event.kind === "ask";
    return [];
  },
  "lesson-start": (event, look, state) => banner(event.title, state.why, look),
  "section-start": (event, look) => [
    "",
    ...rule(event.section, event.title, look),
    ...wrap(styleProse(event.prose, look.style), look.width),
    ...paramLines(event.params, look),
  ],
  "step-start"(event, look, state) {
    state.brief = event.brief;
    state.prediction = undefined;
    state.prompts.clear();
    state.calls.clear();
    state.offered = undefined;
    state.open.clear();
    state.crowded.clear();
    state.briefly = { drawn: 0, hidden: 0 };
    return [
      "",
      ...stepHead(event, look),
      ...prose(event.prose, look),
      "",
      ...codePanel(event, look),
    ];
  },
  "question-asked"(event, _look, state) {
    state.question = event.question;
    state.prediction ??= event.question;
    return [];
  },
  "question-answered": (event, look, state) =>
    event.answer === null
      ? []
      : [
          "",
          ...wrap(
            `${look.style.strong("?")} ${state.question} ${look.style.strong(event.answer)}`,
            look.width,
          ),
        ],
  "prediction-judged": (event, look, state) => [
    "",
    ...wrap(verdict(event, look, state), look.width),
    ...(event.why === undefined ? [] : wrap(styleProse(event.why, look.style), look.width)),
  ],
  "facts-told": nothing,
  // A chain by itself is told by the call that it makes.
  "chain-start": chainStartLines,
  "chain-end": chainEndLines,
  "chain-failed": nothing,
  "call-start"(event, look, state) {
    state.calls.set(event.call, event);
    // A program may run for days; what a call goes on from is never far back.
    if (state.kind === "xray") state.calls.delete(event.call - MOST_KEPT);
    state.open.add(event.call);
    if (state.open.size > 1) for (const call of state.open) state.crowded.add(call);
    if (state.chatting)
      return event.purpose === "summary"
        ? [look.style.faint("  (the memory asks the model for a summary: /memory shows it)")]
        : [];
    if (state.brief && !look.unfolded) return state.calls.size === 1 ? [""] : [];
    return [
      "",
      ...callHead(event, look),
      ...offeredLines(event, look, state),
      ...promptLines(event.messages, previousPrompt(event, state), look),
    ];
  },
  // A reply is drawn whole when it has ended, unless the stage streams it.
  "call-token": nothing,
  "call-retried": (event, look) => wrap(look.style.bad(`  ${retriedText(event)}`), look.width),
  "parameter-refused": (event, look) =>
    indent(wrap(look.style.bad(refusedText(event)), look.width - 2), 2),
  "call-end"(event, look, state) {
    state.open.delete(event.call);
    if (isUnseen(event.call, state)) return [];
    if (state.brief && !look.unfolded) return briefLines(event, look, state);
    const number = state.crowded.has(event.call) ? event.call : undefined;
    return [...replyLines(event.text, look, state, number), ...metricLines(event, look, state)];
  },
  // In a lesson the error that ends the step says it; see error-raised.
  "call-failed"(event, look, state) {
    state.open.delete(event.call);
    return state.kind === "xray" ? failedLines(event, look) : [];
  },
  "memory-shown": (event, look, { chatting }) => ["", ...memoryLines(event, look, chatting)],
  "value-shown": (event, look) => ["", ...labelled(event.label, valueText(event.value), look)],
  "table-shown": tableLines,
  "chart-shown": chartLines,
  "tokens-shown": (event, look) => ["", ...tokenLines(event.pieces, look)],
  "bars-shown": (event, look) => ["", ...barLines(event, look)],
  "map-shown": mapLines,
  // Where embedding is the work itself, the progress and the bill say enough.
  "texts-embedded": (event, look, state) =>
    state.kind === "lesson" ? embeddedLines(event, look, state) : [],
  "work-start": workStartLines,
  "work-step": workStepLines,
  "work-sample": workSampleLines,
  "work-end": workEndLines,
  "chain-drawn": (event, look) => [
    "",
    `  ${look.style.strong(event.title)}`,
    ...diagramLines(event.diagram, look),
  ],
  "step-end": (event, look, state) =>
    event.totals.calls > 1
      ? [
          "",
          ...indent(
            wrap(look.style.faint(`step: ${totalsText(event.totals, state)}`), look.width - 2),
            2,
          ),
        ]
      : [],
  "section-end": nothing,
  "lesson-end": endingLines,
  "error-raised": (event, look) => [
    "",
    ...wrap(look.style.bad(`✗ ${clean(event.message).replace(/\.$/, "")}.`), look.width),
    ...wrap(`  ${clean(event.hint)}`, look.width),
  ],
  "chat-start": chatStartLines,
  "turn-start": turnStartLines,
  "turn-end": (event, look, state) =>
    indent(wrapAtDots(look.style.faint(totalsText(event.totals, state)), look.width - 5), 5),
  "prompt-shown": (event, look) => [
    "",
    ...promptLines(event.messages, undefined, { ...look, unfolded: true }),
  ],
  "note-shown": (event, look) => [
    "",
    ...event.text.split("\n").flatMap((line) => wrap(line, look.width)),
  ],
  "chat-end": (event, look, state) => [
    "",
    ...wrapAtDots(look.style.faint(totalsText(event.totals, state)), look.width),
  ],
  ...INDEX_FRAMES,
  ...XRAY_FRAMES,
  "ask-start": askStartLines,
  // What was found stands in the prompt, and under the answer what it cites; this parts the answer from the question.
  "passages-found": ({ passages }) => (passages.length > 0 ? [""] : []),
  "ask-end": askEndLines,
  "train-start": (event, look, state) =>
    banner(`A tiny model, written into ${clean(event.folder)}`, state.why, look),
  "train-end": (event, look) => [
    "",
    ...wrap(`Written: ${event.files.map(clean).join(", ")}.`, look.width),
    ...wrap(`Use it: ${clean(event.use)}`, look.width),
  ],
};

/** In a chat, a summary is seen in the memory that is sent with the next turn. */
function isUnseen(call: number, { chatting, calls }: State): boolean {
  return chatting && calls.get(call)?.purpose === "summary";
}

function briefLines(event: EventOf<"call-end">, look: Look, state: State): string[] {
  const { briefly } = state;
  if (briefly.drawn >= MOST_BRIEF) {
    briefly.hidden += 1;
    return [];
  }
  briefly.drawn += 1;
  return [briefLine(event, look, state)];
}

function labelled(label: string, text: string, look: Look): string[] {
  return [
    ...indent(wrap(look.style.strong(label), look.width - 2), 2),
    ...wrap(clean(text), look.width - 4).map((line) => `    ${line}`),
  ];
}

function verdict(event: EventOf<"prediction-judged">, look: Look, state: State): string {
  const { good, bad, strong } = look.style;
  const text = judgedText(event, state.prediction);
  const style = event.predicted === null ? strong : event.right ? good : bad;
  return `${style(text.charAt(0))}${text.slice(1)}`;
}
