/** Sections that need what a page has not, and what that is. */
const NOT_HERE: Record<string, string> = {
  "setup/real-models": "This section looks at your machine, which a page cannot.",
  "memory/now": "This section keeps a conversation in a database on disk.",
  "agents/consent": "This section keeps an agent's state in a database on disk.",
  "agents/hostile": "This section stops a graph halfway, which LangGraph can do in Node only.",
  "agents/mcp": "This section starts a server as a program of its own.",
};

/** Why a section cannot run in a page; undefined where it can. */
export const whyNotHere = (section: string): string | undefined => NOT_HERE[section];
