import { countOf, formatBytes, formatCount, formatDuration } from "../format.ts";
import { withoutSecrets } from "../mask.ts";
import type { EventOf } from "../trace/events.ts";
import { costText } from "../trace/wording.ts";
import type { Page } from "./page.ts";

/** How what happens to an index is told. */
export const INDEX_FORMS = {
  "index-start"({ folder, store }: EventOf<"index-start">, page: Page) {
    page.title = `Index of ${folder}`;
    page.facts.push(["Store", withoutSecrets(store)]);
    page.openSection("index", "What was read");
  },
  "index-end": endForm,
  "index-listed"({ store, folders, bytes }: EventOf<"index-listed">, page: Page) {
    const size = bytes === null ? "" : `, ${formatBytes(bytes)}`;
    const where = withoutSecrets(store);
    page.openSection("indexed", "What is indexed");
    if (folders.length === 0)
      page.add({ type: "line", tone: "plain", text: `Nothing is indexed in ${where}.` });
    else
      page.add({
        type: "table",
        caption: `Indexed in ${where}${size}`,
        columns: ["folder", "files", "chunks", "model", "last changed", "there"],
        rows: folders.map(({ folder, files, chunks, model, indexed, isThere }) => [
          folder,
          formatCount(files),
          formatCount(chunks),
          model,
          indexed === null ? "" : `${indexed.slice(0, 16).replace("T", " ")} UTC`,
          isThere === null ? "" : isThere ? "yes" : "no",
        ]),
      });
    page.closeSection();
  },
  "index-removed"({ store, folder, chunks }: EventOf<"index-removed">, page: Page) {
    const what = `${countOf(chunks, "chunk")} left ${withoutSecrets(store)}`;
    page.add({ type: "line", tone: "plain", text: `${folder} is out of the index: ${what}.` });
  },
};

function endForm(event: EventOf<"index-end">, page: Page): void {
  const { files, chunks, embedded, requests, tokens, cost, leftOut, ask, ms } = event;
  page.add({
    type: "table",
    caption: "The index",
    columns: ["what", "how many"],
    rows: [
      ["files", formatCount(files.all)],
      ["new or changed", formatCount(files.changed)],
      ["as before", formatCount(files.unchanged)],
      ["gone", formatCount(files.gone)],
      ["chunks in the index", formatCount(chunks)],
      ["embedded", formatCount(embedded)],
      ["requests", formatCount(requests)],
      ["tokens", formatCount(tokens)],
    ],
  });
  if (leftOut.length > 0)
    page.add({
      type: "table",
      caption: "Files that were left out",
      columns: ["file", "why"],
      rows: leftOut.slice(0, MOST_FILES).map(({ file, reason }) => [file, reason]),
    });
  if (leftOut.length > MOST_FILES)
    page.add({
      type: "line",
      tone: "faint",
      text: `… ${formatCount(leftOut.length - MOST_FILES)} more files were left out …`,
    });
  if (chunks > 0) page.add({ type: "code", caption: "Now ask", text: ask, language: "text" });
  const price = embedded === 0 ? "" : costText(cost, page.costs);
  page.ending = [formatDuration(ms), price].filter((part) => part !== "").join(" · ");
  page.closeSection();
}

const MOST_FILES = 200;
