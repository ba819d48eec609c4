import type { WebSocket } from "ws";

const messagesPerSecond = 200;
const burst = 1000;
/** RFC 6455 section 7.4.1, "policy violation". */
const policyViolation = 1008;

/** Closes a socket that sends far more than a person can cause: the client comes back and starts over. */
export const limitMessages = (socket: WebSocket): void => {
	let allowance = burst;
	let checkedAt = performance.now();
	socket.on("message", () => {
		const now = performance.now();
		allowance = Math.min(burst, allowance + ((now - checkedAt) / 1000) * messagesPerSecond) - 1;
		checkedAt = now;
		if (allowance < 0) socket.close(policyViolation, "too-many-requests");
	});
};
