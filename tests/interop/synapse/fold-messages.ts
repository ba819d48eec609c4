import type { SeenMessage } from "../homeserver.ts";

/** An event as the Client-Server API gives it. */
export interface RawEvent {
	readonly event_id: string;
	readonly sender: string;
	readonly type: string;
	readonly state_key?: string;
	readonly content: Readonly<Record<string, unknown>>;
	readonly redacts?: string;
}

interface Relation {
	readonly rel_type?: string;
	readonly event_id?: string;
	readonly key?: string;
	readonly "m.in_reply_to"?: { readonly event_id: string };
}

/** The messages of a room as its people see them, from its events, oldest first. */
export const foldMessages = (events: readonly RawEvent[]): readonly SeenMessage[] => {
	const redacted = new Set(
		events.flatMap(({ type, redacts, content }) => {
			return type === "m.room.redaction" ? [redacts ?? content["redacts"]] : [];
		}),
	);
	const standing = events.filter(({ event_id }) => !redacted.has(event_id));
	const bodies = new Map<string, unknown>();
	const reactions = new Map<string, Map<string, number>>();
	for (const { type, content } of standing) {
		const { rel_type, event_id, key } = relationOf(content);
		if (event_id === undefined) continue;
		if (type === "m.room.message" && rel_type === "m.replace") {
			bodies.set(event_id, (content["m.new_content"] as Record<string, unknown> | undefined)?.["body"]);
		}
		if (type !== "m.reaction" || key === undefined) continue;
		const counts = reactions.get(event_id) ?? new Map<string, number>();
		reactions.set(event_id, counts.set(key, (counts.get(key) ?? 0) + 1));
	}
	return events
		.filter(({ type, content }) => type === "m.room.message" && relationOf(content).rel_type !== "m.replace")
		.map(({ event_id, sender, content }) => {
			const body = bodies.get(event_id) ?? content["body"];
			return {
				eventId: event_id,
				sender,
				body: redacted.has(event_id) || typeof body !== "string" ? undefined : body,
				replyTo: relationOf(content)["m.in_reply_to"]?.event_id,
				reactions: Object.fromEntries(reactions.get(event_id) ?? []),
			};
		});
};

const relationOf = (content: Readonly<Record<string, unknown>>): Relation =>
	(content["m.relates_to"] as Relation | undefined) ?? {};
