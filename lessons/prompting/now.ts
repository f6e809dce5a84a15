import { ChatPromptTemplate } from "@langchain/core/prompts";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// How it is done today. Nearly every model that one rents is tuned and is spoken
// to in messages; base models are for research, for fine-tuning of one's own, and
// for text that should simply go on.
const lab = section({
  title: "Today",
  params: {
    review: text({
      default:
        "The kettle was a birthday gift. It came after three days. Good value for the money, but it is loud.",
      maxLength: 1500,
      help: "a review",
    }),
    question: text({
      default: "What is the capital of France?",
      maxLength: 200,
      help: "what is asked of both APIs",
    }),
  },
});

// Two kinds of API. The *completion* API takes a text and continues it; the
// *chat* API takes messages with roles, and the server puts them into the one text
// that the model continues. Below a chat model is a completion model, with a
// template around what you say.
const apis = lab.step(
  "Completions and chat",
  async ({ complete, chat, params, table }) => {
    const { question } = params;
    const completion = await complete({
      model: "tiny-instruct",
      maxTokens: 24,
    }).invoke(question);
    const { content } = await chat().invoke([
      ["system", "Answer in one sentence."],
      ["user", question],
    ]);
    await table(
      "One question, two APIs",
      ["API", "reply"],
      [
        ["/v1/completions", completion.trim()],
        ["/v1/chat/completions", String(content)],
      ],
    );
  },
);

// Then: a parser that describes the form in the prompt and hopes. Now:
// *structured output*. The schema travels in the request, beside the prompt, and
// the server allows no token that would break it.
const structured = lab.step(
  "Structured output",
  async ({ chat, params, show }) => {
    const shape = z.object({
      gift: z.boolean().describe("was it bought as a gift?"),
      delivery_days: z.number().describe("days until it was delivered"),
      price: z.array(z.string()).describe("sentences about price or value"),
    });
    const model = chat().withStructuredOutput(shape, {
      method: "jsonSchema",
    });
    const prompt = ChatPromptTemplate.fromTemplate("{review}");
    const { review } = params;
    await show("An object", await prompt.pipe(model).invoke({ review }));
  },
);

// Base models that one can run oneself, as known in August 2025. All need a
// download and a server that has /v1/completions, such as llama.cpp, vLLM or
// Ollama; then set `OPENAI_BASE_URL` and `LLM_LAB_BASE_MODEL` and play
// prompting/base again.
const open = lab.step("Base models to try", async ({ table }) => {
  await table(
    "As known in August 2025",
    ["model", "numbers", "from"],
    [
      ["SmolLM2-135M", "135 million", "Hugging Face"],
      ["Qwen3-0.6B-Base", "0.6 billion", "Alibaba"],
      ["gemma-3-1b-pt", "1 billion", "Google"],
      ["OLMo-2-0425-1B", "1.5 billion, its training data open", "Ai2"],
      ["Llama-3.1-8B", "8 billion", "Meta"],
    ],
  );
});

export default lab.steps(apis, structured, open);
