const storageKey = "kith.servers";
const mostServers = 4;

/** The servers that an account of this browser asked last for their rooms, the newest first. Another account's are nobody's. */
export function askedServers(userId: string): readonly string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
		if (!isKept(kept) || kept.userId !== userId) return [];
		return kept.servers.filter((server) => typeof server === "string").slice(0, mostServers);
	} catch {
		return [];
	}
}

/** Puts a server first among them. */
export function noteAskedServer(userId: string, server: string): void {
	const servers = [server, ...askedServers(userId).filter((known) => known !== server)].slice(0, mostServers);
	try {
		localStorage.setItem(storageKey, JSON.stringify({ userId, servers }));
	} catch {
		// Without storage they are forgotten with the page.
	}
}

function isKept(value: unknown): value is { readonly userId: unknown; readonly servers: readonly unknown[] } {
	return typeof value === "object" && value !== null && "servers" in value && Array.isArray(value.servers);
}
