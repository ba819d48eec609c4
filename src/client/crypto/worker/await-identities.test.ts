import { describe, expect, it } from "vitest";
import { createIdentityWait } from "./await-identities.ts";

/** People by how many of their devices are there, and at which look somebody vouches for the first. */
const open = (
	people: Readonly<Record<string, { readonly devices: number; readonly readyAt: number }>>,
	send: () => Promise<void> = async () => undefined,
) => {
	let looks = 0;
	const asked: string[][] = [];
	const machine = {
		getUserDevices: async (userId: { toString(): string }) => {
			const { devices, readyAt } = people[userId.toString()] ?? { devices: 0, readyAt: 0 };
			const one = (at: number) => ({ isCrossSignedByOwner: () => at === 0 && looks >= readyAt, free: () => undefined });
			return {
				devices: () => Array.from({ length: devices }, (_, at) => one(at)),
				[Symbol.dispose]: () => undefined,
			};
		},
		queryKeysForUsers: (userIds: readonly { toString(): string }[]) => {
			asked.push(userIds.map((userId) => userId.toString()));
			return {};
		},
	} as unknown as Parameters<typeof createIdentityWait>[0]["machine"];
	const wait = createIdentityWait({
		machine,
		loop: {
			send: () => {
				looks += 1;
				return send();
			},
		},
		later: (callback) => {
			queueMicrotask(callback);
			return () => undefined;
		},
	});
	return { ...wait, asked };
};

const [ann, ben] = ["@ann:kith.test", "@ben:kith.test"];

describe("waiting for those who have just signed up", () => {
	it("waits for nobody who is ready", async () => {
		const { wait, asked } = open({ [ann]: { devices: 2, readyAt: 0 } });
		await wait([ann]);
		expect(asked).toEqual([]);
	});

	it("waits a moment for somebody who has no device, and does not wait for them again", async () => {
		const { wait, asked } = open({ [ann]: { devices: 1, readyAt: 0 }, [ben]: { devices: 0, readyAt: 0 } });
		await wait([ann, ben]);
		expect(asked).toEqual([[ben], [ben]]);
		await wait([ann, ben]);
		expect(asked).toHaveLength(2);
	});

	it("asks for the one who is not until somebody vouches for a device of theirs", async () => {
		const { wait, asked } = open({ [ann]: { devices: 1, readyAt: 0 }, [ben]: { devices: 1, readyAt: 3 } });
		await wait([ann, ben]);
		expect(asked).toEqual([[ben], [ben], [ben]]);
		await wait([ann, ben]);
		expect(asked).toHaveLength(3);
	});

	it("gives up after a while, and does not wait for the same person again", async () => {
		const { wait, asked } = open({ [ben]: { devices: 1, readyAt: 1_000 } });
		await wait([ben]);
		expect(asked).toHaveLength(8);
		await wait([ben]);
		expect(asked).toHaveLength(8);
	});

	it("waits no longer where the server of somebody does not answer, or says no", async () => {
		for (const send of [() => new Promise<never>(() => undefined), () => Promise.reject(new Error("away"))]) {
			const { wait, asked } = open({ [ben]: { devices: 0, readyAt: 0 } }, send);
			await wait([ben]);
			expect(asked).toHaveLength(2);
		}
	});

	it("lets a large room wait for nobody", async () => {
		const { wait, asked } = open({ [ben]: { devices: 1, readyAt: 1_000 } });
		await wait([ben, ...Array.from({ length: 50 }, (_, at) => `@p${at}:kith.test`)]);
		expect(asked).toEqual([]);
	});
});
