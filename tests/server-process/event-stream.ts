import { type ClientRequest, get } from "node:http";

const retryMs = 100;

/**
 * The browser's EventSource as far as the sync subscription needs it, with a person's cookie: one connection that is
 * made again when it breaks, from the last id, and given up where the answer is no stream.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream extends EventTarget {
	static readonly CONNECTING = 0;
	static readonly OPEN = 1;
	static readonly CLOSED = 2;
	readonly CONNECTING = EventStream.CONNECTING;
	readonly OPEN = EventStream.OPEN;
	readonly CLOSED = EventStream.CLOSED;
	readyState: number = EventStream.CONNECTING;
	readonly #url: string;
	readonly #headers: Record<string, string>;
	#request: ClientRequest | undefined;
	#timer: NodeJS.Timeout | undefined;
	#lastId = "";

	constructor(url: string, headers: Record<string, string>) {
		super();
		this.#url = url;
		this.#headers = headers;
		this.#connect();
	}

	close(): void {
		this.readyState = EventStream.CLOSED;
		clearTimeout(this.#timer);
		this.#request?.destroy();
	}

	#connect(): void {
		const resume: Record<string, string> = this.#lastId === "" ? {} : { "last-event-id": this.#lastId };
		const headers = { ...this.#headers, ...resume, accept: "text/event-stream" };
		this.#request = get(this.#url, { headers, agent: false }, (response) => {
			if (response.statusCode !== 200 || response.headers["content-type"] !== "text/event-stream") {
				this.close();
				this.dispatchEvent(new Event("error"));
				return;
			}
			this.readyState = EventStream.OPEN;
			let rest = "";
			response.setEncoding("utf8");
			response.on("data", (text: string) => {
				const blocks = (rest + text).split("\n\n");
				rest = blocks.pop() ?? "";
				for (const block of blocks) this.#dispatch(block);
			});
			response.once("error", () => undefined);
			response.once("close", () => this.#reconnect());
		});
		this.#request.once("error", () => this.#reconnect());
	}

	#reconnect(): void {
		if (this.readyState === EventStream.CLOSED) return;
		this.readyState = EventStream.CONNECTING;
		this.dispatchEvent(new Event("error"));
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#connect(), retryMs);
	}

	#dispatch(block: string): void {
		const fields = new Map(
			block.split("\n").flatMap((line) => {
				const [name = "", ...value] = line.split(": ");
				return name === "" ? [] : [[name, value.join(": ")] as const];
			}),
		);
		if (this.readyState !== EventStream.OPEN || !fields.has("data")) return;
		this.#lastId = fields.get("id") ?? this.#lastId;
		const event = new MessageEvent(fields.get("event") ?? "message", {
			data: fields.get("data"),
			lastEventId: this.#lastId,
		});
		this.dispatchEvent(event);
	}
}
