import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { type jsonObject, withKey } from "../../../federation/json/json-object.ts";
import { testDevice } from "../../../federation/testing/device-factory.ts";
import { createTestKeys, plain } from "../../../tests/setup/test-keys.ts";

describe("device keys", () => {
	it("DEV-02: are taken of the device that calls alone, and given to whoever asks", async () => {
		await using test = await createTestKeys();
		const phone = await test.signIn(test.ann, "PHONE");
		const laptop = await test.signIn(test.ann, "LAPTOP");
		const foreign = test.keys.upload(phone.viewer, { deviceKeys: laptop.keys() });
		await expect(foreign).rejects.toMatchObject({ code: "keys-refused", rule: "DEV-02" });
		expect(await test.keys.upload(phone.viewer, { deviceKeys: phone.keys() })).toEqual({ signed_curve25519: 0 });
		const { deviceKeys } = await test.query(test.bob, test.ann, test.bob);
		expect(deviceKeys).toEqual({ [test.ann]: { PHONE: plain(phone.keys()) }, [test.bob]: {} });
	});

	it("DEV-04, DEV-01: are refused unsigned, and a key of small order though it is signed", async () => {
		await using test = await createTestKeys();
		const phone = await test.signIn(test.ann, "PHONE");
		const upload = (deviceKeys: ReturnType<typeof phone.keys>) => test.keys.upload(phone.viewer, { deviceKeys });
		await expect(upload(phone.unsigned())).rejects.toMatchObject({ rule: "DEV-04" });
		const keys = phone.keys()["keys"] as ReturnType<typeof jsonObject>;
		const zero = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
		const bad = phone.keys({ keys: withKey(keys, "curve25519:PHONE", zero) });
		await expect(upload(bad)).rejects.toMatchObject({ rule: "DEV-01" });
		expect((await test.query(test.bob, test.ann)).deviceKeys).toEqual({ [test.ann]: {} });
	});

	it("DEV-10: stay what they are for as long as the device exists", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const before = test.pokes.length;
		await test.keys.upload(phone.viewer, { deviceKeys: phone.keys() });
		expect(test.pokes).toHaveLength(before);
		const other = testDevice(test.ann, "PHONE", "stolen token");
		const upload = test.keys.upload(phone.viewer, { deviceKeys: other.keys() });
		await expect(upload).rejects.toMatchObject({ code: "key-taken", rule: "DEV-10" });
		await test.keys.upload(phone.viewer, { deviceKeys: phone.keys({ algorithms: ["m.new"] }) });
		const { deviceKeys } = await test.query(test.bob, test.ann);
		expect(deviceKeys[test.ann]?.["PHONE"]).toEqual(plain(phone.keys({ algorithms: ["m.new"] })));
	});

	it("tell the device's name to its own person alone", async () => {
		await using test = await createTestKeys();
		await test.device(test.ann, "PHONE");
		expect((await test.query(test.bob, test.ann)).deviceKeys[test.ann]?.["PHONE"]).not.toHaveProperty("unsigned");
		const own = (await test.query(test.ann, test.ann)).deviceKeys[test.ann]?.["PHONE"];
		expect(own).toMatchObject({ unsigned: { device_display_name: "PHONE of somebody" } });
	});

	it("name servers that give no answer, and say nothing of their people", async () => {
		await using test = await createTestKeys();
		const dora = "@dora:two.example" as UserId;
		expect(await test.query(test.ann, dora, test.ann)).toMatchObject({
			...{ failures: ["two.example"], deviceKeys: { [test.ann]: {} } },
		});
	});
});

describe("DEV-17: a device that is signed out", () => {
	it("is no device from that moment, and its keys are let go", async () => {
		await using test = await createTestKeys();
		const phone = await test.device(test.ann, "PHONE");
		const laptop = await test.device(test.ann, "LAPTOP");
		await test.keys.upload(phone.viewer, {
			oneTimeKeys: phone.oneTimeKeys("a"),
			fallbackKeys: phone.fallbackKeys("f"),
		});
		await test.signOut(phone);
		expect(Object.keys((await test.query(test.bob, test.ann)).deviceKeys[test.ann] ?? {})).toEqual(["LAPTOP"]);
		const wanted = { userId: test.ann, deviceId: "PHONE", algorithm: "signed_curve25519" };
		expect(plain(await test.keys.claim([wanted]))).toEqual({ oneTimeKeys: {}, failures: [] });
		const before = await test.keys.changes(test.ann, { from: 0 });
		expect(before).toEqual({ changed: [test.ann], left: [] });
		const [head] = await test.rows<{ position: number }>("SELECT position FROM stream_head");
		await test.keys.forgetEnded(test.ann);
		expect(await test.keys.changes(test.ann, { from: head?.position ?? 0 })).toEqual({ changed: [test.ann], left: [] });
		for (const table of ["one_time_keys", "fallback_keys"]) expect(await test.rows(`SELECT FROM ${table}`)).toEqual([]);
		expect(await test.rows("SELECT device_id FROM device_keys")).toEqual([{ device_id: laptop.deviceId }]);
		const again = test.pokes.length;
		await test.keys.forgetEnded();
		expect(test.pokes).toHaveLength(again);
	});
});

describe("changes of devices", () => {
	it("DEV-18: are told to people who share a room, to the person, and to nobody else", async () => {
		await using test = await createTestKeys();
		const { ann, bob, rooms } = test;
		const eve = await test.addPerson("eve");
		const position = async () =>
			(await test.rows<{ position: number }>("SELECT position FROM stream_head"))[0]?.position ?? 0;
		const group = { transactionId: test.transactionId(), kind: "group", name: "Us" } as const;
		const roomId = await rooms.create({ creatorId: ann, ...group, inviteeIds: [bob] });
		const invited = await position();
		await test.device(ann, "PHONE");
		expect(await test.keys.changes(bob, { from: invited })).toEqual({ changed: [], left: [] });
		const joined = await position();
		await rooms.join({ userId: bob, room: roomId });
		expect(await test.keys.changes(bob, { from: joined })).toEqual({ changed: [ann], left: [] });
		expect(await test.keys.changes(ann, { from: joined })).toEqual({ changed: [bob], left: [] });
		const later = await position();
		await test.device(ann, "LAPTOP");
		for (const userId of [ann, bob]) {
			expect(await test.keys.changes(userId, { from: later })).toEqual({ changed: [ann], left: [] });
		}
		expect(await test.keys.changes(eve, { from: 0 })).toEqual({ changed: [], left: [] });
		const named = await position();
		await rooms.showProfile(bob);
		await test.database.prisma.user.update({ where: { id: bob }, data: { displayName: "Robert" } });
		await rooms.showProfile(bob);
		expect(await test.keys.changes(ann, { from: named })).toEqual({ changed: [], left: [] });
		expect(await test.keys.changes(bob, { from: named })).toEqual({ changed: [], left: [] });
		const parted = await position();
		await rooms.leave({ userId: bob, roomId });
		expect(await test.keys.changes(ann, { from: parted })).toEqual({ changed: [], left: [bob] });
		expect(await test.keys.changes(bob, { from: parted })).toEqual({ changed: [], left: [ann] });
		await test.device(ann, "TABLET");
		expect(await test.keys.changes(bob, { from: parted })).toEqual({ changed: [], left: [ann] });
	});
});
