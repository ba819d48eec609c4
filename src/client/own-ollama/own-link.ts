import { onOtherPerson } from "../assistant/on-other-person.ts";
import type { OwnAnswer, OwnCall, OwnReply, OwnRequest } from "./own-message.ts";

/** Where the build puts the worker. The server gives it out with a policy that lets it reach the address behind `at` alone. */
const workerAddress = "/ollama-engine/worker.js";

interface Link {
	readonly origin: string;
	readonly worker: Worker;
	readonly listeners: Map<number, (answer: OwnAnswer) => void>;
}

let link: Link | undefined;
let lastId = 0;

onOtherPerson(closeLink);

/** Asks the worker of an Ollama; the answer to this ends the call. Each call hears of its end. */
export function askOwn(origin: string, call: OwnCall, onAnswer: (answer: OwnAnswer) => void): () => void {
	if (link?.origin !== origin) {
		closeLink();
		link = openLink(origin);
	}
	const { worker, listeners } = link;
	lastId += 1;
	const id = lastId;
	listeners.set(id, onAnswer);
	post(worker, { ...call, id });
	return () => {
		if (!listeners.delete(id)) return;
		lastId += 1;
		post(worker, { kind: "cancel", call: id, id: lastId });
	};
}

function post(worker: Worker, request: OwnRequest): void {
	worker.postMessage(request);
}

function openLink(origin: string): Link {
	const worker = new Worker(`${workerAddress}?at=${encodeURIComponent(origin)}`, { type: "module" });
	const listeners: Link["listeners"] = new Map();
	worker.onmessage = ({ data: { id, ...answer } }: MessageEvent<OwnReply>) => {
		const listener = listeners.get(id);
		if (isLast(answer)) listeners.delete(id);
		listener?.(answer);
	};
	worker.onerror = () => {
		if (link?.worker === worker) closeLink();
	};
	return { origin, worker, listeners };
}

const lastEvents: ReadonlySet<string> = new Set(["done", "failed", "cancelled"]);

function isLast(answer: OwnAnswer): boolean {
	return answer.kind !== "event" || lastEvents.has(answer.event.kind);
}

function closeLink(): void {
	const closed = link;
	link = undefined;
	closed?.worker.terminate();
	for (const listener of closed?.listeners.values() ?? []) listener({ kind: "failed", reason: "failed" });
}
