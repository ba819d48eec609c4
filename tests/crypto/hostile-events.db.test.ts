import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createSoakDatabase, type SoakDatabase } from "../simulation/federation/soak-databases.ts";
import { type Forgeable, withForgeries } from "./hostile-server.ts";
import { onlyEvent, openLiedToPair, refusal, waitingFor } from "./world/lied-to-pair.ts";

let disk: SoakDatabase;

beforeAll(async () => {
	disk = await createSoakDatabase(inject("templateConnectionString"));
});
afterAll(() => disk.drop());

describe("a server that lies about events", () => {
	it("is not believed who wrote them", async () => {
		await using test = await openLiedToPair(disk);
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "by ann");
		await bobs.sync();
		const event = await onlyEvent(bobs, roomId);
		expect(await refusal(bobs, { ...event, sender: bobs.userId })).toBe("MismatchedSender");
		expect(await refusal(bobs, event)).toBeUndefined();
	});

	it("can't move them to another room", async () => {
		await using test = await openLiedToPair(disk);
		const { world, anns, bobs, roomId } = test;
		const elsewhere = await world.createRoom(anns, [bobs]);
		await anns.say(roomId, "here");
		await bobs.sync();
		const event = await onlyEvent(bobs, roomId);
		expect(await refusal(bobs, { ...event, roomId: elsewhere })).toBe("MissingRoomKey");
	});

	it("can't alter them", async () => {
		await using test = await openLiedToPair(disk);
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "as it was");
		await bobs.sync();
		const event = await onlyEvent(bobs, roomId);
		const ciphertext = String(event.content["ciphertext"]);
		const altered = `${ciphertext.slice(0, 60)}${ciphertext[60] === "A" ? "B" : "A"}${ciphertext.slice(61)}`;
		expect(await refusal(bobs, { ...event, content: { ...event.content, ciphertext: altered } })).toBe(
			"UnableToDecrypt",
		);
	});

	it("can repeat them under another id, which the engine alone does not see", async () => {
		await using test = await openLiedToPair(disk);
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "once");
		await bobs.sync();
		const event = await onlyEvent(bobs, roomId);
		expect(await bobs.read(event)).toBe("once");
		expect(await bobs.read({ ...event, eventId: "$again" })).toBe("once");
	});
});

describe("a server that lies about messages to devices", () => {
	it("repeats them to no effect", async () => {
		await using test = await openLiedToPair(disk);
		const { anns, bobs, roomId } = test;
		await anns.say(roomId, "once");
		const news = await waitingFor(bobs);
		for (let at = 0; at < 3; at += 1) await bobs.receive(news);
		expect(await bobs.reads(roomId)).toEqual(["once"]);
		await anns.say(roomId, "and on");
		expect(await bobs.reads(roomId)).toEqual(["once", "and on"]);
	});

	it("reorders them to no effect", async () => {
		await using test = await openLiedToPair(disk);
		const { anns, bobs, roomId } = test;
		for (const words of ["one", "two", "three", "four"]) {
			await anns.rotate(roomId);
			await anns.say(roomId, words);
		}
		const news = await waitingFor(bobs);
		await bobs.receive({ ...news, toDevice: news.toDevice.toReversed() });
		expect(await bobs.reads(roomId)).toEqual(["one", "two", "three", "four"]);
	});

	it("drops them, and what came with them is missing with that reason, and nothing else is", async () => {
		await using test = await openLiedToPair(disk);
		const { lies, anns, bobs, roomId } = test;
		await anns.say(roomId, "one");
		lies.current = { send: () => undefined };
		await anns.rotate(roomId);
		await anns.say(roomId, "two");
		lies.current = {};
		await anns.rotate(roomId);
		await anns.say(roomId, "three");
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["one", undefined, "three"]);
		const dropped = (await bobs.eventsOf(roomId))[1];
		expect(dropped && (await refusal(bobs, dropped))).toBe("MissingRoomKey");
	});

	it("gives them out in another's name, and nothing of them is believed", async () => {
		await using test = await openLiedToPair(disk);
		const { world, anns, bobs, roomId } = test;
		const cleo = await world.addPerson("cleo");
		await anns.say(roomId, "by ann");
		const news = await waitingFor(bobs);
		await bobs.receive({ ...news, toDevice: news.toDevice.map((message) => ({ ...message, sender: cleo })) });
		const event = await onlyEvent(bobs, roomId);
		expect(await refusal(bobs, event)).toBe("MissingRoomKey");
		expect(await refusal(bobs, { ...event, sender: cleo })).toBe("MissingRoomKey");
	});

	it("hands one one-time key out twice: what came with the second is missing with that reason", async () => {
		await using test = await openLiedToPair(disk);
		const { world, lies, anns, bobs, roomId } = test;
		const cleos = await world.engine(await world.addPerson("cleo"), "CLEOS", {
			between: (server) => withForgeries(server, { claim: (answer) => handed ?? answer }),
		});
		await cleos.bootstrap();
		await anns.call.rooms.invite({ roomId, userId: cleos.userId });
		await cleos.call.rooms.join({ room: roomId });
		let handed: unknown;
		lies.current = {
			claim: (answer: Forgeable) => {
				if (answer.one_time_keys[bobs.userId] !== undefined) handed ??= structuredClone(answer);
			},
		};
		await anns.say(roomId, "by the first");
		await cleos.say(roomId, "by the second");
		await bobs.sync();
		expect(await bobs.reads(roomId)).toEqual(["by the first", undefined]);
		const second = (await bobs.eventsOf(roomId))[1];
		expect(second && (await refusal(bobs, second))).toBe("MissingRoomKey");
	});
});
