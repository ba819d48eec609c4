import { describe, expect, it } from "vitest";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { testIdentity } from "../../../../federation/testing/device-factory.ts";
import { openDevicePair } from "../../../../tests/setup/test-devices.ts";
import { plain } from "../../../../tests/setup/test-keys.ts";
import { createOutboxStore } from "../../adapters/prisma/federation/outbox-store.ts";

const eventually = { timeout: 15_000, interval: 20 };
type Pair = Awaited<ReturnType<typeof openDevicePair>>;

const staleLists = async ({ two }: Pair) =>
	(await two.rows<{ n: number }>("SELECT count(*)::int AS n FROM remote_device_lists WHERE is_stale"))[0]?.n;
const asked = ({ network }: Pair, path: string) =>
	network.requests.filter(({ to, request }) => to === "one.example" && request.uri.includes(path)).length;

describe("devices across servers", { timeout: 60_000 }, () => {
	it("DEV-22: are asked for once, kept, and followed by updates without asking again", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, ones, twos } = pair;
		await ones.device(ann, "A1");
		expect(await twos.names(bob, ann)).toEqual({ names: ["A1"], failures: [] });
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		const questions = asked(pair, "/user/");
		await ones.device(ann, "A2");
		await expect.poll(() => twos.names(bob, ann), eventually).toEqual({ names: ["A1", "A2"], failures: [] });
		await ones.device(ann, "A3");
		await expect.poll(() => twos.names(bob, ann), eventually).toEqual({ names: ["A1", "A2", "A3"], failures: [] });
		expect(asked(pair, "/user/")).toBe(questions);
	});

	it("DEV-22: are asked for anew when an update was missed, also of a server that was away", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, one, ones, twos } = pair;
		await ones.device(ann, "A1");
		await twos.names(bob, ann);
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		await one.exchange.stop();
		await ones.device(ann, "A2");
		await one.rows("DELETE FROM outgoing_edus");
		one.exchange.start();
		await ones.device(ann, "A3");
		await expect.poll(() => twos.names(bob, ann), eventually).toEqual({ names: ["A1", "A2", "A3"], failures: [] });
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		expect(asked(pair, "/user/devices/")).toBeGreaterThanOrEqual(2);
	});

	it("DEV-17: that are signed out are gone elsewhere too", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, one, ones, twos } = pair;
		const first = await ones.device(ann, "A1");
		await ones.device(ann, "A2");
		await twos.names(bob, ann);
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		await one.rows("UPDATE sessions SET revoked_at = now() WHERE device_id = 'A1'");
		await ones.keys.forgetEnded(ann);
		await expect.poll(() => twos.names(bob, ann), eventually).toEqual({ names: ["A2"], failures: [] });
		expect(first.deviceId).toBe("A1");
	});

	it("are told to people who share a room, by the stream", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, two, ones, twos } = pair;
		const [head] = await two.rows<{ position: number }>("SELECT position FROM stream_head");
		await ones.device(ann, "A1");
		const changed = async () => (await twos.keys.changes(bob, { from: head?.position ?? 0 })).changed;
		await expect.poll(changed, eventually).toEqual([ann]);
		const eve = await two.addPerson("eve");
		expect((await twos.keys.changes(eve, { from: 0 })).changed).toEqual([]);
	});

	it("come with cross-signing keys and their signatures, which follow too", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, ones, twos } = pair;
		const phone = await ones.device(ann, "A1");
		await twos.names(bob, ann);
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		const identity = testIdentity(ann);
		const [master, selfSigning] = [identity.signed("master"), identity.signed("self_signing")];
		await ones.keys.uploadCrossSigning(phone.viewer, { keys: { master, self_signing: selfSigning } });
		const signed = identity.key.self_signing.sign(ann, phone.keys());
		await ones.keys.uploadSignatures(ann, [{ userId: ann, target: "A1", json: signed }]);
		const seen = async () => plain(await twos.keys.query(bob, new Map([[ann, []]])));
		await expect.poll(seen, eventually).toMatchObject({
			deviceKeys: { [ann]: { A1: plain(signed) } },
			masterKeys: { [ann]: plain(master) },
			selfSigningKeys: { [ann]: plain(selfSigning) },
			userSigningKeys: {},
		});
		// Who knows the person signs them, and sees that alone.
		const bobs = await twos.device(bob, "B1");
		const own = testIdentity(bob);
		const keys = { master: own.signed("master"), user_signing: own.signed("user_signing") };
		await twos.keys.uploadCrossSigning(bobs.viewer, { keys });
		const vouched = own.key.user_signing.sign(bob, master);
		const target = identity.key.master.name;
		expect(await twos.keys.uploadSignatures(bob, [{ userId: ann, target, json: vouched }])).toEqual([]);
		expect(await seen()).toMatchObject({ masterKeys: { [ann]: plain(vouched) } });
	});

	it("DEV-11: give one-time keys once, also to two servers and to their own", async () => {
		await using pair = await openDevicePair();
		const { ann, ones, twos } = pair;
		const phone = await ones.device(ann, "A1");
		const names = Array.from({ length: 10 }, (_, at) => `k${at}`);
		await ones.keys.upload(phone.viewer, { oneTimeKeys: phone.oneTimeKeys(...names) });
		const wanted = { userId: ann, deviceId: "A1", algorithm: "signed_curve25519" };
		const claims = await Promise.all(
			Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? ones : twos).keys.claim([wanted])),
		);
		const got = claims.flatMap((claim) => {
			const people = plain(claim)["oneTimeKeys"] as Record<string, Record<string, object>>;
			return Object.keys(people[ann]?.["A1"] ?? {});
		});
		expect([...got].sort()).toEqual(names.map((name) => `signed_curve25519:${name}`).sort());
	});

	it("DEV-15: get messages in order, once, also after their server was away", async () => {
		await using pair = await openDevicePair();
		const { network, ann, bob, ones, twos, one } = pair;
		const phone = await ones.device(ann, "A1");
		const bobs = await twos.device(bob, "B1");
		await ones.send(phone, [[bob, "B1", { body: "1" }]]);
		await expect.poll(() => twos.bodies(bobs), eventually).toEqual(["1"]);
		network.down.add("two.example" as never);
		for (const body of ["2", "3", "4"]) await ones.send(phone, [[bob, "*", { body }]]);
		await expect.poll(() => one.rows("SELECT FROM destinations WHERE failures > 0"), eventually).toHaveLength(1);
		network.down.delete("two.example" as never);
		one.exchange.heardFrom("two.example" as never);
		await expect.poll(() => twos.bodies(bobs), eventually).toEqual(["1", "2", "3", "4"]);
		await expect.poll(() => one.rows("SELECT FROM outgoing_edus"), eventually).toEqual([]);
	});

	it("name a server that is away, and say of its people what was last known", async () => {
		await using pair = await openDevicePair();
		const { network, ann, bob, two, ones, twos } = pair;
		network.down.add("one.example" as never);
		expect(await twos.names(bob, ann)).toEqual({ names: undefined, failures: ["one.example"] });
		network.down.delete("one.example" as never);
		await ones.device(ann, "A1");
		await expect.poll(() => twos.names(bob, ann), eventually).toEqual({ names: ["A1"], failures: [] });
		await expect.poll(() => two.rows("SELECT FROM remote_devices"), eventually).toHaveLength(1);
		network.down.add("one.example" as never);
		// After half a day in vain it is tried less often, and goes on: those who were told what was last known ask no more.
		await two.rows("UPDATE remote_device_lists SET is_stale = true, attempts = 25, next_try_at = now()");
		expect(await twos.names(bob, ann)).toEqual({ names: ["A1"], failures: ["one.example"] });
		await two.rooms.create({ creatorId: bob, transactionId: "wakes", kind: "group", inviteeIds: [] });
		const tried = "SELECT FROM remote_device_lists WHERE attempts = 26 AND next_try_at > now() + interval '23 hours'";
		await expect.poll(() => two.rows(tried), eventually).toHaveLength(1);
		const wanted = { userId: ann, deviceId: "A1", algorithm: "signed_curve25519" };
		expect(plain(await twos.keys.claim([wanted]))).toEqual({ oneTimeKeys: {}, failures: ["one.example"] });
	});

	it("DEV-18: are told to a server that comes to share a room, and to no other", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, one, two, ones, twos } = pair;
		const carol = await one.addPerson("carol");
		await ones.device(carol, "C1");
		expect(await twos.names(bob, carol)).toEqual({ names: [], failures: [] });
		expect(await two.rows("SELECT FROM remote_device_lists")).toEqual([]);
		const roomId = await one.rooms.create({ creatorId: ann, transactionId: "u", kind: "group", inviteeIds: [] });
		await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
		await two.join(bob, roomId, { resident: one });
		await one.rooms.join({ userId: carol, room: roomId });
		await expect.poll(() => twos.names(bob, carol), eventually).toEqual({ names: ["C1"], failures: [] });
		const told = () =>
			pair.network.requests.filter(({ request }) => JSON.stringify(request.content ?? {}).includes(`"prev_id":[]`))
				.length;
		await expect.poll(told, eventually).toBeGreaterThan(0);
		const stranger = "@nobody:one.example" as UserId;
		expect(await twos.names(bob, stranger)).toEqual({ names: [], failures: [] });
	});

	it("DEV-18: wait for a server that is long gone within bounds, and are known there when it is back", async () => {
		await using pair = await openDevicePair();
		const { network, ann, bob, one, ones, twos } = pair;
		const phone = await ones.device(ann, "A1");
		const bobs = await twos.device(bob, "B1");
		await twos.names(bob, ann);
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		network.down.add("two.example" as never);
		for (const deviceId of ["A2", "A3", "A4"]) await ones.device(ann, deviceId);
		await ones.send(phone, [[bob, "B1", { body: "request" }]], "m.room_key_request");
		for (const body of ["1", "2", "3", "4"]) await ones.send(phone, [[bob, "B1", { body }]]);
		const outbox = createOutboxStore(one.database.pool);
		const collapse = (mostEdus: number, edusSince: number) =>
			outbox.collapse("two.example" as never, { mostEdus, edusSince });
		const waiting = async () =>
			(await one.rows<{ type: string }>("SELECT type FROM outgoing_edus ORDER BY type")).map(({ type }) => type);
		expect(await collapse(3, 0)).toBe(2);
		expect(await waiting()).toEqual(["m.device_list_update", ...Array(3).fill("m.direct_to_device")]);
		await one.rows("UPDATE outgoing_edus SET created_at = now() - interval '31 days' WHERE content LIKE '%\"3\"%'");
		expect(await collapse(10, Date.now() - 30 * 86_400_000)).toBe(1);
		expect(await collapse(10, 0)).toBe(0);
		network.down.delete("two.example" as never);
		one.exchange.heardFrom("two.example" as never);
		await expect.poll(() => twos.bodies(bobs), eventually).toEqual(["1", "2"]);
		await expect.poll(() => twos.names(bob, ann), eventually).toMatchObject({ names: ["A1", "A2", "A3", "A4"] });
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
	});

	it("DEV-18: are told to a server that comes to share a room while this one is about to be restarted", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, one, two, ones, twos } = pair;
		const carol = await one.addPerson("carol");
		await ones.device(carol, "C1");
		const roomId = await one.rooms.create({ creatorId: ann, transactionId: "u", kind: "group", inviteeIds: [] });
		await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
		await two.join(bob, roomId, { resident: one });
		const settled = async () => (await one.rows("SELECT FROM work_positions")).length;
		await expect.poll(settled, eventually).toBe(1);
		await one.exchange.stop();
		await one.rooms.join({ userId: carol, room: roomId });
		one.anotherProcess().exchange.start();
		await expect.poll(() => twos.names(bob, carol), eventually).toEqual({ names: ["C1"], failures: [] });
		const told = () =>
			pair.network.requests.filter(({ request }) => JSON.stringify(request.content ?? {}).includes(`"prev_id":[]`));
		await expect.poll(() => told().length, eventually).toBe(1);
	});

	it("DEV-22: are forgotten with the last common room, and asked for anew in the next one", async () => {
		await using pair = await openDevicePair();
		const { network, ann, bob, one, two, roomId, ones, twos } = pair;
		await one.rooms.join({ userId: await one.addPerson("carol"), room: roomId });
		const phone = await ones.device(ann, "A1");
		const identity = testIdentity(ann);
		const [master, selfSigning] = [identity.signed("master"), identity.signed("self_signing")];
		await ones.keys.uploadCrossSigning(phone.viewer, { keys: { master, self_signing: selfSigning } });
		await twos.names(bob, ann);
		await expect.poll(() => two.rows("SELECT FROM remote_devices"), eventually).toHaveLength(1);
		await one.rooms.leave({ userId: ann, roomId });
		await expect.poll(() => two.rows("SELECT FROM remote_device_lists"), eventually).toEqual([]);
		// Of who shares no room her server says nothing: whom her messages are from is known all the same, and no device.
		await ones.device(ann, "A2");
		expect(plain(await twos.keys.query(bob, new Map([[ann, []]])))).toEqual({
			...{ deviceKeys: { [ann]: {} }, failures: [], userSigningKeys: {} },
			...{ masterKeys: { [ann]: plain(master) }, selfSigningKeys: { [ann]: plain(selfSigning) } },
		});
		// Where it is silent she is as last known.
		network.down.add("one.example" as never);
		expect(await twos.names(bob, ann)).toEqual({ names: ["A1"], failures: ["one.example"] });
		network.down.delete("one.example" as never);
		one.exchange.heardFrom("two.example" as never);
		await one.rows("DELETE FROM outgoing_edus");
		await one.rooms.join({ userId: ann, room: roomId });
		const known = async () => {
			await twos.names(bob, ann);
			return two.rows("SELECT device_id FROM remote_devices ORDER BY device_id");
		};
		await expect.poll(known, eventually).toEqual([{ device_id: "A1" }, { device_id: "A2" }]);
		// When the last person here leaves, nobody is left who would use the list. What was known goes after a while.
		await two.rooms.leave({ userId: bob, roomId });
		await expect.poll(() => two.rows("SELECT FROM remote_device_lists"), eventually).toEqual([]);
		await twos.keys.sweep();
		expect(await two.rows("SELECT FROM remote_devices")).toHaveLength(2);
		await two.rows("UPDATE remote_devices SET let_go_at = let_go_at - interval '31 days'");
		await twos.keys.sweep();
		expect(await two.rows("SELECT FROM remote_devices")).toEqual([]);
	});

	it("tell whoever shares a room of another identity, and show no trust that was in the one before", async () => {
		await using pair = await openDevicePair();
		const { ann, bob, two, ones, twos } = pair;
		const phone = await ones.device(ann, "A1");
		const bobs = await twos.device(bob, "B1");
		await twos.names(bob, ann);
		await expect.poll(() => staleLists(pair), eventually).toBe(0);
		const [first, second] = [testIdentity(ann), testIdentity(ann, "second")];
		const setUp = (identity: typeof first) =>
			ones.keys.uploadCrossSigning(phone.viewer, {
				keys: { master: identity.signed("master"), self_signing: identity.signed("self_signing") },
				proof: { kind: "password", password: "right" },
			});
		const masterOf = async () => plain((await twos.keys.query(bob, new Map([[ann, []]]))).masterKeys)[ann];
		await setUp(first);
		await expect.poll(masterOf, eventually).toEqual(plain(first.signed("master")));
		const own = testIdentity(bob);
		const keys = { master: own.signed("master"), user_signing: own.signed("user_signing") };
		await twos.keys.uploadCrossSigning(bobs.viewer, { keys });
		const vouched = own.key.user_signing.sign(bob, first.signed("master"));
		const signature = { userId: ann, target: first.key.master.name, json: vouched };
		expect(await twos.keys.uploadSignatures(bob, [signature])).toEqual([]);
		expect(await masterOf()).toEqual(plain(vouched));
		const [head] = await two.rows<{ position: number }>("SELECT position FROM stream_head");
		await setUp(second);
		await expect.poll(masterOf, eventually).toEqual(plain(second.signed("master")));
		const changed = async () => (await twos.keys.changes(bob, { from: head?.position ?? 0 })).changed;
		expect(await changed()).toEqual([ann]);
		// A server that goes back and forth takes nobody's trust away for good.
		await setUp(first);
		await expect.poll(masterOf, eventually).toEqual(plain(vouched));
	});
});
