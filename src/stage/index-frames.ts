import { clean } from "../clean.ts";
import { countOf, formatBytes, formatCount, formatDuration } from "../format.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { costText } from "../trace/wording.ts";
import type { CallState } from "./call-frames.ts";
import { banner } from "./heading-frames.ts";
import { indent, type Look } from "./look.ts";

/** How what happens to an index is told. */
export const INDEX_FRAMES = {
  "index-start": indexStartLines,
  "index-end": indexEndLines,
  "index-listed": indexListedLines,
  "index-removed": indexRemovedLines,
};

function indexStartLines(event: EventOf<"index-start">, look: Look, state: CallState): string[] {
  return banner(`Index of ${clean(event.folder)}, in ${clean(event.store)}`, state.why, look);
}

function indexEndLines(event: EventOf<"index-end">, look: Look, state: CallState): string[] {
  const { files, chunks, embedded, requests, tokens, cost, leftOut, ms } = event;
  const changes = [
    `${formatCount(files.changed)} new or changed`,
    `${formatCount(files.unchanged)} as before`,
    ...(files.gone > 0 ? [`${formatCount(files.gone)} gone`] : []),
  ];
  const work =
    embedded === 0
      ? ["nothing embedded"]
      : [
          `${formatCount(embedded)} embedded`,
          countOf(requests, "request"),
          `${formatCount(tokens)} tokens`,
        ];
  const price = embedded === 0 ? "" : costText(cost, state);
  const spent = [...work, formatDuration(ms), price].filter((part) => part !== "");
  return [
    "",
    ...wrap(`${look.style.strong(countOf(files.all, "file"))}: ${changes.join(", ")}.`, look.width),
    ...wrap(
      `${look.style.strong(countOf(chunks, "chunk"))} in the index: ${spent.join(" · ")}.`,
      look.width,
    ),
    ...leftOutLines(leftOut, look),
    ...(chunks > 0 ? wrap(look.style.faint(`Now ask: ${clean(event.ask)}`), look.width) : []),
  ];
}

/** Each folder with what the index holds of it. */
function indexListedLines(event: EventOf<"index-listed">, look: Look): string[] {
  const { store, folders, bytes } = event;
  const size = bytes === null ? "" : `, ${formatBytes(bytes)}`;
  if (folders.length === 0) return wrap(`Nothing is indexed in ${clean(store)}.`, look.width);
  return [
    ...wrap(`${look.style.strong(`Indexed in ${clean(store)}`)}${size}:`, look.width),
    ...folders.flatMap(({ folder, isThere, files, chunks, model, indexed }) => {
      const when =
        indexed === null ? "" : `, last changed ${indexed.slice(0, 16).replace("T", " ")} UTC`;
      const gone = isThere === false ? `It is gone: llm-lab index --remove ${clean(folder)}` : "";
      const facts = `${countOf(files, "file")}, ${countOf(chunks, "chunk")}, by ${clean(model)}${when}`;
      return [
        ...wrap(clean(folder), look.width),
        ...indent(wrap(look.style.faint(facts), look.width - 2), 2),
        ...(gone === "" ? [] : indent(wrap(gone, look.width - 2), 2)),
      ];
    }),
  ];
}

function indexRemovedLines(event: EventOf<"index-removed">, look: Look): string[] {
  const { store, folder, chunks } = event;
  return wrap(
    `${clean(folder)} is out of the index: ${countOf(chunks, "chunk")} left ${clean(store)}.`,
    look.width,
  );
}

const MOST_NAMES = 5;

/**
 * Files that were left out, by the reason; all names where they are few or prompts are unfolded.
 */
function leftOutLines(leftOut: EventOf<"index-end">["leftOut"], look: Look): string[] {
  const byReason = new Map<string, string[]>();
  for (const { file, reason } of leftOut)
    byReason.set(reason, [...(byReason.get(reason) ?? []), clean(file).replaceAll("\n", "")]);
  return [...byReason].flatMap(([reason, names]) => {
    const shown = look.unfolded ? names : names.slice(0, MOST_NAMES);
    const more = names.length - shown.length;
    const rest = more > 0 ? ` and ${formatCount(more)} more (--full names all)` : "";
    return [
      ...wrap(`Left out, ${reason}:`, look.width),
      ...indent(wrap(`${shown.join(", ")}${rest}`, look.width - 2), 2),
    ];
  });
}
