import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useJoinProgress } from "../../client/hooks/use-join-progress.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireRoomPreview } from "../../shared/wire/directory-calls.ts";
import { serverFailure } from "./server-failure.ts";

export interface AskedRoom {
	/** Its address or id. */
	readonly asked: string | undefined;
	/** Servers that are said to be in it. */
	readonly via: readonly string[];
	readonly serverName: string | undefined;
}

/** One room by its address: whole, or the part before the colon for this server's own; what it shows, and the way in. */
export function useRoomPreview({ asked, via, serverName }: AskedRoom) {
	const room = asked === undefined || serverName === undefined ? "" : wholeAddress(asked, serverName);
	const found = trpc.rooms.preview.useQuery(
		{ room, via: [...via] },
		{ enabled: room !== "", retry: false, staleTime: 30_000 },
	);
	const [firstVia] = via;
	const server = firstVia ?? serverIn(room) ?? found.data?.via[0] ?? "";
	const isHere = server === "" || server === serverName;
	const failure = found.error === null ? undefined : failureOf(found.error).code;
	const { failure: refusal, ...wayIn } = useWayIn(room, found.data);
	return {
		state: found.isFetching
			? "loading"
			: found.isSuccess
				? "ready"
				: failure === undefined
					? "loading"
					: isMissing(failure)
						? "missing"
						: "failed",
		failure: failure && serverFailure(failure, isHere ? undefined : server, "room"),
		room: found.data,
		chatHref: found.data && chatOf(found.data),
		address: room,
		backHref: firstVia === undefined ? "/rooms" : `/rooms?on=${encodeURIComponent(firstVia)}`,
		server: isHere ? undefined : server,
		...wayIn,
		error: refusal && failureText(refusal),
		onRetry: () => void found.refetch(),
	} as const;
}

function useWayIn(address: string, room: WireRoomPreview | undefined) {
	const router = useRouter();
	const [isAsking, setAsking] = useState(false);
	const goIn = useMutation({
		mutationFn: (reason: string | undefined) => {
			const there = { room: room?.roomId ?? address, via: room?.via ?? [] };
			return reason === undefined ? api.rooms.join.mutate(there) : api.rooms.knock.mutate({ ...there, reason });
		},
		onSuccess: ({ roomId }) => void router.push(roomAddress(roomId)),
	});
	const isJoining = goIn.isPending && goIn.variables === undefined;
	return {
		isBusy: goIn.isPending,
		progress: useJoinProgress(isJoining ? (room?.roomId ?? address) : undefined),
		failure: goIn.error === null ? undefined : failureOf(goIn.error).code,
		isAsking,
		onJoin: () => goIn.mutate(undefined),
		onAsk: () => setAsking(true),
		onKnock: (reason: string) => goIn.mutate(reason),
		onCancel: () => {
			goIn.reset();
			setAsking(false);
		},
	};
}

/** Absent: an id that names no server. */
function serverIn(room: string): string | undefined {
	const at = room.indexOf(":");
	return at === -1 ? undefined : room.slice(at + 1);
}

/** Absent: the reader has nothing to do with the room yet. */
function chatOf({ roomId, membership = "leave" }: WireRoomPreview): string | undefined {
	return /^(join|invite|knock)$/.test(membership) ? roomAddress(roomId) : undefined;
}

/** Room ids hold a colon of their own. */
function wholeAddress(asked: string, serverName: string): string {
	if (asked.startsWith("!")) return asked;
	const withSign = asked.startsWith("#") ? asked : `#${asked}`;
	return withSign.includes(":") ? withSign : `${withSign}:${serverName}`;
}

function isMissing(code: string): boolean {
	return code === "not-found" || code === "bad-input";
}
