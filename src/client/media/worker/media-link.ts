import type { MediaAnswers, MediaCall, MediaReply, MediaRequest } from "./media-message.ts";

/** Where the build puts the worker. */
const workerAddress = "/media-engine/worker.js";

interface Link {
	readonly worker: Worker;
	readonly waiting: Map<number, (answer: MediaReply["answer"]) => void>;
}

let link: Link | undefined;
let lastId = 0;

/** Asks the worker, which is started at the first time and after it broke. Rejects when it breaks meanwhile. */
export function askMedia<K extends MediaCall["kind"]>(call: Extract<MediaCall, { kind: K }>): Promise<MediaAnswers[K]> {
	link ??= openLink();
	const { worker, waiting } = link;
	lastId += 1;
	const id = lastId;
	return new Promise((resolve, reject) => {
		waiting.set(id, (answer) => {
			if (answer === undefined) reject(new Error("the picture could not be worked on"));
			// The worker answers each kind of call in its way.
			else resolve(answer as MediaAnswers[K]);
		});
		worker.postMessage({ ...call, id } as MediaRequest);
	});
}

function openLink(): Link {
	const worker = new Worker(workerAddress, { type: "module" });
	const waiting: Link["waiting"] = new Map();
	worker.onmessage = ({ data }: MessageEvent<MediaReply>) => {
		const settle = waiting.get(data.id);
		waiting.delete(data.id);
		settle?.(data.answer);
	};
	worker.onerror = () => {
		link = undefined;
		worker.terminate();
		for (const settle of waiting.values()) settle(undefined);
	};
	return { worker, waiting };
}
