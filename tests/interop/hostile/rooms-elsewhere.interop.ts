import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPeople } from "../../server-process/add-people.ts";
import type { ApiCaller } from "../../server-process/api-caller.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { sendJson } from "./hostile-peer.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";

const listed = "/_matrix/federation/v1/publicRooms";

describe("a server that lies about its rooms", () => {
	let setting: HostileSetting;
	let ada: ApiCaller;
	beforeAll(async () => {
		setting = await hostileSetting();
		const { kith } = setting;
		const [person] = await addPeople(kith.dataFolder, ["reader"], { isSecure: true });
		ada = createHttpCaller(`https://${kith.name}`, person?.cookie ?? "", kith.ca);
	});
	afterAll(async () => {
		ada?.close();
		await setting?.[Symbol.asyncDispose]();
	});

	const room = (at: number | string, more: object = {}) => ({ room_id: `!${at}:${setting.peer.name}`, ...more });
	const list = () => ada.query("rooms.directoryElsewhere", { server: setting.peer.name, limit: 20 });
	const space = (roomId: string) => ada.query("rooms.hierarchy", { roomId, via: [setting.peer.name], maxDepth: 5 });

	it("ASK-01 is read to the number of rooms that was asked for", async () => {
		const chunk = Array.from({ length: 3_000 }, (_, at) => room(at, { name: "n".repeat(300) }));
		setting.peer.answer(listed, (_, response) => sendJson(response, 200, { chunk, next_batch: "again" }));
		expect(await list()).toMatchObject({ items: { length: 20 }, nextCursor: "again" });
	});

	it("ASK-01 is not read at all when its list has no end", async () => {
		setting.peer.answer(listed, (_, response) =>
			sendJson(response, 200, { chunk: [room(1, { topic: "t".repeat(3_000_000) })] }),
		);
		await expect(list()).rejects.toMatchObject({ code: "server-unreachable" });
		for (const lie of [{ chunk: "none" }, {}, { chunk: [null, 7, { room_id: "#no:id" }] }]) {
			setting.peer.answer(listed, (_, response) => sendJson(response, 200, lie));
			expect(await list()).toEqual({ items: [] });
		}
	});

	it("ASK-04, ASK-07 leads nobody in a circle, and nowhere by naming another room", async () => {
		const { peer } = setting;
		const [one, other] = [room("one").room_id, room("other").room_id];
		const link = (state_key: string) => ({
			...{ type: "m.space.child", sender: `@m:${peer.name}`, origin_server_ts: 1 },
			...{ state_key, content: { via: [peer.name] } },
		});
		const spaceOf = (room_id: string, ...children: readonly string[]) => ({
			room: { room_id, room_type: "m.space", join_rule: "public", children_state: children.map(link) },
			children: [],
		});
		const hierarchy = (roomId: string): string => `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}`;
		peer.answer(hierarchy(one), (_, response) => sendJson(response, 200, spaceOf(one, other, one)));
		peer.answer(hierarchy(other), (_, response) => sendJson(response, 200, spaceOf(other, one, other)));
		expect(await space(one)).toMatchObject({ items: [{ roomId: one }, { roomId: other, depth: 1 }] });
		const lying = room("false").room_id;
		peer.answer(hierarchy(lying), (_, response) => sendJson(response, 200, spaceOf(one, other)));
		await expect(space(lying)).rejects.toMatchObject({ code: "not-found" });
	});
});
