import { createHash } from "node:crypto";
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { embeddings } from "./models.mjs";

export class Store extends MemoryVectorStore {
  // An id that is there is replaced; LangChain's store would keep both.
  async addVectors(vectors, documents) {
    const ids = documents.map(({ id, ...rest }) => id ?? hashOf(rest));
    this.memoryVectors = this.memoryVectors.filter(({ id }) => !ids.includes(id));
    const named = documents.map((document, at) => ({ ...document, id: ids[at] }));
    await super.addVectors(vectors, named);
    return ids;
  }

  // LangChain's store takes a function here, and each engine a language of its own.
  async similaritySearchVectorWithScore(query, k, filter) {
    const fits = filter && (({ metadata }) => meets(filter, metadata));
    return super.similaritySearchVectorWithScore(query, k, fits);
  }

  async count(filter) {
    return this.memoryVectors.filter(({ metadata }) => meets(filter, metadata)).length;
  }

  async get(ids) {
    const found = ids.map((id) => this.memoryVectors.find((one) => one.id === id));
    return found.filter(Boolean).map(documentOf);
  }

  async *scan() {
    for (const one of this.memoryVectors)
      yield { document: documentOf(one), vector: one.embedding };
  }

  async searchVector(vector, { k = 4, filter } = {}) {
    const fits = filter && (({ metadata }) => meets(filter, metadata));
    const found = await super.similaritySearchVectorWithScore(vector, k, fits);
    return found.map(([document, score]) => ({ document, score }));
  }

  async delete({ ids = [], filter, all = false }) {
    const goes = ({ id, metadata }) =>
      all || ids.includes(id) || (filter && meets(filter, metadata));
    this.memoryVectors = this.memoryVectors.filter((one) => !goes(one));
  }
}

function documentOf({ id, content, metadata }) {
  return { id, pageContent: content, metadata: { ...metadata } };
}

function hashOf(document) {
  return createHash("sha256").update(JSON.stringify(document)).digest("hex").slice(0, 32);
}

/** Whether a document's metadata meet a filter, as llm-lab writes filters. */
function meets(filter, metadata) {
  if (filter === undefined) return true;
  if (filter.and) return filter.and.every((one) => meets(one, metadata));
  if (filter.or) return filter.or.some((one) => meets(one, metadata));
  if (filter.not) return !meets(filter.not, metadata);
  const value = metadata[filter.key];
  if ("eq" in filter) return value === filter.eq;
  if ("in" in filter) return filter.in.includes(value);
  if ("gt" in filter) return value > filter.gt;
  if ("gte" in filter) return value >= filter.gte;
  return "lt" in filter ? value < filter.lt : value <= filter.lte;
}

/** A collection in this program's memory. */
export async function store({ embeddings: own = embeddings() } = {}) {
  return new Store(own);
}
