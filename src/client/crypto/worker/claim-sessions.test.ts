import { describe, expect, it } from "vitest";
import { createClaims } from "./claim-sessions.ts";

/** Claims as they are made: by the people each is for. */
const open = (lacks: (userIds: readonly string[]) => boolean = () => true, silent: readonly string[] = []) => {
	const asked: string[][] = [];
	const sent: string[][] = [];
	const claims = createClaims(
		{
			getMissingSessions: async (users) => {
				const userIds = users.map((user) => user.toString());
				asked.push(userIds);
				return lacks(userIds) ? ({ userIds } as never) : null;
			},
		},
		{
			send: async (request) => {
				await Promise.resolve();
				sent.push((request as unknown as { userIds: string[] }).userIds);
			},
			isSilent: (serverName) => silent.includes(serverName),
		},
	);
	return { ...claims, asked, sent };
};

describe("claims of sessions", () => {
	it("are made server by server", async () => {
		const test = open();
		await test.claim(["@a:one.test", "@b:two.test", "@c:one.test"]);
		expect(test.sent).toEqual([["@a:one.test", "@c:one.test"], ["@b:two.test"]]);
	});

	it("are made for as many as a server answers for at once", async () => {
		const test = open();
		const people = Array.from({ length: 1_100 }, (_, at) => `@p${at}:one.test`);
		expect(await test.claim(people)).toBe("asked");
		expect(test.sent.map(({ length }) => length)).toEqual([250, 250, 250, 250, 100]);
		expect(test.sent.flat()).toEqual(people);
	});

	it("are not sent where nothing is missing, and begin anew what is broken for nobody in particular", async () => {
		const test = open((userIds) => userIds.length === 0);
		expect(await test.claim(["@a:one.test"])).toBe("complete");
		expect(await test.claim([])).toBe("asked");
		expect(test.asked).toEqual([["@a:one.test"], []]);
		expect(test.sent).toEqual([[]]);
	});

	it("leave alone those whose server did not say what devices they have", async () => {
		const test = open(() => true, ["two.test"]);
		expect(await test.claim(["@a:one.test", "@b:two.test"])).toBe("asked");
		expect(await test.claim(["@b:two.test"])).toBe("asked");
		expect(test.asked).toEqual([["@a:one.test"]]);
	});

	it("wait for each other: two would take two keys where one is enough", async () => {
		const test = open();
		await Promise.all([test.claim(["@a:one.test"]), test.claim(["@b:one.test"])]);
		expect(test.asked).toEqual([["@a:one.test"], ["@b:one.test"]]);
		expect(test.sent).toEqual([["@a:one.test"], ["@b:one.test"]]);
	});
});
