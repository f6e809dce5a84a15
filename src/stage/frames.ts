import { chart } from "../term/chart.ts";
import { styleProse } from "../term/style.ts";
import { table } from "../term/table.ts";
import { clean, padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf, LabEvent, ParamInfo, ParamValue, Totals } from "../trace/events.ts";
import type { Look } from "./look.ts";
import { promptLines, promptText } from "./prompt.ts";

/** What a frame must know of the events before it. */
interface State {
  offline: boolean;
  brief: boolean;
  chatting: boolean;
  question: string;
  /** the last prompt of each caller and purpose in this step */
  prompts: Map<string, string>;
  calls: Map<number, EventOf<"call-start">>;
}

type Frame<T extends LabEvent["type"]> = (event: EventOf<T>, look: Look, state: State) => string[];

/** Draws events as lines, one by one: each frame knows the look and what came before. */
export interface Frames {
  draw(event: LabEvent): string[];
  /** a reply, whole or as far as it has come */
  reply(text: string): string[];
  /** what stands under a reply that has already been drawn */
  metrics(event: EventOf<"call-end">): string[];
  /** whether replies are drawn as they come */
  streams(): boolean;
}

export function createFrames(look: Look): Frames {
  const state: State = {
    offline: true,
    brief: false,
    chatting: false,
    question: "",
    prompts: new Map(),
    calls: new Map(),
  };
  return {
    draw: (event) => drawEvent(event, look, state),
    reply: (text) => replyLines(text, look, state),
    metrics: (event) => metricLines(event, look, state),
    streams: () => !state.brief || state.chatting,
  };
}

function drawEvent<T extends LabEvent["type"]>(
  event: EventOf<T>,
  look: Look,
  state: State,
): string[] {
  const frame = FRAMES[event.type as T] as unknown as Frame<T>;
  return frame(event, look, state);
}

const nothing = () => [];

const FRAMES: { [T in LabEvent["type"]]: Frame<T> } = {
  "lesson-start"(event, look, state) {
    state.offline = event.endpoint === "offline";
    return banner(event.title, event.why, look);
  },
  "section-start": (event, look) => [
    "",
    ...rule(event.section, event.title, look),
    ...wrap(styleProse(event.prose, look.style), look.width),
    ...paramLines(event.params, look),
  ],
  "step-start"(event, look, state) {
    state.brief = event.brief;
    state.prompts.clear();
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
  ],
  // Chains are told by the calls that they make; their own drawing comes with the chains lesson.
  "chain-start": nothing,
  "chain-end": nothing,
  "chain-failed": nothing,
  "call-start"(event, look, state) {
    state.calls.set(event.call, event);
    if (state.chatting)
      return event.purpose === "summary"
        ? [look.style.faint("  (the memory asks for a summary)")]
        : [];
    if (state.brief && !look.unfolded) return [];
    const key = `${event.caller} ${event.purpose}`;
    const previous = state.prompts.get(key);
    state.prompts.set(key, promptText(event.messages));
    return ["", ...callHead(event, look), ...promptLines(event.messages, previous, look)];
  },
  // A reply is drawn whole when it has ended, unless the stage streams it.
  "call-token": nothing,
  "call-retried": (event, look) =>
    wrap(
      look.style.bad(
        `  ${event.reason}; try ${event.attempt} of ${event.of} in ${(event.waitMs / 1000).toFixed(1)} s`,
      ),
      look.width,
    ),
  "call-end"(event, look, state) {
    if (state.brief && !look.unfolded) return [briefLine(event, look, state)];
    return [...replyLines(event.text, look, state), ...metricLines(event, look, state)];
  },
  // The error that ends the step says it; see error-raised.
  "call-failed": nothing,
  "memory-shown": (event, look) => ["", ...memoryLines(event, look)],
  "value-shown": (event, look) => ["", ...labelled(event.label, valueText(event.value), look)],
  "table-shown": (event, look) => [
    "",
    `  ${look.style.strong(event.title)}`,
    ...indent(
      table(
        event.columns,
        event.rows.map((row) => row.map(clean)),
        look.width - 2,
        look.style.faint,
      ),
      2,
    ),
  ],
  "chart-shown": (event, look) => [
    "",
    `  ${look.style.strong(event.title)}`,
    ...indent(
      chart(event.series, { x: event.xLabel, y: event.yLabel }, look.width - 2, look.style),
      2,
    ),
  ],
  "step-end": (event, look, state) =>
    event.totals.calls > 1
      ? ["", ...wrap(look.style.faint(`  step: ${totalsText(event.totals, state)}`), look.width)]
      : [],
  "section-end": nothing,
  "lesson-end": (event, look, state) => [
    "",
    ...wrap(
      `${look.style.strong(OUTCOMES[event.outcome])} ${totalsText(event.totals, state)}`,
      look.width,
    ),
  ],
  "error-raised": (event, look) => [
    "",
    ...wrap(look.style.bad(`✗ ${clean(event.message).replace(/\.$/, "")}.`), look.width),
    ...wrap(`  ${clean(event.hint)}`, look.width),
  ],
  "chat-start"(event, look, state) {
    state.offline = event.endpoint === "offline";
    state.chatting = true;
    return [
      ...banner(event.title, event.why, look),
      ...paramLines(event.params, look),
      ...wrap(look.style.faint("/help lists the commands; Ctrl-D ends."), look.width),
    ];
  },
  "turn-start": (event, look) => [
    "",
    ...hanging("you  ", clean(event.input), look, look.style.strong),
  ],
  "turn-end": (event, look, state) =>
    wrap(look.style.faint(`     ${totalsText(event.totals, state)}`), look.width),
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
    ...wrap(look.style.faint(totalsText(event.totals, state)), look.width),
  ],
};

