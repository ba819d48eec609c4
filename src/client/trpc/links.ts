import { httpBatchLink, type Operation, splitLink, type TRPCLink } from "@trpc/client";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { directLink } from "./direct-link.ts";
import { isSocketOpen } from "./socket.ts";
import { socketLink } from "./socket-link.ts";
import { streamLink } from "./stream-link.ts";

/**
 * Everything travels over the socket, what a person writes without any wait; while it is down, calls take HTTP and the
 * subscription server-sent events.
 */
export function links(): TRPCLink<AppRouter>[] {
	const calls = splitLink<AppRouter>({
		condition: isSocketOpen,
		true: splitLink({ condition: isWriting, true: directLink, false: socketLink }),
		false: httpBatchLink({ url: "/api/trpc" }),
	});
	return [splitLink({ condition: (operation) => operation.type === "subscription", true: streamLink, false: calls })];
}

function isWriting({ path }: Operation): boolean {
	return path.startsWith("messages.");
}
