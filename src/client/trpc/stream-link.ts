import { httpSubscriptionLink, type TRPCClientError, type TRPCLink } from "@trpc/client";
import { type inferObservableValue, type Observer, observable } from "@trpc/server/observable";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { failureOf } from "./errors.ts";
import { followWays, type WayMemory, type WayObserver } from "./follow-ways.ts";
import { socketLink } from "./socket-link.ts";
import { noteWayOpen, onWayOpen, type StreamWay } from "./way-openings.ts";

type Told = inferObservableValue<ReturnType<ReturnType<TRPCLink<AppRouter>>>>;

const memory: WayMemory = { isSocketProven: false, current: "socket" };

// Also between two subscriptions: the next one begins on the socket.
onWayOpen((way) => {
	if (way === "socket") memory.current = "socket";
});

/** What the subscription travels over now. */
export function streamWay(): StreamWay {
	return memory.current;
}

/**
 * The stream of changes is never silent for long, so it tells whether a way carries anything. A run of the assistant may be:
 * it goes the way that is open now, and what it makes of it is its own.
 */
const memoryFor = (path: string): WayMemory => (path === "sync.subscribe" ? memory : { ...memory });

/** Carries subscriptions: over the socket, or over server-sent events while no socket opens. */
export const streamLink: TRPCLink<AppRouter> = (runtime) => {
	const links = { socket: socketLink(runtime), events: httpSubscriptionLink({ url: "/api/trpc" })(runtime) };
	return (context) =>
		observable((observer) => {
			const own = memoryFor(context.op.path);
			return followWays(
				{
					begin: (way, since, wayObserver) => {
						const op = { ...context.op, input: inputFrom(context.op.input, since) };
						const forwarding = forward({ way, memory: own, observer, wayObserver });
						let isLeft = false;
						const subscription = links[way]({ ...context, op }).subscribe({
							next: (told) => isLeft || forwarding.next(told),
							error: (error) => isLeft || forwarding.error(error),
							// Leaving a way completes it, which is not the end of the subscription.
							complete: () => isLeft || forwarding.complete(),
						});
						return () => {
							isLeft = true;
							subscription.unsubscribe();
						};
					},
					onSocketOpen: (listener) => onWayOpen((way) => way === "socket" && listener()),
					later: (callback, delayMs) => {
						const timer = setTimeout(callback, delayMs);
						return () => clearTimeout(timer);
					},
				},
				own,
			);
		});
};

interface Forwarding {
	readonly way: StreamWay;
	readonly memory: WayMemory;
	readonly observer: Observer<Told, TRPCClientError<AppRouter>>;
	readonly wayObserver: WayObserver;
}

/** Hands on what a way tells, but for what only concerns the way. */
const forward = ({ way, memory: ways, observer, wayObserver }: Forwarding) => ({
	next: (envelope: Told) => {
		const { result } = envelope;
		if (result.type === "state") {
			// A socket that never worked says nothing about the network yet.
			if (way === "events" || ways.isSocketProven || result.error === null) observer.next(envelope);
			if (result.state === "pending" && way === "events") noteWayOpen("events");
			if (result.state === "connecting" && result.error !== null) wayObserver.onWaiting();
			return;
		}
		if ("id" in result && typeof result.id === "string") wayObserver.onItem(result.id);
		observer.next(envelope);
	},
	error: (error: TRPCClientError<AppRouter>) => {
		if (way === "events" && failureOf(error).code === "offline") {
			observer.next({ result: { type: "state", state: "connecting", error } });
			wayObserver.onBroken();
			return;
		}
		wayObserver.onEnd();
		observer.error(error);
	},
	complete: () => {
		wayObserver.onEnd();
		observer.complete();
	},
});

/** A change of way goes on from the last item, a beginning from where the caller is. */
const inputFrom = (input: unknown, since: string | undefined): unknown =>
	since === undefined ? input : { ...(typeof input === "object" ? input : {}), lastEventId: since };
