import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { closedReasonOf, sealOf } from "../store/event-seal.ts";
import { type CryptoEngine, CryptoError } from "./crypto-engine.ts";
import type { ReadResult, SealedEvent } from "./crypto-message.ts";
import { type CipherParts, createEngineCipher } from "./engine-cipher.ts";

const roomId = "!room:kith.test";
const ann = "@ann:kith.test";

const sealed = (eventId: string, changes: Partial<WireEvent> = {}): WireEvent => ({
	...{ eventId, sender: ann, originServerTs: 1, position: "1", type: "m.room.encrypted" },
	...{ content: { ciphertext: eventId }, ...changes },
});
const read = (content: Record<string, unknown>, type = "m.room.message"): ReadResult => ({
	...{ kind: "read", type, content, isVouched: true },
});
const words = (body: string): ReadResult => read({ msgtype: "m.text", body });
const editOf = (eventId: string, body: string): ReadResult =>
	read({
		...{ body: `* ${body}`, "m.new_content": { msgtype: "m.text", body } },
		"m.relates_to": { rel_type: "m.replace", event_id: eventId },
	});

/** A cipher over an engine that reads events as told. */
const open = (
	results: Readonly<Record<string, ReadResult | CryptoError>>,
	state: ReturnType<CipherParts["state"]> = "ready",
) => {
	const asked: { readonly name: string; readonly input: unknown }[] = [];
	const engine = {
		call: async (name: string, input: { events: SealedEvent[] }) => {
			asked.push({ name, input });
			if (name === "prepare") return {};
			if (name === "encrypt") return { content: { ciphertext: "sealed" } };
			const failed = input.events.map(({ eventId }) => results[eventId]).find((one) => one instanceof CryptoError);
			if (failed !== undefined) throw failed;
			return {
				results: input.events.map(({ eventId }) => results[eventId] ?? { kind: "unreadable", reason: "no-key" }),
			};
		},
	} as unknown as CryptoEngine;
	const cipher = createEngineCipher({
		engine: async () => engine,
		state: () => state,
		recipients: async (_, visibility) => (visibility === "joined" ? [ann] : [ann, "@ben:kith.test"]),
	});
	const decrypt = (...events: WireEvent[]) => cipher.decrypt(events.map((event) => ({ roomId, event })));
	return { cipher, decrypt, asked };
};

