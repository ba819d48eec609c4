import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireRoomPreview } from "../../shared/wire/directory-calls.ts";
import { publicRoomAddress, roomAddress } from "../rooms/addresses.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";
import { useJoinProgress } from "./use-join-progress.ts";

/** Joining one of several rooms in a list, and what a line of the list says of each. */
export function useJoinRoom() {
	const router = useRouter();
	const join = useMutation({
		mutationFn: ({ roomId, via }: WireRoomPreview) => api.rooms.join.mutate({ room: roomId, via }),
		onSuccess: ({ roomId }) => void router.push(roomAddress(roomId)),
	});
	const joining = join.isPending ? join.variables : undefined;
	const isElsewhere = joining !== undefined && joining.via.length > 0;
	return {
		progress: useJoinProgress(isElsewhere ? joining.roomId : undefined),
		error: join.error === null ? undefined : failureText(failureOf(join.error).code),
		lineOf: (room: WireRoomPreview) => ({
			...room,
			...waysTo(room),
			isJoining: joining?.roomId === room.roomId,
			onJoin: () => {
				if (!join.isPending) join.mutate(room);
			},
		}),
	};
}

function waysTo({ roomId, alias, via, membership, joinRule }: WireRoomPreview) {
	const asks = joinRule === "knock" || joinRule === "knock_restricted";
	// This server shows a room alone to whoever may join it or ask to.
	const isShown = via.length > 0 || asks || joinRule === "public";
	return {
		asks,
		isClosed: joinRule === "invite" || joinRule === "private",
		previewHref: isShown ? publicRoomAddress(alias ?? roomId, via) : undefined,
		chatHref: membership !== undefined && /^(join|invite|knock)$/.test(membership) ? roomAddress(roomId) : undefined,
	};
}
