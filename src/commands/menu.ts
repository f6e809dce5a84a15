import titles from "lab:titles";
import { curriculum } from "../../lessons/index.ts";
import type { Io } from "../run/io.ts";
import { openStage } from "../run/open.ts";
import { printLessons } from "./list.ts";
import { runVerb } from "./verb.ts";

/** A menu in a terminal, the list in a pipe; returns the exit code of what was chosen. */
export async function menu(io: Io): Promise<number> {
  const stage = await openStage({}, io);
  if (!stage.interactive) {
    await stage.close();
    printLessons(io);
    return 0;
  }
  const entries = await menuEntries();
  const choices = entries.map((entry) => entry.title);
  const answer = await stage.ask({
    kind: "choice",
    question: "What would you like to do?",
    choices,
    start: choices[0],
    fallback: null,
  });
  await stage.close();
  const chosen = entries.find((entry) => entry.title === answer.value);
  return chosen && !io.signal.aborted ? chosen.run(io) : 0;
}

async function menuEntries(): Promise<{ title: string; run(io: Io): Promise<number> }[]> {
  const lessons = curriculum.flatMap(({ id, title, sections }, at) => [
    entryFor(at === 0 ? `${id}: ${title} (start here)` : `${id}: ${title}`, id),
    ...sections.map((section) => {
      const name = `${id}/${section}`;
      return entryFor(`  ${name}: ${titles[name]}`, name);
    }),
  ]);
  const { memoryKinds } = await import("../chat/kinds.ts");
  const chats = Object.entries(memoryKinds).map(([name, { title }]) => ({
    title: `Chat with ${title}`,
    run: async (io: Io) => runVerb((await import("./chat.ts")).chat, name, io),
  }));
  return [...lessons, ...chats];
}

function entryFor(title: string, wanted: string) {
  return {
    title,
    run: async (io: Io) => runVerb((await import("./lesson.ts")).lesson, wanted, io),
  };
}
