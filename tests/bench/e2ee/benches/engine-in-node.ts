import { openNodeDevice } from "../../../crypto/node-device.ts";
import { startBenchServer } from "../../bench-server.ts";
import { withoutTarget } from "../../figure.ts";
import { messageBody } from "../../message.ts";
import { range, timed } from "../../statistics.ts";
import type { E2eeBench } from "../e2ee-bench.ts";

const messageCount = 1000;

/** How fast the worker's engine seals and opens without a browser, its store in memory: what a browser adds is the rest. */
export const engineInNodeBench: E2eeBench = {
	ids: ["node.encrypt", "node.decrypt"],
	measure: async () => {
		await using server = await startBenchServer();
		const [person] = await server.people(1);
		if (person === undefined) throw new Error("somebody is needed");
		const { engine, stop } = await openNodeDevice(server.process.origin, person);
		const roomId = "!bench:localhost";
		const contents: Record<string, unknown>[] = [];
		const sealing = await timed(async () => {
			for (const index of range(messageCount)) {
				const { content } = await engine.encrypt({
					...{ roomId, type: "m.room.message", userIds: [person.userId] },
					content: { msgtype: "m.text", body: `${messageBody} ${index}` },
					settings: { historyVisibility: "shared" },
				});
				contents.push(content);
			}
		});
		const events = contents.map((content, index) => ({
			...{ roomId, eventId: `$${index}`, sender: person.userId, originServerTs: 1, content },
		}));
		const opening = await timed(async () => {
			const { results } = await engine.decrypt({ events });
			if (results.some(({ kind }) => kind !== "read")) throw new Error("something was not opened");
		});
		stop();
		return [
			withoutTarget({ id: "node.encrypt", value: (messageCount / sealing) * 1000, unit: "1/s" }),
			withoutTarget({ id: "node.decrypt", value: (messageCount / opening) * 1000, unit: "1/s" }),
		];
	},
};
