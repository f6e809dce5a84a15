import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { namedSettings, terminalFacts } from "../config.ts";
import { chooseSections } from "../lesson/load.ts";
import { integer } from "../lesson/params.ts";
import { packageFile } from "../package-file.ts";
import { type Flag, flag, type OptionsOf, word } from "../run/flag.ts";
import { costFlags, endpointFlags } from "../run/flags.ts";
import { hasKeyboard, type Io, print } from "../run/io.ts";
import { openRun } from "../run/open.ts";
import { scriptedStage } from "../stage/scripted.ts";
import { describeChoices, STORE_VARIABLES } from "../vector/engines.ts";
import { locateStore } from "../vector/locate.ts";
import { findLesson } from "./find-lesson.ts";
import { checkLanguage, readingIn, sectionIn } from "./language.ts";
import { listen } from "./listen.ts";
import { verb } from "./verb.ts";

const HOST = "127.0.0.1";

const flags = {
  port: flag(
    "--port <number>",
    integer({ default: 0, min: 0, max: 65_535, help: "the port; 0 takes any that is free" }),
  ),
  browser: {
    spec: "--no-browser",
    help: "print the address, and start no browser",
    default: true,
  } satisfies Flag<boolean>,
  lang: word("--lang <code>", "the language of the lessons' texts, such as de"),
  store: word("--store <name|url>", `for vectors: ${describeChoices()}`),
  ...endpointFlags,
  ...costFlags,
};
export type OpenOptions = OptionsOf<typeof flags>;

/** Serves the lessons as pages on this machine until it is interrupted; steps run here. */
export const open = verb({
  name: "open",
  summary: "open the lessons in a browser, on this machine",
  argument: { spec: "[id]", help: "a lesson such as memory, or a section such as memory/window" },
  flags,
  notes: `Steps run in this process: with the settings of llm-lab lesson, a real model too.
Keys stay in it, and it listens on this machine only.

Example:
  llm-lab open memory/window`,
  async run([wanted], options, io) {
    const place = wanted === undefined ? undefined : await findLesson(wanted);
    if (place) chooseSections(place.lesson, place.section);
    // Settings that cannot be used are told before anything is served.
    if (options.store !== undefined)
      locateStore({ store: options.store, settings: namedSettings(STORE_VARIABLES) });
    await checkLanguage(options.lang);
    const { about, ledger, close } = await openRun(options, io, scriptedStage({}));
    await close();
    const token = randomBytes(18).toString("base64url");
    const { contentsOf } = await import("../page/contents.ts");
    const { servedPages } = await import("../page/served.ts");
    const { PageSteps } = await import("./page-steps.ts");
    const steps = new PageSteps({ options, io, ledger });
    const contents = contentsOf();
    const pages = servedPages({
      token,
      contents,
      reading: await readingIn(options.lang, contents.titles),
      about: `${about.model} answers (${about.why}).`,
      script: new Uint8Array(readFileSync(packageFile("dist/page/page.js"))),
      inLanguage: (lesson, section) => sectionIn(options.lang, lesson, section),
      play: (order, shown) => steps.play(order, shown),
    });
    const advice = "Open the address that llm-lab open printed.";
    const listener = await listen(pages.fetch, options.port, { host: HOST, advice });
    const address = `${listener.origin}/${token}/${place ? pathTo(place) : ""}`;
    print(io, `The lessons are at ${address}\n`);
    print(io, `${about.model} answers (${about.why}).\n`);
    print(io, "Only this machine can reach them. Ctrl-C ends.\n");
    if (options.browser) await startBrowser(address, io);
    await listener.untilAborted(io.signal);
    return 0;
  },
});

/** A section has a page; a lesson is a part of the contents. */
const pathTo = ({ lesson, section }: Awaited<ReturnType<typeof findLesson>>): string =>
  section === undefined ? `#${lesson.id}` : `${lesson.id}/${section}/`;

/** A browser is for a person who sits here; others have the address. */
async function startBrowser(address: string, io: Io): Promise<void> {
  const { ci, dumb } = terminalFacts();
  const isElsewhere = ["SSH_CONNECTION", "SSH_TTY"].some((name) => io.environment[name]);
  if (!hasKeyboard(io) || ci || dumb || isElsewhere) return;
  const { default: start } = await import("open");
  await start(address).catch(() =>
    print(io, "No browser could be started: open the address yourself.\n"),
  );
}
