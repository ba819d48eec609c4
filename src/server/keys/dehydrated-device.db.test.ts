import { describe, expect, it } from "vitest";
import { jsonObject } from "../../../federation/json/json-object.ts";
import { curveKey, testDevice } from "../../../federation/testing/device-factory.ts";
import { bare, plain } from "../../../tests/setup/test-keys.ts";
import { createTestToDevice } from "../../../tests/setup/test-to-device.ts";

describe("DEV-20: a device that is left asleep", () => {
	const open = async () => {
		const test = await createTestToDevice();
		const leave = (deviceId: string, changes: object = {}) => {
			const device = testDevice(test.ann, deviceId);
			return test.keys.dehydrated.put(test.ann, {
				...{
					deviceId,
					deviceData: bare({ algorithm: "org.matrix.msc3814.v2", sealed: deviceId }),
					displayName: "Asleep",
				},
				...{ deviceKeys: device.keys({ dehydrated: true }), oneTimeKeys: device.oneTimeKeys("a") },
				...{ fallbackKeys: device.fallbackKeys("f"), ...changes },
			});
		};
		return { ...test, leave, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
	};

	it("is a device for others, gets messages without a session, and gives them to a new one", async () => {
		await using test = await open();
		const id = curveKey("asleep");
		await test.leave(id);
		const bobs = await test.device(test.bob, "BOBS");
		expect(Object.keys((await test.query(test.bob, test.ann)).deviceKeys[test.ann] ?? {})).toEqual([id]);
		const wanted = { userId: test.ann, deviceId: id, algorithm: "signed_curve25519" };
		expect(plain(await test.keys.claim([wanted]))).toHaveProperty(["oneTimeKeys", test.ann, id, "signed_curve25519:a"]);
		for (let at = 0; at < 120; at += 1) await test.send(bobs, [[test.ann, at % 2 === 0 ? id : "*", { body: `${at}` }]]);
		const found = await test.keys.dehydrated.read(test.ann);
		expect(found.createdAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
		expect(plain(found)).toMatchObject({
			deviceId: id,
			deviceData: { algorithm: "org.matrix.msc3814.v2", sealed: id },
		});
		const first = await test.keys.dehydrated.events(test.ann, { deviceId: id, after: 0 });
		const second = await test.keys.dehydrated.events(test.ann, { deviceId: id, after: first.next });
		const third = await test.keys.dehydrated.events(test.ann, { deviceId: id, after: second.next });
		expect([first.events.length, second.events.length, third.events.length]).toEqual([100, 20, 0]);
		expect(third.next).toBe(second.next);
		const bodies = [...first.events, ...second.events].map(({ content }) => content["body"]);
		expect(bodies).toEqual(Array.from({ length: 120 }, (_, at) => `${at}`));
		expect(await test.keys.dehydrated.remove(test.ann)).toBe(id);
		expect((await test.query(test.bob, test.ann)).deviceKeys[test.ann]).toEqual({});
		expect(await test.rows("SELECT FROM to_device_messages")).toEqual([]);
		await expect(test.keys.dehydrated.read(test.ann)).rejects.toMatchObject({ code: "not-found" });
	});

	it("takes the place of the one before, and is never that of a session", async () => {
		await using test = await open();
		const phone = await test.device(test.ann, "PHONE");
		await test.leave("FIRST");
		await test.leave("FIRST");
		await test.leave("SECOND");
		const devices = Object.keys((await test.query(test.bob, test.ann)).deviceKeys[test.ann] ?? {});
		expect(devices).toEqual(["PHONE", "SECOND"]);
		await expect(test.leave("PHONE")).rejects.toMatchObject({ code: "key-taken", rule: "DEV-20" });
		expect((await test.keys.dehydrated.read(test.ann)).deviceId).toBe("SECOND");
		const foreign = test.keys.dehydrated.events(test.bob, { deviceId: "SECOND", after: 0 });
		await expect(foreign).rejects.toMatchObject({ code: "not-found" });
		expect(phone.deviceId).toBe("PHONE");
	});

	it("is refused with keys that do not hold together", async () => {
		await using test = await open();
		const deviceKeys = testDevice(test.bob, "FIRST").keys();
		await expect(test.leave("FIRST", { deviceKeys })).rejects.toMatchObject({ rule: "DEV-02" });
		await expect(test.leave("FIRST", { deviceData: jsonObject() })).rejects.toMatchObject({ rule: "DEV-20" });
		const oneTimeKeys = testDevice(test.ann, "OTHER").oneTimeKeys("a");
		await expect(test.leave("FIRST", { oneTimeKeys })).rejects.toMatchObject({ rule: "DEV-05" });
	});
});
