import type { AdminPerson, AdminStore } from "./ports.ts";

export interface PeopleQuery {
	readonly text: string;
	readonly cursor?: string | undefined;
	readonly limit: number;
}

/** The accounts of this server by username, those that are switched off too. */
export const listPeople = async (
	store: AdminStore,
	{ text, cursor = "", limit }: PeopleQuery,
): Promise<{ items: readonly AdminPerson[]; nextCursor?: string }> => {
	const wanted = text.trim().normalize("NFC").replace(/^@/, "").replace(/:.*$/, "");
	// No name holds a control character or half a surrogate pair, and PostgreSQL refuses some of them.
	if (/[\p{Cc}\p{Cs}]/u.test(wanted + cursor)) return { items: [] };
	const found = await store.listPeople({ text: wanted, after: cursor, limit: limit + 1 });
	const items = found.slice(0, limit);
	const last = found.length > limit ? items.at(-1) : undefined;
	return { items, ...(last === undefined ? {} : { nextCursor: last.localpart }) };
};
