import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashOf } from "../../embeddings/hash.ts";
import type { TextMessage } from "../../protocol.ts";

/** A conversation in a learner's words: what was told, what is asked, and what an honest reply is like. */
export interface Case {
  file: string;
  /** how the question is put: "chat", or the prompt of a lesson's chain */
  put: string;
  told: string[];
  asked: string;
  /** all of these must match */
  must: RegExp[];
  /** none of these may match */
  mustNot: RegExp[];
  /** whether nothing that was told is related, so that the tutor may deny it */
  mayDeny: boolean;
  /** the half that was looked at only at the end */
  kept: boolean;
}

export type Grade = "right" | "honest" | "wrong" | "false denial";
export type Responder = (messages: TextMessage[]) => Promise<string>;

/** Every case of the table, from the text files beside this one. */
export function readCases(): Case[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".txt"));
  return files.flatMap((file) =>
    casesIn(file, readFileSync(join(import.meta.dirname, file), "utf8")),
  );
}

function casesIn(file: string, text: string): Case[] {
  const put = /^@ (\S+)$/m.exec(text)?.[1] ?? "chat";
  return text.split(/\n\s*\n/).flatMap((block) => {
    const lines = block.split("\n");
    const of = (mark: string) =>
      lines.filter((line) => line.startsWith(`${mark} `)).map((line) => line.slice(2));
    const [asked] = of("?");
    if (asked === undefined) return [];
    const told = of(">");
    const exact = of("=").map((words) => new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    return {
      file: file.replace(".txt", ""),
      put,
      told,
      asked,
      must: [...of("+").map((pattern) => new RegExp(pattern, "i")), ...exact],
      mustNot: of("-").map((pattern) => new RegExp(pattern, "i")),
      mayDeny: lines.includes("!"),
      kept: hashOf([...told, asked].join("\n")) % 2 === 1,
    };
  });
}

/** The tutor's reply to a case: every line that is told gets its own reply first, as in a real conversation. */
export async function replyTo(one: Case, respond: Responder): Promise<string> {
  const put = PUT[one.put];
  if (!put) throw new Error(`${one.file}.txt has "@ ${one.put}", which is not a way to ask`);
  return put(one, respond);
}

const DENIES = /nothing in the messages that i was sent says it/i;
const HONEST =
  /\bI (?:don't know|cannot|can't|do not (?:know|understand))|more than I can do|no glossary|not in my glossary/i;

export function gradeOf(one: Case, reply: string): Grade {
  if (DENIES.test(reply) && !one.mayDeny) return "false denial";
  if (one.mustNot.some((pattern) => pattern.test(reply))) return "wrong";
  if (one.must.every((pattern) => pattern.test(reply))) return "right";
  return HONEST.test(reply) ? "honest" : "wrong";
}

const user = (content: string) => ({ role: "user", content });

const PUT: Record<string, (one: Case, respond: Responder) => Promise<string>> = {
  async chat({ told, asked }, respond) {
    const messages: TextMessage[] = [];
    for (const line of told) {
      messages.push(user(line));
      messages.push({ role: "assistant", content: await respond([...messages]) });
    }
    return respond([...messages, user(asked)]);
  },
  async router({ asked }, respond) {
    const reply = await respond([user(ROUTER.replace("INPUT_TEXT", () => asked))]);
    return /"destination": "(.*?)"/.exec(reply)?.[1] ?? reply;
  },
  translate: async ({ asked }, respond) =>
    respond([user(`Translate the following review to English:\n\n${asked}`)]),
  async sequential({ asked }, respond) {
    const english = await respond([user(`Translate the following review to English:\n\n${asked}`)]);
    const summary = await respond([
      user(`Can you summarize the following review in 1 sentence:\n\n${english}`),
    ]);
    const language = await respond([user(`What language is the following review:\n\n${asked}`)]);
    return respond([
      user(
        `Write a follow up response to the following summary in the specified language:\n\nSummary: ${summary}\n\nLanguage: ${language}`,
      ),
    ]);
  },
  async summary({ told, asked }, respond) {
    let summary = "";
    for (const line of told) {
      const background = `The following is a friendly conversation.\n\nCurrent conversation:\n${summary}`;
      const reply = await respond([user(`${background}\nHuman: ${line}\nAI:`)]);
      summary = await respond([
        user(
          `Progressively summarize the lines of conversation provided.\n\nCurrent summary:\n${summary}\n\nNew lines of conversation:\nHuman: ${line}\nAI: ${reply}\n\nNew summary:`,
        ),
      ]);
    }
    return respond([
      user(
        `The following is a friendly conversation.\n\nCurrent conversation:\n${summary}\nHuman: ${asked}\nAI:`,
      ),
    ]);
  },
};

const ROUTER = `Given a raw text input to a language model, select the model prompt best suited for the input.

<< CANDIDATE PROMPTS >>
physics: Good for answering questions about physics
math: Good for answering math questions
history: Good for answering history questions
computer science: Good for answering computer science questions

<< INPUT >>
INPUT_TEXT

<< OUTPUT (must include \`\`\`json at the start of the response) >>
`;
