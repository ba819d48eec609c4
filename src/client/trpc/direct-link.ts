import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { openSocketOf } from "./socket.ts";
import { nextOperationId } from "./socket-link.ts";

/**
 * Writes a call to the open socket in the task that made it. tRPC's own link waits for a timer, which comes after the
 * page has drawn what the call is about; for a message that is a third of its way to the other's screen.
 */
export const directLink: TRPCLink<AppRouter> =
	() =>
	({ op: { type, path, input } }) =>
		observable((observer) => {
			const socket = openSocketOf();
			const life = new AbortController();
			const id = nextOperationId();
			const fail = (cause: Error | object): void => observer.error(TRPCClientError.from(cause));
			const hear = ({ data }: MessageEvent<string>): void => {
				const answer = data.startsWith("{") ? JSON.parse(data) : undefined;
				if (answer?.id !== id) return;
				life.abort();
				if (answer.error === undefined) {
					observer.next(answer);
					observer.complete();
				} else fail(answer);
			};
			socket.addEventListener("message", hear, life);
			socket.addEventListener("close", () => fail(new Error("the socket closed before the answer")), life);
			socket.send(JSON.stringify({ id, method: type, params: { input, path } }));
			return () => life.abort();
		});
