import { describe, expect, it } from "vitest";
import { parseEventId } from "./event-id.ts";
import { parseKeyId } from "./key-id.ts";
import { parseRoomAlias, roomAliasServer } from "./room-alias.ts";
import { createEventIdOf, isHashedRoomId, parseRoomId, roomIdOfCreate, roomIdServer } from "./room-id.ts";
import { parseServerName } from "./server-name.ts";
import { isCompliantUserId, parseUserId, userIdLocalpart, userIdServer } from "./user-id.ts";

const hash = "Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg";

/** The identifier when it parses, so that a test can go on with it. */
const parsed = <Id>(id: Id | undefined): Id => {
	expect(id).toBeDefined();
	return id as Id;
};

describe("server names", () => {
	it.each([
		"matrix.org",
		"matrix.org:8888",
		"1.2.3.4",
		"1.2.3.4:1234",
		"[1234:5678::abcd]",
		"[1234:5678::abcd]:5678",
		"[::]",
		"[::ffff:1.2.3.4]",
		"[1:2:3:4:5:6:7:8]",
		"[1:2:3:4:5:6:1.2.3.4]",
		"MATRIX.org",
		"a",
		"localhost:1",
		"x".repeat(255),
	])("ID-01 accepts %s", (text) => {
		expect(parseServerName(text)).toBe(text);
	});

	it.each([
		"",
		":80",
		"a:",
		"a:123456",
		"a:8x",
		"a b",
		"a_b",
		"a/b",
		"ünï",
		"a\n",
		"x".repeat(256),
		"[]",
		"[::1",
		"::1",
		"[::1]x",
		"[1::2::3]",
		"[1:2:3:4:5:6:7]",
		"[1:2:3:4:5:6:7:8:9]",
		"[1:2:3:4:5:6:7::8]",
		"[12345::]",
		"[:1]",
		"[1.2.3.4::]",
		"[::1.2.3.256]",
		"[::g]",
		"[fe80::1%eth0]",
	])("ID-01 refuses %j", (text) => {
		expect(parseServerName(text)).toBeUndefined();
	});
});

describe("user ids", () => {
	it("ID-02 splits at the first colon", () => {
		const id = parsed(parseUserId("@alice:[::1]:8448"));
		expect([userIdLocalpart(id), userIdServer(id)]).toEqual(["alice", "[::1]:8448"]);
	});

	it.each(["@:one.example", "@Älice:one.example", "@a b\u0001:one.example", "@😀:one.example"])(
		"ID-02 accepts the historical %j, but not for new accounts",
		(text) => {
			expect(isCompliantUserId(parsed(parseUserId(text)))).toBe(false);
		},
	);

	it("ID-02 knows the ids that new accounts may have", () => {
		expect(isCompliantUserId(parsed(parseUserId("@a-z.0_9=/+:one.example")))).toBe(true);
	});

	it.each([
		"",
		"alice:one.example",
		"@alice",
		"@alice:",
		"@a\u0000:one.example",
		"@a\ud800:one.example",
		"#a:one.example",
	])("ID-02 refuses %j", (text) => {
		expect(parseUserId(text)).toBeUndefined();
	});

	it("ID-02 counts 255 bytes, not characters", () => {
		const ofBytes = (bytes: number) => `@${"é".repeat((bytes - 5) / 2)}:o.e`;
		expect(Buffer.byteLength(ofBytes(255))).toBe(255);
		expect(parseUserId(ofBytes(255))).toBeDefined();
		expect(parseUserId(`x${ofBytes(255)}`.replace("x@", "@x"))).toBeUndefined();
		expect(parseUserId(`@${"a".repeat(250)}:o.e`)).toBeDefined();
		expect(parseUserId(`@${"a".repeat(251)}:o.e`)).toBeUndefined();
	});
});

describe("room ids", () => {
	it("ID-03 with a server name it", () => {
		const id = parsed(parseRoomId("!opaque:one.example:1"));
		expect([roomIdServer(id), isHashedRoomId(id), createEventIdOf(id)]).toEqual(["one.example:1", false, undefined]);
	});

	it("ID-03 of version 12 are the create event's id with another sigil, and name no server", () => {
		const create = parsed(parseEventId(`$${hash}`));
		const id = roomIdOfCreate(create);
		expect(parseRoomId(id)).toBe(`!${hash}`);
		expect([roomIdServer(id), isHashedRoomId(id), createEventIdOf(id)]).toEqual([undefined, true, create]);
	});

	it.each([
		"",
		"!",
		"!opaque",
		`!${hash}x`,
		`!${hash.slice(1)}`,
		"!a:",
		"!a\u0000b:one.example",
		`!${"a".repeat(250)}:o.ex`,
	])("ID-03 refuses %j", (text) => {
		expect(parseRoomId(text)).toBeUndefined();
	});
});

describe("other identifiers", () => {
	it("ID-04 aliases name their server and may hold any text but colon and NUL", () => {
		expect(roomAliasServer(parsed(parseRoomAlias("#Ünser Raum:one.example")))).toBe("one.example");
		expect([parseRoomAlias("#a"), parseRoomAlias("#a\u0000:b"), parseRoomAlias("!a:b")]).toEqual(
			Array(3).fill(undefined),
		);
	});

	it.each([
		"",
		"$",
		`$${hash}=`,
		`$${hash.slice(1)}`,
		`$${hash.replace("-", "+")}`,
		`!${hash}`,
		"$opaque:one.example",
		`$${hash}\n`,
	])("ID-05 %j is no event id", (text) => {
		expect(parseEventId(`$${hash}`)).toBeDefined();
		expect(parseEventId(text)).toBeUndefined();
	});

	it("ID-06 key ids are Ed25519 with a version", () => {
		for (const text of ["ed25519:a_B9", "ed25519:DEVICE", "ed25519:nqOvzeuGWT/sRx3h7+MHoInYj3Uk2LD/unI9kDYcHwk"]) {
			expect(parseKeyId(text)).toBe(text);
		}
		for (const text of [
			"",
			"ed25519",
			"ed25519:",
			"curve25519:a",
			"ED25519:a",
			"ed25519:a b",
			"ed25519:a:b",
			"ed25519:ä",
		]) {
			expect(parseKeyId(text)).toBeUndefined();
		}
	});
});
