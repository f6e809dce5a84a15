import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

const State = Annotation.Root({
  review: Annotation<string>,
  english: Annotation<string>,
  summary: Annotation<string>,
  answer: Annotation<string>,
});

export async function reply({ model, review }: Given): Promise<string> {
  const ask = async (prompt: string) => (await model.invoke(prompt)).text;
  const graph = new StateGraph(State)
    .addNode("translate", async (state) => ({
      english: await ask(`Translate into English: ${state.review}`),
    }))
    .addNode("summarise", async (state) => ({
      summary: await ask(`Summarise: ${state.english}`),
    }))
    .addNode("write", async (state) => ({
      answer: await ask(`Answer ${state.review}, which is ${state.summary}`),
    }))
    .addEdge(START, "translate")
    .addEdge("translate", "summarise")
    .addEdge("summarise", "write")
    .addEdge("write", END)
    .compile();
  return (await graph.invoke({ review })).answer;
}
