import { BaseLLM } from "@langchain/core/language_models/llms";
import { ChatOpenAI, OpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { LabError } from "../errors.ts";
import { textOf } from "../trace/wire.ts";
import { type Fault, faultyWire } from "./fault.ts";
import { isTiny, TINY_URL, usualTemperature } from "./names.ts";

export interface ModelOptions {
  model: string;
  /** the model that completes text, where there is one */
  baseModel?: string;
  embeddingModel?: string;
  baseURL: string;
  apiKey: string;
  /** the way to the endpoint; retries and deadlines are its business */
  wire: typeof fetch;
  countTokens(text: string): number;
  /** how chat replies are spoilt, where a lesson does not say otherwise */
  fault?: Fault;
  price(input: number, output: number): number | null;
}

export interface CompleteOptions {
  temperature?: number;
  maxTokens?: number;
  model?: string;
  topP?: number;
  stop?: string[];
  /** how many of the likeliest tokens are told of each place, with their logarithms */
  logprobs?: number;
  /** what chance starts from */
  seed?: number;
}

interface CallOptions {
  /** how the reply is spoilt on its way, to show what programs must bear */
  fault?: Fault;
  temperature?: number;
  maxTokens?: number;
  model?: string;
  /** who answers in place of the endpoint */
  fetch?: typeof fetch;
}

/**
 * Makes the genuine LangChain OpenAI classes, all talking through one wire.
 *
 * Four settings differ from LangChain's own. Tokens are counted here, because LangChain would
 * download the encoding. It does not retry, because the wire does, and says so. Embeddings are
 * asked for as numbers, because servers that ignore the base64 form would be misread, and texts
 * keep their lines, since a title on a line of its own says more than the same words before a
 * sentence.
 */
export function createModels({
  model: name,
  baseModel,
  embeddingModel = name,
  baseURL,
  apiKey,
  wire,
  countTokens,
  price,
  fault: usualFault = "none",
}: ModelOptions) {
  const tiny = { configuration: { baseURL: TINY_URL, fetch: wire }, apiKey: "none" };
  const common = { apiKey, maxRetries: 0, configuration: { baseURL, fetch: wire } };
  const counting = { getNumTokens: async (content: unknown) => countTokens(textOf(content)) };
  return {
    name,
    countTokens,
    price,
    wire,
    chat: ({
      maxTokens,
      model = name,
      temperature = usualTemperature(model),
      fault = usualFault,
      fetch: way = wire,
    }: CallOptions = {}): ChatOpenAI => {
      const configuration = { baseURL, fetch: faultyWire(way, fault) };
      return Object.assign(
        new ChatOpenAI({ ...common, configuration, model, temperature, maxTokens }),
        counting,
      );
    },
    complete: (options: CompleteOptions = {}) => {
      const { model = baseModel, logprobs, seed, temperature = 0, ...rest } = options;
      if (model === undefined) throw noBaseModel(name);
      const modelKwargs = {
        ...(logprobs !== undefined && { logprobs }),
        ...(seed !== undefined && { seed }),
      };
      const fields = { ...common, ...rest, ...(isTiny(model) ? tiny : {}), temperature };
      const made = Object.assign(new OpenAI({ ...fields, model, modelKwargs }), counting);
      // LangChain drops the logprobs of a stream, so such a completion is asked for whole, whoever
      // watches.
      if (logprobs !== undefined)
        made._streamResponseChunks = BaseLLM.prototype._streamResponseChunks;
      return made;
    },
    embeddings: ({ model = embeddingModel }: { model?: string } = {}): OpenAIEmbeddings =>
      new OpenAIEmbeddings({ ...common, model, encodingFormat: "float", stripNewLines: false }),
  };
}

function noBaseModel(name: string): LabError {
  return new LabError(
    `No model that completes text is named: ${name} is for chat`,
    "Set LLM_LAB_BASE_MODEL to a base model that your endpoint serves, for example one of Ollama's, or use --model offline.",
    2,
  );
}
