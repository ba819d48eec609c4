import type { AccountsEnvironment } from "./accounts-environment.ts";
import type { FoundPerson } from "./ports.ts";
import type { Viewer } from "./viewer.ts";

/** People of this server by a part of their name, the beginning of their username or their whole id. */
export const searchPeople = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	query: { readonly text: string; readonly limit: number },
): Promise<{ items: readonly FoundPerson[] }> => {
	const text = searchTextOf(query.text, environment.serverName);
	if (text === "") {
		return { items: [] };
	}
	return { items: await environment.store.searchPeople({ text, limit: query.limit, exceptUserId: viewer.userId }) };
};

/** U+0000 and lone surrogates can be in no stored name, and PostgreSQL refuses or changes them. */
const searchTextOf = (text: string, serverName: string): string => {
	const trimmed = text.trim().normalize("NFC");
	if (/[\p{Cc}\p{Cs}]/u.test(trimmed)) {
		return "";
	}
	const suffix = `:${serverName}`;
	const isWholeId = trimmed.startsWith("@") && trimmed.endsWith(suffix);
	return isWholeId ? trimmed.slice(1, -suffix.length) : trimmed.replace(/^@/, "");
};
