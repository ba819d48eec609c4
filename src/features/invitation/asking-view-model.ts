import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { roomName } from "../../shared/text/names.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";

/** A room that the reader asks to be let into, or was refused by. */
export function useAsking(summary: WireRoomSummary) {
	const { roomId, wasRefused, membership } = summary;
	const router = useRouter();
	const leave = useMutation({
		mutationFn: () => api.rooms.leave.mutate({ roomId }),
		onSuccess: () => void router.replace("/chat"),
	});
	return {
		roomId,
		name: roomName(summary),
		state: wasRefused !== true ? "waiting" : membership === "ban" ? "banned" : "refused",
		isBusy: leave.isPending,
		error: leave.error === null ? undefined : failureText(failureOf(leave.error).code),
		onEnd: () => leave.mutate(),
	} as const;
}
