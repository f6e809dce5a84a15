/** The definition that a question asks for; undefined if it asks for no term known here. */
export function define(text: string): string | undefined {
  const asked = text
    .trim()
    .replaceAll("’", "'")
    .replace(/[?!.\s]+$/, "");
  const term =
    /^(?:(?:so|and|ok|okay|now|please|can you|could you)[\s,]+)*(?:what(?:'s| is| are|s)|define|explain(?: to me)?(?: what)?|describe|what does|tell me (?:about|what)|who or what is)\s+(?:an? |the )?(.+?)(?: is| are| mean| means| do| does)?$/i.exec(
      asked,
    )?.[1] ?? /^(.+?) (?:is|are|means?) what$/i.exec(asked)?.[1];
  if (!term) return undefined;
  const key = term
    .toLowerCase()
    .replace(/^(?:an?|the) /, "")
    .replace(/[“”"']/g, "");
  const known = [key, key.replace(/s$/, ""), key.replace(/ies$/, "y"), ALIASES[key] ?? ""].find(
    (name) => Object.hasOwn(TERMS, name),
  );
  return known === undefined ? undefined : TERMS[known];
}

const ALIASES: Record<string, string> = {
  "artificial intelligence": "ai",
  "large language model": "llm",
  "large language models": "llm",
  "language model": "llm",
  "language models": "llm",
  ml: "machine learning",
  rag: "retrieval-augmented generation",
  gpt: "llm",
  "neural net": "neural network",
  "vector store": "vector database",
  "fine tuning": "fine-tuning",
  "chat bot": "chatbot",
  "chat bots": "chatbot",
  "few shot": "few-shot",
  "reinforcement learning from human feedback": "rlhf",
};

const TERMS: Record<string, string> = {
  ai: "AI, artificial intelligence, is the craft of making machines do what seems to need thought: seeing, speaking, planning, answering.",
  "machine learning":
    "Machine learning is finding the rules of a task from examples instead of writing them by hand.",
  "deep learning": "Deep learning is machine learning with neural networks of many layers.",
  llm: "An LLM, a large language model, is a neural network that was trained on much text to predict the next token.",
  "neural network":
    "A neural network is a function with many adjustable numbers, its weights, arranged in layers and set by training.",
  backpropagation:
    "Backpropagation works out, from the last layer back to the first, how each weight of a network should change to make the error smaller.",
  "gradient descent":
    "Gradient descent improves a model by many small steps, each in the direction that lowers the error most.",
  chatbot:
    "A chatbot is a program that holds a conversation in text; today it is mostly an LLM with a memory around it.",
  token:
    "A token is a piece of text, about three quarters of an English word, that a model reads and writes as one unit.",
  tokenizer: "A tokenizer cuts text into tokens and puts tokens together to text again.",
  prompt:
    "A prompt is the whole text that a model is sent; what is not in it, the model does not know.",
  "prompt template":
    "A prompt template is a prompt with gaps, which are filled in before it is sent.",
  completion: "A completion is the text that a model returns for a prompt.",
  embedding:
    "An embedding is a list of numbers that stands for a text, such that texts of like meaning lie close together.",
  vector: "A vector is a list of numbers; an embedding is one.",
  "vector database":
    "A vector database stores embeddings and finds the ones nearest to that of a question.",
  retriever: "A retriever returns the passages that fit a question best.",
  "retrieval-augmented generation":
    "Retrieval-augmented generation looks up fitting passages first and puts them into the prompt, so that the model answers from them.",
  transformer:
    "A transformer is a neural network that lets each token look at the tokens before it, through attention.",
  attention:
    "Attention lets a model weigh, for each token, how much every other token matters to it.",
  temperature:
    "Temperature sets how freely a model chooses its next token: at 0 always the likeliest, higher more variously.",
  "context window": "A context window is the most tokens that a model can read in one call.",
  memory:
    "Memory, around a chat model, is the part of a conversation that is sent again with each call.",
  chain:
    "A chain is a fixed row of steps, such as prompt, model and parser, each taking what the one before gives.",
  agent:
    "An agent is a model in a loop: it may call tools, read what they return, and decide what to do next.",
  tool: "A tool is a function that a model may ask to have called.",
  "fine-tuning":
    "Fine-tuning is training a finished model a little further on examples of one kind.",
  "base model":
    "A base model has only learnt to continue text; it was not yet taught to follow instructions.",
  "instruction tuning":
    "Instruction tuning trains a base model on instructions and good answers, so that it answers instead of continuing.",
  rlhf: "RLHF, reinforcement learning from human feedback, raises the probability of the replies that people rated higher.",
  hallucination: "A hallucination is a statement that a model makes up and words like a fact.",
  langchain:
    "LangChain is a library for building applications out of models, prompts, memory and tools.",
  "few-shot":
    "Few-shot prompting puts a few solved examples into the prompt, so that the model goes on in the same way.",
  "loss function":
    "A loss function says with one number how wrong a model is; training makes it small.",
  overfitting: "Overfitting is learning the examples by heart instead of what they have in common.",
  parameter: "A parameter is one of the numbers that training sets inside a model.",
  "prompt injection":
    "Prompt injection is text from outside that makes a model follow it instead of its own instructions.",
  "output parser": "An output parser turns a model's text into data that a program can use.",
  checkpoint:
    "A checkpoint is a saved state: of a model's weights in training, or of an agent's conversation.",
  streaming: "Streaming sends a reply piece by piece as it is made, instead of whole at the end.",
};
