import type { Style } from "../term/style.ts";
import { clean, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { type CallState, costText } from "./call-frames.ts";
import { banner } from "./heading-frames.ts";
import { indent, type Look } from "./look.ts";

type Step = EventOf<"index-step">;

const WHAT = {
  reading: { doing: "reading", things: "files" },
  embedding: { doing: "embedding", things: "chunks" },
};

const figure = (value: number) => value.toLocaleString("en-US");
const some = (count: number, one: string) => `${figure(count)} ${one}${count === 1 ? "" : "s"}`;

/** How far the work is, on one line: what is done, a bar, and how much of how many. */
export function progressLine({ phase, done, of }: Step, width: number, style: Style): string {
  const { doing, things } = WHAT[phase];
  const share = of === 0 ? 1 : done / of;
  const counts = `${figure(done)} of ${figure(of)} ${things}`;
  const room = Math.min(30, width - widthOf(doing) - widthOf(counts) - 8);
  const full = Math.round(share * Math.max(0, room));
  const bar = room < 5 ? "" : `${"█".repeat(full)}${style.faint("░".repeat(room - full))} `;
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return truncate(`${doing} ${bar}${percent} ${style.faint(counts)}`, width - 1);
}

/** For output that cannot be drawn over: a line at each tenth of the chunks, and none for what is quickly read. */
export function tenthLines(): (step: Step) => string[] {
  let said = 0;
  return ({ phase, done, of }) => {
    if (phase === "reading" || of === 0) return [];
    const tenth = Math.floor((done / of) * 10);
    if (tenth <= said) return [];
    said = tenth;
    return [
      `embedding ${String(tenth * 10).padStart(3)} %  ${figure(done)} of ${figure(of)} chunks`,
    ];
  };
}

export function indexStartLines(event: EventOf<"index-start">, look: Look): string[] {
  return banner(`Index of ${clean(event.folder)}, in ${clean(event.store)}`, event.why, look);
}

export function indexEndLines(event: EventOf<"index-end">, look: Look, state: CallState): string[] {
  const { files, chunks, embedded, requests, tokens, cost, leftOut, ms } = event;
  const changes = [
    `${figure(files.changed)} new or changed`,
    `${figure(files.unchanged)} as before`,
    ...(files.gone > 0 ? [`${figure(files.gone)} gone`] : []),
  ];
  const work =
    embedded === 0
      ? ["nothing embedded"]
      : [`${figure(embedded)} embedded`, some(requests, "request"), `${figure(tokens)} tokens`];
  const price = embedded === 0 ? "" : costText(cost, state);
  const spent = [...work, `${(ms / 1000).toFixed(1)} s`, price].filter((part) => part !== "");
  return [
    "",
    ...wrap(`${look.style.strong(some(files.all, "file"))}: ${changes.join(", ")}.`, look.width),
    ...wrap(
      `${look.style.strong(some(chunks, "chunk"))} in the index: ${spent.join(" · ")}.`,
      look.width,
    ),
    ...leftOutLines(leftOut, look),
    ...(chunks > 0 ? wrap(look.style.faint(`Now ask: ${clean(event.ask)}`), look.width) : []),
  ];
}

const MOST_NAMES = 5;

/** Files that were left out, by the reason; all names where they are few or prompts are unfolded. */
function leftOutLines(leftOut: EventOf<"index-end">["leftOut"], look: Look): string[] {
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of leftOut)
    byReason.set(reason, [...(byReason.get(reason) ?? []), clean(file).replaceAll("\n", "")]);
  return [...byReason].flatMap(([reason, names]) => {
    const shown = look.unfolded ? names : names.slice(0, MOST_NAMES);
    const more = names.length - shown.length;
    const rest = more > 0 ? ` and ${figure(more)} more (--full names all)` : "";
    return [
      ...wrap(`Left out, ${reason}:`, look.width),
      ...indent(wrap(`${shown.join(", ")}${rest}`, look.width - 2), 2),
    ];
  });
}