const OUTCOMES = { done: "Done.", quit: "Left early.", failed: "Stopped by an error." };

function banner(title: string, why: string, look: Look): string[] {
  const left = `llm-lab · ${title}`;
  const oneLine = widthOf(left) + widthOf(why) + 3 <= look.width;
  if (oneLine)
    return [look.style.title(padEnd(left, look.width - widthOf(why))) + look.style.faint(why)];
  return [...wrap(look.style.title(left), look.width), ...wrap(look.style.faint(why), look.width)];
}

function rule(id: string, title: string, look: Look): string[] {
  const text = `── ${id} ─ ${title} `;
  if (widthOf(text) > look.width) return wrap(look.style.title(`── ${id} ─ ${title}`), look.width);
  return [look.style.title(text + "─".repeat(look.width - widthOf(text)))];
}

function paramLines(params: ParamInfo[], look: Look): string[] {
  const names = Math.max(0, ...params.map((param) => widthOf(param.name)));
  return params.flatMap(({ name, value, help, range }) => {
    const text = `${look.style.strong(padEnd(name, names))} = ${shortValue(value)}`;
    const told = look.style.faint(`${help}; ${range}`);
    const line = `  ${text}  ${told}`;
    return widthOf(line) <= look.width
      ? [line]
      : [`  ${text}`, ...indent(wrap(told, look.width - 6), 6)];
  });
}

function shortValue(value: ParamValue): string {
  return typeof value === "string" ? truncate(clean(value), 24) : String(value);
}

function stepHead(event: EventOf<"step-start">, look: Look): string[] {
  const title = `Step ${event.place} of ${event.of} · ${event.title}`;
  const params = Object.entries(event.params).map(
    ([name, value]) => `${name}=${shortValue(value)}`,
  );
  const right = params.join("  ");
  const free = look.width - widthOf(title) - widthOf(right) - 2;
  if (right !== "" && free >= 0)
    return [look.style.strong(title) + " ".repeat(free + 2) + look.style.faint(right)];
  return [
    ...wrap(look.style.strong(title), look.width),
    ...(right === "" ? [] : wrap(look.style.faint(right), look.width)),
  ];
}

function prose(text: string, look: Look): string[] {
  return wrap(styleProse(text, look.style), look.width);
}

function codePanel({ code }: EventOf<"step-start">, look: Look): string[] {
  const lines = look.highlight(code.text).split("\n");
  const room = look.width - 4;
  return [
    look.style.faint(`  ${truncate(`${code.file}:${code.line}`, look.width - 2)}`),
    ...lines.flatMap((line) => {
      const [first = "", ...more] = wrap(line, room);
      // A bar of dots marks a line of code that goes on because the screen ends.
      return [
        `  ${look.style.faint("│")} ${first}`,
        ...more.map((rest) => `  ${look.style.faint("┊")} ${rest}`),
      ].map((text) => text.trimEnd());
    }),
  ];
}

function callHead(event: EventOf<"call-start">, look: Look): string[] {
  const who = event.caller ?? "your code";
  const what =
    event.purpose === "summary"
      ? `${who} asks for a summary (a hidden call)`
      : `${who} → ${event.model}`;
  return wrap(look.style.strong(`▸ call ${event.call} · ${clean(what)}`), look.width);
}

