import type { ReadEvent } from "../open-events.ts";

/** A message as far as the assistant goes by it. */
export interface HeardMessage {
	readonly body: string;
	/** Written by no person: nothing answers it by itself. Matrix v1.19 Client-Server API, "m.notice". */
	readonly isAutomatic: boolean;
	readonly mentions: readonly string[];
}

/** The words of a message, or the newer words that an edit gives; undefined: it is none with words. */
export const readMessage = ({ type, content, relation }: ReadEvent): HeardMessage | undefined => {
	if (type !== "m.room.message") return undefined;
	const words = relation?.kind === "edit" ? fieldOf(content, "m.new_content") : content;
	const body = fieldOf(words, "body");
	const kind = fieldOf(words, "msgtype");
	if (typeof body !== "string" || body.trim() === "" || !kinds.has(String(kind))) return undefined;
	const mentioned = fieldOf(fieldOf(content, "m.mentions"), "user_ids");
	const mentions = Array.isArray(mentioned) ? mentioned.filter((id) => typeof id === "string") : [];
	return { body, isAutomatic: kind === "m.notice", mentions };
};

const kinds: ReadonlySet<string> = new Set(["m.text", "m.notice", "m.emote"]);

const fieldOf = (value: unknown, name: string): unknown =>
	typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
