/** What the benches put into a page to see what its engine costs it. */
export interface EngineMeter {
	/** Milliseconds, each from when an answer of the engine came, or a call began, to when the page had dealt with it. */
	takeBusy(): readonly number[];
	/** Milliseconds from each key press to when the sealed message left the page, since this was last asked. */
	takeSealed(): readonly number[];
}

declare global {
	interface Window {
		engineMeter: EngineMeter;
	}
}

/**
 * Runs in the page before its own scripts. What an answer sets off in the same turn counts, however many promises it goes
 * through, and so does what is drawn by it in that turn.
 */
export function installEngineMeter(): void {
	const turns = 40;
	let busy: number[] = [];
	let sealed: number[] = [];
	let pressedAt = 0;
	const untilQuiet = (startMs: number, left: number): void => {
		if (left === 0) busy.push(performance.now() - startMs);
		else queueMicrotask(() => untilQuiet(startMs, left - 1));
	};
	const watchPort = (port: MessagePort): void => {
		const post = port.postMessage.bind(port);
		port.postMessage = (message: unknown) => {
			const startMs = performance.now();
			post(message);
			busy.push(performance.now() - startMs);
		};
		Object.defineProperty(port, "onmessage", {
			set: (handle: (event: MessageEvent) => void) => {
				port.addEventListener("message", (event) => {
					const startMs = performance.now();
					handle(event);
					untilQuiet(startMs, turns);
				});
				port.start();
			},
		});
	};
	const Plain = window.SharedWorker;
	window.SharedWorker = class extends Plain {
		constructor(address: string | URL, options?: string | WorkerOptions) {
			super(address, options);
			watchPort(this.port);
		}
	};
	const send = WebSocket.prototype.send;
	WebSocket.prototype.send = function (this: WebSocket, data: string | ArrayBufferLike | Blob | ArrayBufferView) {
		if (String(data).includes("messages.sendEncrypted")) sealed.push(performance.now() - pressedAt);
		send.call(this, data as string);
	};
	addEventListener(
		"keydown",
		({ timeStamp }) => {
			pressedAt = timeStamp;
		},
		{ capture: true },
	);
	window.engineMeter = {
		takeBusy: () => {
			const taken = busy;
			busy = [];
			return taken;
		},
		takeSealed: () => {
			const taken = sealed;
			sealed = [];
			return taken;
		},
	};
}
