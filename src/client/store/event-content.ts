import { citesField } from "../../shared/wire/assistant-limits.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { AttachmentKeys } from "../media/attachments/encrypted-file.ts";
import { sealOf } from "./event-seal.ts";

/** The text of a message, of a picture its caption; `undefined` for other events and for a deleted message. */
export function bodyOf(event: WireEvent): string | undefined {
	if (event.type !== "m.room.message" || event.redactedBy !== undefined) return undefined;
	const body = textField(event.content, "body");
	return isPicture(event) && body === (textField(event.content, "filename") ?? body) ? "" : body;
}

/** True for a message by which somebody asks to be verified: its text is for apps that know nothing of it. */
export function isVerificationRequest({ type, content, redactedBy }: WireEvent): boolean {
	return type === "m.room.message" && redactedBy === undefined && content["msgtype"] === "m.key.verification.request";
}

/**
 * True for a picture that is shown as one: encrypted where its message is. Anything else is told by its words.
 * Matrix v1.19 Client-Server API, "m.image".
 */
export function isPicture(event: WireEvent): boolean {
	const { msgtype, file, url } = event.content;
	if (event.redactedBy !== undefined || event.type !== "m.room.message" || msgtype !== "m.image") return false;
	return file === undefined ? typeof url === "string" && sealOf(event) === undefined : fileIn(file) !== undefined;
}

/** An encrypted file of a message. */
export interface FileInMessage {
	readonly address: string;
	/** As the sender wrote them: whoever opens the file checks them. */
	readonly keys: AttachmentKeys;
}

/** The file that a field of a message names; undefined where it names none, or nothing that could open it. */
export function fileIn(value: unknown): FileInMessage | undefined {
	if (!isRecord(value)) return undefined;
	const { url, v, key, iv, hashes } = value;
	if (typeof url !== "string" || !isRecord(key) || !isRecord(hashes)) return undefined;
	const parts = [iv, key["k"], hashes["sha256"]];
	if (!parts.every((part) => typeof part === "string" && part.length < 100)) return undefined;
	return { address: url, keys: { v, key, iv, hashes } as unknown as AttachmentKeys };
}

/** What of a picture stays as it is when its caption is changed; undefined for any other message. */
export function pictureContentOf(event: WireEvent): Readonly<Record<string, unknown>> | undefined {
	if (!isPicture(event)) return undefined;
	const { msgtype, file, url, info, filename, body } = event.content;
	const content = { msgtype, file, url, info, filename: filename ?? body };
	return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
}

/** The new text that an edit brings. Matrix v1.19 Client-Server API, "Event replacements": `m.new_content`. */
export function textOfEdit(event: WireEvent): string | undefined {
	const fresh = event.content["m.new_content"];
	return textField(isRecord(fresh) ? fresh : event.content, "body");
}

/** How an edit calls a picture's file: beside it a caption is one. */
export function filenameOfEdit(event: WireEvent): string | undefined {
	const fresh = event.content["m.new_content"];
	return isRecord(fresh) ? textField(fresh, "filename") : undefined;
}

/** The emoji of a reaction. Matrix v1.19 Client-Server API, "Event annotations and reactions": `key`. */
export function reactionKeyOf(event: WireEvent): string | undefined {
	const relation = event.content["m.relates_to"];
	return isRecord(relation) ? textField(relation, "key") : undefined;
}

/** The membership that a member event sets, and the name it carries. */
export function memberOf(event: WireEvent): { userId: string; membership: string; displayName?: string } | undefined {
	const membership = textField(event.content, "membership");
	if (event.type !== "m.room.member" || event.stateKey === undefined || membership === undefined) return undefined;
	const displayName = textField(event.content, "displayname");
	return { userId: event.stateKey, membership, ...(displayName !== undefined && { displayName }) };
}

/** Whom a message mentions. Matrix v1.19 Client-Server API, "User and room mentions": `m.mentions`. */
export function mentionsOf(event: WireEvent): readonly string[] {
	const mentions = event.content["m.mentions"];
	const userIds = isRecord(mentions) ? mentions["user_ids"] : undefined;
	return Array.isArray(userIds) ? userIds.filter((one) => typeof one === "string") : [];
}

/** What the lines of a message rest on, as it was written: whoever shows it reads it. undefined for what was changed since. */
export function citesOf({ content, editedTs, redactedBy }: WireEvent): unknown {
	return editedTs === undefined && redactedBy === undefined ? content[citesField] : undefined;
}

/** A field of content that may hold anything, if it is text. */
export function textField(content: Readonly<Record<string, unknown>>, name: string): string | undefined {
	const value = content[name];
	return typeof value === "string" ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
