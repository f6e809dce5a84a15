/** Two answers to a question: a short one that is right, and a long one that is not. */
export const PAIRS = [
  {
    question: "How many passages should I hand to the model?",
    reference: "Three to eight.",
    short: "Three to eight passages.",
    long: "That depends on many things. Some models take a lot of passages in their prompt, others only a few, and each passage that you hand over costs tokens and time. Think about your users, your documents and your budget, and try what works best for you.",
  },
  {
    question: "Which error do I get if I send too many requests?",
    reference: "Error 429.",
    short: "Error 429.",
    long: "If you send too many requests to a server, it may answer with an error, and programs should be ready for errors of all kinds. In most cases you will see error 500, which tells you that the server has more requests than it can answer, and that you should send fewer of them.",
  },
  {
    question: "What does a perplexity of 1 mean?",
    reference: "Every token was foreseen with certainty.",
    short: "The model foresaw every token with certainty.",
    long: "Perplexity is a measure that is often used for language models, and a low perplexity or a high perplexity each have a meaning. A perplexity of 1 means that the model was unsure about every single token of the text, so that it had to guess, and it is a sign that training has not worked.",
  },
  {
    question: "How long does a batch file take?",
    reference: "Mostly less than 24 hours.",
    short: "Mostly less than 24 hours.",
    long: "A batch file holds requests that are not urgent. How long a batch file takes depends on the provider, on the number of requests in the file, on the model, and on how busy the machines are at that time of the day. Providers put such files aside and work on them when they can.",
  },
  {
    question: "Where should I keep my API key?",
    reference: "In an environment variable or a secret store.",
    short: "In an environment variable or a secret store.",
    long: "An API key is important, so keep it where you can find it again. A good place for the key is the source code itself, right at the top of the file in which the program calls the API, with a comment that says which account the key belongs to and when it was made.",
  },
  {
    question: "What can BM25 not do?",
    reference: "Recognise that two different words mean one thing.",
    short: "It cannot recognise that two different words mean one thing.",
    long: "BM25 is a formula of keyword search that has been in use since the 1990s. There are things that BM25 can do and things that BM25 cannot do. Search engines have used it for documents of all kinds, and people have compared it with vectors, with hybrid search and with rerankers many times.",
  },
  {
    question: "Does a chat model remember what I told it yesterday?",
    reference: "No, it keeps nothing between calls.",
    short: "No, it keeps nothing between calls.",
    long: "Yes. A chat model remembers everything that you told it, yesterday, last week and last year, because it stores each conversation in its weights while you talk to it. So you can go on with a conversation at any time, and the model will know who you are and what you like.",
  },
  {
    question: "How much overlap should chunks have?",
    reference: "10 to 20 per cent of a chunk's length.",
    short: "10 to 20 per cent of their length.",
    long: "The overlap of chunks is a subject on which there are many opinions. Chunks with overlap share some text with the chunk before and the chunk after, and chunks without overlap do not. Much overlap has advantages and disadvantages, and so does little overlap, so choose the overlap that your chunks need.",
  },
] as const;

/** Two answers to a question that are about as good and as long as each other. */
export const EQUALS = [
  {
    question: "Why does bread rise?",
    one: "Yeast makes bubbles of gas in the dough.",
    other: "The yeast in the dough makes gas, and its bubbles.",
  },
  {
    question: "Why are passages numbered in a prompt?",
    one: "So that the answer can name its sources.",
    other: "So that sources can be named in the answer.",
  },
  {
    question: "What is a token?",
    one: "A short piece of text, often a word.",
    other: "Often a word, a short piece of text.",
  },
  {
    question: "Why retry with growing pauses?",
    one: "So that a busy server gets time to recover.",
    other: "A busy server gets time, so that it can recover.",
  },
  {
    question: "What does temperature 0 do?",
    one: "The likeliest token is chosen every time.",
    other: "Every time, it chooses the likeliest token.",
  },
  {
    question: "Why keep a test set apart?",
    one: "So that you do not tune the prompt to its questions.",
    other: "So that the prompt is not tuned to the questions of the set.",
  },
] as const;
