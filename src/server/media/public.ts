export { createMedia, type Media } from "./create-media.ts";
export type { MediaId, MediaQuota, MediaRecord, MediaStorage, MediaStore, UnusedQuery } from "./ports.ts";
