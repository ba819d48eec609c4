import type { WebSocket } from "ws";
import { answerRefusal } from "./refusals.ts";

/** RFC 6455 section 7.4.1, "message too big". */
const messageTooBig = 1009;

/**
 * Says in the API's own words why a socket closes over a frame that is larger than a call may be: the library closes it
 * before anybody hears of the frame.
 */
export const explainTooLarge = (socket: WebSocket): void => {
	const close = socket.close.bind(socket);
	socket.close = (code, reason) => {
		if (code === messageTooBig) answerRefusal(socket, { code: "too-large" });
		close(code, reason);
	};
};
