interface Ephemeral {
	readonly type: string;
	readonly content: Record<string, unknown>;
}

interface SyncAnswer {
	readonly next_batch?: string;
	readonly presence?: {
		readonly events: readonly { readonly sender: string; readonly content: { presence: string } }[];
	};
	readonly rooms?: {
		readonly join?: Record<string, { readonly ephemeral?: { readonly events: readonly Ephemeral[] } }>;
		readonly invite?: Record<string, unknown>;
		readonly leave?: Record<string, unknown>;
		readonly knock?: Record<string, unknown>;
	};
}

type Receipts = Record<string, { readonly "m.read"?: Record<string, unknown> }>;

/** What only `/sync` tells, kept up to date by asking it before each look. */
export const createSyncView = (sync: (query: string) => Promise<Record<string, unknown>>, userId: string) => {
	const memberships = new Map<string, string>();
	const writers = new Map<string, readonly string[]>();
	const read = new Map<string, string>();
	const presence = new Map<string, string>();
	let since = "";
	const take = (roomId: string, { type, content }: Ephemeral): void => {
		if (type === "m.typing") writers.set(roomId, content["user_ids"] as string[]);
		if (type !== "m.receipt") return;
		for (const [eventId, receipts] of Object.entries(content as Receipts)) {
			for (const reader of Object.keys(receipts["m.read"] ?? {})) read.set(`${roomId} ${reader}`, eventId);
		}
	};
	const refresh = async (): Promise<void> => {
		const answer: SyncAnswer = await sync(`timeout=0${since === "" ? "" : `&since=${since}`}`);
		since = answer.next_batch ?? since;
		for (const { sender, content } of answer.presence?.events ?? []) presence.set(sender, content.presence);
		const { join = {}, invite = {}, leave = {}, knock = {} } = answer.rooms ?? {};
		for (const [kind, rooms] of Object.entries({ join, invite, leave, knock })) {
			for (const roomId of Object.keys(rooms)) memberships.set(roomId, kind);
		}
		for (const [roomId, { ephemeral }] of Object.entries(join)) {
			for (const event of ephemeral?.events ?? []) take(roomId, event);
		}
	};
	return {
		membership: async (roomId: string): Promise<string | undefined> => {
			await refresh();
			return memberships.get(roomId);
		},
		typing: async (roomId: string): Promise<readonly string[]> => {
			await refresh();
			return (writers.get(roomId) ?? []).filter((writer) => writer !== userId);
		},
		isOnline: async (other: string): Promise<boolean> => {
			await refresh();
			return presence.get(other) === "online";
		},
		readUpTo: async (roomId: string, reader: string): Promise<string | undefined> => {
			await refresh();
			return read.get(`${roomId} ${reader}`);
		},
	};
};
