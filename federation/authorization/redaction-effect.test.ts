import { expect, test } from "vitest";
import type { RoomEvent } from "../events/room-event.ts";
import { alice, bob, carol, levels, versions } from "../testing/authorization-checks.ts";
import { type TestRoom, testRoom } from "../testing/event-factory.ts";
import { hasRedactionEffect } from "./redaction-effect.ts";

const say = (room: TestRoom, sender: string): RoomEvent => room.append({ type: "m.room.message", sender });
const redact = (room: TestRoom, sender: string, target: RoomEvent): boolean => {
	const redaction = room.build({ type: "m.room.redaction", sender, redacts: target.eventId });
	return hasRedactionEffect(redaction, target, { state: room.authState(), version: room.version });
};

test.each(versions("6"))("AUTH-REDACTION-EFFECT: takes the redact level for others' events (v%s)", (id) => {
	const powerLevels = levels(id, { redact: 30, users: { [bob]: 29, [carol]: 30 } });
	const room = testRoom(id, { powerLevels, members: [bob, carol] });
	const message = say(room, alice);
	expect(redact(room, bob, message)).toBe(false);
	expect(redact(room, carol, message)).toBe(true);
});

test.each(versions("6"))("AUTH-REDACTION-EFFECT: takes no level for events of the own server (v%s)", (id) => {
	const room = testRoom(id, { powerLevels: levels(id, { redact: 100 }), members: [bob, carol] });
	const message = say(room, "@sam:two.example");
	expect(redact(room, bob, message)).toBe(true);
	expect(redact(room, carol, message)).toBe(false);
});

test("AUTH-REDACTION-EFFECT: reaches no event of another room, and none that it does not name", () => {
	const room = testRoom("12");
	const message = say(room, alice);
	expect(redact(room, alice, message)).toBe(true);
	expect(redact(room, alice, { ...message, roomId: "!other:one.example" as typeof message.roomId })).toBe(false);
	const other = room.build({ type: "m.room.redaction", sender: alice, redacts: room.create.eventId });
	expect(hasRedactionEffect(other, message, { state: room.authState(), version: room.version })).toBe(false);
});
