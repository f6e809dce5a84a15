import { MemorySaver } from "@langchain/langgraph";
import type { ChatOpenAI } from "@langchain/openai";
import { createAgent, summarizationMiddleware } from "langchain";

interface Given {
  model: ChatOpenAI;
  question: string;
}

const checkpointer = new MemorySaver();
const thread = { configurable: { thread_id: "patient" } };

/** LangChain's own: the trigger and what is kept are its two limits. */
export async function answer({ model, question }: Given) {
  const agent = createAgent({
    model,
    tools: [],
    checkpointer,
    middleware: [
      summarizationMiddleware({
        model,
        trigger: { messages: 12 },
        keep: { messages: 3 },
      }),
    ],
  });
  const { messages } = await agent.invoke(
    { messages: [{ role: "user", content: question }] },
    thread,
  );
  return messages.at(-1)?.text ?? "";
}
