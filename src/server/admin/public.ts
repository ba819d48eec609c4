export { type Admin, createAdmin } from "./create-admin.ts";
export type {
	AdminPerson,
	AdminRoom,
	AdminStore,
	AdminToken,
	NamedPerson,
	PeopleFilter,
	RoomsFilter,
	StoredFigures,
	StoredPart,
} from "./ports.ts";
export type { ProcessFigures } from "./read-statistics.ts";
