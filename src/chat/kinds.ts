import {
  BufferMemory,
  BufferWindowMemory,
  ConversationSummaryBufferMemory,
  ConversationSummaryMemory,
  ConversationTokenBufferMemory,
} from "@langchain/classic/memory";
import { integer, type ParamSpecs } from "../lesson/params.ts";
import type { Models } from "../lesson/types.ts";
import type { ParamValue } from "../trace/events.ts";

export type ChatMemory =
  | BufferMemory
  | BufferWindowMemory
  | ConversationTokenBufferMemory
  | ConversationSummaryMemory
  | ConversationSummaryBufferMemory;

/** A kind of memory that a conversation can be had with. */
export interface MemoryKind {
  title: string;
  params: ParamSpecs;
  make(chat: Models["chat"], params: Record<string, ParamValue>): ChatMemory;
}

const limit = integer({
  default: 120,
  min: 1,
  max: 100_000,
  help: "the most tokens that are sent again",
});

export const memoryKinds: Record<string, MemoryKind> = {
  buffer: {
    title: "BufferMemory: every line is sent again",
    params: {},
    make: () => new BufferMemory(),
  },
  window: {
    title: "BufferWindowMemory: the last k exchanges are sent again",
    params: {
      k: integer({ default: 1, min: 1, max: 100, help: "how many exchanges are sent again" }),
    },
    make: (_chat, { k }) => new BufferWindowMemory({ k: Number(k) }),
  },
  token: {
    title: "ConversationTokenBufferMemory: as many of the last lines as fit a limit",
    params: { limit },
    make: (chat, params) =>
      new ConversationTokenBufferMemory({ llm: chat(), maxTokenLimit: Number(params.limit) }),
  },
  summary: {
    title: "ConversationSummaryMemory: a running summary is sent instead of the lines",
    params: {},
    make: (chat) => new ConversationSummaryMemory({ llm: chat() }),
  },
  "summary-buffer": {
    title: "ConversationSummaryBufferMemory: the last lines, and a summary of the others",
    params: { limit },
    make: (chat, params) =>
      new ConversationSummaryBufferMemory({ llm: chat(), maxTokenLimit: Number(params.limit) }),
  },
};
