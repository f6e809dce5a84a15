import type { Exercise } from "./exercises.ts";
import type { Progress } from "./progress/record.ts";
import { oneLine, summaryOf, type Topic } from "./progress/summary.ts";

interface Options {
  progress: Progress;
  topics: readonly Topic[];
  exercises: readonly Exercise[];
  name?: string;
  now: Date;
}

/**
 * A page of what was done and when, in HTML without scripts. It claims nothing beyond the record.
 *
 * @returns undefined where nothing was done yet
 */
export function certificatePage(options: Options): string | undefined {
  const { progress, topics, exercises, name, now } = options;
  const summary = summaryOf(progress, topics, exercises);
  if (summary.sections.done + summary.exercises.passed === 0) return undefined;
  const parts = topics.map((topic) => topicPart(topic, options)).filter((part) => part !== "");
  const whose = name ? `What ${escaped(name)} did` : "What was done";
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${whose} in llm-lab</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 42em; margin: 3em auto; padding: 0 1em; }
  h1 { font-size: 1.6em; } h2 { font-size: 1.1em; margin-bottom: 0; }
  li { break-inside: avoid; } footer { color: #555; margin-top: 2em; }
</style>
<h1>${whose} in llm-lab</h1>
<p>${escaped(oneLine(summary))} A workbook on how applications of language models work, with LangChain.js.</p>
${parts.join("\n")}
<footer>
<p>Written on ${dayOf(now.toISOString())} from the record that llm-lab keeps on the learner's own machine.
Each exercise was checked by running the code and reading what it sent; nobody watched who wrote it.
The page is no examination and no degree.</p>
</footer>
</html>
`;
}

function topicPart({ id, title, sections }: Topic, { progress, exercises }: Options): string {
  const played = sections.flatMap((section) => {
    const { done } = progress.sections[`${id}/${section}`] ?? {};
    return done ? [`<li>played ${escaped(`${id}/${section}`)}, ${dayOf(done)}</li>`] : [];
  });
  const passed = exercises
    .filter(({ topic }) => topic === id)
    .flatMap(({ name, number, task }) => {
      const record = progress.exercises[name];
      if (!record?.passed) return [];
      const help = record.shown ? ", after the solution was shown" : hintsOf(record.hints);
      return [
        `<li>passed exercise ${number}, ${escaped(name)}: ${escaped(task)} ${dayOf(record.passed)}${help}</li>`,
      ];
    });
  if (played.length + passed.length === 0) return "";
  return `<h2>${escaped(title)}</h2>\n<ul>\n${[...played, ...passed].join("\n")}\n</ul>`;
}

function hintsOf(count: number): string {
  if (count === 0) return ", without a hint";
  return count === 1 ? ", with one hint" : `, with ${count} hints`;
}

const dayOf = (time: string) => time.slice(0, 10);

const MARKS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);
