import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** What an Ollama was asked to write. */
export interface ScriptedChat {
	readonly model: string;
	readonly messages: readonly { readonly role: string; readonly content: string }[];
	readonly stream: boolean;
	readonly truncate?: boolean;
	readonly shift?: boolean;
	readonly keep_alive?: string;
	readonly format?: { readonly properties?: Readonly<Record<string, unknown>> };
	readonly options: { readonly num_ctx: number; readonly num_predict: number };
}

/** How a chat is answered. */
export interface ScriptedAnswer {
	/** A line of the stream, as it is. */
	raw(text: string): Promise<void>;
	/** One more piece of the answer. */
	say(text: string): Promise<void>;
	/** The last line. */
	end(counts?: { readonly prompt?: number; readonly answer?: number }): Promise<void>;
	/** Breaks the connection. */
	cut(): void;
	/** A refusal: before anything was said. */
	refuse(status: number, error: string): void;
	/** Leads to another address: before anything was said. */
	redirect(address: string): void;
	/** Resolves when the other side has closed the connection. */
	readonly gone: Promise<void>;
	pause(ms: number): Promise<void>;
}

export interface OllamaScript {
	readonly models?: readonly string[];
	readonly show?: Readonly<Record<string, unknown>>;
	/** What each model is said to be, where they differ. */
	showOf?(model: string): Readonly<Record<string, unknown>>;
	/** Whose pages may ask it; absent: those on this machine, as a real one does. */
	readonly origins?: readonly string[];
	chat?(chat: ScriptedChat, answer: ScriptedAnswer): Promise<void> | void;
	pull?(answer: ScriptedAnswer): Promise<void>;
	/** A list for each text is right; whatever else comes is said as it is, and a string without being JSON of ours. */
	embed?(texts: readonly string[]): unknown;
}

/** An Ollama over real HTTP that says what the test wants it to. */
export interface ScriptedOllama extends AsyncDisposable {
	readonly url: string;
	readonly chats: ScriptedChat[];
	readonly embedded: string[][];
	/** Moments at which somebody closed a connection before the answer was whole; `performance.now()`. */
	readonly aborted: number[];
	/** Every address that was asked for. */
	readonly asked: string[];
	script: OllamaScript;
}

const plainShow = { capabilities: ["completion"], model_info: { "llama.context_length": 131_072 } };

export const startScriptedOllama = async (script: OllamaScript = {}): Promise<ScriptedOllama> => {
	const state = {
		script,
		chats: [] as ScriptedChat[],
		embedded: [] as string[][],
		aborted: [] as number[],
		asked: [] as string[],
	};
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	server.on("connection", (socket) => {
		sockets.add(socket);
		socket.once("close", () => sockets.delete(socket));
	});
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const path = request.url ?? "";
		state.asked.push(path);
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece);
		const text = Buffer.concat(pieces).toString();
		const body = text === "" ? {} : JSON.parse(text);
		response.on("close", () => {
			if (!response.writableFinished) state.aborted.push(performance.now());
		});
		const { script: now } = state;
		if (!letIn(request, response, now)) return;
		const json = (value: unknown): void => {
			response.setHeader("content-type", "application/json");
			response.end(JSON.stringify(value));
		};
		if (path === "/api/version") json({ version: "0.0.0-scripted" });
		else if (path === "/api/tags")
			json({ models: (now.models ?? ["chat:1b", "embed:latest"]).map((name) => ({ name })) });
		else if (path === "/api/show") json(now.showOf?.(body.model) ?? now.show ?? plainShow);
		else if (path === "/api/embed") {
			state.embedded.push(body.input);
			const embeddings = (await now.embed?.(body.input)) ?? body.input.map(() => [1, 0]);
			if (typeof embeddings === "string") response.end(embeddings);
			else json({ embeddings });
		} else if (path === "/api/chat") {
			state.chats.push(body);
			await now.chat?.(body, answerOver(response));
		} else if (path === "/api/pull") await now.pull?.(answerOver(response));
		else response.writeHead(404).end();
	};
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return Object.assign(state, {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	});
};

const onThisMachine = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Answers browsers as Ollama does: a page of another site is refused, and told nothing that its browser would let it read. */
const letIn = ({ headers, method }: IncomingMessage, response: ServerResponse, { origins }: OllamaScript): boolean => {
	const { origin } = headers;
	if (origin === undefined) return true;
	if (!(origins?.includes(origin) ?? onThisMachine.test(origin))) {
		response.writeHead(403).end();
		return false;
	}
	response.setHeader("access-control-allow-origin", origin);
	if (method !== "OPTIONS") return true;
	response.setHeader("access-control-allow-methods", "GET,POST");
	response.setHeader("access-control-allow-headers", "content-type");
	response.writeHead(204).end();
	return false;
};

const answerOver = (response: ServerResponse): ScriptedAnswer => {
	const gone = new Promise<void>((resolve) => response.once("close", () => resolve()));
	const write = (text: string): Promise<void> =>
		new Promise((resolve) => {
			if (response.destroyed) resolve();
			else if (response.write(text)) resolve();
			else {
				response.once("drain", resolve);
				void gone.then(resolve);
			}
		});
	const line = (value: unknown): Promise<void> => write(`${JSON.stringify(value)}\n`);
	return {
		gone,
		raw: write,
		say: (content) => line({ model: "chat", message: { role: "assistant", content }, done: false }),
		end: async ({ prompt = 100, answer = 10 } = {}) => {
			await line({
				message: { role: "assistant", content: "" },
				done: true,
				prompt_eval_count: prompt,
				eval_count: answer,
			});
			response.end();
		},
		cut: () => void response.destroy(),
		refuse: (status, error) => {
			response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error }));
		},
		redirect: (address) => void response.writeHead(307, { location: address }).end(),
		pause: (ms) => delay(ms).then(() => undefined),
	};
};
