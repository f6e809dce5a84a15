import { curriculum } from "../../lessons/index.ts";
import { namedSettings } from "../config.ts";
import { LabError } from "../errors.ts";
import { describeParams } from "../lesson/params.ts";
import { type Catalogue, translated } from "../lesson/translate.ts";
import type { Lesson, LoadedSection } from "../lesson/types.ts";
import type { Stage } from "../stage/port.ts";
import { scriptedStage } from "../stage/scripted.ts";
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
  const { wanted, code } = wantedLanguage(flag);
  if (code === ORIGINAL) return (shown) => shown;
  const load = lesson.translations?.[code];
  if (load) {
    const { default: catalogue }: { default: Catalogue } = await load();
    return (shown) => translated(shown, catalogue);
  }
  const having = await lessonsIn(code, wanted);
  const text = `The lesson ${lesson.id} is not translated, so it is in English. In "${code}" there is ${having.join(", ")}.`;
  return ({ emit, ask }) => ({
    emit: async (event) => {
      await emit(event);
      if (event.type === "lesson-start") await emit({ type: "note-shown", text });
    },
    ask,
  });
}

/** @throws LabError with exit code 2 for a language that no lesson has */
export async function checkLanguage(flag: string | undefined): Promise<void> {
  const { wanted, code } = wantedLanguage(flag);
  if (code !== ORIGINAL) await lessonsIn(code, wanted);
}

/**
 * The language that the learner reads, and the titles of lessons and sections in it, by id: those
 * of translated lessons alone.
 */
export async function readingIn(
  flag: string | undefined,
  titles: Readonly<Record<string, string>>,
): Promise<{ language: string; titles: Record<string, string> }> {
  const { code } = wantedLanguage(flag);
  const found: Record<string, string> = {};
  for (const { id, title, sections, load } of code === ORIGINAL ? [] : curriculum) {
    const catalogue: Catalogue | undefined = (await (await load()).translations?.[code]?.())
      ?.default;
    if (!catalogue) continue;
    found[id] = catalogue[title] ?? title;
    for (const section of sections.map((name) => `${id}/${name}`)) {
      const english = titles[section] ?? "";
      found[section] = catalogue[english] ?? english;
    }
  }
  return { language: code, titles: found };
}

/** The texts of a section in the language that the learner reads, as a run would show them. */
export async function sectionIn(
  flag: string | undefined,
  lesson: Lesson,
  section: LoadedSection,
): Promise<LoadedSection> {
  const stage = scriptedStage({});
  const inLanguage = await languageOf(lesson, flag);
  const { emit } = inLanguage({
    emit: async (event) => stage.emit(event),
    ask: (question) => stage.ask(question),
  });
  const { id, title, prose, steps } = section;
  const params = describeParams(section.params, {});
  await emit({ type: "section-start", section: id, title, prose, params });
  for (const [at, { id: step, title, prose, code }] of steps.entries()) {
    const place = { place: at + 1, of: steps.length, params: {}, brief: false };
    await emit({ type: "step-start", step, title, prose, code, ...place });
  }
  const [head, ...texts] = stage.events;
  if (head?.type !== "section-start") return section;
  const helps = new Map(head.params.map(({ name, help }) => [name, help]));
  return {
    ...section,
    title: head.title,
    prose: head.prose,
    params: Object.fromEntries(
      Object.entries(section.params).map(([name, spec]) => [
        name,
        { ...spec, help: helps.get(name) ?? spec.help },
      ]),
    ),
    steps: steps.map((step, at) => {
      const text = texts[at];
      return text?.type === "step-start"
        ? { ...step, title: text.title, prose: text.prose, code: text.code }
        : step;
    }),
  };
}

/** What the flag or LLM_LAB_LANG says, and the code of the language that it means. */
function wantedLanguage(flag: string | undefined): { wanted: string; code: string } {
  const wanted = flag ?? namedSettings([VARIABLE])[VARIABLE]?.value ?? ORIGINAL;
  // de_DE.UTF-8, as systems write it, is de.
  const code = /^[a-z]+/.exec(wanted.trim().toLowerCase())?.[0] ?? ORIGINAL;
  return { wanted, code };
}

/** Ids of the lessons in a language; refuses one that no lesson has. */
async function lessonsIn(code: string, wanted: string): Promise<string[]> {
  return (await translations()).get(code) ?? refuse(wanted, await languages());
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
