import { describe, expect, it } from "vitest";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { encryptionOf, noteEncrypted, withSeenEncryption } from "./room-encryption.ts";

const encryption = { algorithm: "m.megolm.v1.aes-sha2", historyVisibility: "shared" } as const;
const row = (roomId: string, extra: Partial<WireRoomSummary> = {}): WireRoomSummary => ({
	...{ roomId, kind: "direct", heroes: [], joinedCount: 2, invitedCount: 0, membership: "join", lastPosition: "1" },
	...{ unreadCount: 0, mentionCount: 0, ...extra },
});

describe("a room that was seen encrypted", () => {
	it("stays so, whatever the server says of it later", () => {
		expect(withSeenEncryption(row("!a", { encryption })).encryption).toEqual(encryption);
		expect(withSeenEncryption(row("!a")).encryption).toEqual(encryption);
		expect(encryptionOf("!a")).toEqual(encryption);
	});

	it("follows what the room says of its keys", () => {
		const slower = { ...encryption, rotationPeriodMsgs: 10 };
		withSeenEncryption(row("!b", { encryption }));
		withSeenEncryption(row("!b", { encryption: slower }));
		expect(encryptionOf("!b")).toEqual(slower);
	});

	it("is one that was made so here, before the server says anything of it", () => {
		noteEncrypted("!d");
		expect(encryptionOf("!d")).toEqual(encryption);
		expect(withSeenEncryption(row("!d")).encryption).toEqual(encryption);
		const joined = { ...encryption, historyVisibility: "joined" } as const;
		withSeenEncryption(row("!d", { encryption: joined }));
		noteEncrypted("!d");
		expect(encryptionOf("!d")).toEqual(joined);
	});

	it("makes no other room one", () => {
		expect(withSeenEncryption(row("!c")).encryption).toBeUndefined();
		expect(encryptionOf("!c")).toBeUndefined();
	});
});
