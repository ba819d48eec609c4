export { createSafety, type Safety } from "./create-safety.ts";
export type { BlockedPerson, NewReport, SafetyStore, StoredReport } from "./ports.ts";
