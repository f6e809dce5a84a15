/** The models that a check hands to the learner's code, of the LangChain that this code imports. */
export async function createModels(fields: Record<string, object>): Promise<object> {
  if (Object.keys(fields).length === 0) return {};
  const { ChatOpenAI } = await importAsLearner("@langchain/openai");
  const made = Object.entries(fields).map(([name, own]) => {
    const model = new ChatOpenAI({ model: "offline-tutor", maxRetries: 0, ...own });
    // LangChain's own way downloads a table.
    model.getNumTokens = countTokens;
    return [name, model];
  });
  return Object.fromEntries(made);
}

/** As the learner's file imports it (hooks.ts). A bundler leaves alone what is not a literal. */
// biome-ignore lint/suspicious/noExplicitAny: it is a module of the learner's packages
const importAsLearner = (specifier: string): Promise<any> => import(specifier);

async function countTokens(content: string | { text?: string }[]): Promise<number> {
  const { loadCounter } = await import("../../model/tokens.ts");
  const count = await loadCounter("offline-tutor");
  return count(
    typeof content === "string" ? content : content.map(({ text }) => text ?? "").join(""),
  );
}
