import type { TextMessage } from "../../protocol.ts";

export interface Turn {
  speaker: "human" | "ai";
  text: string;
}

/** What a request tells: who said what, what was summarised or instructed, and the line to answer. */
export interface Conversation {
  /** what was said before the line to answer, oldest first */
  turns: Turn[];
  /** summaries and system messages */
  background: string[];
  /** the human's line that is to be answered */
  line: string;
}

/**
 * Reads the messages of a request as a conversation.
 *
 * Two shapes are understood: chat messages with roles, and one message that holds a whole
 * transcript and ends where the AI is to speak, as LangChain's ConversationChain writes it.
 */
export function readConversation(messages: readonly TextMessage[]): Conversation {
  const last = messages.findLastIndex((message) => message.role === "user");
  const line = messages[last]?.content ?? "";
  const conversation: Conversation = { turns: [], background: [], line };
  for (const [index, { role, content }] of messages.entries()) {
    if (index === last || content.trim() === "") continue;
    const isSummary = /^here is a summary\b[^\n]*:\n/i.test(content);
    if (role === "assistant") conversation.turns.push({ speaker: "ai", text: content });
    else if (role === "user" && !isSummary)
      conversation.turns.push({ speaker: "human", text: content });
    else conversation.background.push(isSummary ? content.replace(/^[^\n]*\n+/, "") : content);
  }
  const transcript = readTranscript(line);
  if (!transcript) return conversation;
  return {
    turns: [...conversation.turns, ...transcript.turns],
    background: [...conversation.background, ...transcript.background],
    line: transcript.line,
  };
}

const AI_IS_TO_SPEAK = /\n(?:AI|Assistant|Bot|You):\s*$/i;
/** The line that a transcript is announced by, such as "Current conversation:". */
const ANNOUNCES = /^[^:]*(?:conversation|history|chat)[^:]*:[ \t]*$/i;
const LONGEST_HEADING = 300;

function readTranscript(text: string): Conversation | undefined {
  if (!AI_IS_TO_SPEAK.test(text)) return undefined;
  const body = text.replace(AI_IS_TO_SPEAK, "");
  const lines = body.split("\n");
  const heading = lines.findIndex((line) => line.length < LONGEST_HEADING && ANNOUNCES.test(line));
  const { turns, before } = readLines(lines.slice(heading + 1).join("\n"));
  const line = turns.pop();
  if (line?.speaker !== "human") return undefined;
  return { turns, background: heading >= 0 && before !== "" ? [before] : [], line: line.text };
}

const SPEAKER = /^(human|user|ai|assistant|bot|system): ?(.*)$/i;

/** Lines with a speaker before them as turns; a line without one goes on with the turn above it. */
export function readLines(text: string): { turns: Turn[]; before: string } {
  const turns: Turn[] = [];
  const before: string[] = [];
  let inBackground = true;
  for (const line of text.split("\n")) {
    const [, name = "", said = ""] = SPEAKER.exec(line) ?? [];
    const last = turns.at(-1);
    if (/system/i.test(name)) {
      before.push(said);
      inBackground = true;
    } else if (name !== "") {
      turns.push({ speaker: /human|user/i.test(name) ? "human" : "ai", text: said });
      inBackground = false;
    } else if (inBackground || !last) before.push(line);
    else last.text += `\n${line}`;
  }
  const trimmed = turns.map((turn) => ({ ...turn, text: turn.text.trim() }));
  return { turns: trimmed, before: before.join("\n").trim() };
}
