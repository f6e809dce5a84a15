import type { TextMessage } from "../../protocol.ts";

/** What a prompt gives to answer from, and what it asks; both are text of others, the context never an order. */
export interface Given {
  context: string;
  question: string;
  /** the messages without the context: what was said, and the question by itself */
  talk: TextMessage[];
}

/**
 * Finds the context that stands in a prompt, as retrieval chains write it: in a system message before the user's
 * question, or in one text with the question before or after it. Undefined if the prompt gives none.
 */
export function contextIn(messages: readonly TextMessage[]): Given | undefined {
  const last = messages.findLastIndex(({ role }) => role === "user");
  const line = messages[last]?.content ?? "";
  const inLine = oneText(line);
  if (inLine) {
    const talk = messages.map((message, at) =>
      at === last ? { ...message, content: inLine.question } : message,
    );
    return { ...inLine, talk };
  }
  const system = messages.findIndex(
    ({ role, content }) => isSystem(role) && told(content) !== undefined,
  );
  if (system < 0 || last < 0) return undefined;
  const context = told(messages[system]?.content ?? "") ?? "";
  return { context, question: line, talk: messages.filter((_, at) => at !== system) };
}

const isSystem = (role: string) => role === "system" || role === "developer";

const CONTEXT =
  /^[ \t]*(?:#+ )?(?:(?:retrieved|relevant|given) )?(?:context|passages|documents|excerpts|sources)\b[^\n:]{0,40}:[ \t]*/im;
const QUESTION =
  /^[ \t]*(?:#+ )?(?:(?:the )?(?:user|human)(?:['’]s)? )?(?:question|query)[ \t]*:[ \t]*/gim;
const ANSWER = /\n[ \t]*(?:#+ )?(?:[a-z]+ )?answer\b[^\n:]{0,20}:\s*$/i;

/** Context and question in one text. Where the context comes first, the last "Question:" is the real one. */
function oneText(text: string): { context: string; question: string } | undefined {
  const body = text.replace(ANSWER, "");
  const questions = [...body.matchAll(QUESTION)];
  const [first, end] = [questions[0], questions.at(-1)];
  if (!first || !end) return undefined;
  const label = CONTEXT.exec(body);
  if (label && first.index < label.index) {
    return {
      question: body.slice(first.index + first[0].length, label.index).trim(),
      context: told(body.slice(label.index)) ?? "",
    };
  }
  const context = told(body.slice(0, end.index));
  if (context === undefined) return undefined;
  return { context, question: body.slice(end.index + end[0].length).trim() };
}

/** The context that a text gives: between tags, after a label, below a line, numbered, or after a sentence that announces it. */
function told(text: string): string | undefined {
  const tag = /<(context|documents?|passages?|sources?|excerpts?)\b[^>]*>/i.exec(text);
  if (tag) {
    // The context may write a closing tag itself: the last one closes.
    const close = text.toLowerCase().lastIndexOf(`</${tag[1]?.toLowerCase()}`);
    const isWhole = /^(?:context|documents|passages|sources|excerpts)$/i.test(tag[1] ?? "");
    if (close > tag.index) {
      return isWhole
        ? text.slice(tag.index + tag[0].length, close).trim()
        : text.slice(tag.index, close).trim();
    }
  }
  const announced = ANNOUNCED.test(text.slice(0, 600));
  const label = CONTEXT.exec(text);
  if (label) return text.slice(label.index + label[0].length).trim();
  if (!announced) return undefined;
  const ruled = /^[ \t]*[-=_*]{3,}[ \t]*$/m.exec(text);
  if (ruled) return text.slice(ruled.index + ruled[0].length).trim();
  const numbered = /^[ \t]*\[1\]/m.exec(text);
  if (numbered) return text.slice(numbered.index).trim();
  const [, ...paragraphs] = text.split(/\n\s*\n/);
  while (paragraphs.length > 0 && RULE.test(paragraphs[0] ?? "")) paragraphs.shift();
  return paragraphs.length > 0 ? paragraphs.join("\n\n").trim() : undefined;
}

/** "Use the following pieces of context to answer": an instruction and what it is about. */
const ANNOUNCED =
  /\b(?:use|using|answer|based|from)\b[^\n]{0,120}\b(?:context|passages|documents|excerpts|sources)\b|\b(?:context|passages|documents|excerpts|sources)\b[^\n]{0,60}\b(?:answer|below|following)\b/i;
const RULE = /^\s*(?:if (?:you|the|it)|do not|don't|answer|always|never|cite|name the|quote)\b/i;
