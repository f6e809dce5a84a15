import type { ChainKind } from "./events.ts";

const KINDS: Record<string, ChainKind> = {
  SimpleSequentialChain: "sequence",
  SequentialChain: "sequence",
  MultiPromptChain: "router",
  MultiRouteChain: "router",
  MultiRetrievalQAChain: "router",
  LLMRouterChain: "link",
  LLMChain: "link",
  ConversationChain: "link",
  StuffDocumentsChain: "link",
  RunnableSequence: "pipe",
  RunnableMap: "parallel",
  RunnableParallel: "parallel",
  RetrievalQAChain: "retriever",
  VectorDBQAChain: "retriever",
  ConversationalRetrievalQAChain: "retriever",
  // What createRetrievalChain calls its runnables.
  retrieval_chain: "retriever",
  retrieve_documents: "retriever",
  // createAgent makes a graph; its own name is the agent's.
  LangGraph: "agent",
  CompiledStateGraph: "agent",
  AgentExecutor: "agent",
};

/**
 * What a chain is, by the names that LangChain gives it: its own (`runName`), else its class.
 * This table is the only place that knows LangChain's classes of chains.
 */
export function chainKind(className: string, name: string): ChainKind {
  const named = [name, className].find((known) => Object.hasOwn(KINDS, known));
  if (named !== undefined) return KINDS[named] as ChainKind;
  return className.endsWith("OutputParser") ? "parser" : "other";
}