const MARGIN = 11;

function replyLines(text: string, look: Look, state: State): string[] {
  const label = state.chatting
    ? "ai   "
    : look.width < 60
      ? "  » "
      : ` ${padEnd("reply", MARGIN - 1)}» `;
  return hanging(label, clean(text), look, look.style.reply);
}

/** A label, and text that hangs beside it. */
function hanging(
  label: string,
  text: string,
  look: Look,
  paint: (text: string) => string,
): string[] {
  const lines = wrap(text, look.width - widthOf(label));
  return lines.map(
    (line, at) => (at === 0 ? look.style.faint(label) : " ".repeat(widthOf(label))) + paint(line),
  );
}

function metricLines(event: EventOf<"call-end">, look: Look, state: State): string[] {
  if (state.chatting) return [];
  const parts = [
    `${event.tokens.input} tokens in`,
    `${event.tokens.output} out`,
    seconds(event.ms),
    costText(event.cost, state),
  ];
  const indentation = look.width < 60 ? 4 : MARGIN + 2;
  return indent(
    wrap(
      look.style.faint(parts.filter((part) => part !== "").join(" · ")),
      look.width - indentation,
    ),
    indentation,
  );
}

/** A call on one line, of a step that makes many. */
function briefLine(event: EventOf<"call-end">, look: Look, state: State): string {
  const start = state.calls.get(event.call);
  const asked = start?.messages.at(-1)?.parts.findLast((part) => part.origin === "input")?.text;
  const what = start?.purpose === "summary" ? "summary" : clean(asked ?? "");
  const counts = `${event.tokens.input} in ${event.tokens.output} out`;
  const room = look.width - widthOf(counts) - 8;
  const text = truncate(`${what} → ${clean(event.text)}`, room);
  return `${look.style.faint(String(event.call).padStart(4))}  ${padEnd(text, room)}  ${look.style.faint(counts)}`;
}

function memoryLines(event: EventOf<"memory-shown">, look: Look): string[] {
  const { stored, sent, tokens } = event;
  const kept = stored === null ? "" : `keeps ${stored} message${stored === 1 ? "" : "s"}, `;
  const sends =
    sent === null
      ? ""
      : sent === 0 && event.content !== ""
        ? "sends a text of "
        : `sends ${sent}, `;
  const content = event.content === "" ? ["(nothing)"] : wrap(clean(event.content), look.width - 4);
  const folded =
    look.unfolded || content.length <= 12
      ? content
      : [
          ...content.slice(0, 5),
          look.style.faint(`… ${content.length - 9} lines folded (${look.foldHint})`),
          ...content.slice(-4),
        ];
  return [
    ...wrap(
      `  ${look.style.strong(event.title)} ${look.style.faint(`(${kept}${sends}${tokens} tokens)`)}`,
      look.width,
    ),
    ...folded.map((line) => `  ${look.style.faint("┃")} ${line}`),
  ];
}

function labelled(label: string, text: string, look: Look): string[] {
  return [
    `  ${look.style.strong(label)}`,
    ...wrap(clean(text), look.width - 4).map((line) => `    ${line}`),
  ];
}

function valueText(value: EventOf<"value-shown">["value"]): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function verdict(event: EventOf<"prediction-judged">, look: Look, state: State): string {
  const { good, bad, strong } = look.style;
  if (event.predicted === null) return `${strong("?")} ${state.question} ${strong(event.actual)}`;
  return event.right
    ? `${good("✓")} You said ${event.predicted}, and so it is.`
    : `${bad("✗")} You said ${event.predicted}; it is ${strong(event.actual)}.`;
}

function totalsText({ calls, tokens, cost, ms }: Totals, state: State): string {
  const figure = (value: number) => value.toLocaleString("en-US");
  const parts = [
    `${figure(calls)} call${calls === 1 ? "" : "s"}`,
    `${figure(tokens.input)} tokens in`,
    `${figure(tokens.output)} out`,
    seconds(ms),
    costText(cost, state),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function seconds(ms: number): string {
  return ms < 100 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function costText(cost: number | null, state: State): string {
  if (cost !== null) return `about $${cost < 0.01 ? cost.toFixed(6) : cost.toFixed(4)}`;
  return state.offline ? "free" : "";
}

const indent = (lines: string[], by: number) => lines.map((line) => " ".repeat(by) + line);
