import { get } from "node:http";

/** One event of a stream; `data` as JSON says it. */
export interface ServerSentEvent {
	readonly event: string;
	readonly id: string | undefined;
	readonly data: unknown;
}

/** A stream of server-sent events, read as it comes and never begun anew. */
export interface EventReader {
	readonly status: number;
	readonly events: readonly ServerSentEvent[];
	/** Resolves once the server has ended it, or `close` has. */
	readonly ended: Promise<void>;
	close(): void;
	/** Reads no more, until `resume`. */
	pause(): void;
	resume(): void;
}

/** Resolves once the answer begins. */
export const readEvents = (url: string, headers: Readonly<Record<string, string>>): Promise<EventReader> =>
	new Promise((resolve, reject) => {
		const request = get(url, { headers: { ...headers, accept: "text/event-stream" }, agent: false }, (response) => {
			const events: ServerSentEvent[] = [];
			let rest = "";
			response.setEncoding("utf8");
			response.on("error", () => undefined);
			response.on("data", (text: string) => {
				const blocks = (rest + text).split("\n\n");
				rest = blocks.pop() ?? "";
				events.push(...blocks.filter((block) => block.trim() !== "").map(parseEvent));
			});
			const ended = new Promise<void>((settle) => response.once("close", settle));
			resolve({
				...{ status: response.statusCode ?? 0, events, ended },
				close: () => request.destroy(),
				pause: () => response.pause(),
				resume: () => response.resume(),
			});
		});
		request.on("error", reject);
	});

const parseEvent = (block: string): ServerSentEvent => {
	const fields = new Map(
		block.split("\n").map((line) => {
			const [name = "", ...value] = line.split(": ");
			return [name, value.join(": ")] as const;
		}),
	);
	const data = fields.get("data") ?? "";
	return {
		event: fields.get("event") ?? "message",
		id: fields.get("id"),
		data: data === "" ? undefined : JSON.parse(data),
	};
};
