import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect as connectTo, createServer, type Socket } from "node:net";
import { createHttpCaller } from "../../../server-process/http-caller.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost } from "../../figure.ts";
import { percentile } from "../../statistics.ts";
import { type AssistantBench, neededOllama } from "../assistant-bench.ts";
import { longChat } from "../long-chat.ts";

const times = 12;
const mostMs = 200;

/** From the call of a page until the connection to Ollama is closed, which is how it hears of it; the slowest of twelve. */
export const cancelBench: AssistantBench = {
	ids: ["cancel"],
	isOnModel: true,
	measure: async (context) => {
		const { url, chatModel, embedModel } = neededOllama(context);
		await using relay = await startRelay(new URL(url));
		await using server = await startBenchServer({
			...{ KITH_OLLAMA_URLS: relay.url, KITH_ASSISTANT_MODEL: chatModel, KITH_ASSISTANT_EMBED_MODEL: embedModel },
		});
		const [person] = await server.people(1);
		if (person === undefined) throw new Error("nobody is there");
		const roomId = await server.makeRoom([person]);
		const caller = createHttpCaller(server.process.origin, person.cookie);
		const takenMs: number[] = [];
		for (let time = 0; time < times; time += 1) {
			const instruction = "Write a very long letter about the garden.";
			const input = { kind: "draft", roomId, language: "en", instruction, messages: longChat(12, `Note ${time}.`) };
			const sent = relay.nextRequest();
			const { runId } = (await caller.mutate("assistant.start", input)) as { runId: string };
			const connection = await sent;
			// Before the first word, and between words.
			await new Promise((resolve) => setTimeout(resolve, time * 150));
			const closed = once(connection, "close").then(() => performance.now());
			const startMs = performance.now();
			await caller.mutate("assistant.cancel", { runId });
			takenMs.push((await closed) - startMs);
		}
		caller.close();
		context.say(`cancel: ${takenMs.map((ms) => ms.toFixed(0)).join(", ")} ms`);
		return [atMost(mostMs, { id: "cancel", value: percentile(takenMs, 1), unit: "ms" })];
	},
};

interface Relay extends AsyncDisposable {
	readonly url: string;
	/** The connection over which a run's next prompt is sent. */
	nextRequest(): Promise<Socket>;
}

/** Passes bytes on and sees when the server closes its connection. */
const startRelay = async (target: URL): Promise<Relay> => {
	const sockets = new Set<Socket>();
	let onRequest: (socket: Socket) => void = () => undefined;
	const relay = createServer((socket) => {
		const other = connectTo(Number(target.port), target.hostname);
		for (const one of [socket, other]) {
			sockets.add(one);
			one.on("error", () => undefined);
		}
		socket.once("data", (bytes) => {
			if (String(bytes).startsWith("POST /api/chat")) onRequest(socket);
		});
		socket.pipe(other);
		other.pipe(socket);
		socket.once("close", () => other.destroy());
		other.once("close", () => socket.destroy());
	});
	await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
		nextRequest: () =>
			new Promise((resolve) => {
				onRequest = resolve;
			}),
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => relay.close(resolve));
		},
	};
};
