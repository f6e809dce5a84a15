/**
 * A server that speaks OpenAI's protocol at a known address, named before the model:
 * `ollama:llama3.2`.
 */
export interface Provider {
  baseURL: string;
  /** the variable that holds its key; none for servers on this machine */
  keyVariable?: string;
}

export const PROVIDERS: Record<string, Provider> = {
  ollama: { baseURL: "http://localhost:11434/v1" },
  lmstudio: { baseURL: "http://localhost:1234/v1" },
  llamacpp: { baseURL: "http://localhost:8080/v1" },
  vllm: { baseURL: "http://localhost:8000/v1" },
  openrouter: { baseURL: "https://openrouter.ai/api/v1", keyVariable: "OPENROUTER_API_KEY" },
};

/**
 * "ollama:llama3.2" as its provider and model; undefined for a name that starts with no provider.
 */
export function splitModel(
  name: string,
): { provider: Provider; providerName: string; model: string } | undefined {
  const at = name.indexOf(":");
  const providerName = name.slice(0, Math.max(0, at)).toLowerCase();
  const provider = Object.hasOwn(PROVIDERS, providerName) ? PROVIDERS[providerName] : undefined;
  const model = name.slice(at + 1);
  return provider && model !== "" ? { provider, providerName, model } : undefined;
}