describe("the cipher over the engine", () => {
	it("opens what is sealed and leaves the rest alone, in order", async () => {
		const { decrypt } = open({ $2: words("two") });
		const plain = sealed("$1", { type: "m.room.message", content: { body: "one" } });
		const [first, second] = await decrypt(plain, sealed("$2"));
		expect(first).toBe(plain);
		expect(second).toMatchObject({ type: "m.room.message", content: { body: "two" }, seal: { kind: "open" } });
	});

	it("finds the one event that engines break down of, and opens the others", async () => {
		const { decrypt } = open({ $1: words("one"), $2: new CryptoError("broken"), $3: words("three") });
		const shown = await decrypt(sealed("$1"), sealed("$2"), sealed("$3"));
		expect(shown.map(({ content }) => content["body"])).toEqual(["one", undefined, "three"]);
		expect(shown.map(closedReasonOf)).toEqual([undefined, "damaged", undefined]);
	});

	it("shows what comes without words where the engine is gone", async () => {
		const shown = await open({ $1: new CryptoError("no-storage") }).decrypt(sealed("$1"), sealed("$2"));
		expect(shown.map(closedReasonOf)).toEqual(["no-engine", "no-engine"]);
	});

	it("shows what it cannot open as a message without words, says why, and keeps it to try again", async () => {
		const event = sealed("$1");
		const [shown] = await open({ $1: { kind: "unreadable", reason: "no-key", sessionId: "s" } }).decrypt(event);
		expect(shown).toMatchObject({ type: "m.room.message", content: {} });
		expect(shown && sealOf(shown)).toEqual({ kind: "closed", reason: "no-key", sessionId: "s", event });
	});

	it.each([
		["starting", "starting"],
		["unavailable", "no-engine"],
	] as const)("waits for no engine that is %s", async (state, reason) => {
		const { decrypt, asked } = open({ $1: words("one") }, state);
		const [shown] = await decrypt(sealed("$1"));
		expect(shown && closedReasonOf(shown)).toBe(reason);
		expect(asked).toEqual([]);
	});

	it("shows a message in its newest words, which were made for it", async () => {
		const encryptedEdit = { eventId: "$edit", originServerTs: 9, content: {} };
		const { decrypt } = open({ $1: words("old"), $edit: editOf("$1", "new"), $2: words("other") });
		const [edited, other] = await decrypt(sealed("$1", { encryptedEdit }), sealed("$2", { encryptedEdit }));
		expect(edited).toMatchObject({ content: { body: "new" }, editedTs: 9, seal: { kind: "open" } });
		// The server puts the edit of one message beside another.
		expect(other?.content["body"]).toBe("other");
		expect(other?.editedTs).toBeUndefined();
	});

	it("takes no other relation in clear than the one that was sealed", async () => {
		const reply = { "m.in_reply_to": { event_id: "$yes" } };
		const result = read({ body: "I agree", "m.relates_to": { "m.in_reply_to": { event_id: "$no" } } });
		const [shown] = await open({ $1: result }).decrypt(sealed("$1", { content: { "m.relates_to": reply } }));
		expect(shown && closedReasonOf(shown)).toBe("damaged");
	});

	it("leaves an edit that it cannot open an edit, which changes nothing", async () => {
		const relatesTo = { eventId: "$1", kind: "edit" } as const;
		const [shown] = await open({}).decrypt(sealed("$2", { relatesTo }));
		expect(shown).toMatchObject({ type: "m.room.encrypted", seal: { kind: "closed" } });
	});

	it("takes what was deleted for a message", async () => {
		const [shown] = await open({}).decrypt(sealed("$1", { content: {}, redactedBy: ann }));
		expect(shown).toMatchObject({ type: "m.room.message", redactedBy: ann });
		expect(shown && sealOf(shown)).toBeUndefined();
	});

	it("opens a long history in parts", async () => {
		const events = Array.from({ length: 130 }, (_, at) => sealed(`$${at}`));
		const { decrypt, asked } = open(Object.fromEntries(events.map(({ eventId }) => [eventId, words(eventId)])));
		const shown = await decrypt(...events);
		expect(shown.map(({ content }) => content["body"])).toEqual(events.map(({ eventId }) => eventId));
		expect(asked).toHaveLength(3);
	});

	it.each([
		["joined", [ann]],
		["shared", [ann, "@ben:kith.test"]],
	] as const)("seals for those who may read a room of visibility %s", async (historyVisibility, userIds) => {
		const { cipher, asked } = open({});
		const encryption = { algorithm: "m.megolm.v1.aes-sha2", historyVisibility, rotationPeriodMsgs: 7 };
		await cipher.encrypt({ roomId, type: "m.room.message", content: { body: "hi" }, encryption });
		expect(asked[0]?.input).toMatchObject({
			...{ userIds, content: { body: "hi" } },
			settings: { historyVisibility, rotationPeriodMessages: 7 },
		});
	});

	it("gets ready for the same readers as it seals for", async () => {
		const { cipher, asked } = open({});
		const encryption = { algorithm: "m.megolm.v1.aes-sha2", historyVisibility: "shared" } as const;
		await cipher.prepare({ roomId, encryption });
		await cipher.encrypt({ roomId, encryption, type: "m.room.message", content: { body: "hi" } });
		const [prepared, sealing] = asked;
		expect(prepared?.name).toBe("prepare");
		expect(sealing?.input).toMatchObject(prepared?.input ?? {});
	});
});
