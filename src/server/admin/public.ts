export { type Admin, createAdmin } from "./create-admin.ts";
export type { AdminPerson, AdminStore, AdminToken, PeopleFilter, StoredFigures } from "./ports.ts";
export type { ProcessFigures } from "./read-statistics.ts";
