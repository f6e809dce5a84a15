import { curriculum } from "../../lessons/index.ts";
import { terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import { nearest } from "../lesson/params.ts";
import type { Io } from "../run/io.ts";
import { pickStage } from "../stage/pick.ts";
import { list } from "./list.ts";

/** A menu in a terminal, the list in a pipe; returns the exit code of what was chosen. */
export async function menu(io: Io): Promise<number> {
  const stage = await pickStage({
    format: "auto",
    unfolded: false,
    facts: terminalFacts(),
    stdin: io.stdin,
    stdout: io.stdout,
    interrupt: io.interrupt,
  });
  if (!stage.interactive) {
    await stage.close();
    list(io);
    return 0;
  }
  const entries = await menuEntries();
  const choices = entries.map((entry) => entry.title);
  const answer = await stage.ask({
    kind: "choice",
    question: "What would you like to do?",
    choices,
    fallback: null,
  });
  await stage.close();
  const chosen = entries.find((entry) => entry.title === answer.value);
  return chosen && !io.signal.aborted ? chosen.run(io) : 0;
}

export function noSuchCommand(typed: string, known: string[]): LabError {
  const hint = `Did you mean ${nearest(typed, known)}? The commands are ${known.join(", ")}.`;
  return new LabError(`There is no command "${typed}"`, hint, 2);
}

async function menuEntries(): Promise<{ title: string; run(io: Io): Promise<number> }[]> {
  const lessons = curriculum.flatMap(({ id, title, sections }) => [
    entryFor(`${title}: the whole lesson`, id),
    ...sections.map((section) => entryFor(`  ${id}/${section}`, `${id}/${section}`)),
  ]);
  const { memoryKinds } = await import("../chat/kinds.ts");
  const chats = Object.entries(memoryKinds).map(([name, { title }]) => ({
    title: `Chat with ${title}`,
    run: async (io: Io) => (await import("./chat.ts")).chat(name, {}, io),
  }));
  return [...lessons, ...chats];
}

function entryFor(title: string, wanted: string) {
  return { title, run: async (io: Io) => (await import("./lesson.ts")).playLesson(wanted, {}, io) };
}
