import { describe, expect, it } from "vitest";
import type { CryptoCall, CryptoReply } from "./crypto-message.ts";
import { createEngineProxy } from "./engine-proxy.ts";

const account = { userId: "@ann:kith.test", deviceId: "PHONE" };
const rest = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A page whose worker is this test. */
const openPage = () => {
	const links: { readonly posted: CryptoCall[]; readonly reply: (message: CryptoReply) => void; isClosed: boolean }[] =
		[];
	const timers: (() => void)[] = [];
	const starts: (string | undefined)[] = [];
	let end: (() => void) | undefined;
	const engine = createEngineProxy(account, {
		openLink: (_, onMessage) => {
			const link = { posted: [] as CryptoCall[], reply: onMessage, isClosed: false };
			links.push(link);
			return {
				post: (message) => link.posted.push(message),
				close: () => {
					link.isClosed = true;
				},
			};
		},
		onEnd: (_, callback) => {
			end = callback;
			return () => {
				end = undefined;
			};
		},
		later: (callback) => {
			timers.push(callback);
			return () => {
				if (timers.includes(callback)) timers.splice(timers.indexOf(callback), 1);
			};
		},
		newId: () => "page",
		onStart: (failure) => starts.push(failure),
	});
	const newest = () => {
		const link = links.at(-1);
		if (link === undefined) throw new Error("no link was opened");
		return link;
	};
	const answer = ({ id, page }: CryptoCall, output: unknown): void =>
		newest().reply({ kind: "answer", page, id, output });
	const fail = ({ id, page }: CryptoCall, code: Extract<CryptoReply, { kind: "failure" }>["code"]): void =>
		newest().reply({ kind: "failure", page, id, code });
	return {
		...{ engine, links, newest, answer, fail, starts },
		end: () => end?.(),
		pass: () => {
			for (const callback of timers.splice(0)) callback();
		},
		posted: (): readonly string[] => newest().posted.map(({ call }) => call),
		call: (name: string): CryptoCall => {
			const found = newest().posted.findLast(({ call }) => call === name);
			if (found === undefined) throw new Error(`${name} was not asked`);
			return found;
		},
	};
};

describe("the engine as a page sees it", () => {
	it("starts it, and brings each answer to whoever asked", async () => {
		const page = openPage();
		const first = page.engine.call("status", {});
		const second = page.engine.call("decrypt", { events: [] });
		expect(page.posted()).toEqual(["start", "status", "decrypt"]);
		expect(page.call("start").input).toMatchObject(account);
		page.answer(page.call("decrypt"), { results: [] });
		page.answer(page.call("status"), { identity: "verified" });
		expect(await first).toEqual({ identity: "verified" });
		expect(await second).toEqual({ results: [] });
	});

	it("passes over answers to another page", async () => {
		const page = openPage();
		const asked = page.engine.call("status", {});
		page.newest().reply({ kind: "answer", page: "other", id: page.call("status").id, output: { identity: "unknown" } });
		page.answer(page.call("status"), { identity: "verified" });
		expect(await asked).toEqual({ identity: "verified" });
	});

	it.each([
		["says that it ends", (page: ReturnType<typeof openPage>) => page.newest().reply({ kind: "ending" })],
		["is gone without a word", (page: ReturnType<typeof openPage>) => page.end()],
	])("asks the next engine again when one %s", async (_, stop) => {
		const page = openPage();
		page.answer(page.call("start"), { isNew: false });
		const asked = page.engine.call("status", {});
		stop(page);
		expect(page.links[0]?.isClosed).toBe(true);
		page.pass();
		expect(page.links).toHaveLength(2);
		expect(page.posted()).toEqual(["start", "status"]);
		page.answer(page.call("status"), { identity: "verified" });
		expect(await asked).toEqual({ identity: "verified" });
	});

	it("asks again when an engine begins to listen", async () => {
		const page = openPage();
		const asked = page.engine.call("status", {});
		page.newest().reply({ kind: "here" });
		expect(page.posted()).toEqual(["start", "status", "start", "status"]);
		page.answer(page.call("status"), { identity: "unknown" });
		expect(await asked).toEqual({ identity: "unknown" });
	});

	it("leaves nobody waiting where there is no engine, and tries again", async () => {
		const page = openPage();
		const asked = page.engine.call("status", {});
		page.fail(page.call("start"), "no-storage");
		await expect(asked).rejects.toMatchObject({ code: "no-storage" });
		page.pass();
		expect(page.links).toHaveLength(2);
		page.answer(page.call("start"), { isNew: true });
		expect(page.starts).toEqual(["no-storage", undefined]);
	});

	it("opens the way anew where a start is never answered, and holds that against nobody", async () => {
		const page = openPage();
		const asked = page.engine.call("decrypt", { events: [] });
		for (let opened = 2; opened <= 7; opened += 1) {
			page.pass();
			expect(page.links).toHaveLength(opened);
			expect(page.posted()).toEqual(["start", "decrypt"]);
		}
		page.answer(page.call("start"), { isNew: false });
		page.pass();
		expect(page.links).toHaveLength(7);
		page.answer(page.call("decrypt"), { results: [] });
		expect(await asked).toEqual({ results: [] });
	});

	it("takes what a broken engine answers for no answer", async () => {
		const page = openPage();
		const asked = page.engine.call("status", {});
		page.fail(page.call("status"), "broken");
		page.newest().reply({ kind: "ending" });
		page.pass();
		page.answer(page.call("status"), { identity: "verified" });
		expect(await asked).toEqual({ identity: "verified" });
	});

	it("lets a call bring down four engines, and no more", async () => {
		const page = openPage();
		page.answer(page.call("start"), { isNew: false });
		const asked = page.engine.call("decrypt", { events: [] });
		for (const expected of [...Array(3).fill(["start", "decrypt"]), ["start"]]) {
			page.newest().reply({ kind: "ending" });
			page.pass();
			expect(page.posted()).toEqual(expected);
			page.answer(page.call("start"), { isNew: false });
		}
		await expect(asked).rejects.toMatchObject({ code: "broken" });
		const after = page.engine.call("status", {});
		page.answer(page.call("status"), { identity: "verified" });
		expect(await after).toEqual({ identity: "verified" });
	});

	it("hands on why a call failed, and what the engine tells unasked", async () => {
		const page = openPage();
		const heard: string[] = [];
		const stop = page.engine.onNews(({ kind }) => heard.push(kind));
		const asked = page.engine.call("status", {});
		page.fail(page.call("status"), "unreachable");
		await expect(asked).rejects.toMatchObject({ code: "unreachable" });
		page.newest().reply({ kind: "roomKeys", sessions: [] });
		stop();
		page.newest().reply({ kind: "people", userIds: [] });
		expect(heard).toEqual(["roomKeys"]);
	});

	it("answers nobody any more once it is closed", async () => {
		const page = openPage();
		const asked = page.engine.call("status", {});
		page.engine.close();
		await expect(asked).rejects.toMatchObject({ code: "broken" });
		await expect(page.engine.call("status", {})).rejects.toMatchObject({ code: "broken" });
		page.end();
		page.pass();
		await rest();
		expect(page.links).toHaveLength(1);
	});
});
