// Chains in CommonJS, with a memory that asks for a summary by itself.
const { ConversationChain, LLMChain, SimpleSequentialChain } = require("@langchain/classic/chains");
const { ConversationSummaryMemory } = require("@langchain/classic/memory");
const { PromptTemplate } = require("@langchain/core/prompts");
const { ChatOpenAI } = require("@langchain/openai");

const llm = new ChatOpenAI({ model: "gpt-4o-mini", temperature: 0 });
const link = (template) => new LLMChain({ llm, prompt: PromptTemplate.fromTemplate(template) });

async function main() {
  const chains = [link("Name a company that makes {product}."), link("Describe {name}.")];
  const { output } = await new SimpleSequentialChain({ chains }).invoke({ input: "tea" });
  console.log(output);
  const memory = new ConversationSummaryMemory({ llm });
  const chain = new ConversationChain({ llm, memory });
  console.log((await chain.invoke({ input: "Hi! I'm Jim." })).response);
}

main();
