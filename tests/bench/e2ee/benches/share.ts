import { setTimeout as delay } from "node:timers/promises";
import { openNodeDevice } from "../../../crypto/node-device.ts";
import type { Person } from "../../../server-process/add-people.ts";
import { type BenchServer, startBenchServer } from "../../bench-server.ts";
import { type BenchPage, openPage } from "../../client/open-page.ts";
import { atMost, type Figure, withoutTarget } from "../../figure.ts";
import { inParallel, median, range, timed } from "../../statistics.ts";
import type { E2eeBench, E2eeContext } from "../e2ee-bench.ts";
import { awaitEngines, makeEncryptedRoom } from "../encrypted-room.ts";
import { installEngineMeter } from "../engine-meter.ts";

const deviceCount = 1000;
/** Each gives out a key of their own; the last of them is no browser. */
const senderCount = 4;
const nextCount = 15;
const firstMs = 2000;
const nextMs = 30;
const lanes = 6;

/**
 * A room of people with 1,000 devices, each with keys of its own that its person vouches for: from Enter to when the sealed
 * message leaves the page, with the first message of somebody, for which everybody is asked for a key and handed one, and
 * with the next ones. The same in Node, for orientation.
 */
export const shareBench: E2eeBench = {
	ids: ["share.thousand.first", "share.thousand.next", "node.share.thousand.first", "node.share.thousand.next"],
	measure: async (context) => {
		await using server = await startBenchServer();
		const people = await server.people(deviceCount + senderCount);
		const [writer, ...browsers] = people.slice(0, senderCount);
		if (writer === undefined) throw new Error("people are needed");
		const roomId = await makeEncryptedRoom(server, people);
		await makeDevices(server, people.slice(senderCount), context);
		const node = await shareInNode(server, { writer, people, roomId });
		const times: { first: number; next: number }[] = [];
		for (const person of browsers) times.push(await shareInBrowser(server, { person, roomId }, context));
		const of = (pick: (time: { first: number; next: number }) => number): number => median(times.map(pick));
		return [
			atMost(firstMs, { id: "share.thousand.first", value: of(({ first }) => first), unit: "ms" }),
			atMost(nextMs, { id: "share.thousand.next", value: of(({ next }) => next), unit: "ms" }),
			...node,
		];
	},
};

/** Real devices: each is an engine that made its keys, and is gone before anything is measured. */
async function makeDevices(server: BenchServer, people: readonly Person[], { say }: E2eeContext): Promise<void> {
	say(`share: ${people.length} devices make their keys`);
	const takenMs = await timed(() =>
		inParallel(people, lanes, async (person) => (await openNodeDevice(server.process.origin, person)).stop()),
	);
	say(`share: they did, in ${(takenMs / 1000).toFixed(0)} s`);
}

interface Sharing {
	readonly writer: Person;
	readonly people: readonly Person[];
	readonly roomId: string;
}

async function shareInNode(server: BenchServer, { writer, people, roomId }: Sharing): Promise<readonly Figure[]> {
	const device = await openNodeDevice(server.process.origin, writer);
	const userIds = people.map(({ userId }) => userId);
	const seal = (body: string): Promise<number> =>
		timed(() =>
			device.engine.encrypt({
				...{ roomId, type: "m.room.message", userIds },
				...{ content: { msgtype: "m.text", body }, settings: { historyVisibility: "shared" } },
			}),
		);
	const first = await seal("The first.");
	const next: number[] = [];
	for (const index of range(nextCount)) next.push(await seal(`Number ${index}.`));
	device.stop();
	return [
		withoutTarget({ id: "node.share.thousand.first", value: first, unit: "ms" }),
		withoutTarget({ id: "node.share.thousand.next", value: median(next), unit: "ms" }),
	];
}

async function shareInBrowser(
	server: BenchServer,
	{ person, roomId }: { readonly person: Person; readonly roomId: string },
	{ launch, say, noteMainThread }: E2eeContext,
): Promise<{ first: number; next: number }> {
	const { origin } = server.process;
	const path = `/chat/${encodeURIComponent(roomId)}`;
	await using opened = await openPage(await launch(), { origin, person, path, scripts: [installEngineMeter] });
	await awaitEngines(server, [person]);
	await delay(settleMs);
	const first = await timeSealing(opened, `The first of ${person.localpart}.`);
	const next: number[] = [];
	for (const index of range(nextCount)) {
		next.push(await timeSealing(opened, `Number ${index} of ${person.localpart}.`));
		await delay(60 + ((index * 7) % 17));
	}
	noteMainThread(await opened.page.evaluate(() => window.engineMeter.takeBusy()));
	say(`share: the first ${first.toFixed(0)} ms, then ${median(next).toFixed(1)} ms`);
	return { first, next: median(next) };
}

/** What a page does after it has opened is not part of it. */
const settleMs = 2000;

async function timeSealing({ page, timePaint }: BenchPage, text: string): Promise<number> {
	await page.getByRole("textbox", { name: "Message", exact: true }).fill(text);
	const bubble = { event: "keydown", selector: "[role=log] article", text } as const;
	// It is on the screen, with the clock that says that it waits, long before it is sealed.
	await timePaint(bubble, () => page.keyboard.press("Enter"));
	const taken = await page.waitForFunction(() => window.engineMeter.takeSealed()[0], undefined, { timeout: 120_000 });
	const value = await taken.jsonValue();
	if (value === undefined) throw new Error("nothing was sealed");
	return value;
}
