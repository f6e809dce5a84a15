import { clean } from "../clean.ts";
import { terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import { handbook } from "../handbook/handbook.ts";
import type { Passage } from "../handbook/passages.ts";
import { findTopic, isSlip } from "../offline/topics.ts";
import type { Io } from "../run/io.ts";
import { pickLook } from "../stage/pick.ts";
import { createStyle, type Style, styleProse } from "../term/style.ts";
import { wrap } from "../term/text.ts";

interface Page {
  width: number;
  style: Style;
}

/**
 * Prints what the handbook says on a topic, which may also be a command's name misspelt; returns
 * the exit code.
 */
export async function explain(topic: string, commands: string[], io: Io): Promise<number> {
  const { width, level } = await pickLook({ facts: terminalFacts(), stdout: io.stdout });
  const page = { width, style: createStyle(level) };
  const asked = clean(topic).replace(/\s+/g, " ").trim();
  const lines = /^(?:topics?|handbook)$/i.test(asked)
    ? topicList(page)
    : linesOn(asked, commands, page);
  io.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

function linesOn(topic: string, commands: string[], page: Page): string[] {
  const { how, passages } = findTopic(topic);
  const [best, ...others] = passages;
  if (how === "unknown" || best === undefined) throw nothingOn(topic, commands, passages);
  const near = others.slice(0, 3).map(({ id }) => id);
  const heading =
    how === "named" ? [] : [...faint(`Nearest to "${topic}" in the handbook:`, page), ""];
  return [
    ...heading,
    ...passageLines(best, page),
    "",
    ...wrap(`${how === "named" ? "See also" : "Also near"}: ${near.join(", ")}`, page.width),
    ...faint("llm-lab help <topic> explains one, llm-lab help topics lists all.", page),
  ];
}

function passageLines({ title, chapter, text }: Passage, page: Page): string[] {
  return [
    ...wrap(title, page.width).map((line) => page.style.title(line)),
    ...faint(`from the chapter: ${chapter}`, page),
    "",
    ...wrap(styleProse(text, page.style), page.width),
  ];
}

/** All passages by chapter, under the names that they are asked for by. */
function topicList(page: Page): string[] {
  const chapters = new Map<string, Passage[]>();
  for (const passage of handbook())
    chapters.set(passage.chapter, [...(chapters.get(passage.chapter) ?? []), passage]);
  return [...chapters].flatMap(([chapter, passages]) => [
    ...wrap(chapter, page.width).map((line) => page.style.title(line)),
    ...wrap(passages.map(({ id }) => id).join(", "), page.width - 2).map((line) => `  ${line}`),
    "",
  ]);
}

const faint = (text: string, { width, style }: Page) =>
  wrap(text, width).map((line) => style.faint(line));

function nothingOn(topic: string, commands: string[], passages: Passage[]): LabError {
  const near = passages.slice(0, 3).map(({ id }) => id);
  const command = commands.find((name) => isSlip(topic, name));
  const meant = command ? `Did you mean llm-lab help ${command}? ` : "";
  return new LabError(
    `The handbook has nothing on "${topic}"`,
    `${meant}The nearest topics are ${near.join(", ")}; llm-lab help topics lists all.`,
    2,
  );
}
