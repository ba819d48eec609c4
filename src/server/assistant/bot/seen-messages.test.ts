import { describe, expect, it } from "vitest";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { createSeenMessages } from "./seen-messages.ts";

const garden = "!garden:kith.example" as RoomId;
const harbour = "!harbour:kith.example" as RoomId;
const message = (id: number, body = `message ${id}`, sender = "@ann:kith.example") => ({
	...{ eventId: `$${id}`, sender, at: id, body },
});

describe("what the assistant saw", () => {
	it("is what was written, as it reads now: edited by its writer, without what was deleted, each once", () => {
		const seen = createSeenMessages();
		for (const id of [1, 2, 3, 3]) seen.note(garden, message(id));
		seen.edit(garden, { eventId: "$1", sender: "@ann:kith.example", body: "changed" });
		seen.edit(garden, { eventId: "$2", sender: "@ben:kith.example", body: "not by Ben" });
		seen.remove(garden, "$3");
		seen.remove(garden, "$unknown");
		expect(seen.of(garden).map(({ body }) => body)).toEqual(["changed", "message 2"]);
		expect(seen.of(harbour)).toEqual([]);
	});

	it("is bounded: the newest of a room, and the rooms that were written in last", () => {
		const seen = createSeenMessages();
		for (let id = 0; id < 700; id += 1) seen.note(garden, message(id));
		expect(seen.of(garden)).toHaveLength(500);
		expect(seen.of(garden)[0]?.eventId).toBe("$200");
		seen.note(garden, message(1000, "x".repeat(50_000)));
		expect(seen.of(garden).at(-1)?.body).toHaveLength(8_000);
		for (let room = 0; room < 60; room += 1) {
			for (let id = 0; id < 30; id += 1) seen.note(`!${room}:kith.example` as RoomId, message(id, "y".repeat(8_000)));
		}
		expect(seen.of(garden)).toEqual([]);
		expect(seen.of("!59:kith.example" as RoomId).length).toBeGreaterThan(20);
	});

	it("is gone with the room", () => {
		const seen = createSeenMessages();
		seen.note(garden, message(1));
		seen.forget(garden);
		expect(seen.of(garden)).toEqual([]);
	});
});
