import type { RawData, WebSocket } from "ws";
import { answerRefusal } from "./refusals.ts";

const callsPerSecond = 200;
const burst = 1000;
/** By then as many calls are allowed again as a start makes. */
const retryAfterMs = 1_000;
/** RFC 6455 section 7.4.1, "policy violation". */
const policyViolation = 1008;

/**
 * Closes a socket that asks for far more than a person can cause: the client comes back and starts over. What came too
 * much is dropped before anybody reads it, also while the socket closes.
 */
export const limitMessages = (socket: WebSocket): void => {
	let allowance = burst;
	let checkedAt = performance.now();
	const admits = (data: RawData): boolean => {
		const now = performance.now();
		allowance = Math.min(burst, allowance + ((now - checkedAt) / 1000) * callsPerSecond) - callsIn(data);
		checkedAt = now;
		if (allowance >= 0) return true;
		if (socket.readyState === socket.OPEN) {
			answerRefusal(socket, { code: "too-many-requests", retryAfterMs });
			socket.close(policyViolation, "too-many-requests");
		}
		return false;
	};
	// A listener of its own could not keep the frame from the other listeners.
	const emit = socket.emit.bind(socket);
	socket.emit = (event: string | symbol, ...args: unknown[]): boolean =>
		event === "message" && !admits(args[0] as RawData) ? false : emit(event, ...args);
};

/** A frame may hold an array of calls. */
const callsIn = (data: RawData): number => {
	const text = Array.isArray(data) ? Buffer.concat(data).toString() : data.toString();
	if (!text.trimStart().startsWith("[")) return 1;
	try {
		const calls: unknown = JSON.parse(text);
		return Array.isArray(calls) ? Math.max(1, calls.length) : 1;
	} catch {
		return 1;
	}
};
