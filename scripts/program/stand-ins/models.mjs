import { OpenAI, OpenAIEmbeddings } from "@langchain/openai";

/** Prints each prompt and its reply, as llm-lab shows them. */
export const printing = {
  awaitHandlers: true,
  handleChatModelStart(_model, [messages]) {
    for (const message of messages) console.log(`${message.getType()}: ${message.text}`);
  },
  handleLLMStart: (_model, [prompt]) => console.log(prompt),
  handleLLMEnd: ({ generations }) => console.log("»", generations[0]?.[0]?.text),
};

/** A model that continues text. */
export function complete({ logprobs, seed, ...options } = {}) {
  return new OpenAI({
    model: BASE_MODEL,
    temperature: 0,
    ...options,
    modelKwargs: { ...(logprobs && { logprobs }), ...(seed !== undefined && { seed }) },
    configuration: { baseURL: BASE_URL },
    callbacks: [printing],
  });
}

/** A model that makes vectors; as plain numbers, and of the text as it is. */
export function embeddings({ model = EMBEDDING_MODEL } = {}) {
  return new OpenAIEmbeddings({
    model,
    encodingFormat: "float",
    stripNewLines: false,
    configuration: { baseURL: BASE_URL },
  });
}
