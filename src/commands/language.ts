import { curriculum } from "../../lessons/index.ts";
import { namedSettings } from "../config.ts";
import { LabError } from "../errors.ts";
import { type Catalogue, translated } from "../lesson/translate.ts";
import type { Lesson } from "../lesson/types.ts";
import type { Stage } from "../stage/port.ts";
import { suggest } from "../suggest.ts";
import type { Emit } from "../trace/events.ts";

/** The language that lessons are written in. */
const ORIGINAL = "en";
const VARIABLE = "LLM_LAB_LANG";

interface Shown {
  emit: Emit;
  ask: Stage["ask"];
}

/**
 * What shows a lesson in the language that the flag or LLM_LAB_LANG names: its texts where it has
 * them, and else a note that it has not.
 *
 * @throws LabError with exit code 2 for a language that no lesson has
 */
export async function languageOf(
  lesson: Lesson,
  flag: string | undefined,
): Promise<(shown: Shown) => Shown> {
  const wanted = flag ?? namedSettings([VARIABLE])[VARIABLE]?.value;
  // de_DE.UTF-8, as systems write it, is de.
  const code =
    wanted
      ?.trim()
      .toLowerCase()
      .match(/^[a-z]+/)?.[0] ?? ORIGINAL;
  if (code === ORIGINAL) return (shown) => shown;
  const load = lesson.translations?.[code];
  if (load) {
    const { default: catalogue }: { default: Catalogue } = await load();
    return (shown) => translated(shown, catalogue);
  }
  const having = (await translations()).get(code) ?? refuse(wanted ?? code, await languages());
  const text = `The lesson ${lesson.id} is not translated, so it is in English. In "${code}" there is ${having.join(", ")}.`;
  return ({ emit, ask }) => ({
    emit: async (event) => {
      await emit(event);
      if (event.type === "lesson-start") await emit({ type: "note-shown", text });
    },
    ask,
  });
}

/** Codes of the languages that lessons are in. */
export async function languages(): Promise<string[]> {
  return [ORIGINAL, ...(await translations()).keys()];
}

/** Ids of the lessons that are translated, by the code of the language. */
async function translations(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id, translations = {} } of await Promise.all(curriculum.map(({ load }) => load())))
    for (const code of Object.keys(translations)) found.set(code, [...(found.get(code) ?? []), id]);
  return found;
}

function refuse(wanted: string, codes: readonly string[]): never {
  throw new LabError(
    `No lesson is in the language "${wanted}"`,
    `${suggest(wanted, codes)}There is ${codes.join(" and ")}.`,
    2,
  );
}
