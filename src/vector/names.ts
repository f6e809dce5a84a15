export const STORE_NAMES = ["lancedb", "pgvector", "qdrant", "memory"] as const;

export type StoreName = (typeof STORE_NAMES)[number];
