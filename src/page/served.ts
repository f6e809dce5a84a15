import { type Context, Hono } from "hono";
import * as z from "zod";
import { loadSection } from "../lesson/load.ts";
import type { Lesson, LoadedSection } from "../lesson/types.ts";
import type { Answer } from "../stage/port.ts";
import type { Contents } from "./contents.ts";
import { contentsPage, type PlayedBy, type Reading, sectionPage } from "./document.ts";
import type { PlayOrder, Told } from "./orders.ts";
import { answerOf, type Shown } from "./planned.ts";

export interface ServedOptions {
  /** what every path begins with: who does not know it gets nothing */
  token: string;
  contents: Contents;
  about: string;
  reading: Reading;
  /** the program of the pages, as JavaScript */
  script: Uint8Array<ArrayBuffer>;
  /** The section in the language that the learner reads. */
  inLanguage(lesson: Lesson, section: LoadedSection): Promise<LoadedSection>;
  /** Plays; gives the words of what was wrong where it broke. */
  play(order: PlayOrder, shown: Shown): Promise<string | undefined>;
}

const words = z.string().max(200);
const playOrder = z.object({
  kind: z.literal("play"),
  run: words,
  lesson: words,
  section: words,
  first: z.int().min(1).max(99),
  last: z.int().min(1).max(99),
  params: z.record(words, z.string().max(100_000)),
});
const answerOrder = z.object({
  kind: z.literal("answer"),
  run: words,
  value: z.string().max(100_000).nullable(),
});

/**
 * The pages of all lessons, and what plays their steps: a Request in, a Response out. Every path
 * begins with the token, so that no other program and no other user of the machine gets in.
 */
export function servedPages(options: ServedOptions): Hono {
  const { token, contents, about, reading, script } = options;
  const by: PlayedBy = { player: "process", about, reading, root: `/${token}/` };
  const runs = new Runs(options.play);
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  });
  app.get(`/${token}`, (context) => context.html(contentsPage(contents, by)));
  app.get(`/${token}/assets/page.js`, (context) =>
    context.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  app.get(`/${token}/:lesson/:section`, async (context) => {
    const { lesson, section } = context.req.param();
    const entry = contents.lessons.find(({ id }) => id === lesson);
    if (!entry?.sections.includes(section)) return context.notFound();
    const loaded = await entry.load();
    const shown = await options.inLanguage(loaded, await loadSection(loaded, section));
    return context.html(sectionPage(entry, shown, contents, by));
  });
  take(app, `/${token}/play`, playOrder, (order, context) =>
    context.body(runs.begin(order), 200, {
      "content-type": "application/x-ndjson; charset=utf-8",
    }),
  );
  take(app, `/${token}/answer`, answerOrder, ({ run, value }, context) => {
    runs.answer(run, value);
    return context.body(null, 204);
  });
  app.notFound((context) => context.text(NOT_FOUND, 404));
  return app;
}

/** A route for orders of one shape; any other is refused in words. */
function take<Order>(
  app: Hono,
  path: string,
  shape: z.ZodType<Order>,
  answer: (order: Order, context: Context) => Response,
): void {
  app.post(path, async (context) => {
    const order = shape.safeParse(await context.req.json().catch(() => undefined));
    return order.success
      ? answer(order.data, context)
      : context.text(z.prettifyError(order.error), 400);
  });
}

const NOT_FOUND = "There is no page here. Open the address that llm-lab open printed.\n";

/** A page loads nothing from elsewhere, whatever stands in a prompt, and is part of no other page. */
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The runs that pages have begun, and the questions that they wait on. */
class Runs {
  readonly #play: ServedOptions["play"];
  readonly #asked = new Map<string, (answer: Answer) => void>();

  constructor(play: ServedOptions["play"]) {
    this.#play = play;
  }

  /** Plays while the page listens; what is told of the run, one JSON a line. */
  begin(order: PlayOrder): ReadableStream<Uint8Array> {
    const { run } = order;
    const left = new AbortController();
    const encoder = new TextEncoder();
    return new ReadableStream({
      start: (stream) => {
        const tell = (told: Told) => {
          if (!left.signal.aborted) stream.enqueue(encoder.encode(`${JSON.stringify(told)}\n`));
        };
        const shown: Shown = {
          emit: async (event) => tell({ kind: "event", run, event }),
          ask: (question) => {
            tell({ kind: "question", run, question });
            return new Promise((resolve) => this.#asked.set(run, resolve));
          },
          signal: left.signal,
        };
        void this.#play(order, shown).then((problem) => {
          this.#asked.delete(run);
          tell({ kind: "end", run, ...(problem !== undefined && { problem }) });
          if (!left.signal.aborted) stream.close();
        });
      },
      cancel: () => left.abort(),
    });
  }

  answer(run: string, value: string | null): void {
    const take = this.#asked.get(run);
    this.#asked.delete(run);
    take?.(answerOf(value));
  }
}
