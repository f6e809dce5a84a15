import { wordsOf } from "../errors.ts";
import type { PlayOrder } from "../page/orders.ts";
import { plannedBy, type Shown, withoutMoves } from "../page/planned.ts";
import type { Io } from "../run/io.ts";
import type { Ledger } from "../run/ledger.ts";
import { openRun } from "../run/open.ts";
import type { Stage } from "../stage/port.ts";
import { Secrets, secretsIn } from "../trace/secrets.ts";
import { followed } from "./followed.ts";
import { languageOf } from "./language.ts";
import type { OpenOptions } from "./open.ts";

interface Given {
  options: OpenOptions;
  io: Io;
  /** what all runs of all pages have spent together */
  ledger: Ledger;
}

/** Plays what pages order, as `llm-lab lesson` would; each order is a separate run. */
export class PageSteps {
  readonly #given: Given;
  readonly #secrets = new Secrets();
  /** sections whose cost the learner agreed to */
  readonly #agreed = new Set<string>();

  constructor(given: Given) {
    this.#given = given;
    for (const secret of secretsIn(given.io.environment)) this.#secrets.add(secret);
  }

  /** Plays; gives the words of what was wrong where it broke. */
  async play(order: PlayOrder, shown: Shown): Promise<string | undefined> {
    try {
      return await this.#play(order, shown);
    } catch (error) {
      return shown.signal.aborted ? undefined : wordsOf(error);
    }
  }

  async #play(order: PlayOrder, shown: Shown): Promise<string | undefined> {
    const { options, io: outer, ledger } = this.#given;
    const io = { ...outer, signal: AbortSignal.any([outer.signal, shown.signal]) };
    const planned = await plannedBy(order);
    const run = await openRun(options, io, this.#stage(shown), ledger);
    try {
      const { portsOf } = await import("../run/ports.ts");
      const ports = portsOf(run, options, io);
      const { agreeToPlay } = await import("../run/consent.ts");
      const section = `${order.lesson}/${order.section}`;
      // The estimate is of the whole section, so that its steps are asked about once.
      const whole = { ...planned, start: undefined, end: undefined };
      const isAgreed = options.yes || this.#agreed.has(section);
      if (!(await agreeToPlay(run, whole, ports, isAgreed))) return "Nothing was sent.";
      this.#agreed.add(section);
      const { play } = await import("../lesson/play.ts");
      const { kitOpener } = await import("../kits/all.ts");
      const inLanguage = await languageOf(planned.lesson, options.lang);
      const { emit, ask } = inLanguage({
        emit: await followed(run.emit, io),
        ask: withoutMoves(run.stage.ask.bind(run.stage)),
      });
      const { about, signal, connect } = run;
      const openKit = kitOpener(ports, "open");
      await play({ ...planned, emit, ask, connect, run: about, openKit, signal });
      return undefined;
    } finally {
      await run.close();
    }
  }

  #stage({ emit, ask }: Shown): Stage {
    return {
      interactive: true,
      wantsTokens: true,
      emit: (event) => emit(this.#secrets.hideAll(event)),
      ask,
      close: async () => {},
    };
  }
}
