import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { foldEdit } from "./fold-edit.ts";
import type { EditCandidate, TimelineRecord } from "./ports.ts";

const target: TimelineRecord = {
	nid: 1,
	roomNid: 1,
	roomId: "!room" as RoomId,
	eventId: "$target" as EventId,
	type: "m.room.message",
	stateKey: undefined,
	sender: "@alice:kith.example" as UserId,
	position: 1,
	originServerTs: 1,
	messageOrdinal: 1,
	content: { body: "original", format: "lost", "m.relates_to": { "m.in_reply_to": { event_id: "$before" } } },
	transactionId: undefined,
	redactedBy: undefined,
	relation: undefined,
	hasEdits: true,
	hasReactions: false,
};

const edit = (eventId: string, originServerTs: number, content: Record<string, unknown>): EditCandidate => ({
	targetEventId: target.eventId,
	eventId: eventId as EventId,
	isEncrypted: false,
	roomNid: 1,
	position: 2,
	originServerTs,
	content,
});

const saying = (body: string) => ({
	body: `* ${body}`,
	"m.new_content": { body, "m.relates_to": { event_id: "$evil" } },
});

describe("foldEdit", () => {
	it("replaces the whole content but what the message relates to", () => {
		expect(foldEdit(target, [edit("$a", 5, saying("new"))])).toEqual({
			folded: { content: { body: "new", "m.relates_to": target.content["m.relates_to"] }, ts: 5 },
		});
		const plain = { ...target, content: { body: "original" } };
		expect(foldEdit(plain, [edit("$a", 5, saying("new"))])?.folded?.content).toEqual({ body: "new" });
	});

	it("takes the edit with the latest timestamp, among equal ones the one with the larger event id", () => {
		const edits = [edit("$b", 5, saying("b")), edit("$c", 5, saying("c")), edit("$a", 5, saying("a"))];
		expect(foldEdit(target, edits)?.folded?.content["body"]).toBe("c");
		expect(foldEdit(target, [...edits, edit("$0", 6, saying("late"))])?.folded?.content["body"]).toBe("late");
	});

	it("passes over edits without new content, and never edits what was deleted", () => {
		const hollow = [edit("$z", 9, { body: "* x" }), edit("$y", 8, { "m.new_content": "text" })];
		expect(foldEdit(target, hollow)).toBeUndefined();
		expect(foldEdit(target, [...hollow, edit("$a", 5, saying("valid"))])?.folded?.content["body"]).toBe("valid");
		expect(foldEdit({ ...target, redactedBy: target.sender }, [edit("$a", 5, saying("new"))])).toBeUndefined();
	});

	it("lets an encrypted edit go along as it is, unless a later one can be read", () => {
		const encrypted = { ...edit("$e", 7, { ciphertext: "AwgA" }), isEncrypted: true };
		const plain = edit("$a", 5, saying("new"));
		expect(foldEdit(target, [encrypted, plain])).toMatchObject({
			folded: { content: { body: "new" }, ts: 5 },
			encrypted: { eventId: "$e", content: { ciphertext: "AwgA" } },
		});
		expect(foldEdit(target, [encrypted, edit("$l", 8, saying("late"))])?.encrypted).toBeUndefined();
	});

	it("replaces what is encrypted by nothing that is not, and by nothing once it is deleted", () => {
		const message = { ...target, type: "m.room.encrypted", content: { ciphertext: "AwgB" } };
		const encrypted = { ...edit("$e", 7, { ciphertext: "AwgA" }), isEncrypted: true };
		expect(foldEdit(message, [edit("$a", 9, saying("forged"))])).toBeUndefined();
		expect(foldEdit(message, [encrypted, edit("$a", 9, saying("forged"))])).toEqual({ encrypted });
		expect(foldEdit({ ...message, redactedBy: message.sender }, [encrypted])).toBeUndefined();
	});
});
